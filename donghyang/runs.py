"""One run: the lock, the ledger, the steps that are due, the exit code. Cron, daemon and a person all come here."""

import resource
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from time import process_time
from typing import Literal

from sqlalchemy.exc import SQLAlchemyError

from archive import intake
from archive import runs as ledger
from archive.troubles import ArchiveError
from donghyang import owed, past, posting, publishing, steps
from donghyang.lock import one_run
from donghyang.logs import logger
from donghyang.messages import say
from donghyang.posting import Posted
from donghyang.rechecking import due_pages
from donghyang.services import Services
from donghyang.troubles import Refused

CLOCK_SLACK = timedelta(days=1)  # a clock that is put right by hours keeps nobody from working

Report = Callable[[str], None]


class Exit(IntEnum):
    """What the shell is told."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    PARTLY = 3
    BUSY = 75  # EX_TEMPFAIL of sysexits.h


_GRAVITY = (Exit.DONE, Exit.PARTLY, Exit.FAILED)


def run(
    services: Services, names: Sequence[str], now: datetime, *, report: Report, stop: Callable[[], bool] = lambda: False
) -> Exit:
    """Do the named steps, or without names each one that is due when its turn comes; none after `stop` says so.

    A step that crashes does not keep the later ones from what they can do with what is there. Raises Busy when
    another run is at work, ArchiveError when the archive cannot be used.
    """
    with _alone(services):
        _mind_the_clock(services, now, report)
        codes = {
            name: _one(services, name, steps.STEPS[name], now, report)
            for name in steps.STEPS
            if not stop() and (name in names if names else is_due(services, name, now))
        }
    if not codes:
        report(say("run.nothing_due"))
    if "compose" in codes and (later := owed.told_later(services, now)):
        report(later)
    return max(codes.values(), key=_GRAVITY.index, default=Exit.DONE)


def send(services: Services, now: datetime, ask: Callable[[Services, datetime], Posted], *, report: Report) -> Exit:
    """Post letters because a person asks, under the same lock and in the same ledger as a run."""
    with _alone(services):
        return _one(services, "deliver", lambda *told: steps.letters_tally(ask(*told)), now, report)


def fetch_past(services: Services, since: datetime, now: datetime, *, report: Report) -> Exit:
    """Read list pages and sitemaps back to a moment because a person asks, in the same ledger."""
    with _alone(services):
        return _one(services, "collect", lambda own, then: past.collect_past(own, since, then), now, report)


@contextmanager
def _alone(services: Services) -> Iterator[None]:
    """Hold the lock, and close in the ledger what a killed run left open."""
    with one_run(services.config.database_url):
        with services.archive.writing() as db:
            ledger.close_interrupted(db, _clock())
        yield


def _mind_the_clock(services: Services, now: datetime, report: Report) -> None:
    """Say so when the moment lies long before what was done last: that may be meant, or a clock that is wrong."""
    with services.archive.reading() as db:
        last = ledger.latest_told(db)
    if last is not None and now < last - CLOCK_SLACK:
        zone = services.settings.zone
        told = {name: f"{at.astimezone(zone):%Y-%m-%d %H:%M}" for name, at in (("now", now), ("last", last))}
        report(say("run.clock", **told))
        logger().warning("before the last run", **told)


def is_due(services: Services, name: str, now: datetime) -> bool:
    """Whether a step has something to do now, by its rhythm or by what the archive still lacks."""
    rhythms, zone = services.settings.schedule, services.settings.zone
    with services.archive.reading() as db:
        last = ledger.last_finished(db, name)
        waiting = name == "extract" and (intake.count_waiting(db, now) > 0 or bool(due_pages(services, db, now)))
    done = last.now if last else None
    match name:
        case "collect":
            return rhythms.collect.is_due(done, now, zone)
        case "extract":  # no rhythm of its own: it follows collect, and picks up what a killed run left
            return waiting
        case "analyse":
            return rhythms.analyse.is_due(done, now, zone) or _issue_needs_analysis(services, done, now)
        case "compose":
            return bool(steps.weeks_to_issue(services, now)) or not publishing.is_written(services)
        case _:
            return posting.letters_wait(services, now)


def _issue_needs_analysis(services: Services, done: datetime | None, now: datetime) -> bool:
    """Whether a week waits for its issue that has not been analysed since it closed."""
    weeks = steps.weeks_to_issue(services, now)
    return bool(weeks) and (done is None or done < weeks[-1].end(services.settings.zone))


def _one(services: Services, name: str, step: steps.Step, now: datetime, report: Report) -> Exit:
    """One step, with its row in the ledger whatever becomes of it."""
    with services.archive.writing() as db:
        number = ledger.begin(db, name, now, _clock())
    began = process_time()
    try:
        tally = step(services, now)
    except Refused as trouble:  # of a kind that has a sentence: a folder that may not be written to
        tally = steps.Tally(failed=1, detail=f" ({trouble})")
    except (ArchiveError, SQLAlchemyError):
        raise  # without the archive there is nothing to write the failure into
    except Exception as error:  # noqa: BLE001 - the one place: the ledger keeps the traceback, later steps go on
        with services.archive.writing() as db:
            ledger.finish(db, number, _clock(), "failed", 0, 1, traceback.format_exc())
        logger().exception("step crashed", step=name)
        report(say("run.crashed", step=say(f"step.{name}"), error=error))
        return Exit.FAILED
    except KeyboardInterrupt:
        with services.archive.writing() as db:
            ledger.finish(db, number, _clock(), "failed", 0, 0, ledger.INTERRUPTED)
        report(f"{say(f'step.{name}')}: {say('run.interrupted')}")
        raise
    outcome = _outcome(tally)
    with services.archive.writing() as db:
        ledger.finish(db, number, _clock(), outcome, tally.done, tally.failed, tally.detail.strip())
    logger().info("step done", step=name, cpu=round(process_time() - began, 1), peak_mb=_peak_mb())
    failed = say("run.failed", failed=tally.failed) if tally.failed else ""
    report(say("run.step", step=say(f"step.{name}"), done=tally.done, failed=failed, detail=tally.detail))
    return {"done": Exit.DONE, "part": Exit.PARTLY, "failed": Exit.FAILED}[outcome]


def _outcome(tally: steps.Tally) -> Literal["done", "part", "failed"]:
    """A step is done when nothing failed, and failed when nothing else happened."""
    if not tally.failed:
        return "done"
    return "part" if tally.done or tally.partly else "failed"


def _peak_mb() -> int:
    """The most memory this process has held, in MiB (Linux counts in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _clock() -> datetime:
    """The wall clock, for the ledger alone: what a step does depends on the `now` it is told."""
    return datetime.now(UTC)
