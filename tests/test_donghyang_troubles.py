"""What an operator is told when something outside us is wrong: the exit code, the thing and the mend."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from shutil import which
from subprocess import DEVNULL, PIPE, CompletedProcess, Popen

import pytest
from filelock import FileLock

from archive import runs as ledger
from archive.store import Archive
from donghyang.cli import main
from donghyang.messages import why
from tests import small_world
from tests.loopback import Loopback, Scripted

NOW = "2026-02-06T18:00:00+09:00"


def call(config: Path, *words: str) -> int:
    return main(["--config", str(config), "--now", NOW, *words])


def test_another_run_is_at_work(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with FileLock(config.parent / "donghyang.db.lock"):
        assert call(config, "run") == 75
    said = capsys.readouterr().err
    assert "donghyang.db.lock" in said
    assert str(os.getpid()) in said
    assert call(config, "run", "collect") == 0


# A shell starts what it puts into the background deaf to Ctrl-C; so might be whoever runs these tests.
HEARING = (
    "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); "
    "os.execv(sys.executable, [sys.executable, '-m', 'donghyang', *sys.argv[1:]])"
)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_told_to_end_says_so_and_the_next_goes_on(
    config: Path, capsys: pytest.CaptureFixture[str], number: signal.Signals, server: Loopback
) -> None:
    server.at("/bits.xml", Scripted(wait_headers=60))
    words = ["--config", str(config), "--now", NOW, "run"]
    with Popen([sys.executable, "-c", HEARING, *words], stdout=PIPE, stderr=DEVNULL, text=True) as ended:
        while "/bits.xml" not in server.paths():
            assert ended.poll() is None
            time.sleep(0.05)
        ended.send_signal(number)
        out, _ = ended.communicate()
    assert ended.returncode == (-number if number is signal.SIGTERM else 130)
    assert "다음 실행이 이어서" in out
    small_world.serve(server)
    assert call(config, "status") == 0
    assert "중단" in capsys.readouterr().out
    assert call(config, "run") == 0


def test_a_step_whose_process_was_killed_is_not_shown_as_at_work(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(config, "run", "collect") == 0
    with Archive.open(f"sqlite:///{config.parent / 'donghyang.db'}") as archive, archive.writing() as db:
        ledger.begin(db, "extract", datetime.fromisoformat(NOW), datetime.fromisoformat(NOW))
    with FileLock(config.parent / "donghyang.db.lock"):
        call(config, "status")
    assert "진행 중" in capsys.readouterr().out
    call(config, "status")
    said = capsys.readouterr().out
    assert "진행 중" not in said
    assert "중단" in said


def unprivileged(config: Path, *words: str) -> CompletedProcess[str]:
    """A command by somebody whom permissions bind: root lays down what lets it write everywhere."""
    prefix: list[str] = []
    if os.geteuid() == 0:
        if not which("setpriv"):
            pytest.skip("setpriv is needed to lay down root's privileges: apt-get install util-linux")
        prefix = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    asked = [*prefix, sys.executable, "-m", "donghyang", "--config", str(config), "--now", NOW, *words]
    return subprocess.run(asked, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_what_another_user_owns_is_named(config: Path) -> None:
    assert call(config, "run", "collect") == 0
    (config.parent / "donghyang.db.lock").chmod(0o444)
    ran = unprivileged(config, "run", "collect")
    assert (ran.returncode, "chown" in ran.stderr) == (1, True)
    examined = unprivileged(config, "doctor")
    assert (examined.returncode, "donghyang.db.lock" in examined.stdout) == (1, True)


@pytest.mark.slow
def test_folders_that_cannot_be_made_are_named(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(config, "run", "collect") == 0
    for name in ("backups", "out"):
        (config.parent / name).write_text("a file", encoding="utf-8")
    assert call(config, "backup") == 1
    assert "backups" in capsys.readouterr().err
    assert call(config, "issue", "preview") == 1
    assert "out/preview" in capsys.readouterr().err
    assert main(["--config", str(config), "--now", "2026-02-09T09:00:00+09:00", "run"]) in (1, 3)
    assert "out/2026-W06" in capsys.readouterr().out


@pytest.mark.slow
def test_the_database_is_locked_and_nothing_is_lost(
    config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call(config, "run", "collect") == 0
    monkeypatch.setattr("archive.store.WAIT_SECONDS", 0.1)
    other = sqlite3.connect(config.parent / "donghyang.db", isolation_level=None)
    other.execute("begin immediate")
    assert call(config, "run", "extract") == 1
    assert "locked" in capsys.readouterr().err
    other.execute("rollback")
    other.close()
    assert call(config, "run", "extract") == 0
    capsys.readouterr()
    call(config, "status")
    assert f"기사 {len(small_world.LINES)}건" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite:///no/such/folder/x.db", ["no/such/folder"]),
        ("mysql://localhost/x", ["mysql"]),
        ("postgresql+psycopg://nobody@127.0.0.1:1/x", ["127.0.0.1"]),
    ],
)
def test_an_archive_that_cannot_be_opened_is_named(
    config: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    url: str,
    words: list[str],
) -> None:
    monkeypatch.setenv("DONGHYANG_DATABASE_URL", url)
    assert call(config, "status") == 1
    said = capsys.readouterr().err
    assert all(word in said for word in words)
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "words", [("status",), ("stories",), ("search", "민원"), ("issue", "list"), ("export", "articles")]
)
@pytest.mark.parametrize("empty", [False, True])
def test_asking_makes_no_archive_that_would_stand_in_a_restores_way(
    config: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], *, empty: bool
) -> None:
    archive = config.parent / "donghyang.db"
    if empty:
        archive.touch()
    assert call(config, *words) == 1
    assert "donghyang restore" in capsys.readouterr().err
    assert archive.exists() == empty
    assert not empty or archive.stat().st_size == 0


def test_sources_are_shown_before_there_is_an_archive(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (("sources", "list"), ("sources", "hosts"), ("sources", "export")):
        assert call(config, *words) == 0
    assert not (config.parent / "donghyang.db").exists()
    assert call(config, "run", "collect") == 0
    assert "donghyang.db" in capsys.readouterr().out
    assert call(config, "run", "collect") == 0
    assert "donghyang.db" not in capsys.readouterr().out


def test_a_damaged_archive_is_named(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (config.parent / "donghyang.db").write_bytes(b"this is no database, whatever its name says" * 100)
    assert call(config, "run") == 1
    assert "donghyang.db" in capsys.readouterr().err


def test_a_wrong_configuration_runs_nothing(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text(config.read_text(encoding="utf-8").replace("[http]", "[htpp]"), encoding="utf-8")
    assert call(config, "run") == 2
    assert "htpp" in capsys.readouterr().err
    assert not (config.parent / "donghyang.db").exists()


def test_a_configuration_without_sources_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "config.toml"
    config.write_text('timezone = "Asia/Seoul"\n', encoding="utf-8")
    assert call(config, "run") == 2
    assert "[[sources]]" in capsys.readouterr().err


@pytest.mark.parametrize("now", ["yesterday", "2026-13-01", ""])
def test_a_moment_that_is_none_is_refused(config: Path, capsys: pytest.CaptureFixture[str], now: str) -> None:
    assert main(["--config", str(config), "--now", now, "status"]) == 2
    assert "--now" in capsys.readouterr().err


def test_init_writes_the_starter_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "config.toml"
    assert main(["init", str(path)]) == 0
    written = path.read_bytes()
    assert main(["init", str(path)]) == 2
    assert path.read_bytes() == written
    assert main(["init", str(tmp_path / "no" / "config.toml")]) == 2
    assert "no/config.toml" in capsys.readouterr().err


@pytest.mark.parametrize("command", [("try", "stories"), ("sources", "import"), ("import", "bigkinds")])
def test_a_file_that_is_not_there_is_named_in_the_readers_language(
    command: tuple[str, ...], config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(config, *command, "no-such-file") == 1
    told = capsys.readouterr().err
    assert "no-such-file" in told
    assert "그런 파일이나 폴더가 없습니다" in told


def test_an_error_the_catalogue_does_not_know_speaks_for_itself() -> None:
    assert why(OSError(99999, "strange")) == "strange"
    assert why(ValueError("wrong")) == "wrong"
