"""Open the archive: a transaction to read in, a transaction to write in.

Both databases behave alike: a reader sees one state from beginning to end and waits for nobody; one writer writes
at a time and the next waits up to ten seconds for it. So a transaction that writes must be short: fetch, tokenise
and think before it begins.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from archive.troubles import ArchiveError, trouble_with

__all__ = ["SCHEMA", "Archive", "ArchiveError"]

SCHEMA: Final = "0001"  # the newest migration; a test holds it to archive/migrations
WAIT_SECONDS: Final = 10  # for another writer
_WRITERS_LOCK: Final = 0x0D04791A  # any number of our own: PostgreSQL's name for "the one who writes"


class Archive:
    """The memory: everything read, found, frozen and sent.

    ``Archive.open(url)`` makes or upgrades the tables; use it as a context manager or ``close()`` it.
    Every method may raise ArchiveError, whose sentence names the trouble and the mend.
    """

    def __init__(self, engine: Engine, folder: "tempfile.TemporaryDirectory[str] | None" = None) -> None:
        self._readers = engine.execution_options(donghyang="read")
        self._writers = engine.execution_options(donghyang="write")
        self._engine = engine
        self._folder = folder

    @classmethod
    def open(cls, url: str) -> Self:
        """Open the archive at a SQLAlchemy URL (``sqlite:///donghyang.db``, ``postgresql+psycopg://…``)."""
        return cls._ready(cls(_engine(_address(url))))

    @classmethod
    def memory(cls) -> Self:
        """A real archive, gone once closed: a file, so that readers and a writer meet as in use."""
        folder = tempfile.TemporaryDirectory(prefix="donghyang-", ignore_cleanup_errors=True)
        return cls._ready(cls(_engine(_address(f"sqlite:///{folder.name}/archive.db")), folder))

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._engine.dialect.name

    @property
    def address(self) -> str:
        """Where the archive lives, without the password."""
        return self._engine.url.render_as_string(hide_password=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the archive, and waits for no writer."""
        with self._transaction(self._readers) as db:
            yield db

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The one transaction that writes; all of it is kept, or none when the block raises."""
        with self._transaction(self._writers) as db:
            yield db

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()
        if self._folder:
            self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @classmethod
    def _ready(cls, archive: Self) -> Self:
        try:
            archive._bring_up_to_date()
        except BaseException:
            archive.close()
            raise
        return archive

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        try:
            with engine.begin() as db:
                yield db
        except DBAPIError as error:
            sentence = trouble_with(error, self.address)
            if not sentence:
                raise
            raise ArchiveError(sentence) from error

    def _bring_up_to_date(self) -> None:
        with self.reading() as db:
            found = _schema_of(db)
        if found == SCHEMA:
            return
        if found is not None and found > SCHEMA:
            raise ArchiveError(
                f"the archive {self.address} was written by a newer donghyang (tables {found}, not {SCHEMA});"
                " install that release again, or restore a backup made before the upgrade"
            )
        # Alembic takes a quarter of a second to load, and nearly every start finds nothing to do.
        from archive.migrations.upgrading import upgrade  # noqa: PLC0415

        with self.writing() as db:
            upgrade(db)


def _schema_of(db: Connection) -> str | None:
    """The number of the last migration, None for a database without our tables."""
    if not inspect(db).has_table("alembic_version"):
        return None
    return db.execute(text("SELECT max(version_num) FROM alembic_version")).scalar_one_or_none()


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise ArchiveError(
            f"{url!r} is no address of an archive; write sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME"
        ) from error
    if address.drivername in {"postgresql", "postgres"}:
        address = address.set(drivername="postgresql+psycopg")
    if address.drivername not in {"sqlite", "postgresql+psycopg"}:
        raise ArchiveError(f"an archive cannot live in {address.drivername!r}; use sqlite:/// or postgresql+psycopg://")
    if address.drivername == "sqlite" and address.database in {None, "", ":memory:"}:
        raise ArchiveError("an archive needs a file to live in; write sqlite:///donghyang.db")
    folder = Path(address.database or "").parent
    if address.drivername == "sqlite" and not folder.is_dir():
        raise ArchiveError(f"the folder {folder} for the archive does not exist; make it, or change [archive] url")
    return address


def _engine(address: URL) -> Engine:
    written = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
    try:
        if address.drivername == "sqlite":
            engine = create_engine(address, json_serializer=written, connect_args={"timeout": WAIT_SECONDS})
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        else:
            engine = create_engine(address, json_serializer=written, pool_pre_ping=True)
            event.listen(engine, "begin", _begin_postgresql)
    except NoSuchModuleError as error:
        raise ArchiveError(f"the driver for {address.drivername} is not installed") from error
    return engine


def _prepare_sqlite(driver: Any, _: ConnectionPoolEntry) -> None:
    """Take BEGIN into our own hands: the driver would begin late and never IMMEDIATE."""
    driver.isolation_level = None
    driver.execute("PRAGMA journal_mode = WAL")
    driver.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(db: Connection) -> None:
    """Ask for the write lock at once: a reader that turns writer midway dies of "database is locked"."""
    writes = db.get_execution_options().get("donghyang") == "write"
    db.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(db: Connection) -> None:
    """Give a reader one snapshot, and a writer the place of the one who writes."""
    if db.get_execution_options().get("donghyang") == "write":
        db.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'")
        db.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")
    else:
        db.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
