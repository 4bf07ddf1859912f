"""A copy of an archive is whole, equal and alone; a dump too; what is damaged is not taken."""

import sqlite3
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from archive import holding, outbox, runs
from archive.backups import copy, examine
from archive.dumps import dump, restore, rows_in
from archive.records.ledgers import Delivery, LetterState
from archive.schema import facts
from archive.store import SCHEMA, Archive
from archive.troubles import ArchiveError
from archive.weeks import Week
from tests.postgres import Server

NOW = datetime(2026, 2, 16, tzinfo=UTC)
WEEK = Week(2026, 7)


def letter(reader: str, state: LetterState) -> Delivery:
    return Delivery(week=WEEK, revision=1, reader=reader, state=state, message_id="<1>", raw=b"\x00\xff", created=NOW)


def fill(archive: Archive) -> None:
    """A few rows, with bytes and characters that copies get wrong."""
    with archive.writing() as db:
        for state in ("pending", "data", "sent", "written"):
            outbox.file_delivery(db, letter(f"{state}@city.example", state))
        db.execute(insert(facts), {"name": "sign", "value": "탭\t줄\n\\.\n끝"})


@pytest.fixture
def source(tmp_path: Path) -> Path:
    with Archive.open(f"sqlite:///{tmp_path / 'a.db'}") as archive:
        fill(archive)
    return tmp_path / "a.db"


def test_a_copy_is_one_private_file_that_holds_the_same(source: Path, tmp_path: Path) -> None:
    made = copy(source, tmp_path / "b.db")
    assert made == examine(source)
    assert (made.schema, made.faults, made.rows["deliveries"]) == (SCHEMA, (), 4)
    assert (tmp_path / "b.db").stat().st_mode & 0o077 == 0
    assert {path.name for path in tmp_path.iterdir()} == {"a.db", "b.db"}
    with sqlite3.connect(tmp_path / "b.db") as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    db.close()


def test_a_copy_made_while_somebody_writes_is_of_one_moment(source: Path, tmp_path: Path) -> None:
    """Each transaction adds two runs: a copy in the middle of one would hold an odd number."""
    ended = threading.Event()

    def write() -> None:
        with Archive.open(f"sqlite:///{source}") as archive:
            while not ended.is_set():
                with archive.writing() as db:
                    runs.begin(db, "collect", NOW, NOW)
                    runs.begin(db, "extract", NOW, NOW)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        counts = [copy(source, tmp_path / f"{number}.db").rows["runs"] for number in range(12)]
    finally:
        ended.set()
        writer.join()
    assert [count % 2 for count in counts] == [0] * 12
    assert counts == sorted(counts)
    assert counts[-1] > 0


def test_nothing_is_overwritten_and_nothing_is_left(source: Path, tmp_path: Path) -> None:
    (tmp_path / "b.db").write_bytes(b"mine")
    with pytest.raises(ArchiveError, match="exists already"):
        copy(source, tmp_path / "b.db")
    assert (tmp_path / "b.db").read_bytes() == b"mine"
    with pytest.raises(ArchiveError, match="cannot be written"):
        copy(source, tmp_path / "nowhere" / "b.db")
    assert {path.name for path in tmp_path.iterdir()} == {"a.db", "b.db"}


@pytest.mark.parametrize("kind", ["empty", "text", "other database", "missing"])
def test_what_is_no_archive_is_not_copied(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.db"
    if kind == "other database":
        with sqlite3.connect(path) as db:
            db.execute("CREATE TABLE notes (text)")
        db.close()
    elif kind != "missing":
        path.write_bytes(b"" if kind == "empty" else b"it is only text " * 100)
    with pytest.raises(ArchiveError, match=r"x\.db"):
        copy(path, tmp_path / "b.db")
    assert {path.name for path in tmp_path.iterdir()} <= {"x.db"}


def test_a_damaged_archive_is_named_and_not_copied(source: Path, tmp_path: Path) -> None:
    body = bytearray(source.read_bytes())
    for page in range(5, len(body) // 4096):  # the first ones name the tables
        body[page * 4096 : page * 4096 + 64] = b"\xa5" * 64
    source.write_bytes(body)
    with pytest.raises(ArchiveError, match=r"a\.db"):
        copy(source, tmp_path / "b.db")
    assert not (tmp_path / "b.db").exists()


def test_letters_that_were_open_are_of_unknown_fate_after_a_restore(archive: Archive) -> None:
    fill(archive)
    with archive.reading() as db:
        assert holding.held_before(db) is None
    for before in (WEEK, WEEK.ahead(1)):  # restored twice
        with archive.writing() as db:
            holding.hold(db, before, NOW)
    with archive.reading() as db:
        assert holding.held_before(db) == WEEK.ahead(1)
        states = {one.reader.partition("@")[0]: one.state for one in outbox.deliveries(db, WEEK)}
    assert states == {"pending": "unknown", "data": "unknown", "sent": "sent", "written": "written"}


def test_a_dump_comes_back_whole_with_its_letters_held(postgres: Server, tmp_path: Path) -> None:
    file = tmp_path / "a.dump"
    with postgres.database() as old, postgres.database() as new:
        with Archive.open(old) as archive:
            fill(archive)
            counted = dump(archive, old, file)
            with pytest.raises(ArchiveError, match="exists already"):
                dump(archive, old, file)
        assert counted["deliveries"] == 4
        assert rows_in(file) == counted
        assert file.stat().st_mode & 0o077 == 0
        assert restore(file, new, holding.hold_statements(WEEK.ahead(1), NOW)) == counted
        with Archive.open(new) as archive, archive.reading() as db:
            assert db.execute(text("SELECT value FROM facts WHERE name = 'sign'")).scalar_one() == "탭\t줄\n\\.\n끝"
            assert holding.held_before(db) == WEEK.ahead(1)
            assert [one.state for one in outbox.deliveries(db, WEEK)] == ["unknown", "unknown", "sent", "written"]
            assert outbox.deliveries(db, WEEK)[0].raw == b"\x00\xff"
        with pytest.raises(ArchiveError, match="holds an archive already"):
            restore(file, new, ())


def test_half_a_dump_is_refused_and_leaves_the_database_empty(postgres: Server, tmp_path: Path) -> None:
    file = tmp_path / "a.dump"
    with postgres.database() as old, postgres.database() as new:
        with Archive.open(old) as archive:
            fill(archive)
            dump(archive, old, file)
        file.write_bytes(file.read_bytes()[:-200])
        with pytest.raises(ArchiveError, match="damaged"):
            restore(file, new, ())
        with Archive.open(new) as archive, archive.reading() as db:
            assert outbox.deliveries(db, WEEK) == []


def test_a_missing_program_is_named(postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with postgres.database() as url, Archive.open(url) as archive, pytest.raises(ArchiveError, match="pg_dump"):
        dump(archive, url, tmp_path / "a.dump")
