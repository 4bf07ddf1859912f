"""The daemon: calls the same `runs.run` as cron does, at the times config.toml names.

Every firing does whatever is due, so one that was missed is made up by the next: at start, at each named time, and at
least every quarter of an hour. What is due is asked of the archive's own ledger; APScheduler keeps nothing (a job
store would be a second opinion, and its catch-up is lost when jobs are added anew at start).
"""

import os
import select
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from archive.troubles import ArchiveError
from donghyang import runs
from donghyang.cadence import DAYS, Cadence
from donghyang.config import Config, ConfigError
from donghyang.lock import Busy
from donghyang.logs import logger
from donghyang.services import Services
from donghyang.settings_tables import ScheduleTable

HEARTBEAT = timedelta(minutes=15)  # letters moved off a holiday, and retries, have no named time of their own
CLOCK_CHECK = timedelta(minutes=1)
ENDING = (signal.SIGTERM, signal.SIGINT)

Load = Callable[[], Config]


def serve(load: Load) -> None:
    """Fire until SIGTERM or SIGINT; the step at work is finished first. ConfigError when config is wrong at start."""
    config = load()
    stopping = threading.Event()
    scheduler = BackgroundScheduler(
        timezone=config.settings.zone,
        executors={"default": ThreadPoolExecutor(1)},  # firings queue up behind one another
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    scheduler.add_job(fire, args=(load, stopping), name="start")  # whatever was missed while nobody was here
    jobs = {
        name: scheduler.add_job(fire, trigger, args=(load, stopping), name=name)
        for name, trigger in triggers(config.settings.schedule, config.settings.zone)
    }
    with _endings() as told:
        scheduler.start()
        logger().info("serving", config=str(config.path))
        while not (number := told()):
            keep_beating(jobs["heartbeat"], datetime.now(UTC))
    logger().info("stopping", signal=signal.Signals(number).name)
    stopping.set()
    scheduler.shutdown()
    logger().info("stopped")


@contextmanager
def _endings() -> Iterator[Callable[[], int]]:
    """Wait a minute at a time for SIGTERM or SIGINT: its number, or 0. Outside, a second one ends us at once.

    Python writes the number into a pipe: a handler that sets an Event may meet the very lock it holds, and a signal
    that is blocked and waited for goes to whatever thread numpy has begun before.
    """
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    signal.set_wakeup_fd(theirs)
    for number in ENDING:
        signal.signal(number, lambda _number, _frame: None)
    try:
        yield lambda: os.read(ours, 1)[0] if select.select([ours], [], [], CLOCK_CHECK.total_seconds())[0] else 0
    finally:
        for number in ENDING:
            signal.signal(number, signal.SIG_DFL)
        signal.set_wakeup_fd(-1)
        os.close(ours)
        os.close(theirs)


def keep_beating(heartbeat: Any, now: datetime) -> None:
    """Fire soon when the clock was set back: APScheduler would wait until it has come to where it was."""
    if heartbeat.next_run_time > now + HEARTBEAT:
        logger().warning("the clock was set back", awaited=heartbeat.next_run_time.isoformat())
        heartbeat.modify(next_run_time=now)


def triggers(schedule: ScheduleTable, zone: ZoneInfo) -> Iterator[tuple[str, BaseTrigger]]:
    """When to fire, by name: each step's rhythm, and the heartbeat."""
    yield "heartbeat", IntervalTrigger(seconds=int(HEARTBEAT.total_seconds()), timezone=zone)
    for name in ("collect", "analyse", "compose", "deliver"):
        yield name, trigger_of(getattr(schedule, name), zone)


def trigger_of(rhythm: Cadence, zone: ZoneInfo) -> BaseTrigger:
    """A rhythm as APScheduler knows it; weekdays by name, since its Monday is 0 and cron's is 1."""
    if rhythm.at is None:
        return IntervalTrigger(seconds=int((rhythm.span or HEARTBEAT).total_seconds()), timezone=zone)
    day = "*" if rhythm.weekday is None else DAYS[rhythm.weekday]
    return CronTrigger(day_of_week=day, hour=rhythm.at.hour, minute=rhythm.at.minute, timezone=zone)


def fire(
    load: Load, stopping: threading.Event, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> int | None:
    """One run of what is due; the exit code it would have had, None when there was none.

    The configuration is read anew each time, so that an edit counts without a restart. Trouble is a line in the log:
    the daemon stays, and the next firing tries again.
    """
    if stopping.is_set():
        return None
    log = logger()
    try:
        with Services.open(load()) as services:
            code = runs.run(services, (), clock(), report=lambda said: log.info("ran", said=said), stop=stopping.is_set)
    except Busy as error:
        log.info("another run is at work", holder=error.holder)
        return None
    except (ConfigError, ArchiveError) as error:
        log.error("not run", reason=str(error))  # noqa: TRY400 - a known trouble has a sentence, not a traceback
        return None
    log.info("fired", exit=int(code))
    return int(code)
