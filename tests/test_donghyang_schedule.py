"""The daemon fires when config says, does what cron would do, and ends when it is told."""

import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from apscheduler.schedulers.background import BackgroundScheduler
from filelock import FileLock

from archive.counts import count_all
from archive.store import Archive
from donghyang import config as configuration
from donghyang.cadence import parse_cadence
from donghyang.cli import main
from donghyang.schedule import fire, keep_beating, trigger_of, triggers
from donghyang.settings_tables import ScheduleTable
from tests import small_world

SEOUL = ZoneInfo("Asia/Seoul")
FRIDAY = datetime.fromisoformat("2026-02-06T18:00:00+09:00")
MONDAY = datetime.fromisoformat("2026-02-09T09:00:00+09:00")


def fired(config: Path, now: datetime, stopping: threading.Event | None = None) -> int | None:
    return fire(lambda: configuration.load(config), stopping or threading.Event(), lambda: now)


@pytest.mark.parametrize("text", ["mon 06:00", "sun 23:59", "every day 05:00", "wed 00:00", "sat 08:30"])
def test_a_trigger_fires_on_the_day_the_name_says(text: str) -> None:
    """APScheduler counts Monday as 0 and cron as 1; names mean one day to both, and to our own rhythm."""
    rhythm = parse_cadence(text)
    trigger = trigger_of(rhythm, SEOUL)
    for day in range(10):
        now = FRIDAY + timedelta(days=day, hours=day, minutes=7)
        assert trigger.get_next_fire_time(None, now) == rhythm.first_after(now, SEOUL)


def test_every_step_with_a_rhythm_has_its_trigger_and_there_is_a_heartbeat() -> None:
    made = dict(triggers(ScheduleTable(), SEOUL))
    assert set(made) == {"heartbeat", "collect", "analyse", "compose", "deliver"}
    assert trigger_of(parse_cadence("every 90m"), SEOUL).interval == timedelta(minutes=90)


def test_firing_does_what_is_due_and_nothing_twice(config: Path) -> None:
    assert fired(config, FRIDAY) == 0
    assert fired(config, MONDAY) == 0
    letters = sorted((config.parent / "out").rglob("*.eml"))
    assert [path.parent.name for path in letters] == ["2026-W06", "mail"]
    before = [path.read_bytes() for path in letters]
    assert fired(config, MONDAY) == 0
    assert [path.read_bytes() for path in letters] == before


def test_a_firing_beside_another_run_waits_for_the_next(config: Path) -> None:
    with FileLock(config.parent / "donghyang.db.lock"):
        assert fired(config, FRIDAY) is None
    assert fired(config, FRIDAY) == 0


def test_a_config_that_was_broken_by_an_edit_stops_a_firing_and_not_the_daemon(config: Path) -> None:
    good = config.read_text(encoding="utf-8")
    config.write_text(good + "\n[htpp]\n", encoding="utf-8")
    assert fired(config, FRIDAY) is None
    config.write_text(good, encoding="utf-8")
    assert fired(config, FRIDAY) == 0


def test_nothing_begins_once_it_is_stopping(config: Path) -> None:
    stopping = threading.Event()
    stopping.set()
    assert fired(config, FRIDAY, stopping) is None
    assert not (config.parent / "donghyang.db").exists()


def test_the_daemon_lives_by_the_clock(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--config", str(config), "--now", "2026-02-06", "schedule"]) == 2
    assert "--now" in capsys.readouterr().err


@pytest.mark.slow
def test_a_real_daemon_catches_up_at_start_and_ends_when_told(config: Path) -> None:
    command = [sys.executable, "-m", "donghyang", "--config", str(config), "schedule"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as daemon:
        deadline = time.monotonic() + 60
        while not entries(config) and time.monotonic() < deadline:
            time.sleep(0.2)
        daemon.send_signal(signal.SIGTERM)
        _, said = daemon.communicate(timeout=60)
    assert daemon.returncode == 0, said
    assert "stopped" in said
    assert entries(config) == len(small_world.LINES)


def test_a_daemon_told_to_end_while_it_begins_ends(config: Path) -> None:
    command = [sys.executable, "-m", "donghyang", "--config", str(config), "schedule"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as daemon:
        assert daemon.stderr is not None
        said = next(line for line in daemon.stderr if "serving" in line)
        daemon.send_signal(signal.SIGINT)
        _, rest = daemon.communicate(timeout=60)
    assert daemon.returncode == 0, said + rest
    assert "stopped" in rest


def test_a_clock_that_is_set_back_does_not_stop_the_heart() -> None:
    scheduler = BackgroundScheduler(timezone=SEOUL)
    scheduler.start(paused=True)
    try:
        heartbeat = scheduler.add_job(print, "interval", minutes=15)
        expected = heartbeat.next_run_time
        keep_beating(heartbeat, expected - timedelta(minutes=14))
        assert heartbeat.next_run_time == expected
        keep_beating(heartbeat, expected - timedelta(days=1))
        assert heartbeat.next_run_time == expected - timedelta(days=1)
    finally:
        scheduler.shutdown()


def entries(config: Path) -> int:
    path = config.parent / "donghyang.db"
    if not path.exists():
        return 0
    with Archive.open(f"sqlite:///{path}") as archive, archive.reading() as db:
        return count_all(db, datetime.now(UTC)).entries
