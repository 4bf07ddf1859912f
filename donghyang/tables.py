"""Results on standard output: a table for people, JSON for programs, CSV for spreadsheets."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from archive.export import spreadsheet_cell


class Format(StrEnum):
    """How a command prints its result."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def as_json(value: object) -> str:
    """Readable JSON; moments in ISO 8601 with their offset."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain)


def as_json_line(value: object) -> str:
    """One line of JSON."""
    return json.dumps(value, ensure_ascii=False, default=_plain)


def as_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """A spreadsheet: nested values as JSON, nothing that a spreadsheet would run as a formula."""
    listed = list(rows)
    out = io.StringIO()
    writer = csv.writer(out)
    names = list(listed[0]) if listed else []
    writer.writerow(names)
    for row in listed:
        writer.writerow([spreadsheet_cell(_cell(row.get(name))) for name in names])
    return out.getvalue()


def print_table(headings: Sequence[str], rows: Iterable[Sequence[object]], console: Console | None = None) -> None:
    """A table as wide as the terminal; unbroken lines when piped."""
    console = console or Console(soft_wrap=False)
    if not console.is_terminal:
        console = Console(width=240, file=console.file)
    table = Table(*headings, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*(escape("" if cell is None else str(cell)) for cell in row))
    console.print(table)


def local(moment: datetime | None, zone: ZoneInfo) -> str:
    """A moment as people of the zone write it; "" for none."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else ""


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)
