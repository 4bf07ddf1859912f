"""The one-page report as HWPX (KS X 6101), by python-hwpx: the extra ``hwpx``.

That library numbers paragraphs at random and writes the hour into the archive; both are put right, so that the same
report has the same bytes.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from digest.cleaning import clean
from digest.report import Line, Part

_FONT: Final = "함초롬바탕"
_RULE: Final = "_" * 34
_INDENTS: Final = {"○": 6.0, "-": 11.0, "※": 11.0}  # mm
_SIZES: Final = {"○": 12, "-": 12, "※": 10}  # points
_HANGING: Final = -5.0
_EPOCH: Final = datetime(1980, 1, 1, tzinfo=UTC)  # no zip entry is older
_PARAGRAPH: Final = re.compile(rb'(<hp:p id=")\d+(")')


def hwpx(head: str, when: str, parts: Iterable[Part], foot: str, *, made: datetime) -> bytes:
    """The report as a document: its heading, when and by whom, the parts, and a line at the foot."""
    from hwpx import HwpxDocument  # noqa: PLC0415 - the extra may be absent

    sheet = _Sheet(HwpxDocument.new())
    sheet.set_up(head, made)
    sheet.write(head, size=18, bold=True, alignment="CENTER", after=4, rule=True)
    sheet.write(when, size=11, alignment="RIGHT", after=4)
    for part in parts:
        sheet.write(f"□ {part.name}", size=14, bold=True, before=8)
        for line in part.lines:
            sheet.write_line(line)
    sheet.write(foot, size=9, before=10)
    return _settled(sheet.document.to_bytes(), made)


class _Sheet:
    """A document that is written from top to bottom."""

    def __init__(self, document: Any) -> None:
        self.document = document

    def set_up(self, title: str, made: datetime) -> None:
        day = made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.document.page.setup(
            paper_size="A4", margin_left_mm=20, margin_right_mm=18, margin_top_mm=15, margin_bottom_mm=12
        )
        self.document.parts.set_document_metadata(
            title=clean(title), creator="donghyang", created_date=day, modified_date=day
        )

    def write_line(self, line: Line) -> None:
        text = line.text or _RULE
        bold = line.sign == "○" and bool(line.text)
        self.write(f"{line.sign} {text}", size=_SIZES[line.sign], bold=bold, left=_INDENTS[line.sign])

    def write(
        self,
        text: str,
        *,
        size: int,
        bold: bool = False,
        alignment: str = "LEFT",
        left: float = 0,
        before: float = 0,
        after: float = 0,
        rule: bool = False,
    ) -> None:
        """One paragraph; ``left`` in millimetres, ``before`` and ``after`` in points."""
        run = self.document.styles.ensure_run(bold=bold, size=size, font=_FONT)
        paragraph = self.document.add_paragraph(clean(text), char_pr_id_ref=run, inherit_style=False)
        self.document.styles.apply_paragraph_format(
            paragraphs=[paragraph],
            alignment=alignment,
            indent_left_mm=left,
            first_line_indent_mm=_HANGING if left else 0,
            line_spacing_percent=145,
            spacing_before_pt=before,
            spacing_after_pt=after,
            bottom_border=rule,
            border_color="#000000",
        )


def _settled(raw: bytes, made: datetime) -> bytes:
    """The same document with paragraphs numbered in their order and the issue's own hour in the archive."""
    stamp = max(made.astimezone(UTC), _EPOCH).timetuple()[:6]
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as given, zipfile.ZipFile(out, "w") as taken:
        for entry in given.infolist():
            settled = zipfile.ZipInfo(entry.filename, stamp)
            settled.compress_type = entry.compress_type
            body = given.read(entry)
            taken.writestr(settled, _numbered(body) if entry.filename.startswith("Contents/section") else body)
    return out.getvalue()


def _numbered(section: bytes) -> bytes:
    numbers = iter(range(1, section.count(b"<hp:p ") + 1))
    return _PARAGRAPH.sub(lambda found: found[1] + str(next(numbers)).encode() + found[2], section)
