"""Opening the archive: one schema on both databases, one writer at a time, trouble told in a sentence."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, select, text

from archive import migrations, schema, store
from archive.schema import facts
from archive.search_schema import belongs_to_search
from archive.store import Archive, ArchiveError
from tests.postgres import Server


def _remember(archive: Archive, name: str) -> None:
    with archive.writing() as db:
        db.execute(insert(facts), {"name": name, "value": "1"})


def _remembered(archive: Archive) -> set[str]:
    with archive.reading() as db:
        return set(db.execute(select(facts.c.name)).scalars())


def test_migrations_make_what_the_schema_says(archive: Archive) -> None:
    with archive.reading() as db:
        context = MigrationContext.configure(
            db, opts={"include_name": lambda name, kind, _: not (kind == "table" and belongs_to_search(name))}
        )
        assert compare_metadata(context, schema.metadata) == []


def test_the_store_knows_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", next(iter(migrations.__path__)))
    assert ScriptDirectory.from_config(config).get_current_head() == store.SCHEMA


def test_text_sorts_by_code_point_on_both(archive: Archive) -> None:
    for name in ("나", "a", "B", "가", "_"):
        _remember(archive, name)
    with archive.reading() as db:
        assert list(db.execute(select(facts.c.name).order_by(facts.c.name)).scalars()) == ["B", "_", "a", "가", "나"]


def test_a_block_that_raises_keeps_nothing(archive: Archive) -> None:
    def fail_midway() -> None:
        with archive.writing() as db:
            db.execute(insert(facts), {"name": "half", "value": "1"})
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail_midway()
    assert _remembered(archive) == set()


def test_a_reader_sees_one_state_while_a_writer_writes(archive: Archive) -> None:
    _remember(archive, "before")
    with archive.reading() as db:
        assert set(db.execute(select(facts.c.name)).scalars()) == {"before"}
        _remember(archive, "meanwhile")
        assert set(db.execute(select(facts.c.name)).scalars()) == {"before"}
    assert _remembered(archive) == {"before", "meanwhile"}


def test_writers_take_turns(archive: Archive) -> None:
    """Each of them reads a number and writes the next: none may be lost."""
    with archive.writing() as db:
        db.execute(insert(facts), {"name": "count", "value": "0"})

    def count_up() -> None:
        for _ in range(5):
            with archive.writing() as db:
                held = int(db.execute(select(facts.c.value).where(facts.c.name == "count")).scalar_one())
                db.execute(facts.update().where(facts.c.name == "count").values(value=str(held + 1)))

    writers = [threading.Thread(target=count_up) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with archive.reading() as db:
        assert db.execute(select(facts.c.value)).scalar_one() == "20"


def test_a_second_writer_is_told_that_the_archive_is_locked(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "WAIT_SECONDS", 0.05)
    with (
        Archive.open(archive._engine.url.render_as_string(hide_password=False)) as other,
        archive.writing(),
        pytest.raises(ArchiveError, match="is locked"),
        other.writing(),
    ):
        pytest.fail("two writers at once")


def test_opening_twice_changes_nothing(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/archive.db"
    with Archive.open(address) as archive:
        _remember(archive, "kept")
    with Archive.open(address) as archive:
        assert _remembered(archive) == {"kept"}


def test_two_that_open_a_new_archive_at_once_both_find_it(tmp_path: Path) -> None:
    found: list[str] = []

    def open_it() -> None:
        with Archive.open(f"sqlite:///{tmp_path}/archive.db") as archive, archive.reading() as db:
            found.append(db.execute(text("SELECT version_num FROM alembic_version")).scalar_one())

    openers = [threading.Thread(target=open_it) for _ in range(3)]
    for opener in openers:
        opener.start()
    for opener in openers:
        opener.join()
    assert found == [store.SCHEMA] * 3


def test_an_archive_in_memory_is_gone_when_closed() -> None:
    with Archive.memory() as archive:
        _remember(archive, "soon gone")
        path = Path(archive._engine.url.database or "")
        assert path.is_file()
        assert archive.dialect == "sqlite"
    assert not path.exists()


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database nobody has opened."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/fresh.db"
    else:
        server: Server = request.getfixturevalue("postgres")
        with server.database() as address:
            yield address


def test_an_archive_of_a_newer_release_is_refused(fresh: str) -> None:
    with Archive.open(fresh) as archive, archive.writing() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ArchiveError, match="newer donghyang"):
        Archive.open(fresh)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("donghyang.db", "no address of an archive"),
        ("mysql://root@localhost/news", "cannot live in 'mysql'"),
        ("sqlite://", "needs a file"),
        ("sqlite:////no/such/folder/a.db", "folder /no/such/folder .* does not exist"),
        ("postgresql://reader:secret@127.0.0.1:1/news", "cannot be reached"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_with_its_mend(address: str, told: str) -> None:
    with pytest.raises(ArchiveError, match=told) as caught:
        Archive.open(address)
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_archive_is_told(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"\xff\xd8 not a database" * 100)
    with pytest.raises(ArchiveError, match="damaged or no archive"):
        Archive.open(f"sqlite:///{path}")


def test_a_full_disk_is_told_and_nothing_half_done_is_kept(sqlite_archive: Archive) -> None:
    with sqlite_archive.reading() as db:
        pages = db.execute(text("PRAGMA page_count")).scalar_one()

    def write_too_much() -> None:
        with sqlite_archive.writing() as db:
            db.execute(text(f"PRAGMA max_page_count = {pages}"))
            db.execute(insert(facts), {"name": "small", "value": "1"})
            db.execute(insert(facts), {"name": "large", "value": "x" * 100_000})

    with pytest.raises(ArchiveError, match="is full"):
        write_too_much()
    assert _remembered(sqlite_archive) == set()


def test_a_database_that_is_not_there_is_told(postgres: Server) -> None:
    with postgres.database() as address:
        pass
    with pytest.raises(ArchiveError, match="has no database"):
        Archive.open(address)
