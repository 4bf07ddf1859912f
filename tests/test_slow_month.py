"""A simulated month: the daemon comes and goes, cron fires beside it; every week one issue, every reader one letter."""

import random
import threading
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from archive import issues, outbox
from archive.store import Archive
from archive.weeks import Week
from donghyang import config as configuration
from donghyang.cli import main
from donghyang.schedule import fire
from tests import small_world
from tests.loopback import Loopback

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]

START = datetime.fromisoformat("2026-02-06T18:00:00+09:00")
END = datetime.fromisoformat("2026-03-09T18:00:00+09:00")
READERS = 3


@pytest.mark.parametrize("seed", range(3))
def test_every_week_one_issue_and_every_reader_one_letter(tmp_path: Path, seed: int) -> None:
    """Outages of hours and of days are drawn anew for each seed; one is longer than a week."""
    draw = random.Random(seed)  # noqa: S311 - outages, not secrets
    with Loopback() as server:
        small_world.serve(server)
        path = small_world.write_config(server, tmp_path)
        with path.open("a", encoding="utf-8") as out:
            out.writelines(f'[[readers]]\nname = "독자{n}"\nemail = "r{n}@city.example"\n' for n in range(1, READERS))
        live(path, draw)
    with Archive.open(f"sqlite:///{tmp_path / 'donghyang.db'}") as archive, archive.reading() as db:
        made = [row.week for row in issues.issue_rows(db)]
        letters = Counter((d.week, d.reader) for week in made for d in outbox.deliveries(db, week))
    assert made == list(Week(2026, 6).until(Week(2026, 10)))
    assert len(letters) == len(made) * READERS
    assert set(letters.values()) == {1}
    written = sorted(path.relative_to(tmp_path / "out") for path in (tmp_path / "out").glob("*/mail/*.eml"))
    assert len(written) == len(made) * READERS


def live(config: Path, draw: random.Random) -> None:
    """Hour by hour, in steps of a few: the daemon when it is up, and cron now and then at the same moment."""
    now, down_until = START, START
    main(["--config", str(config), "--now", now.isoformat(), "run"])  # the first read
    while now <= END:
        if now >= down_until:
            fire(lambda: configuration.load(config), threading.Event(), lambda at=now: at)  # type: ignore[misc]
            if draw.random() < 0.1:
                down_until = now + timedelta(hours=draw.choice((2, 9, 30, 80, 190)))
        if draw.random() < 0.2:
            assert main(["--config", str(config), "--now", now.isoformat(), "run"]) == 0
        now += timedelta(hours=draw.choice((1, 3, 7)))
    main(["--config", str(config), "--now", END.isoformat(), "run"])
