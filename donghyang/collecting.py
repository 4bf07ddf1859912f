"""The sources that are due, visited side by side, and what each visit brought written down."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from archive import intake, sites
from archive.health import health_of
from archive.records.histories import History
from archive.records.incoming import Fetch, Source
from archive.records.words import SourceId
from collectors.politeness import spread
from collectors.visits import Harvest, visit
from donghyang.logs import logger
from donghyang.messages import say
from donghyang.progress import bar
from donghyang.services import Services

# Answers, or entries in them, that are written down at once: what is lost in a crash is asked for again, whole, because
# an answer's validators are kept with its entries or not at all.
TOGETHER: Final = 100
ENTRIES_TOGETHER: Final = 500
_UNKNOWN: Final = History()

Histories = Mapping[SourceId, History]


async def visit_all(services: Services, due: Sequence[Source], histories: Histories, now: datetime) -> list[Fetch]:
    """Visit the sources (politely, per host) and file what comes, some answers together."""
    filed: list[Fetch] = []
    waiting: list[Harvest] = []
    with services.archive.reading() as db:
        known = {source.id: intake.known_keys(db, source.id) for source in due if source.kind != "feed"}
        maps = {source.id: sites.maps_read(db, source.id) for source in due if source.kind == "sitemap"}

    async def one(source: Source) -> None:
        was = histories.get(source.id, _UNKNOWN)
        brought = await visit(
            source,
            web,
            was.last,
            now,
            known=known.get(source.id, frozenset()),
            moved=was.moved,
            maps=maps.get(source.id, {}),
        )
        waiting.append(brought)
        if len(waiting) >= TOGETHER or sum(len(harvest.entries) for harvest in waiting) >= ENTRIES_TOGETHER:
            filed.extend(_file(services, waiting, now))
            waiting.clear()
        advance()

    async with services.web(now) as web:
        with bar(say("step.collect"), len(due)) as advance:
            await asyncio.gather(*map(one, spread(due)))
    filed += _file(services, waiting, now)
    for fetch in filed:
        _tell(fetch, histories.get(fetch.source, _UNKNOWN), now)
    return filed


def _file(services: Services, harvests: Sequence[Harvest], now: datetime) -> list[Fetch]:
    """Write down harvests in one transaction; each fetch with how many of its entries are new."""
    if not harvests:
        return []
    brought = [(harvest.fetch, harvest.entries) for harvest in harvests]
    with services.archive.writing() as db:
        new = intake.record_fetches(db, brought, now=now, backfill=services.settings.collect.backfill)
        for harvest in harvests:
            sites.keep_maps(db, harvest.fetch.source, harvest.maps)
    return [replace(fetch, new=count) if count else fetch for (fetch, _), count in zip(brought, new, strict=True)]


def _tell(fetch: Fetch, was: History, now: datetime) -> None:
    """A line of the log; a warning when a failure lasts, or the source has moved."""
    if fetch.outcome == "failed":
        health = health_of(replace(was, last=fetch, failing_since=was.failing_since or now), now)
        log = logger().warning if health.lasting else logger().info
        log("not collected", source=fetch.source, cause=fetch.cause, error=fetch.error)
    else:
        logger().info("collected", source=fetch.source, outcome=fetch.outcome, found=fetch.found, new=fetch.new)
    if fetch.moved not in ("", was.last.moved if was.last else ""):
        logger().warning("moved for good", source=fetch.source, to=fetch.moved)
