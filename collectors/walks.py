"""From a source's first page to its further ones: list pages up to what is known, within bounds.

The door's answer is in hand when a walk begins; each further page is asked politely, by robots.txt, and named when
it does not answer. What was found until then is kept.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from archive.records.incoming import Board, Entry, Source
from collectors.answers import Answer, WebError
from collectors.feeds import read_feed
from collectors.http import Web
from collectors.listings import NotAList, page_address, read_listing

MOST_PAGES: Final = 200  # of a list, when the past is fetched


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What a walk needs to know beside the source."""

    web: Web
    now: datetime
    known: Collection[str] = frozenset()  # keys of entries the archive has of this source
    since: datetime | None = None  # how far back the past is to be fetched; None: only what is new
    again: bool = False  # the last visit failed: what it did not reach lies behind what is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What a walk brought together."""

    entries: tuple[Entry, ...]
    trouble: str = ""  # why it ended before its end
    settled: bool = True  # the same answer next time would mean that nothing is new


Walk = Callable[[Source, Answer, Errand], Awaitable[Gathered]]


async def through_feed(source: Source, answer: Answer, errand: Errand) -> Gathered:  # noqa: ARG001 - a feed is one answer
    """A feed's entries; NotAFeed when it is none."""
    feed = read_feed(answer.body, url=answer.url, source=source, content_type=answer.content_type)
    return Gathered(entries=feed.entries)


async def through_list(source: Source, answer: Answer, errand: Errand) -> Gathered:
    """The lines of a list's first page, and of the pages after it while they may hold something new.

    Raises NotAList when the first page has no lines.
    """
    board = source.board or Board()
    page = _read(source, answer, errand)
    entries = {entry.key: entry for entry in page}
    for number in range(2, (MOST_PAGES if errand.since else board.pages) + 1):
        address = page_address(board, source.url, number)
        if not address or _enough(page, errand):
            break
        try:
            page = _read(source, await errand.web.get(address, robots=True), errand)
        except (WebError, NotAList) as error:
            trouble = "" if isinstance(error, NotAList) and error.what == "rows" else f"{address}: {error.reason}"
            return Gathered(entries=_wanted(entries.values(), errand), trouble=trouble)
        if all(entry.key in entries for entry in page):
            break  # a board gives its last page again, or its first, for numbers beyond
        entries |= {entry.key: entry for entry in page}
    return Gathered(entries=_wanted(entries.values(), errand))


def _read(source: Source, answer: Answer, errand: Errand) -> tuple[Entry, ...]:
    listing = read_listing(answer.body, url=answer.url, source=source, now=errand.now, content_type=answer.content_type)
    return listing.entries


def _enough(page: Sequence[Entry], errand: Errand) -> bool:
    """Whether the pages behind this one hold nothing that is wanted; its last line is the oldest."""
    if errand.since:
        dated = [entry.published for entry in page if entry.published]
        return bool(dated) and max(dated) < errand.since
    return not errand.again and page[-1].key in errand.known


def _wanted(entries: Collection[Entry], errand: Errand) -> tuple[Entry, ...]:
    """Those not older than the past that is fetched."""
    since = errand.since
    return tuple(entry for entry in entries if not (since and entry.published and entry.published < since))
