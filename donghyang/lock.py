"""One run at a time: a file lock beside SQLite, an advisory lock in PostgreSQL; both die with their holder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import create_engine, text

from archive.troubles import ArchiveError
from donghyang.messages import say, why

_FILES = "sqlite:///"
_HELD = Path("/proc/locks")  # Linux: every lock with the number of its holder

# "donghyang" as a number: the key of the advisory lock, the same for every run on one database.
_ADVISORY_KEY = int.from_bytes(b"donghyan", "big") >> 1


class Busy(Exception):  # noqa: N818 - not an error: somebody else is at work
    """Another run holds the lock; its process has this number, 0 where that cannot be known."""

    def __init__(self, holder: str, number: int = 0) -> None:
        super().__init__(holder)
        self.holder = holder
        self.number = number


@contextmanager
def one_run(url: str) -> Iterator[None]:
    """Hold the archive's lock; Busy when another run has it, ArchiveError when its file is another user's."""
    if url.startswith(_FILES):
        with _file_lock(lock_file(url)):
            yield
    elif url.startswith("postgresql"):
        with _advisory_lock(url):
            yield
    else:  # an archive in memory is nobody else's
        yield


def lock_file(url: str) -> Path:
    """The file beside a SQLite archive that a run holds."""
    return Path(url.removeprefix(_FILES) + ".lock")


def is_at_work(url: str) -> bool:
    """Whether a run holds the lock, as far as can be told without asking for it: yes, where nobody can tell."""
    if not url.startswith(_FILES) or not _HELD.exists():
        return True
    return _holder(lock_file(url)) is not None


def _holder(path: Path) -> int | None:
    """The number of the process that holds a file's lock; None when nobody does."""
    try:
        inode, held = path.stat().st_ino, _HELD.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    for words in map(str.split, held):  # 1: FLOCK ADVISORY WRITE 4711 fd:01:1234 0 EOF
        if words[1] == "FLOCK" and int(words[5].rpartition(":")[2]) == inode:
            return max(int(words[4]), 0)
    return None


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    lock = FileLock(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise Busy(str(path), _holder(path) or 0) from error
    except OSError as error:
        raise ArchiveError(say("lock.closed", path=path, reason=why(error))) from error
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
