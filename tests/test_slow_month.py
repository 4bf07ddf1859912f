"""A simulated month: the daemon comes and goes, cron fires beside it; every week one issue, every reader one letter.

Time is told to the same functions the daemon and cron call; feeds grow as it passes; letters go to a real SMTP server.
"""

import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from archive import issues, outbox
from archive.issues import IssueRow
from archive.records.ledgers import Delivery
from archive.store import Archive
from archive.weeks import Week
from donghyang import config as configuration
from donghyang.cli import main
from donghyang.schedule import HEARTBEAT, fire, triggers
from donghyang.settings_tables import ScheduleTable
from donghyang.workdays import delivery_time
from tests import small_world
from tests.loopback import Loopback, Scripted
from tests.post_office import PostOffice
from tests.small_world import LINES, OUTLETS, Line

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

ROOT = Path(__file__).parent.parent
SEOUL = ZoneInfo("Asia/Seoul")
START = datetime.fromisoformat("2026-02-02T08:00:00+09:00")
END = datetime.fromisoformat("2026-03-09T18:00:00+09:00")
WEEKS = [Week(2026, 6).ahead(number) for number in range(5)]  # the Lunar New Year among them
READERS = ("kim@city.example", "lee@city.example", "park@city.example")
NAMES = (("한빛시", "다온시", "새솔시", "푸른시", "별내시"), ("가온", "누리", "마루", "보람", "솔찬"))


def month() -> Iterator[Line]:
    """The small world's week, again each week with other names."""
    for week in range(len(WEEKS) + 1):
        for line in LINES:
            title, text = line.title, line.text
            for names in NAMES:
                title, text = (part.replace(names[0], names[week % 5]) for part in (title, text))
            at = datetime.fromisoformat(line.at) + timedelta(weeks=week)
            yield replace(line, number=line.number + 100 * week, at=at.isoformat(), title=title, text=text)


class World:
    """Outlets whose feeds show what has been written by now."""

    def __init__(self, server: Loopback) -> None:
        self._server, self._shown = server, -1
        self._lines = sorted(month(), key=lambda line: datetime.fromisoformat(line.at))

    def now(self, now: datetime) -> None:
        written = [line for line in self._lines if datetime.fromisoformat(line.at) <= now]
        if len(written) == self._shown:
            return
        self._shown = len(written)
        small_world.serve(self._server, tuple(written))
        for outlet in OUTLETS:
            own = [line for line in written if line.outlet == outlet][-6:]
            tag = {"ETag": f'"{outlet}-{len(written)}"'}
            body = small_world.feed(self._server, outlet, own)
            self._server.at(f"/{outlet}.xml", Scripted(body=body, conditional=True, headers=tag))


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as running:
        yield running


@pytest.fixture
def config(server: Loopback, office: PostOffice, tmp_path: Path) -> Path:
    mail = f'[mail]\nhost = "127.0.0.1"\nport = {office.port}\nsecurity = "none"\nsender = "ai@city.example"\n'
    path = small_world.write_config(server, tmp_path, extra=mail)
    with path.open("a", encoding="utf-8") as out:
        out.writelines(f'[[readers]]\nname = "독자"\nemail = "{reader}"\n' for reader in READERS[1:])
    return path


def daemon(config: Path, now: datetime) -> int | None:
    return fire(lambda: configuration.load(config), threading.Event(), lambda: now)


def cron(config: Path, now: datetime) -> int:
    return main(["--config", str(config), "--now", now.isoformat(), "run"])


def both(config: Path, now: datetime) -> None:
    """The daemon and cron at the same moment: one runs, the other finds it at work or nothing left to do."""
    codes: list[int | None] = []
    begin = threading.Barrier(2)

    def at_once(how: int) -> None:
        begin.wait()
        codes.append(daemon(config, now) if how else cron(config, now))

    threads = [threading.Thread(target=at_once, args=(how,)) for how in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 0 in codes
    assert set(codes) <= {0, None, 75}


def two_processes(config: Path, now: datetime) -> None:
    command = [sys.executable, "-m", "donghyang", "--config", str(config), "--now", now.isoformat(), "run"]
    runs = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(2)]
    said = [run.communicate(timeout=300)[1].decode() for run in runs]
    codes = {run.returncode for run in runs}
    assert 0 in codes, said
    assert codes <= {0, 75}, said


