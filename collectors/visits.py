"""One visit to one source: ask it whether it has changed, and read what it says.

Expected trouble is a failed Fetch with a sentence, never an exception.
"""

import hashlib
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

from archive.records.incoming import Entry, Fetch, Source
from archive.records.sites import MapRead
from archive.records.words import Cause, Kind
from collectors.answers import Answer, WebError
from collectors.feeds import NotAFeed
from collectors.http import Web
from collectors.paces import Pace
from collectors.politeness import GONE_FOR, SELDOM, not_before
from collectors.walks import Errand, Gathered, Walk, through_feed, through_list, through_maps


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """What a visit brought home."""

    fetch: Fetch
    entries: tuple[Entry, ...] = ()
    maps: tuple[MapRead, ...] = ()  # of an index of sitemaps, as they stand now
    moved: str = ""  # where the source says it lives from now on; for the officer, config is not changed


async def visit(
    source: Source,
    web: Web,
    last: Fetch | None,
    now: datetime,
    *,
    known: Collection[str] = frozenset(),
    since: datetime | None = None,
    moved: str = "",
    maps: Mapping[str, MapRead] = MappingProxyType({}),
) -> Harvest:
    """Read a source; `last` carries the validators and the body's hash of its latest successful fetch.

    `known` are the keys of its entries in the archive: a list is read page by page until there. With `since` its past
    is read back to there instead, whatever is known. `moved` is where the source has moved to for good. `maps` are the
    sitemaps of its index as they stood: those that have not changed since are not fetched.
    """
    started = time.perf_counter()
    failed = last is not None and last.outcome == "failed"
    errand = Errand(web=web, now=now, known=known, since=since, again=failed, maps=maps)
    last, address = last if since is None else None, moved or source.url
    etag, modified = (last.etag, last.modified) if last else ("", "")
    try:
        answer = await web.get(address, etag=etag, modified=modified, robots=source.kind != "feed")
    except WebError as error:
        return Harvest(fetch=replace(_failed(source, error, now), took_ms=_since(started)))
    body_hash = hashlib.sha256(answer.body).hexdigest()
    if answer.status == HTTPStatus.NOT_MODIFIED or (last and last.body_hash == body_hash):
        fetch, found = _unchanged(source, answer, last, now), _NOTHING
    else:
        fetch, found = await _read(source, answer, body_hash, errand)
    if fetch.outcome == "failed":
        return Harvest(fetch=replace(fetch, took_ms=_since(started)), entries=found.entries, maps=found.maps)
    place = answer.permanent_url or moved
    rest = not_before(answer.headers, fetch.pace, source.every, now)
    fetch = replace(fetch, moved=place, retry_at=rest, took_ms=_since(started))
    return Harvest(fetch=fetch, entries=found.entries, maps=found.maps, moved=place)


def _since(started: float) -> int:
    """Milliseconds since a moment of the performance counter."""
    return round((time.perf_counter() - started) * 1000)


def _failed(source: Source, error: WebError, now: datetime) -> Fetch:
    wait = now + (GONE_FOR if error.cause == "gone" else SELDOM) if error.lasting else error.retry_after
    return Fetch(
        source=source.id,
        at=now,
        outcome="failed",
        status=error.status,
        url=source.url,
        error=str(error),
        retry_at=wait,
        cause=error.cause or "unreachable",
    )


def _unchanged(source: Source, answer: Answer, last: Fetch | None, now: datetime) -> Fetch:
    """A 304 need not repeat the validators; those of the last 200 stay good."""
    return Fetch(
        source=source.id,
        at=now,
        outcome="unchanged",
        status=answer.status,
        url=answer.url,
        etag=answer.etag or (last.etag if last else ""),
        modified=answer.modified or (last.modified if last else ""),
        body_hash=last.body_hash if last else "",
        pace=last.pace if last else "",
    )


async def _read(source: Source, answer: Answer, body_hash: str, errand: Errand) -> tuple[Fetch, Gathered]:
    fetch = Fetch(source=source.id, at=errand.now, outcome="new", status=answer.status, url=answer.url)
    try:
        found = await WALKS[source.kind](source, answer, errand)
    except NotAFeed as error:
        # Kept without validators: the next visit asks for the whole answer again.
        told = f"{source.url}: {error.reason}"
        return replace(fetch, outcome="failed", url=source.url, error=told, cause=_cause(error, answer)), _NOTHING
    fetch = replace(fetch, found=len(found.entries), outcome="unchanged" if found.unchanged else "new")
    if found.trouble:
        # What was found is kept; without validators, and as a failure, so that the rest is looked for again.
        fetch = replace(fetch, outcome="failed", url=source.url, error=found.trouble, cause="broken")
    elif found.settled:
        pace = str(Pace.asked_in(answer.body)) if source.kind == "feed" else ""
        fetch = replace(fetch, etag=answer.etag, modified=answer.modified, body_hash=body_hash, pace=pace)
    return fetch, found


def _cause(error: NotAFeed, answer: Answer) -> Cause:
    """What came instead of a feed, in one word."""
    if error.what == "blocked" and b"cloudflare" in answer.body.lower():
        return "cloudflare"
    return _CAUSES.get(error.what, "broken")


_NOTHING: Final = Gathered(entries=())
_CAUSES: Final[Mapping[str, Cause]] = {
    "empty": "empty",
    "blocked": "firewall",
    "maintenance": "maintenance",
    "login": "login",
    "html": "page",
    "rows": "page",
    "list": "page",
}
# How each kind of source is read.
WALKS: Final[Mapping[Kind, Walk]] = {"feed": through_feed, "listing": through_list, "sitemap": through_maps}
