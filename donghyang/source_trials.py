"""`sources try --resting`: every resting source asked once, to see which may be woken; nothing is filed."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from archive.records.incoming import Source
from collectors.visits import Harvest, visit
from donghyang.config import Config
from donghyang.messages import say
from donghyang.source_visits import STALE
from donghyang.way_out import way_out

Verdict = Literal["passed", "undated", "stale", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How one resting source did."""

    source: Source
    verdict: Verdict  # only what passed is fit to be woken without a look
    found: int
    newest: datetime | None
    said: str  # the failure, or the newest title

    def row(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "id": self.source.id,
            "name": self.source.name,
            "url": self.source.url,
            "verdict": self.verdict,
            "found": self.found,
            "newest": self.newest,
            "said": self.said,
        }


def try_resting(config: Config, now: datetime) -> list[Trial]:
    """Visit every source that rests, politely and side by side, in their order."""
    resting = [source for source in config.settings.source_records() if not source.enabled]
    harvests = asyncio.run(_visit_all(config, resting, now))
    return [judged(source, harvest, now) for source, harvest in zip(resting, harvests, strict=True)]


async def _visit_all(config: Config, resting: Sequence[Source], now: datetime) -> list[Harvest]:
    async with way_out(config, now) as web:
        return list(await asyncio.gather(*(visit(source, web, None, now) for source in resting)))


def judged(source: Source, harvest: Harvest, now: datetime) -> Trial:
    """What a visit says of a source: entries with days, the newest of them not long ago, or else why not."""
    dated = [entry for entry in harvest.entries if entry.published]
    newest = max(dated, key=lambda entry: entry.published or now, default=None)
    day = newest.published if newest else None
    verdict: Verdict = "passed"
    if harvest.fetch.outcome == "failed" or not harvest.entries:
        verdict = "failed"
    elif day is None:
        verdict = "undated"
    elif now - day > STALE:
        verdict = "stale"
    said = harvest.fetch.error or (newest or harvest.entries[0]).title if harvest.entries else harvest.fetch.error
    found = len(harvest.entries)
    return Trial(source=source, verdict=verdict, found=found, newest=day, said=said or say("sources.nothing_yet"))
