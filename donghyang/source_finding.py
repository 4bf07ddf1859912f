"""What stands behind an address a person gives: a feed, the feed of its page or site, a list page, a news sitemap.

    the address itself ─▶ feeds its page names ─▶ a board that fits the page ─▶ feeds where sites keep them
                       ─▶ news sitemaps that robots.txt names ─▶ those where sites keep them

Nothing is filed, and robots.txt is asked before every guess.
"""

import re
from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from urllib.parse import urljoin, urlsplit

from archive.records.incoming import Source
from archive.records.words import Kind, SourceId
from collectors.answers import Answer, WebError
from collectors.autodiscovery import FEED_PLACES, MAP_PLACES, feeds_named, maps_named
from collectors.feeds import NotAFeed
from collectors.http import Web
from collectors.listings import read_listing
from collectors.survey import Survey, survey, survey_of
from collectors.visits import visit
from donghyang.boards import boards

_TRIED: Final = 5  # of the feeds a page names, and of the maps a site names
_MANY: Final = 3  # lines that make a list of any table
_PLAIN_BOARDS: Final = frozenset(("table", "mode-view"))  # fit much that is no board
_HOME: Final = re.compile(r"/?(?:(?:index|main|home)[\w.]*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A source at the address a person gave, or at the one that address leads to."""

    url: str  # what config.toml is to say
    seen: Survey
    kind: Kind = "feed"
    board: str = ""  # of a listing
    page: str = ""  # the web page it was found from, when that is another address
    others: tuple[str, ...] = ()  # more feeds which that page names
    moved: bool = False  # the publisher says that the feed has moved to this address for good


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """How a source is looked for."""

    web: Web
    now: datetime
    clock: str = ""
    lang: str = ""

    def source(self, url: str, kind: Kind, board: str = "") -> Source:
        """A source to try."""
        found = Source(id=SourceId("found"), url=url, name="", kind=kind, clock=self.clock)
        found = replace(found, board=boards()[board]) if board else found
        return replace(found, lang="ko") if self.lang == "ko" else found


async def look(
    url: str, web: Web, now: datetime, *, clock: str = "", lang: str = "", kind: Kind | None = None, board: str = ""
) -> Found:
    """Fetch an address and find what can be read there; WebError or NotAFeed when nothing can.

    With a kind or a board only that is tried, at that very address.
    """
    search = _Search(web=web, now=now, clock=clock, lang=lang)
    if board or kind in {"listing", "sitemap"}:
        return await _as_told(url, search, kind or "listing", board)
    answer = await web.get(url)
    try:
        return replace(_feed(answer, search), url=answer.permanent_url or url, moved=bool(answer.permanent_url))
    except NotAFeed:
        found = await _first(_behind(answer, search)) if kind is None else None
        if found is None:
            raise
        return replace(found, page=url if found.url != url else "")


async def _first(finds: AsyncGenerator[Found, None]) -> Found | None:
    async with aclosing(finds):
        async for found in finds:
            return found
    return None


async def _as_told(url: str, search: _Search, kind: Kind, board: str) -> Found:
    """The source a person says it is; NotAFeed with the reason when it is none."""
    source = search.source(url, kind, board)
    harvest = await visit(source, search.web, None, search.now)
    if not harvest.entries:
        raise NotAFeed(harvest.fetch.error.removeprefix(f"{url}: ") or "nothing in it")
    return Found(url=url, seen=survey_of(harvest.entries, now=search.now), kind=kind, board=board)


async def _behind(answer: Answer, search: _Search) -> AsyncGenerator[Found, None]:
    """What can be read behind a page that is no feed, the best first."""
    with suppress(NotAFeed):
        yield await _map(answer.url, search)
    named = feeds_named(answer.body, answer.url)
    async for found in _feeds(named[:_TRIED], search):
        yield replace(found, others=tuple(other for other in named if other != found.url))
    if not _HOME.fullmatch(urlsplit(answer.url).path) and (fitting := _board(answer, search)):
        yield fitting
    async for found in _feeds((urljoin(answer.url, place) for place in FEED_PLACES), search):
        yield found
    for url in await _maps(answer.url, search):
        with suppress(NotAFeed):
            yield await _map(url, search)


def _feed(answer: Answer, search: _Search) -> Found:
    seen = survey(answer.body, url=answer.url, content_type=answer.content_type, now=search.now, clock=search.clock)
    return Found(url=answer.url, seen=seen)


async def _feeds(urls: Iterable[str], search: _Search) -> AsyncGenerator[Found, None]:
    """Those of some addresses that are feeds."""
    for url in urls:
        with suppress(WebError, NotAFeed):
            yield replace(_feed(await search.web.get(url, robots=True), search), url=url)


async def _map(url: str, search: _Search) -> Found:
    """A sitemap that tells titles, so that nothing is read in vain; NotAFeed for any other."""
    harvest = await visit(search.source(url, "sitemap"), search.web, None, search.now)
    titled = tuple(entry for entry in harvest.entries if entry.title)
    if not titled:
        raise NotAFeed(harvest.fetch.error or "a sitemap without titles")
    return Found(url=url, seen=survey_of(titled, now=search.now), kind="sitemap")


async def _maps(url: str, search: _Search) -> list[str]:
    """The sitemaps of a site: those robots.txt names, of news first, then where sites keep them."""
    named: tuple[str, ...] = ()
    with suppress(WebError):
        robots = await search.web.get(urljoin(url, "/robots.txt"))
        named = maps_named(robots.body, robots.url)
    return list(dict.fromkeys([*named[:_TRIED], *(urljoin(url, place) for place in MAP_PLACES)]))


def _board(answer: Answer, search: _Search) -> Found | None:
    """The board that reads most dated lines on a page."""
    finds = list(_boards(answer, search))
    return max(finds, key=lambda found: len(found.seen.entries) - found.seen.undated, default=None)


def _boards(answer: Answer, search: _Search) -> Iterator[Found]:
    for name in boards():
        source = search.source(answer.url, "listing", name)
        with suppress(NotAFeed):
            page = read_listing(
                answer.body, url=answer.url, source=source, now=search.now, content_type=answer.content_type
            )
            seen = survey_of(page.entries, now=search.now, title=page.title)
            dated = len(seen.entries) - seen.undated
            if dated >= (_MANY if name in _PLAIN_BOARDS else 1):
                yield Found(url=answer.url, seen=seen, kind="listing", board=name)
