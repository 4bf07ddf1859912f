"""Look the house over: each finding is a sentence that names the mend; the ledgers tell of steps, sources, letters."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from archive import outbox
from archive import runs as ledger
from donghyang import owed, readers_health, source_health
from donghyang.checkup import (
    Finding,
    archive_finding,
    machine_findings,
    mail_findings,
    settings_findings,
)
from donghyang.config import Config
from donghyang.messages import say
from donghyang.overview import told
from donghyang.services import Services
from donghyang.steps import STEPS

MOST_RUNS = 200  # back to the last of each step
SOON = timedelta(days=30)  # to renew a licence
CLOCK_SLACK = timedelta(minutes=5)
QUIET = timedelta(hours=26)  # a day's cron and a little; nobody starts us any more
LETTERS_SINCE = timedelta(days=60)
STALE = timedelta(days=60)  # a feed whose newest entry is older has probably moved


def examine(config: Config, now: datetime) -> list[Finding]:
    """Everything but what only a visit to the sources tells; the ledgers when the archive is sound and of our age."""
    findings = [*settings_findings(config), *mail_findings(config), *machine_findings(config)]
    archive = archive_finding(config)
    findings += _licences(config, now)
    return [*findings, archive, *(_ledgers(config, now) if archive.state == "ok" else ())]


def _licences(config: Config, now: datetime) -> Iterator[Finding]:
    """Press of which more than a link is shown: by what leave, and until when."""
    today = now.astimezone(config.settings.zone).date()
    for table in config.settings.sources:
        if table.role != "press" or table.rights == "link":
            continue
        until = table.licence_until
        if not table.licence:
            yield Finding("rights", "warn", say("doctor.unlicensed", id=table.id, rights=table.rights))
        elif until and until < today:
            yield Finding("rights", "warn", say("doctor.licence_ended", id=table.id, until=until))
        elif until and until - today <= SOON:
            yield Finding("rights", "warn", say("doctor.licence_ends", id=table.id, until=until))


def _ledgers(config: Config, now: datetime) -> list[Finding]:
    with Services.open(config) as services:
        ledgers = (_runs, source_health.findings, _letters, readers_health.findings)
        return [finding for look in ledgers for finding in look(services, now)]


def _runs(services: Services, now: datetime) -> Iterator[Finding]:
    zone = services.settings.zone
    with services.archive.reading() as db:
        recent = ledger.recent(db, MOST_RUNS)
    last = max((run.now for run in recent), default=None)
    when = f"{last.astimezone(zone):%Y-%m-%d %H:%M}" if last else ""
    if last is None:
        yield Finding("runs", "warn", say("doctor.never_run"))
    elif last > now + CLOCK_SLACK:
        yield Finding("clock", "warn", say("doctor.clock", now=f"{now.astimezone(zone):%Y-%m-%d %H:%M}", last=when))
    elif now - last > QUIET:
        yield Finding("runs", "warn", say("doctor.nobody_runs", last=when))
    else:
        yield Finding("runs", "ok", say("doctor.runs", last=when))
    for step in STEPS:
        newest = next((run for run in recent if run.step == step), None)
        if newest and newest.outcome == "failed":
            yield Finding("runs", "warn", say("doctor.step_failed", step=say(f"step.{step}"), why=told(newest)))


def _letters(services: Services, now: datetime) -> Iterator[Finding]:
    """Letters that wait for a person."""
    with services.archive.reading() as db:
        troubled = outbox.troubled(db, now - LETTERS_SINCE)
    for state in ("pending", "failed", "unknown"):
        letters = [letter for letter in troubled if letter.state == state]
        if letters:
            names = ", ".join(f"{letter.week} {letter.reader}" for letter in letters)
            yield Finding("letters", "warn", say(f"letters.{state}", names=names, week=letters[0].week))
    if held := owed.letters_held(services, now):
        weeks = sorted({week for week, _ in held})
        yield Finding("letters", "warn", say("doctor.held", weeks=", ".join(map(str, weeks)), count=len(held)))
    if not troubled and not held:
        yield Finding("letters", "ok", say("doctor.letters"))
