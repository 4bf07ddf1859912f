"""One screen for an operator: what was done, what is due, how each source is."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import typer

from archive import outbox
from archive import runs as ledger
from archive.counts import Counts, count_all
from archive.records.incoming import Source
from archive.records.ledgers import Run
from collectors.visits import Harvest, visit
from donghyang import owed, returns, runs, steps
from donghyang.config import Config
from donghyang.lock import is_at_work
from donghyang.messages import say
from donghyang.services import Services
from donghyang.source_health import Condition, conditions, worded
from donghyang.tables import print_table
from donghyang.way_out import way_out

Row = dict[str, Any]
RUNS_SHOWN = 10
LETTERS_SHOWN = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Overview:
    """What `status` shows."""

    config: str
    archive: str
    counts: Counts
    due: list[str]
    runs: tuple[Run, ...]
    sources: list[Row]
    letters: list[Row]
    returned: list[Row]
    letters_at: str
    zone: ZoneInfo

    def as_dict(self) -> Row:
        """The same for programs."""
        return {
            "config": self.config,
            "archive": self.archive,
            "counts": {name: getattr(self.counts, name) for name in self.counts.__slots__},
            "due": self.due,
            "runs": [{name: getattr(run, name) for name in run.__slots__} for run in self.runs],
            "sources": self.sources,
            "letters": self.letters,
            "returned": self.returned,
        }


def look(services: Services, now: datetime) -> Overview:
    """Read it all from the archive."""
    with services.archive.reading() as db:
        counts, recent = count_all(db, now), ledger.recent(db, RUNS_SHOWN)
    at_work = is_at_work(services.config.database_url)
    return Overview(
        config=str(services.config.path),
        archive=str(services.config.archive_file or services.archive.address),
        counts=counts,
        due=[name for name in steps.STEPS if runs.is_due(services, name, now)],
        runs=tuple(_settled(run, at_work=at_work) for run in recent),
        sources=source_rows(services, now),
        letters=letter_rows(services, now),
        returned=returned_rows(services, now),
        letters_at=owed.told_later(services, now),
        zone=services.settings.zone,
    )


def source_rows(services: Services, now: datetime) -> list[Row]:
    """The configured sources with their last fetch and their health."""
    return [_source_row(one, services.settings.zone) for one in conditions(services, now)]


def _source_row(one: Condition, zone: ZoneInfo) -> Row:
    source, fetch = one.source, one.history.last
    return {
        "id": source.id,
        "name": source.name,
        "role": source.role,
        "rights": source.rights,
        "url": source.url,
        "enabled": source.enabled,
        "last": fetch.at if fetch else None,
        "outcome": fetch.outcome if fetch else None,
        "status": fetch.status if fetch else None,
        "new": fetch.new if fetch else None,
        "failures": one.history.failures,
        "error": fetch.error if fetch else "",
        "health": one.health.state,
        "since": one.health.since,
        "cause": one.health.cause,
        "lasting": one.health.lasting,
        "answered": one.history.answered,
        "moved": one.history.moved,
        "told": worded(one, zone),
    }


def letter_rows(services: Services, now: datetime) -> list[Row]:
    """Letters of the last weeks that are not out: waiting, refused, or of unknown fate."""
    with services.archive.reading() as db:
        letters = outbox.troubled(db, now - LETTERS_SHOWN)
    names = ("reader", "letter", "state", "retry_at", "tries", "said", "message_id")
    return [{"week": str(letter.week)} | {name: getattr(letter, name) for name in names} for letter in letters]


def returned_rows(services: Services, now: datetime) -> list[Row]:
    """Mails that came back lately: of whom, and what each was taken for."""
    names = ("reader", "kind", "status", "said")
    return [{"at": at} | {name: getattr(mail, name) for name in names} for at, mail in returns.recent(services, now)]


def try_source(config: Config, source: Source, now: datetime) -> Harvest:
    """Visit a source without filing anything."""

    async def once() -> Harvest:
        async with way_out(config, now) as web:
            return await visit(source, web, None, now)

    return asyncio.run(once())


def show(seen: Overview) -> None:
    """Print it for a person."""
    counts = seen.counts
    typer.echo(say("status.heading", path=seen.config, archive=seen.archive))
    typer.echo(
        say(
            "status.counts",
            entries=counts.entries,
            waiting=counts.waiting,
            articles=counts.articles,
            stories=counts.stories,
            topics=counts.topics,
            issues=counts.issues,
        )
    )
    due = ", ".join(say(f"step.{name}") for name in seen.due)
    typer.echo(say("status.due", steps=due) if due else say("run.nothing_due"))
    if seen.letters_at:
        typer.echo(seen.letters_at)
    typer.echo()
    print_table(say("table.runs").split("|"), (_run_cells(run, seen.zone) for run in seen.runs))
    if seen.letters:
        typer.echo()
        print_table(say("table.letters").split("|"), (_letter_cells(row, seen.zone) for row in seen.letters))
    if seen.returned:
        typer.echo()
        print_table(say("table.returned").split("|"), (_returned_cells(row, seen.zone) for row in seen.returned))
    typer.echo()
    print_table(say("table.sources").split("|"), (source_cells(row, seen.zone) for row in seen.sources))


def source_cells(row: Mapping[str, Any], zone: ZoneInfo) -> tuple[object, ...]:
    """A line of the table of sources."""
    last = f"{row['last'].astimezone(zone):%m-%d %H:%M}" if row["last"] else say("status.never")
    fine = row["enabled"] and row["health"] == "ok"
    told = say(f"outcome.{row['outcome']}") if fine else row["told"]
    return row["id"], row["name"], row["role"], row["rights"], last, told, row["new"], row["error"]


def _letter_cells(row: Mapping[str, Any], zone: ZoneInfo) -> tuple[object, ...]:
    again = f"{row['retry_at'].astimezone(zone):%m-%d %H:%M}" if row["retry_at"] else ""
    return row["week"], row["reader"], say(f"outcome.{row['state']}"), again, row["said"]


def _returned_cells(row: Mapping[str, Any], zone: ZoneInfo) -> tuple[object, ...]:
    when = f"{row['at'].astimezone(zone):%m-%d %H:%M}"
    return when, row["reader"], say(f"returned.{row['kind']}"), row["status"], row["said"]


def _run_cells(run: Run, zone: ZoneInfo) -> tuple[object, ...]:
    when = f"{run.now.astimezone(zone):%Y-%m-%d %H:%M}"
    outcome = "interrupted" if run.detail == ledger.INTERRUPTED else run.outcome
    return say(f"step.{run.step}"), when, say(f"outcome.{outcome}"), run.done, run.failed, told(run)


def told(run: Run) -> str:
    """What became of a step, in a line."""
    if run.detail == ledger.INTERRUPTED:
        return say("run.interrupted")
    return (run.detail.strip().splitlines() or [""])[-1].strip()


def _settled(run: Run, *, at_work: bool) -> Run:
    """A step that nobody is at any more was ended in the middle, though nobody has written that down yet."""
    return (
        replace(run, outcome="failed", detail=ledger.INTERRUPTED) if run.outcome == "running" and not at_work else run
    )
