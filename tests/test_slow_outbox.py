"""Eighty-eight trials of thirty readers, and real kill -9 at every stage of a letter: nobody twice, nobody lost."""

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from archive.store import Archive
from donghyang import config, subscribing
from donghyang.services import Services
from tests.mailroom import MONDAY, freeze, letters, mail, moved, open_services, write_config
from tests.outbox_trials import CONFIG, HEADING, KINDS, RESTING, WISHES, Outcome, again_with_unknown, attempt, judge
from tests.post_office import PostOffice, Stage

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

ROOT = Path(__file__).parent.parent
READERS = 30
TRIALS = 8  # of each kind
STAGES: tuple[Stage, ...] = ("rcpt", "data", "body", "dot", "answer")
IN_THE_WINDOW: tuple[Stage, ...] = ("data", "body", "dot", "answer")  # "data" is committed just before DATA is said


@pytest.fixture(scope="module")
def office() -> Iterator[PostOffice]:
    with PostOffice() as running:
        yield running


@pytest.fixture(scope="module")
def frozen(office: PostOffice, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a config.toml and an archive that holds an issue for thirty readers."""
    path = write_config(tmp_path_factory.mktemp("frozen"), READERS, mail(office.port))
    with Services.open(config.load(path)) as services:
        freeze(services)
    return path.parent


def of_kind(frozen: Path, kind: str) -> Path:
    """A config.toml with what a kind of trial asks for."""
    page = (frozen / "config.toml").read_text()
    if kind == "own wishes":
        head, *people = page.split("[[readers]]\n")
        *others, last = people
        page = head + "".join(f"[[readers]]\n{WISHES[n % len(WISHES)]}\n{one}" for n, one in enumerate(others))
        page += f"[[readers]]\n{last}"
    else:
        table = "[mail]\n" if kind == "throttled" else "[digest]\n"
        page = page.replace(table, f"{table}{CONFIG.get(kind, '')}")
    path = frozen / f"{kind.replace(' ', '-')}.toml"
    path.write_text(page, encoding="utf-8")
    return path


def copied(frozen: Path, place: Path) -> Archive:
    shutil.copytree(frozen, place)
    return Archive.open(f"sqlite:///{place / 'donghyang.db'}")


def test_eighty_trials_lose_no_letter_and_send_none_twice(
    office: PostOffice, frozen: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The seed is drawn anew each time; a failure prints it."""
    seed = random.SystemRandom().randrange(10**6)
    sums = {kind: Outcome() for kind in KINDS}
    for kind in KINDS:
        with Archive.open(f"sqlite:///{frozen / 'donghyang.db'}") as archive:
            ready = open_services(archive, of_kind(frozen, kind))
        for number in range(TRIALS):
            place = tmp_path / f"{kind}-{number}"
            with copied(frozen, place) as archive:
                services = moved(ready, place, archive)
                if kind == "own wishes":
                    for reader in services.settings.reader_records()[:RESTING]:
                        subscribing.note(services, reader.email, "pause", MONDAY)
                found = attempt(kind, seed + number, services, office)
            assert found.letters >= READERS - (RESTING if kind == "own wishes" else 0)
            wrong = (found.duplicates, found.lost, found.unexcused, found.states["pending"])
            assert wrong == (0, 0, 0, 0), f"{kind}, seed {seed + number}"
            sums[kind].add(found)
            shutil.rmtree(place)
    whole = Outcome()
    for found in sums.values():
        whole.add(found)
    table = [HEADING, *(found.line(kind) for kind, found in sums.items()), whole.line("all")]
    with capsys.disabled():
        print("", *table, sep="\n")  # noqa: T201 - the table is what the suite is run for
    assert whole.trials >= 80
    assert whole.kills >= 6 * TRIALS
    assert sums["killed"].states["failed"] == 0


def test_kill_9_at_every_stage_of_a_letter(
    office: PostOffice, frozen: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The mail server kills the run that talks to it, at a drawn letter; the next run puts right what it left."""
    seed = random.SystemRandom().randrange(10**6)
    draw = random.Random(seed)  # noqa: S311 - instants, no secrets
    lines = [HEADING]
    for stage in STAGES:
        place, at = tmp_path / stage, draw.randint(1, READERS - 1)
        with copied(frozen, place) as archive:
            assert die_at(office, stage, at, place) == -signal.SIGKILL
            in_doubt = {reader for reader, letter in letters(archive).items() if letter.state == "data"}
            assert len(in_doubt) == (1 if stage in IN_THE_WINDOW else 0), f"{stage}, seed {seed}"
            assert run_deliver(place) == (3 if in_doubt else 0)
            found = judge(archive, office, in_doubt)
            found.kills = 1
            assert (found.duplicates, found.lost, found.unexcused, found.states["pending"]) == (0, 0, 0, 0)
            assert found.states["unknown"] == len(in_doubt)
            lines.append(found.line(stage))
            again_with_unknown(moved(open_services(archive, place / "config.toml"), place, archive), office, found)
    with capsys.disabled():
        print("", *lines, sep="\n")  # noqa: T201 - likewise


def die_at(office: PostOffice, stage: Stage, letter: int, place: Path) -> int:
    """Run `deliver` and kill it when the n-th letter comes to a stage; its exit code."""
    office.forget()
    seen = 0
    process = start_deliver(place)

    def kill(at: Stage, _reader: str) -> None:
        nonlocal seen
        seen += at == stage
        if seen == letter and at == stage:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()

    office.at_stage = kill
    try:
        process.communicate(timeout=120)
    finally:
        office.at_stage = lambda _stage, _reader: None
    return process.returncode


def run_deliver(place: Path) -> int:
    process = start_deliver(place)
    process.communicate(timeout=120)
    return process.returncode


def start_deliver(place: Path) -> "subprocess.Popen[bytes]":
    now = (MONDAY + timedelta(hours=1)).isoformat()
    command = [sys.executable, "-m", "donghyang", "--config", str(place / "config.toml"), "--now", now]
    return subprocess.Popen(
        [*command, "run", "deliver"], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
