"""Copy a SQLite archive while it is in use, and say whether a file is a sound archive.

A copy is one file that needs nothing beside it, checked page by page and table by table before it gets its name.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError

from archive.troubles import ArchiveError, trouble_with

MOST_FAULTS: Final = 5  # of a damaged file, enough to know
ONLY_OURS: Final = 0o600  # it holds texts under licence and the addresses of readers


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What a look into an archive's file found; nothing was changed."""

    schema: str | None  # the last migration; None for a database that is no archive
    faults: tuple[str, ...] = ()  # in SQLite's own words; empty when it is sound
    rows: Mapping[str, int] = field(default_factory=dict)  # by table


def examine(path: Path) -> Health:
    """Read a file through; ArchiveError when it cannot be opened or is no database."""
    with _open(path) as db, _told(path):
        schema = _schema(db)
        faults = tuple(row[0] for row in db.execute(f"PRAGMA integrity_check({MOST_FAULTS})") if row[0] != "ok")
        orphans = tuple(f"{row[0]}: row {row[1]} names no {row[2]}" for row in db.execute("PRAGMA foreign_key_check"))
        rows = {} if faults else _rows(db)
    return Health(schema=schema, faults=faults + orphans[:MOST_FAULTS], rows=rows)


def copy(source: Path, target: Path) -> Health:
    """Copy an archive as it stands at one moment, whoever writes to it meanwhile; what the copy holds.

    Raises ArchiveError when the source is no sound archive, the copy is not equal to it, or the target exists;
    nothing is left at the target then.
    """
    if target.exists():
        raise ArchiveError(f"{target} exists already; nothing was written")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        _fill(source, part)
        made = examine(part)
        if made.faults:
            raise ArchiveError(f"the copy of {source} is damaged ({made.faults[0]}); `donghyang doctor` tells more")
        _settle(part, target)
    except OSError as error:
        raise ArchiveError(f"{target} cannot be written: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)
    return made


def _fill(source: Path, part: Path) -> None:
    """Copy all pages as one reader sees them, and count the rows of both within that one sight."""
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, ONLY_OURS))
    with _open(source) as old, closing(sqlite3.connect(part, isolation_level=None)) as new, _told(source):
        if _schema(old) is None:
            raise ArchiveError(f"{source} is no archive of donghyang")
        old.execute("BEGIN")
        counted = _rows(old)
        with _told(part):  # a full disk is the copy's
            old.backup(new)
        old.execute("COMMIT")
        new.execute("PRAGMA journal_mode = DELETE")  # one file, not three
        if _rows(new) != counted:
            raise ArchiveError(f"the copy of {source} does not hold what the archive holds; try again")


def _settle(part: Path, target: Path) -> None:
    """Give the finished copy its name, once it is on the disk."""
    with part.open("rb") as written:
        os.fsync(written.fileno())
    if target.exists():
        raise FileExistsError(None, "it exists already")
    part.rename(target)


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    """The file, never made anew. It is only read, but opened to be written: else SQLite leaves two files beside it."""
    with _told(path), closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as db:
        db.isolation_level = None
        yield db


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What SQLite complains of, as a sentence that names the file."""
    try:
        yield
    except UnicodeError as error:  # names of tables that are none
        raise ArchiveError(f"the file {path} is damaged; restore a backup") from error
    except sqlite3.Error as error:
        sentence = trouble_with(DBAPIError(None, None, error), str(path))
        raise ArchiveError(sentence or f"{path}: {error}") from error


def _schema(db: sqlite3.Connection) -> str | None:
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
        return None
    found = db.execute("SELECT max(version_num) FROM alembic_version").fetchone()[0]
    return None if found is None else str(found)


def _rows(db: sqlite3.Connection) -> dict[str, int]:
    """Rows of every table but the virtual ones, whose contents are in tables of their own."""
    listed = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    names = [row[0] for row in db.execute(listed).fetchall()]
    return {name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608 - its own tables
