"""Look the house over: each finding is a sentence that names the mend; the ledgers tell of steps, sources, letters."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from archive import intake, outbox
from archive import runs as ledger
from archive.records.incoming import Source
from collectors.visits import Harvest, visit
from donghyang import posting
from donghyang.checkup import (
    Finding,
    archive_finding,
    machine_findings,
    mail_findings,
    settings_findings,
)
from donghyang.config import Config
from donghyang.messages import say
from donghyang.services import Services
from donghyang.steps import STEPS
from donghyang.way_out import way_out

MOST_RUNS = 200  # back to the last of each step
CLOCK_SLACK = timedelta(minutes=5)
QUIET = timedelta(hours=26)  # a day's cron and a little; nobody starts us any more
LETTERS_SINCE = timedelta(days=60)
STALE = timedelta(days=60)  # a feed whose newest entry is older has probably moved


def examine(config: Config, now: datetime) -> list[Finding]:
    """Everything but what only a visit to the sources tells; the ledgers when the archive is sound and of our age."""
    findings = [*settings_findings(config), *mail_findings(config), *machine_findings(config)]
    archive = archive_finding(config)
    return [*findings, archive, *(_ledgers(config, now) if archive.state == "ok" else ())]


def _ledgers(config: Config, now: datetime) -> list[Finding]:
    with Services.open(config) as services:
        return [*_runs(services, now), *_sources(services, now), *_letters(services, now)]


def _runs(services: Services, now: datetime) -> Iterator[Finding]:
    zone = services.settings.zone
    with services.archive.reading() as db:
        recent = ledger.recent(db, MOST_RUNS)
    last = max((run.now for run in recent), default=None)
    told = f"{last.astimezone(zone):%Y-%m-%d %H:%M}" if last else ""
    if last is None:
        yield Finding("runs", "warn", say("doctor.never_run"))
    elif last > now + CLOCK_SLACK:
        yield Finding("clock", "warn", say("doctor.clock", now=f"{now.astimezone(zone):%Y-%m-%d %H:%M}", last=told))
    elif now - last > QUIET:
        yield Finding("runs", "warn", say("doctor.quiet", last=told))
    else:
        yield Finding("runs", "ok", say("doctor.runs", last=told))
    for step in STEPS:
        newest = next((run for run in recent if run.step == step), None)
        if newest and newest.outcome == "failed":
            why = (newest.detail.strip().splitlines() or [""])[-1]
            yield Finding("runs", "warn", say("doctor.step_failed", step=say(f"step.{step}"), why=why))


def _sources(services: Services, now: datetime) -> Iterator[Finding]:
    """Sources never read, and those that fail."""
    awake = [source for source in services.settings.source_records() if source.enabled]
    with services.archive.reading() as db:
        last, failures, since = intake.last_fetches(db), intake.failures_in_row(db), intake.failing_since(db)
    never = [str(source.id) for source in awake if source.id not in last]
    failing = [source for source in awake if source.id in failures]
    if never:
        yield Finding("sources", "warn", say("doctor.never_read", count=len(never), names=", ".join(never)))
    for source in failing:
        days = max((now - since[source.id]).days, 0)
        told = {"times": failures[source.id], "days": days, "error": last[source.id].error}
        yield Finding("sources", "warn", say("doctor.failing", id=source.id, **told))
    if awake and len(failing) == len(awake):
        yield Finding("sources", "fail", say("doctor.all_fail"))
    else:
        good = len(awake) - len(failing) - len(never)
        yield Finding("sources", "ok", say("doctor.sources", good=good, count=len(awake)))


def _letters(services: Services, now: datetime) -> Iterator[Finding]:
    """Letters that wait for a person."""
    with services.archive.reading() as db:
        troubled = outbox.troubled(db, now - LETTERS_SINCE)
    for state in ("pending", "failed", "unknown"):
        letters = [letter for letter in troubled if letter.state == state]
        if letters:
            names = ", ".join(f"{letter.week} {letter.reader}" for letter in letters)
            yield Finding("letters", "warn", say(f"letters.{state}", names=names, week=letters[0].week))
    if held := posting.letters_held(services, now):
        weeks = sorted({week for week, _ in held})
        yield Finding("letters", "warn", say("doctor.held", weeks=", ".join(map(str, weeks)), count=len(held)))
    if not troubled and not held:
        yield Finding("letters", "ok", say("doctor.letters"))


def visit_sources(config: Config, now: datetime) -> list[Finding]:
    """Fetch each source once, and say what came; nothing is filed."""
    awake = [source for source in config.settings.source_records() if source.enabled]
    harvests = asyncio.run(_visit_all(config, awake, now))
    return [_visited(config, source, harvest, now) for source, harvest in zip(awake, harvests, strict=True)]


async def _visit_all(config: Config, sources: Sequence[Source], now: datetime) -> list[Harvest]:
    async with way_out(config, now) as web:
        return list(await asyncio.gather(*(visit(source, web, None, now) for source in sources)))


def _visited(config: Config, source: Source, harvest: Harvest, now: datetime) -> Finding:
    if harvest.fetch.outcome == "failed":
        return Finding("source", "fail", say("doctor.no_answer", id=source.id, error=harvest.fetch.error))
    if not harvest.entries:
        return Finding("source", "warn", say("doctor.empty", id=source.id, url=source.url))
    newest = max((entry.published for entry in harvest.entries if entry.published), default=None)
    day = f"{newest.astimezone(config.settings.zone):%Y-%m-%d}" if newest else "?"
    told = say("doctor.came", id=source.id, count=len(harvest.entries), newest=day)
    if harvest.moved:
        return Finding("source", "warn", " ".join((told, say("doctor.moved", url=harvest.moved))))
    if newest and now - newest > STALE:
        return Finding("source", "warn", " ".join((told, say("doctor.stale"))))
    return Finding("source", "ok", told)