def firings(config: Path, begin: datetime, end: datetime) -> list[datetime]:
    """When a daemon that lives so long fires, by its own triggers (a heartbeat in eight: the rest change nothing)."""
    named = dict(triggers(configuration.load(config).settings.schedule, SEOUL))
    moments = {begin}
    for name in ("analyse", "compose", "deliver"):
        moment = named[name].get_next_fire_time(None, begin)
        while moment < end:
            moments.add(moment)
            moment = named[name].get_next_fire_time(moment, moment + timedelta(seconds=1))
    beats = (begin + 8 * number * HEARTBEAT for number in count(1))
    for moment in beats:
        if moment >= end:
            return sorted(moments)
        moments.add(moment)
    return []


def lives(draw: random.Random) -> Iterator[tuple[datetime, datetime]]:
    """The spans in which the daemon is up: days of work, and outages of minutes to more than a week."""
    begin = START
    while begin < END:
        end = min(begin + timedelta(hours=draw.uniform(1, 90)), END)
        yield begin, end
        outage = draw.choice((timedelta(minutes=7), timedelta(hours=5), timedelta(hours=40), timedelta(days=9)))
        begin = end + outage


@pytest.mark.parametrize("seed", range(3))
def test_every_week_one_issue_and_every_reader_one_letter(
    config: Path, server: Loopback, office: PostOffice, seed: int
) -> None:
    """Lives, outages and cron's hours are drawn anew for each seed."""
    draw = random.Random(seed)  # noqa: S311 - outages, not secrets
    up = {moment for begin, end in lives(draw) for moment in firings(config, begin, end)}
    hours = (START + timedelta(hours=number) for number in range(int((END - START) / timedelta(hours=1)) + 1))
    by_cron = {hour for hour in hours if draw.random() < 0.15} | {END}
    at_once = set(draw.sample(sorted(up), 3)) | {datetime.fromisoformat("2026-02-23T08:30:00+09:00")}
    world = World(server)
    for now in sorted(up | by_cron | at_once):
        world.now(now)
        if now in at_once:
            two_processes(config, now)
        elif now in up and now in by_cron:
            both(config, now)
        elif now in up:
            assert daemon(config, now) == 0
        else:
            assert cron(config, now) == 0
    check(config, office, WEEKS)


@pytest.mark.parametrize(
    ("gone", "back", "late"),
    [
        ("2026-02-13T19:00+09:00", "2026-02-16T09:10+09:00", []),  # a week-end, till after the hour of the issue
        ("2026-02-13T19:00+09:00", "2026-02-18T09:00+09:00", WEEKS[1:2]),  # two days more
        ("2026-02-04T19:00+09:00", "2026-03-09T09:00+09:00", WEEKS[:4]),  # a month
    ],
)
def test_weeks_missed_are_made_once_and_marked_late(
    config: Path, server: Loopback, office: PostOffice, *, gone: str, back: str, late: list[Week]
) -> None:
    world = World(server)
    away = (datetime.fromisoformat(gone), datetime.fromisoformat(back))
    alive = [*firings(config, START, away[0]), *firings(config, away[1], END), END]
    for now in sorted({*alive, away[1], *(moment for moment in due() if not away[0] < moment < away[1])}):
        world.now(now)
        daemon(config, now)
    made = check(config, office, WEEKS)
    assert [row.week for row in made if row.late] == late


def due() -> list[datetime]:
    """When each week's issue and its letters are due."""
    schedule = ScheduleTable()
    return [
        moment
        for week in WEEKS
        for moment in (
            schedule.compose.first_after(week.end(SEOUL), SEOUL),
            delivery_time(week, schedule.deliver, SEOUL, move=True),
        )
    ]


def check(config: Path, office: PostOffice, weeks: list[Week]) -> list[IssueRow]:
    """One issue a week, numbered in order; one letter a reader and issue, in the archive, in out/ and at the server."""
    with Archive.open(f"sqlite:///{config.parent / 'donghyang.db'}") as archive, archive.reading() as db:
        made = issues.issue_rows(db)
        letters: list[Delivery] = [letter for week in weeks for letter in outbox.deliveries(db, week)]
        stories = {week: len(one.items) for week in weeks if (one := issues.issue(db, week))}
    assert [(row.week, row.number) for row in made] == [(week, number) for number, week in enumerate(weeks, start=1)]
    assert Counter((letter.week, letter.reader) for letter in letters) == Counter(
        (week, reader) for week in weeks for reader in READERS
    )
    assert {letter.state for letter in letters} == {"sent"}
    assert Counter(taken.message_id for taken in office.letters) == Counter(letter.message_id for letter in letters)
    assert len(list((config.parent / "out").glob("*/mail/*.eml"))) == len(letters)
    assert stories[weeks[0]] > 0  # later weeks tell the same again, which readers know
    return made
