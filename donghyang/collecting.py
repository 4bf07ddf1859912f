"""The sources that are due, visited side by side, and what each visit brought written down."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from archive import intake
from archive.health import health_of
from archive.records.histories import History
from archive.records.incoming import Fetch, Source
from archive.records.words import SourceId
from collectors.visits import Harvest, visit
from donghyang.logs import logger
from donghyang.messages import say
from donghyang.progress import bar
from donghyang.services import Services

TOGETHER: Final = 100  # answers without news that are written down at once; lost in a crash, they are asked for again

Histories = Mapping[SourceId, History]


async def visit_all(services: Services, due: Sequence[Source], histories: Histories, now: datetime) -> list[Fetch]:
    """Visit the sources (politely, per host) and file each answer as it comes, those without entries together."""
    filed: list[Fetch] = []
    idle: list[Harvest] = []
    with services.archive.reading() as db:
        known = {source.id: intake.known_keys(db, source.id) for source in due if source.kind != "feed"}
    async with services.web(now) as web:
        with bar(say("step.collect"), len(due)) as advance:
            past = [histories.get(source.id, History()) for source in due]
            visits = [
                visit(source, web, was.last, now, known=known.get(source.id, frozenset()), moved=was.moved)
                for source, was in zip(due, past, strict=True)
            ]
            for coming in asyncio.as_completed(visits):
                harvest = await coming
                idle.append(harvest)
                if harvest.entries or len(idle) >= TOGETHER:
                    filed += _file(services, idle, now)
                    idle = []
                advance()
    filed += _file(services, idle, now)
    for fetch in filed:
        _tell(fetch, histories.get(fetch.source, History()), now)
    return filed


def _file(services: Services, harvests: Sequence[Harvest], now: datetime) -> list[Fetch]:
    """Write down harvests in one transaction; each fetch with how many of its entries are new."""
    if not harvests:
        return []
    backfill = services.settings.collect.backfill
    with services.archive.writing() as db:
        intake.record_idle(db, [harvest.fetch for harvest in harvests if not harvest.entries])
        new = {
            harvest.fetch.source: intake.record_fetch(db, harvest.fetch, harvest.entries, now=now, backfill=backfill)
            for harvest in harvests
            if harvest.entries
        }
    return [replace(harvest.fetch, new=new.get(harvest.fetch.source, 0)) for harvest in harvests]


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
