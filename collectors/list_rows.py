"""The lines of a list page: for each its address, its title and its date, found by selectors or told by the page.

A date that no selector points at is the cell under a heading such as 등록일, or a text that calls itself one, or else
the first text that is a date, in a line that speaks of no deadline.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml import html

from archive.records.incoming import Board
from collectors.blocks import fold
from collectors.list_dates import says_otherwise, says_published
from collectors.list_links import found, lines_of

_BADGES: Final = frozenset(
    ("new", "n", "새글", "새 글", "새로운 글", "hot", "첨부파일", "첨부파일 있음", "파일", "공지")
)
_BADGE_CLASS: Final = re.compile(
    r"(?:^|[\s_-])(?:new|ico|icon|badge|blind|hidden|sr-only|sound|skip)(?:$|[\s_-])", re.IGNORECASE
)
_TITLE_CLASS: Final = re.compile(r"(?:^|[\s_-])(?:tit|title|titles|subj|subject|headline)(?:$|[\s_-])", re.IGNORECASE)
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SPOKEN: Final = re.compile(
    r"\s*(?:\(?새\s?창\s?열림\)?|상세\s?보기|자세히\s?보기|바로가기|에 대한 글\s?내용 보기\.?)$"
)
_CUT: Final = ("…", "...")
_PUBLISHED: Final = re.compile(r"등록|작성|게시|날짜|일자|보도|배포|발행|date", re.IGNORECASE)
_OTHER_CELL: Final = re.compile(r"마감|접수|신청|수정|기간|종료|시작|부서|[록성시]자$")
_LABELLED_PARTS: Final = 3  # elements inside a labelled date: the label, the value, a mark
_MOST_PARTS: Final = 200  # elements of a line that are looked at
_LONGEST_LINE: Final = 5000  # characters; what is longer is no line of a list

ReadDate = Callable[[str], datetime | None]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list as it stands there."""

    url: str
    title: str
    date: datetime | None


def rows_of(tree: html.HtmlElement, board: Board, url: str, read: ReadDate) -> list[Row]:
    """The lines that lead somewhere, in the page's order, each address once; BadSelectorError for a wrong selector."""
    rows: dict[str, Row] = {}
    for line, links, address in lines_of(tree, board, url):
        title = _title(line, links, board)
        if title and address not in rows:
            rows[address] = Row(address, title, _date(line, title, board, read))
    return list(rows.values())


def _title(line: html.HtmlElement, links: Sequence[html.HtmlElement], board: Board) -> str:
    if board.title:
        return next((text for one in found(board.title, line) if (text := _words(one))), "")
    told = next((words for link in links if (words := _headline(link))), "")
    full = max((_SPOKEN.sub("", fold(link.get("title") or "")) for link in links), key=len, default="")
    cut = told.endswith(_CUT) and full.startswith(told.rstrip("….").rstrip())
    return full if cut or not told else told


def _headline(link: html.HtmlElement) -> str:
    """What a link says: the part of it that calls itself a title, or all of it."""
    parts = (one for one in link.iter("*") if one.tag in _HEADINGS or _TITLE_CLASS.search(one.get("class") or ""))
    return next((words for part in parts if part is not link and (words := _words(part))), "") or _words(link)


def _words(element: html.HtmlElement) -> str:
    """An element's text without the badges a board hangs on it; with them when nothing else is there."""
    if element.tag == "input":  # a board that works without scripts makes its titles buttons
        return fold(element.get("value") or "")
    return fold(" ".join(_texts(element))) or fold(element.text_content())


def _texts(element: html.HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for inner in element:
        if isinstance(inner, html.HtmlElement) and not _is_badge(inner):
            yield from _texts(inner)
        yield inner.tail or ""


def _is_badge(element: html.HtmlElement) -> bool:
    if element.tag in {"script", "style", "button"} or fold(element.text_content()).lower() in _BADGES:
        return True
    return len(element) == 0 and bool(_BADGE_CLASS.search(element.get("class") or ""))


def _date(line: html.HtmlElement, title: str, board: Board, read: ReadDate) -> datetime | None:
    texts = [fold(one.text_content()) for one in found(board.date, line)] if board.date else _told_dates(line, title)
    return next((date for text in texts if (date := read(text))), None)


def _told_dates(line: html.HtmlElement, title: str) -> list[str]:
    """The texts of a line that may name its day of publication, the likely ones first."""
    headed = _headed_cells(line)
    if headed is not None:
        return [fold(cell.text_content()) for cell in headed]
    if len(line.text_content()) > _LONGEST_LINE:
        return []
    small = [one for one in line.iter("*") if one is not line and len(one) <= _LABELLED_PARTS][:_MOST_PARTS]
    pieces = [*(one.text_content() for one in small), *line.itertext()]
    texts = [text for text in map(fold, pieces) if text and title not in text]
    if any(map(says_otherwise, texts)):
        return [text for text in texts if says_published(text)]
    return sorted(texts, key=says_published, reverse=True)


def _headed_cells(line: html.HtmlElement) -> list[html.HtmlElement] | None:
    """The cells of a table's line that may name its day of publication; None when there are no headings to tell."""
    table = next((outer for outer in line.iterancestors() if outer.tag == "table"), None)
    heads = next((row for row in table.iter("tr") if row.find("th") is not None), None) if table is not None else None
    if line.tag != "tr" or heads is None or heads is line:
        return None
    names = [fold(cell.text_content()) for cell in heads if cell.tag in {"th", "td"}]
    cells = [cell for cell in line if cell.tag in {"td", "th"}]
    if len(names) != len(cells):
        return None
    may = [(name, cell) for name, cell in zip(names, cells, strict=True) if not _OTHER_CELL.search(name)]
    return [cell for _, cell in sorted(may, key=lambda one: not _PUBLISHED.search(one[0]))]
