"""A board's list page to entries, and the addresses of its further pages.

bytes ─charsets─▶ text ─blocks─▶ tree ─list_rows─▶ lines ─feed_entries─▶ entries

A page without lines is never an empty list: it is a block page, a maintenance page, or a board that looks otherwise
than its selectors say, and NotAList names which.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final
from urllib.parse import urljoin, urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from archive.records.incoming import Board, Entry, Source
from collectors import charsets, dates, languages
from collectors.blocks import parse
from collectors.feed_entries import Item, Paper, entries_of
from collectors.list_dates import listed
from collectors.list_links import BadSelectorError, found
from collectors.list_rows import Row, rows_of
from collectors.not_feeds import NotAFeed, What, kind_of_page, named
from collectors.plain_text import line
from collectors.urls import host_of

_PARAMETERS: Final = re.compile(r"[\w.\[\]-]+=")
_NUMBER: Final = "{page}"
_MARKUP: Final = re.compile(r"<(?:html|body|table|ul|ol|div|li|tr|a)\b", re.IGNORECASE)
_MENDS: Final[dict[str, str]] = {
    "blocked": "a block page{title} instead of a list; ask the publisher to let this program in, or disable the source",
    "maintenance": "a maintenance or error page{title} instead of a list; it will be asked again",
    "login": "a login page{title} instead of a list; look for a public address",
}
_NO_ROWS: Final = (
    "no line of a list on the page{title}: {selector} finds nothing; compare the page, or try another board"
)
_NO_LINKS: Final = (
    "{selector} finds {count} elements on the page{title}, but none leads to a page of its own; "
    "where a script opens them, list.address says how"
)


class NotAList(NotAFeed):
    """What was fetched has no lines of a list; the message names what it was, or the selector that found none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list page as read: its title, and its lines in its order."""

    title: str
    entries: tuple[Entry, ...]


def read_listing(body: bytes, *, url: str, source: Source, now: datetime, content_type: str = "") -> Listing:
    """Read a list page as the source's board says; ``url`` is where the answer came from, ``now`` dates 14:20 and 어제.

    Raises NotAList when no line leads anywhere, ValueError when the source has no board.
    """
    if source.board is None:
        raise ValueError(f"{source.id} has no board")
    text = charsets.decode(body, declared=charsets.declared_in(body), http=charsets.declared_by_server(content_type))
    tree = parse(text) if _MARKUP.search(text) else None
    if tree is None:
        raise NotAList(_instead(named(body, text, url).reason), "text")
    korean = source.lang == "ko" or languages.has_hangul(text)
    zone = ZoneInfo(source.clock) if source.clock else dates.assumed_zone(host_of(url), "ko" if korean else "other")
    try:
        rows = rows_of(tree, source.board, url, partial(listed, now=now, zone=zone))
        if not rows:
            raise _no_rows(text, source.board, len(found(source.board.row or source.board.link, tree)))
    except BadSelectorError as error:
        raise NotAList(f"a selector of its board is no CSS ({error})", "rows") from error
    title = line(tree.findtext(".//title") or "")
    paper = Paper(title=title, lang="ko" if korean else "", items=tuple(map(_item, rows)))
    return Listing(title=title, entries=entries_of(paper, url=url, source=source))


def page_address(board: Board, url: str, number: int) -> str:
    """The address of the list's ``number``-th page; "" when the board has but one."""
    if _NUMBER not in board.page:
        return ""
    written = board.page.replace(_NUMBER, str(number))
    if not _PARAMETERS.match(written):
        return urljoin(url, written)
    parts = urlsplit(url)
    asked = {pair.partition("=")[0] for pair in written.split("&")}
    kept = [pair for pair in parts.query.split("&") if pair and pair.partition("=")[0] not in asked]
    return urlunsplit(parts._replace(query="&".join([*kept, written]), fragment=""))


def _item(row: Row) -> Item:
    return Item(title=row.title, links=(row.url,), dates=(row.date.isoformat(),) if row.date else ())


def _no_rows(text: str, board: Board, matched: int) -> NotAList:
    kind, title = kind_of_page(text)
    of = f" titled '{title}'" if title else ""
    if kind in _MENDS:
        return NotAList(_MENDS[kind].format(title=of), kind)
    selector = f"row = {board.row!r}" if board.row else f"link = {board.link!r}"
    what: What = "rows"
    return NotAList((_NO_LINKS if matched else _NO_ROWS).format(title=of, selector=selector, count=matched), what)


def _instead(reason: str) -> str:
    """What came instead of a feed, said of a list."""
    return reason.replace("instead of a feed", "instead of a list page")
