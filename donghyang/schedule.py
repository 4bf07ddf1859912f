"""The daemon: calls the same `runs.run` as cron does, at the times config.toml names.

Every firing does whatever is due, so one that was missed is made up by the next: at start, at each named time, and at
least every quarter of an hour. What is due is asked of the archive's own ledger; APScheduler keeps nothing (a job
store would be a second opinion, and its catch-up is lost when jobs are added anew at start).
"""

import signal
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from types import FrameType
from zoneinfo import ZoneInfo

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
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

Load = Callable[[], Config]


def serve(load: Load) -> None:
    """Fire until SIGTERM or SIGINT; the step at work is finished first. ConfigError when config is wrong at start."""
    config = load()
    stopping = threading.Event()
    scheduler = BlockingScheduler(
        timezone=config.settings.zone,
        executors={"default": ThreadPoolExecutor(1)},  # firings queue up behind one another
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    scheduler.add_job(fire, args=(load, stopping), name="start")  # whatever was missed while nobody was here
    for name, trigger in triggers(config.settings.schedule, config.settings.zone):
        scheduler.add_job(fire, trigger, args=(load, stopping), name=name)

    def stop(number: int, _: FrameType | None) -> None:
        logger().info("stopping", signal=signal.Signals(number).name)
        stopping.set()
        threading.Thread(target=scheduler.shutdown, daemon=True).start()  # a handler must not wait

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    logger().info("serving", config=str(config.path))
    scheduler.start()
    logger().info("stopped")


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
