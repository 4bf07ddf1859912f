"""From a source's first page to its further ones: list pages up to what is known, the newest of a site's maps.

The door's answer is in hand when a walk begins; each further page is asked politely, by robots.txt, and named when
it does not answer. What was found until then is kept.
"""

import re
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Final

from archive.records.incoming import Board, Entry, Source
from archive.records.sites import MapRead
from collectors.answers import Answer, WebError
from collectors.feed_entries import Item, Paper, entries_of
from collectors.feeds import read_feed
from collectors.http import Web
from collectors.listings import NotAList, page_address, read_listing
from collectors.not_feeds import NotAFeed
from collectors.sitemaps import Map, NotASitemap, Place, Sitemap, read_sitemap

MOST_PAGES: Final = 200  # of a list, when the past is fetched
MOST_MAPS: Final = 5  # of an index, read in one visit
MOST_PAST_MAPS: Final = 100
MOST_UNTITLED: Final = 100  # pages a visit takes from a sitemap that gives no titles: each must be read to be judged
RECENT: Final = timedelta(days=7)  # a page without a day of publication is taken when it changed so lately
_A_DAY_ANYWHERE: Final = timedelta(hours=36)  # until a day is over wherever it was written
_DIGITS: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What a walk needs to know beside the source."""

    web: Web
    now: datetime
    known: Collection[str] = frozenset()  # keys of entries the archive has of this source
    since: datetime | None = None  # how far back the past is to be fetched; None: only what is new
    again: bool = False  # the last visit failed: what it did not reach lies behind what is known
    maps: Mapping[str, MapRead] = field(default_factory=dict)  # the maps of its index as they stood, by address


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What a walk brought together."""

    entries: tuple[Entry, ...]
    trouble: str = ""  # why it ended before its end
    settled: bool = True  # the same answer next time would mean that nothing is new
    maps: tuple[MapRead, ...] = ()  # of an index, as they stand now
    unchanged: bool = False  # an index none of whose maps has changed


Walk = Callable[[Source, Answer, Errand], Awaitable[Gathered]]


async def through_feed(source: Source, answer: Answer, errand: Errand) -> Gathered:  # noqa: ARG001 - a feed is one answer
    """A feed's entries, save those without a word; NotAFeed when it is none."""
    feed = read_feed(answer.body, url=answer.url, source=source, content_type=answer.content_type)
    return Gathered(entries=tuple(one for one in feed.entries if one.title or one.summary or one.content))


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
            trouble = "" if _is_the_end(error) else f"{address}: {error.reason}"
            return Gathered(entries=_wanted(entries.values(), errand), trouble=trouble)
        if all(entry.key in entries for entry in page):
            break  # a board gives its last page again, or its first, for numbers beyond
        entries |= {entry.key: entry for entry in page}
    return Gathered(entries=_wanted(entries.values(), errand))


async def through_maps(source: Source, answer: Answer, errand: Errand) -> Gathered:
    """The pages of a sitemap, or of the newest maps of an index; NotASitemap when nothing in it tells what is new."""
    first = read_sitemap(answer.body, url=answer.url, content_type=answer.content_type)
    places, trouble, read = list(first.places), "", 1 if first.places else 0
    stand: list[MapRead] = []
    asked = 0
    for one in _newest_maps(first, errand):
        known = None if errand.since else errand.maps.get(one.url)
        if known and _has_not_moved(one, known):
            read += 1
            continue
        try:
            page = await errand.web.get(
                one.url, etag=known.etag if known else "", modified=known.modified if known else "", robots=True
            )
            read += 1
            if page.status != HTTPStatus.NOT_MODIFIED:
                asked += 1
                # an index inside an index is against the protocol, and could go on for ever
                places += read_sitemap(page.body, url=page.url, content_type=page.content_type).places
            stand.append(_standing(one, page, known, errand.now))
        except (WebError, NotAFeed) as error:
            trouble = f"{one.url}: {error.reason}"
    wanted = list(_wanted_places(places, errand))
    if first.maps and not asked and read and not trouble:
        return Gathered(entries=(), settled=False, maps=tuple(stand), unchanged=True)
    if not read:
        raise NotASitemap(f"an index of sitemaps of which none could be read: {trouble}", "list")
    if places and not any(place.published or place.changed for place in places):
        raise NotASitemap("a sitemap that says of no page when it came or changed, so nothing in it is new", "list")
    items = tuple(Item(title=place.title, links=(place.url,), dates=(place.published,)) for place in wanted)
    korean = any(place.language.lower().startswith("ko") for place in wanted)
    entries = entries_of(Paper(lang="ko" if korean else "", items=items), url=source.url, source=source)
    # that an index is as it was does not mean that its maps are
    return Gathered(entries=_wanted(entries, errand), trouble=trouble, settled=not first.maps, maps=tuple(stand))


def _has_not_moved(one: Map, known: MapRead) -> bool:
    """Whether a map is as it was when it was read: a lastmod that names only a day says so when that day is over."""
    if one.changed is None or one.changed != known.changed:
        return False
    only_a_day = (one.changed.hour, one.changed.minute, one.changed.second) == (0, 0, 0)
    return known.read >= one.changed + (_A_DAY_ANYWHERE if only_a_day else timedelta())


def _standing(one: Map, page: Answer, known: MapRead | None, now: datetime) -> MapRead:
    """How a map stands; a 304 need not repeat the validators."""
    same = known if page.status == HTTPStatus.NOT_MODIFIED else None
    return MapRead(
        url=one.url,
        read=now,
        changed=one.changed,
        etag=page.etag or (same.etag if same else ""),
        modified=page.modified or (same.modified if same else ""),
    )


def _newest_maps(index: Sitemap, errand: Errand) -> list[Map]:
    """The maps of an index to read: of news before others, then by their last change, else by the numbers in them."""
    maps = [one for one in index.maps if not (errand.since and one.changed and one.changed < errand.since)]
    maps.sort(key=lambda one: ("news" in one.url.lower(), one.changed or _NEVER, _numbers(one.url)), reverse=True)
    return maps[: MOST_PAST_MAPS if errand.since else MOST_MAPS]


def _numbers(url: str) -> tuple[int, ...]:
    return tuple(int(digits[:9]) for digits in _DIGITS.findall(url))


def _wanted_places(places: Iterable[Place], errand: Errand) -> Iterable[Place]:
    """Titled or dated pages as they come, then the latest changed of the others; of the past only those with titles."""
    places = list({place.url: place for place in places}.values())
    telling = [place for place in places if place.title and (place.published or not place.changed)]
    if errand.since:
        return telling
    latest = sorted(
        (place for place in places if place not in telling and place.changed),
        key=lambda place: place.changed or _NEVER,
        reverse=True,
    )
    recent = [place for place in latest if place.changed and place.changed >= errand.now - RECENT]
    return [*telling, *recent[:MOST_UNTITLED]]


_NEVER: Final = datetime.min.replace(tzinfo=UTC)


def _read(source: Source, answer: Answer, errand: Errand) -> tuple[Entry, ...]:
    listing = read_listing(answer.body, url=answer.url, source=source, now=errand.now, content_type=answer.content_type)
    return listing.entries


def _is_the_end(error: WebError | NotAList) -> bool:
    """Whether a further page is missing because there are no more: a board says so by 404 or by an empty list."""
    return error.status == HTTPStatus.NOT_FOUND if isinstance(error, WebError) else error.what == "rows"


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
