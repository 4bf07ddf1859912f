"""`run collect --since`: the past of list pages and sitemaps, read back to a day and marked as past."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime

from archive import intake
from archive.records.histories import History
from archive.records.incoming import Fetch, Source
from archive.records.words import SourceId
from collectors.visits import Harvest, visit
from donghyang.logs import logger
from donghyang.messages import say
from donghyang.progress import bar
from donghyang.services import Services
from donghyang.steps import Tally


def collect_past(services: Services, since: datetime, now: datetime) -> Tally:
    """Visit every list page and sitemap, due or not, and file what it has given since a moment.

    What is older than `[collect] backfill` is marked: it is never fetched, never a trend and never a first. Feeds
    have no past to give.
    """
    sources = services.settings.source_records()
    with services.archive.writing() as db:
        intake.register_sources(db, sources, now)
    with services.archive.reading() as db:
        histories = intake.histories(db, now)
    asked = [source for source in sources if source.enabled and source.kind != "feed"]
    fetches = asyncio.run(_visit_all(services, asked, histories, since, now))
    failed = sum(fetch.outcome == "failed" for fetch in fetches)
    entries = sum(fetch.new for fetch in fetches)
    told = say("collect.past", sources=len(asked), since=f"{since:%Y-%m-%d}", entries=entries)
    return Tally(done=len(fetches) - failed, failed=failed, detail=told)


async def _visit_all(
    services: Services, asked: Sequence[Source], histories: Mapping[SourceId, History], since: datetime, now: datetime
) -> list[Fetch]:
    filed: list[Fetch] = []
    async with services.web(now) as web:
        with bar(say("step.collect"), len(asked)) as advance:
            past = [histories.get(source.id, History()) for source in asked]
            visits = [
                visit(source, web, None, now, since=since, moved=was.moved)
                for source, was in zip(asked, past, strict=True)
            ]
            for coming in asyncio.as_completed(visits):
                filed.append(_file(services, await coming, now))
                advance()
    return filed


def _file(services: Services, harvest: Harvest, now: datetime) -> Fetch:
    fetch, backfill = harvest.fetch, services.settings.collect.backfill
    with services.archive.writing() as db:
        new = intake.record_fetch(db, fetch, harvest.entries, now=now, backfill=backfill, past=True)
    log = logger().warning if fetch.outcome == "failed" else logger().info
    log("past collected", source=fetch.source, outcome=fetch.outcome, found=fetch.found, new=new, error=fetch.error)
    return Fetch(source=fetch.source, at=fetch.at, outcome=fetch.outcome, new=new)
