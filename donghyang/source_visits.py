"""`doctor --sources`: every source asked once, and for those that give nothing a mend looked for; nothing is filed."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from archive.records.incoming import Source
from collectors.answers import WebError
from collectors.feeds import NotAFeed
from collectors.http import Web
from collectors.urls import canonical
from collectors.visits import Harvest, visit
from donghyang.checkup import Finding
from donghyang.config import Config
from donghyang.messages import say
from donghyang.source_finding import look
from donghyang.way_out import way_out

STALE: Final = timedelta(days=60)  # a feed whose newest entry is older has probably moved
_LOST: Final = frozenset(("gone", "missing", "page", "empty", "redirects", "broken"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Visited:
    source: Source
    harvest: Harvest
    found: str = ""  # another feed of the same site, when this one gave nothing


def visit_sources(config: Config, now: datetime) -> list[Finding]:
    """Fetch each source once, and say what came, or where its site has its feed now."""
    return [_finding(config, seen, now) for seen in asyncio.run(_visit_all(config, now))]


async def _visit_all(config: Config, now: datetime) -> list[_Visited]:
    sources = config.settings.source_records()
    known = frozenset(canonical(source.url) for source in sources)
    async with way_out(config, now) as web:
        visits = [_visit(source, web, now, known) for source in sources if source.enabled]
        return list(await asyncio.gather(*visits))


async def _visit(source: Source, web: Web, now: datetime, known: Collection[str]) -> _Visited:
    harvest = await visit(source, web, None, now)
    lost = harvest.fetch.outcome == "failed" and harvest.fetch.cause in _LOST and source.kind == "feed"
    return _Visited(source=source, harvest=harvest, found=await _elsewhere(source, web, now, known) if lost else "")


async def _elsewhere(source: Source, web: Web, now: datetime, known: Collection[str]) -> str:
    """A feed that the front page of the source's site names; "" when there is none but those we have."""
    parts = urlsplit(source.url)
    try:
        found = await look(f"{parts.scheme}://{parts.netloc}/", web, now)
    except (WebError, NotAFeed):
        return ""
    return found.url if canonical(found.url) not in known else ""


def _finding(config: Config, seen: _Visited, now: datetime) -> Finding:
    source, harvest = seen.source, seen.harvest
    if harvest.fetch.outcome == "failed":
        mend = [say("doctor.found", url=seen.found)] if seen.found else []
        told = say("doctor.no_answer", id=source.id, error=harvest.fetch.error)
        return Finding("source", "fail", ". ".join((told.rstrip("."), *mend)))
    if not harvest.entries:
        return Finding("source", "warn", say("doctor.empty", id=source.id, url=source.url))
    newest = max((entry.published for entry in harvest.entries if entry.published), default=None)
    day = f"{newest.astimezone(config.settings.zone):%Y-%m-%d}" if newest else say("doctor.undated")
    told = say("doctor.came", id=source.id, count=len(harvest.entries), newest=day)
    if harvest.moved:
        return Finding("source", "warn", " ".join((told, say("doctor.moved", url=harvest.moved))))
    if newest and now - newest > STALE:
        return Finding("source", "warn", " ".join((told, say("doctor.stale"))))
    return Finding("source", "ok", told)
