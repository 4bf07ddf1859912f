"""A backup is restored elsewhere and goes on; nobody gets an issue twice."""

import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from archive.export import PARTS, rows
from archive.holding import held_before
from archive.store import Archive
from archive.weeks import Week
from donghyang.cli import main
from tests.postgres import Server

FRIDAY = "2026-02-06T18:00:00+09:00"
MADE = "2026-02-09T07:00:00+09:00"  # the issue is frozen, its letters are not yet due
MONDAY = "2026-02-09T09:00:00+09:00"
NOON = "2026-02-09T12:00:00+09:00"
NEXT = "2026-02-19T09:00:00+09:00"  # the Thursday after the Lunar New Year: letters of 2026-W07 are due


def call(config: Path, *words: str, now: str) -> int:
    return main(["--config", str(config), "--now", now, *words])


def archive_of(config: Path) -> dict[str, list[Any]]:
    with Archive.open(f"sqlite:///{config.parent / 'donghyang.db'}") as archive, archive.reading() as db:
        return {part: list(rows(db, part)) for part in PARTS}


def lose(config: Path) -> None:
    for path in config.parent.glob("donghyang.db*"):
        path.unlink()


def letters(config: Path) -> list[str]:
    return sorted(f"{path.parent.parent.name} {path.name}" for path in (config.parent / "out").glob("*/mail/*.eml"))


def test_a_restored_archive_is_the_archive(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(config, "run", now=FRIDAY) == 0
    assert call(config, "run", now=MONDAY) == 0
    before = archive_of(config)
    assert call(config, "backup", now=MONDAY) == 0
    file = config.parent / "backups" / "donghyang-2026-02-09-090000.db"
    assert str(file) in capsys.readouterr().out
    lose(config)
    assert call(config, "restore", str(file), now=NOON) == 0
    assert "2026-W06" in capsys.readouterr().out
    assert archive_of(config) == before
    assert not (config.parent / "out" / "2026-W06.before-restore").exists()
    assert sorted(path.name for path in config.parent.glob("*donghyang.db*")) == ["donghyang.db", "donghyang.db.lock"]
    assert call(config, "run", now=NOON) == 0
    assert call(config, "search", "민원", now=NOON) == 0


@pytest.mark.slow
@pytest.mark.parametrize("taken", [FRIDAY, MADE])
def test_letters_sent_after_the_backup_are_not_sent_again(
    config: Path, capsys: pytest.CaptureFixture[str], taken: str
) -> None:
    """Taken before the issue was made, or before its letters went out; lost when they had gone."""
    assert call(config, "run", now=FRIDAY) == 0
    assert call(config, "run", now=taken) == 0
    assert call(config, "backup", str(config.parent / "a.db"), now=taken) == 0
    assert call(config, "run", now=MONDAY) == 0
    assert letters(config) == ["2026-W06 kim@city.example.eml"]
    lose(config)
    shutil.move(config.parent / "out", config.parent / "gone")

    assert call(config, "restore", str(config.parent / "a.db"), now=NOON) == 0
    assert call(config, "run", now=NOON) == 0
    assert letters(config) == []
    assert [row["week"] for row in archive_of(config)["issues"]] == ["2026-W06"]
    assert call(config, "run", "deliver", now=NOON) == 0
    assert letters(config) == []

    assert call(config, "run", now=NEXT) == 0  # the week that was open at the restore goes out by itself
    assert letters(config) == ["2026-W07 kim@city.example.eml"]
    assert call(config, "issue", "send", "2026-W06", now=NEXT) == 0
    assert len(letters(config)) == 2


@pytest.mark.slow
def test_issues_the_backup_does_not_know_are_kept_beside(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(config, "run", now=FRIDAY) == 0
    assert call(config, "backup", str(config.parent / "a.db"), now=FRIDAY) == 0
    assert call(config, "run", now=MONDAY) == 0
    made = (config.parent / "out" / "2026-W06" / "issue.json").read_bytes()
    lose(config)
    assert call(config, "restore", str(config.parent / "a.db"), now=NOON) == 0
    aside = config.parent / "out" / "2026-W06.before-restore"
    assert str(aside) in capsys.readouterr().out
    assert (aside / "issue.json").read_bytes() == made
    assert [path.name for path in (aside / "mail").iterdir()] == ["kim@city.example.eml"]
    assert call(config, "run", now=NOON) == 0
    assert json.loads((config.parent / "out" / "2026-W06" / "issue.json").read_bytes())["number"] == 1


def test_nothing_is_overwritten(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive, file = config.parent / "donghyang.db", config.parent / "a.db"
    assert call(config, "backup", str(file), now=FRIDAY) == 1
    assert "donghyang.db" in capsys.readouterr().err
    assert not archive.exists()
    assert call(config, "run", "collect", now=FRIDAY) == 0
    assert call(config, "backup", str(file), now=FRIDAY) == 0
    before = file.read_bytes()
    assert call(config, "backup", str(file), now=FRIDAY) == 1
    assert str(file) in capsys.readouterr().err
    assert file.read_bytes() == before
    assert call(config, "restore", str(file), now=FRIDAY) == 1
    assert "donghyang.db" in capsys.readouterr().err
    archive.unlink()
    archive.with_name("donghyang.db-wal").write_bytes(b"left behind")
    assert call(config, "restore", str(file), now=FRIDAY) == 1
    assert "donghyang.db-wal" in capsys.readouterr().err
    assert not archive.exists()
    assert call(config, "backup", str(config.parent / "nowhere" / "a.db"), now=FRIDAY) == 1


@pytest.mark.parametrize("what", ["missing", "text", "half"])
def test_a_file_that_is_no_backup_is_refused_and_leaves_nothing(
    config: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    file = config.parent / "a.db"
    if what == "half":
        assert call(config, "run", "collect", now=FRIDAY) == 0
        assert call(config, "backup", str(file), now=FRIDAY) == 0
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
        lose(config)
    elif what == "text":
        file.write_text("no archive" * 1000)
    assert call(config, "restore", str(file), now=NOON) == 1
    assert str(file) in capsys.readouterr().err
    assert [path.name for path in config.parent.glob("*donghyang.db*")] in ([], ["donghyang.db.lock"])


def test_a_restore_beside_a_run_is_refused(config: Path) -> None:
    (config.parent / "a.db").write_bytes(b"")
    with FileLock(config.parent / "donghyang.db.lock"):
        assert call(config, "restore", str(config.parent / "a.db"), now=NOON) == 75


def test_on_postgresql_too(
    config: Path, postgres: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with postgres.database() as old, postgres.database() as new:
        monkeypatch.setenv("DONGHYANG_DATABASE_URL", old)
        assert call(config, "run", "collect", now=FRIDAY) == 0
        assert call(config, "backup", now=FRIDAY) == 0
        file = config.parent / "backups" / "donghyang-2026-02-06-180000.dump"
        assert call(config, "restore", str(file), now=NOON) == 1  # where the archive still is
        assert "empty database" in capsys.readouterr().err
        monkeypatch.setenv("DONGHYANG_DATABASE_URL", new)
        assert call(config, "restore", str(file), now=NOON) == 0
        with Archive.open(old) as one, Archive.open(new) as other, one.reading() as before, other.reading() as after:
            assert list(rows(before, "articles")) == list(rows(after, "articles"))
            assert held_before(after) == Week.containing(
                datetime.fromisoformat(NOON),
                datetime.fromisoformat(NOON).tzinfo,  # type: ignore[arg-type]
            )
