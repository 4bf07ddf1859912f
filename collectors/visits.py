"""One visit to one source: ask it whether it has changed, and read what it says.

Expected trouble is a failed Fetch with a sentence, never an exception.
"""

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from typing import Final

from archive.records.incoming import Entry, Fetch, Source
from archive.records.words import Kind
from collectors.answers import Answer, WebError
from collectors.feeds import NotAFeed, read_feed
from collectors.http import Web
from collectors.politeness import GONE_FOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """What a visit brought home."""

    fetch: Fetch
    entries: tuple[Entry, ...] = ()
    moved: str = ""  # where the source says it lives from now on; for the officer, config is not changed


async def visit(source: Source, web: Web, last: Fetch | None, now: datetime) -> Harvest:
    """Read a source; `last` carries the validators and the body's hash of its latest successful fetch."""
    started = time.perf_counter()
    harvest = await _visit(source, web, last, now)
    took = round((time.perf_counter() - started) * 1000)
    return replace(harvest, fetch=replace(harvest.fetch, took_ms=took))


async def _visit(source: Source, web: Web, last: Fetch | None, now: datetime) -> Harvest:
    try:
        answer = await web.get(source.url, etag=last.etag if last else "", modified=last.modified if last else "")
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
    return _read(source, answer, body_hash, now)


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


def _read(source: Source, answer: Answer, body_hash: str, now: datetime) -> Harvest:
    fetch = Fetch(source=source.id, at=now, outcome="new", status=answer.status, url=answer.url)
    try:
        entries = KINDS[source.kind](source, answer)
    except NotAFeed as error:
        # Kept without validators: the next visit asks for the whole answer again.
        failed = replace(fetch, outcome="failed", url=source.url, error=f"{source.url}: {error.reason}")
        return Harvest(fetch=failed)
    fetch = replace(fetch, etag=answer.etag, modified=answer.modified, body_hash=body_hash, found=len(entries))
    return Harvest(fetch=fetch, entries=entries, moved=answer.permanent_url)


def _read_feed(source: Source, answer: Answer) -> tuple[Entry, ...]:
    return read_feed(answer.body, url=answer.url, source=source, content_type=answer.content_type).entries


# How each kind of source is read.
KINDS: Final[Mapping[Kind, Callable[[Source, Answer], tuple[Entry, ...]]]] = {"feed": _read_feed}
