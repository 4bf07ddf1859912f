"""One run at a time: a file lock beside SQLite, an advisory lock in PostgreSQL; both die with their holder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import create_engine, text

# "donghyang" as a number: the key of the advisory lock, the same for every run on one database.
_ADVISORY_KEY = int.from_bytes(b"donghyan", "big") >> 1


class Busy(Exception):  # noqa: N818 - not an error: somebody else is at work
    """Another run holds the lock."""

    def __init__(self, holder: str) -> None:
        super().__init__(holder)
        self.holder = holder


@contextmanager
def one_run(url: str) -> Iterator[None]:
    """Hold the archive's lock; Busy when another run has it."""
    if url.startswith("sqlite:///"):
        with _file_lock(Path(url.removeprefix("sqlite:///") + ".lock")):
            yield
    elif url.startswith("postgresql"):
        with _advisory_lock(url):
            yield
    else:  # an archive in memory is nobody else's
        yield


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise Busy(str(path)) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _advisory_lock(url: str) -> Iterator[None]:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            held = connection.execute(text("select pg_try_advisory_lock(:key)"), {"key": _ADVISORY_KEY}).scalar()
            connection.commit()  # the lock is the session's: no transaction stays open beside it
            if not held:
                raise Busy("pg_advisory_lock")
            yield
    finally:
        engine.dispose()
