"""kill -9 at random instants of a run, then run again: the same archive as an undisturbed run."""

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.export import PARTS, rows
from archive.store import Archive
from tests import small_world
from tests.loopback import Loopback

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

ROOT = Path(__file__).parent.parent
FRIDAY = "2026-02-06T18:00:00+09:00"
MONDAY = "2026-02-09T09:00:00+09:00"
KILLS = 20


@pytest.fixture(scope="module")
def server() -> Iterator[Loopback]:
    with Loopback() as running:
        small_world.serve(running)
        yield running


def start(config: Path, now: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "donghyang", "--config", str(config), "--now", now, "run"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(config: Path, now: str) -> float:
    """A whole run, and how long it took."""
    began = time.monotonic()
    process = start(config, now)
    _, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    return time.monotonic() - began


def kill(config: Path, now: str, after: float) -> bool:
    """Whether the run was still alive to be killed."""
    process = start(config, now)
    try:
        process.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return True
    return False


def archive_of(folder: Path) -> dict[str, list[Any]]:
    archive = Archive.open(f"sqlite:///{folder / 'donghyang.db'}")
    try:
        with archive.reading() as db:
            return {part: list(rows(db, part)) for part in PARTS}
    finally:
        archive.close()


def files_of(folder: Path) -> dict[str, bytes]:
    out = folder / "out"
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def test_killed_anywhere_and_run_again_gives_the_same_archive(server: Loopback, tmp_path: Path) -> None:
    """Instants drawn over the length of Friday's and of Monday's run, with a seed that a failure prints."""
    config = small_world.write_config(server, tmp_path)
    untouched, friday, monday = tmp_path / "new", tmp_path / "friday", tmp_path / "monday"
    untouched.mkdir()
    shutil.copy(config, untouched)
    shutil.copytree(untouched, friday)
    lengths = {FRIDAY: finish(friday / "config.toml", FRIDAY)}
    shutil.copytree(friday, monday)
    lengths[MONDAY] = finish(monday / "config.toml", MONDAY)
    expected, expected_files = archive_of(monday), files_of(monday)
    assert expected["issues"]
    assert expected["deliveries"]

    seed = random.SystemRandom().randrange(10**6)
    draw = random.Random(seed)  # noqa: S311 - instants, not secrets
    killed = 0
    for number in range(KILLS):
        now, before = ((FRIDAY, untouched), (MONDAY, friday))[number % 2]
        place = tmp_path / f"killed-{number}"
        shutil.copytree(before, place)
        killed += kill(place / "config.toml", now, after=draw.uniform(0.02, 1.0) * lengths[now])
        for again in (FRIDAY, MONDAY)[number % 2 :]:
            finish(place / "config.toml", again)
        assert archive_of(place) == expected, f"seed {seed}, kill {number}"
        assert files_of(place) == expected_files, f"seed {seed}, kill {number}"
    assert killed >= KILLS // 2
