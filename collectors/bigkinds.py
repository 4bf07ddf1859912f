"""The spreadsheet BigKinds (bigkinds.or.kr) gives for a search: one article a row, with the beginning of its text.

Its columns are 뉴스 식별자, 일자, 언론사, 제목, 위치, 기관, 본문, URL, 분석제외 여부 and more, in any order. It is read
and never run: a cell with a formula is refused, as is a file that would not stay small.
"""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from archive.records.incoming import Entry
from archive.records.words import SourceId
from collectors import languages
from collectors.dates import SEOUL
from collectors.plain_text import line, passage
from collectors.urls import canonical

_KEY, _DAY, _OUTLET, _TITLE = "뉴스식별자", "일자", "언론사", "제목"
_TEXT, _URL, _LEFT_OUT = "본문", "URL", "분석제외여부"
_NEEDED: Final = (_KEY, _DAY, _OUTLET, _TITLE)
_USED: Final = frozenset((*_NEEDED, _TEXT, _URL, _LEFT_OUT))
_HEAD_ROWS: Final = 10  # rows in which the headings are looked for
_MOST_ROWS: Final = 200_000
_LARGEST: Final = 400_000_000  # bytes, unpacked; twenty thousand articles have twenty million
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
_DATE: Final = re.compile(r"(\d{4})[-./]?(\d{2})[-./]?(\d{2})(?:\.0)?")
_BROKEN: Final = (
    *(InvalidFileException, zipfile.BadZipFile, zlib.error, ParseError, etree.LxmlError, EOFError, OSError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError),
)


class NotBigKindsError(Exception):
    """The bytes are no spreadsheet of BigKinds; the message is a sentence that says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One row: an article as its outlet published it."""

    entry: Entry
    outlet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a spreadsheet holds."""

    articles: tuple[Article, ...]
    left_out: int = 0  # rows BigKinds itself leaves out of analysis: repeated articles, notices of deaths and posts
    problems: tuple[str, ...] = ()  # rows that cannot be read, a sentence each


def read_bigkinds(body: bytes) -> Sheet:
    """Read the spreadsheet; NotBigKindsError when it is none, lacks a column, or holds a formula."""
    _check(body)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles nobody reads
            return _sheet(_rows(body))
    except _BROKEN as error:
        raise NotBigKindsError(f"a damaged spreadsheet ({line(str(error)) or type(error).__name__})") from error


def _check(body: bytes) -> None:
    """Refuse what is no .xlsx, and one that would grow or reach out when it is opened."""
    if body.startswith(_OLD_OFFICE):
        raise NotBigKindsError("an old .xls file, or one with a password; save it as .xlsx without a password")
    try:
        with zipfile.ZipFile(BytesIO(body)) as packed:
            parts = packed.infolist()
            if sum(part.file_size for part in parts) > _LARGEST:
                raise NotBigKindsError(f"a file of more than {_LARGEST:,} bytes when unpacked; such a one is not read")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and _declares(packed, part):
                    raise NotBigKindsError(f"a file whose part {part.filename} declares a document type")
    except (*_BROKEN, NotImplementedError, RuntimeError) as error:
        raise NotBigKindsError("no .xlsx file; give the spreadsheet as BigKinds downloads it") from error


def _declares(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with packed.open(part) as opened:
        return b"<!DOCTYPE" in opened.read(4096).replace(b"\0", b"")


def _rows(body: bytes) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The rows below the headings with their numbers, cells by heading without blanks."""
    book = load_workbook(BytesIO(body), read_only=True, data_only=False)
    missing: tuple[str, ...] = _NEEDED
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # exporters write wrong ones
        places: dict[int, str] = {}
        for number, row in enumerate(sheet.iter_rows(max_row=_MOST_ROWS), start=1):
            if places:
                yield number, _cells(number, row, places)
            elif number > _HEAD_ROWS:
                break
            else:
                names = {place: "".join(str(cell.value or "").split()) for place, cell in enumerate(row)}
                lacking = tuple(name for name in _NEEDED if name not in names.values())
                missing = min(missing, lacking, key=len)
                places = {} if lacking else {place: name for place, name in names.items() if name in _USED}
        if places:
            return
    raise NotBigKindsError(f"no spreadsheet of BigKinds: the column {', '.join(missing)} is missing")


def _cells(number: int, row: tuple[Any, ...], places: Mapping[int, str]) -> Mapping[str, Any]:
    told: dict[str, Any] = {}
    for place, name in places.items():
        cell = row[place] if place < len(row) else None
        if cell is not None and cell.data_type == "f":
            raise NotBigKindsError(f"the column {name} holds a formula in row {number}; save the sheet as values")
        told[name] = cell.value if cell is not None else None
    return told


def _sheet(rows: Iterator[tuple[int, Mapping[str, Any]]]) -> Sheet:
    articles: dict[str, Article] = {}
    problems: list[str] = []
    left_out = 0
    for number, told in rows:
        if not any(told.values()):
            continue
        if _text(told.get(_LEFT_OUT)):
            left_out += 1
            continue
        lacking = next((name for name in (_KEY, _OUTLET, _TITLE) if not _text(told[name])), "")
        day = _day(told[_DAY])
        if lacking or day is None:
            problems.append(f"row {number}: {lacking or _DAY} is empty or unreadable")
            continue
        article = _article(told, day)
        articles.setdefault(article.entry.key, article)
    return Sheet(articles=tuple(articles.values()), left_out=left_out, problems=tuple(problems))


def _article(told: Mapping[str, Any], day: datetime) -> Article:
    key, outlet, title = _text(told[_KEY]), _text(told[_OUTLET]), line(_text(told[_TITLE]))
    url = _text(told.get(_URL)).replace(" ", "%20")
    web = url if url.lower().startswith(("http://", "https://")) else ""
    entry = Entry(
        source=SourceId(f"bigkinds:{outlet}"),
        key=key,
        url=web,
        canonical=canonical(web) if web else f"urn:bigkinds:{key}",
        title=title,
        summary=passage(str(told.get(_TEXT) or "")),
        published=day,
    )
    return Article(entry=replace(entry, lang=languages.of(f"{title}\n{entry.summary}")), outlet=outlet)


def _day(value: object) -> datetime | None:
    """The beginning of a day in Seoul; a cell may hold 20260203 as a number, as text, or as a date."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return datetime.combine(value, time(), SEOUL)
    found = _DATE.fullmatch(_text(value))
    try:
        return datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=SEOUL) if found else None
    except ValueError:
        return None


def _text(value: object) -> str:
    return " ".join(str(value).split()) if value is not None else ""
