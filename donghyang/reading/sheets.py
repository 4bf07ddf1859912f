"""Rows as an Excel workbook in which nothing is a formula, a link or a date by mistake."""

import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

LONGEST_CELL: Final = 32_767  # characters; Excel's limit
_REFUSED: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def workbook(headings: Sequence[str], rows: Iterable[Mapping[str, Any]], title: str) -> bytes:
    """One sheet: a row of headings that stays in sight, then the rows, each value as text or as a number.

    ``headings`` are the rows' keys. Moments are ISO 8601 text: a cell of Excel has no zone.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(title))
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, heading, bold=True) for heading in headings])
    for row in rows:
        sheet.append([_cell(sheet, row.get(heading)) for heading in headings])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet_name(title: str) -> str:
    """A name Excel takes: 31 characters, none of its own signs."""
    return re.sub(r"[\[\]:*?/\\']", " ", _REFUSED.sub("", title))[:31].strip() or "1"


def _cell(sheet: Any, value: object, *, bold: bool = False) -> Any:
    """A cell that holds what it says: openpyxl would make a formula of a text that begins with "="."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet)
    cell.value = _text(value)
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return _REFUSED.sub("", text)[:LONGEST_CELL]
