"""One visit to one source: ask it whether it has changed, and read what it says.

Expected trouble is a failed Fetch with a sentence, never an exception.
"""

import hashlib
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from typing import Final

from archive.records.incoming import Entry, Fetch, Source
from archive.records.words import Kind
from collectors.answers import Answer, WebError
from collectors.feeds import NotAFeed
from collectors.http import Web
from collectors.politeness import GONE_FOR
from collectors.walks import Errand, Walk, through_feed, through_list


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """What a visit brought home."""

    fetch: Fetch
    entries: tuple[Entry, ...] = ()
    moved: str = ""  # where the source says it lives from now on; for the officer, config is not changed


async def visit(
    source: Source,
    web: Web,
    last: Fetch | None,
    now: datetime,
    *,
    known: Collection[str] = frozenset(),
    since: datetime | None = None,
) -> Harvest:
    """Read a source; `last` carries the validators and the body's hash of its latest successful fetch.

    `known` are the keys of its entries in the archive: a list is read page by page until there. With `since` its past
    is read back to there instead, whatever is known.
    """
    started = time.perf_counter()
    failed = last is not None and last.outcome == "failed"
    errand = Errand(web=web, now=now, known=known, since=since, again=failed)
    harvest = await _visit(source, errand, last if since is None else None)
    took = round((time.perf_counter() - started) * 1000)
    return replace(harvest, fetch=replace(harvest.fetch, took_ms=took))


async def _visit(source: Source, errand: Errand, last: Fetch | None) -> Harvest:
    now, etag, modified = errand.now, last.etag if last else "", last.modified if last else ""
    try:
        answer = await errand.web.get(source.url, etag=etag, modified=modified, robots=source.kind != "feed")
    except WebError as error:
        wait = now + GONE_FOR if error.lasting else error.retry_after
        return Harvest(
            fetch=Fetch(
                source=source.id,
                at=now,
                outcome="failed",
                status=error.status,
                url=source.url,
                error=str(error),
                retry_at=wait,
            )
        )
    body_hash = hashlib.sha256(answer.body).hexdigest()
    if answer.status == HTTPStatus.NOT_MODIFIED or (last and last.body_hash == body_hash):
        return _unchanged(source, answer, last, now)
    return await _read(source, answer, body_hash, errand)


def _unchanged(source: Source, answer: Answer, last: Fetch | None, now: datetime) -> Harvest:
    """A 304 need not repeat the validators; those of the last 200 stay good."""
    fetch = Fetch(
        source=source.id,
        at=now,
        outcome="unchanged",
        status=answer.status,
        url=answer.url,
        etag=answer.etag or (last.etag if last else ""),
        modified=answer.modified or (last.modified if last else ""),
        body_hash=last.body_hash if last else "",
    )
    return Harvest(fetch=fetch, moved=answer.permanent_url)


async def _read(source: Source, answer: Answer, body_hash: str, errand: Errand) -> Harvest:
    fetch = Fetch(source=source.id, at=errand.now, outcome="new", status=answer.status, url=answer.url)
    try:
        found = await WALKS[source.kind](source, answer, errand)
    except NotAFeed as error:
        # Kept without validators: the next visit asks for the whole answer again.
        failed = replace(fetch, outcome="failed", url=source.url, error=f"{source.url}: {error.reason}")
        return Harvest(fetch=failed)
    fetch = replace(fetch, found=len(found.entries))
    if found.trouble:
        # What was found is kept; without validators, and as a failure, so that the rest is looked for again.
        fetch = replace(fetch, outcome="failed", url=source.url, error=found.trouble)
    elif found.settled:
        fetch = replace(fetch, etag=answer.etag, modified=answer.modified, body_hash=body_hash)
    return Harvest(fetch=fetch, entries=found.entries, moved=answer.permanent_url)


# How each kind of source is read.
WALKS: Final[Mapping[Kind, Walk]] = {"feed": through_feed, "listing": through_list}
