"""Back the archive up while it is in use; restore it to a place where there is none, with its letters held.

What else a city needs to begin again are config.toml and lexicon.toml: texts, which its other backups hold.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from archive import backups, dumps, issues
from archive.holding import hold, hold_statements
from archive.store import Archive
from archive.weeks import Week
from donghyang.config import Config
from donghyang.lock import one_run
from donghyang.messages import say, why
from donghyang.troubles import Refused

FOLDER = "backups"  # beside config.toml, when no path is named


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup that was made, and read again."""

    path: Path
    size: int  # bytes
    rows: int


@dataclass(frozen=True, slots=True)
class Restored:
    """An archive that was restored."""

    address: str  # without the password
    rows: int
    held_before: Week  # letters of earlier weeks go out only when a person asks
    aside: tuple[Path, ...]  # what out/ held that the archive does not know


def back_up(config: Config, path: Path | None, now: datetime) -> Kept:
    """Write the archive to a new file (in a folder: under a name of its own). Refused, or ArchiveError."""
    source = config.archive_file
    if source is not None and not source.is_file():
        raise Refused(say("backup.no_archive", path=source))
    target = _target(config, path, now, ".dump" if source is None else ".db")
    if source is not None:
        rows = sum(backups.copy(source, target).rows.values())
    else:
        with Archive.open(config.database_url) as archive:
            rows = sum(dumps.dump(archive, config.database_url, target).values())
    return Kept(target, target.stat().st_size, rows)


def _target(config: Config, path: Path | None, now: datetime, ending: str) -> Path:
    """A path that does not exist, in a folder that does."""
    name = f"donghyang-{now.astimezone(config.settings.zone):%Y-%m-%d-%H%M%S}{ending}"
    if path is None:
        folder = config.folder / FOLDER
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise Refused(say("backup.unwritable", path=folder, reason=why(error))) from error
        path = folder
    target = path / name if path.is_dir() else path
    if target.exists():
        raise Refused(say("backup.exists", path=target))
    if not target.parent.is_dir():
        raise Refused(say("backup.no_folder", path=target.parent))
    return target


def restore(config: Config, file: Path, now: datetime) -> Restored:
    """Bring a backup to where config.toml says the archive lives, if nothing is there. Refused, or ArchiveError.

    The letters of every week that is over are held (archive.holding): they may be at their readers.
    """
    if not file.is_file():
        raise Refused(say("restore.no_file", path=file))
    before, target = Week.containing(now, config.settings.zone), config.archive_file
    with one_run(config.database_url):
        if target is not None:
            return _restore_file(config, file, target, before, now)
        rows = dumps.restore(file, config.database_url, hold_statements(before, now))
        with Archive.open(config.database_url) as archive:
            aside = tuple(_set_aside(archive, config.out))
            return Restored(archive.address, sum(rows.values()), before, aside)


def _restore_file(config: Config, file: Path, target: Path, before: Week, now: datetime) -> Restored:
    """The copy gets its name when its letters are held and out/ is safe: no run can come between."""
    beside = [target.with_name(target.name + end) for end in ("", "-wal", "-shm", "-journal")]
    for path in beside:  # a log left by another archive would be read into this one
        if path.exists():
            raise Refused(say("restore.exists", path=path))
    if not target.parent.is_dir():
        raise Refused(say("backup.no_folder", path=target.parent))
    with _under_way(target) as part:
        made = backups.copy(file, part)
        with Archive.open(f"sqlite:///{part}") as archive:
            with archive.writing() as db:
                hold(db, before, now)
            aside = tuple(_set_aside(archive, config.out))
        part.rename(target)
    return Restored(str(target), sum(made.rows.values()), before, aside)


@contextmanager
def _under_way(target: Path) -> Iterator[Path]:
    """A name beside the target for what is not finished; nothing of it stays."""
    part = target.with_name(f".{target.name}.restoring")
    beside = [part.with_name(part.name + end) for end in ("", "-wal", "-shm")]
    for path in beside:  # of a restore that was killed
        path.unlink(missing_ok=True)
    try:
        yield part
    finally:
        for path in beside:
            path.unlink(missing_ok=True)


def _set_aside(archive: Archive, out: Path) -> Iterator[Path]:
    """Rename the folders of out/ that hold another issue than the archive: they may be the only copy."""
    with archive.reading() as db:
        for folder in sorted(out.iterdir()) if out.is_dir() else ():
            week = _week(folder.name)
            kept = issues.files(db, week) if week else {}
            found = {path.name: path.read_bytes() for path in folder.glob("issue.*")} if week else {}
            if found != {name: kept.get(name) for name in found}:
                yield folder.rename(_free(folder.with_name(f"{folder.name}.before-restore")))


def _week(name: str) -> Week | None:
    try:
        return Week.parse(name)
    except ValueError:
        return None


def _free(path: Path) -> Path:
    number = 2
    free = path
    while free.exists():
        free = path.with_name(f"{path.name}-{number}")
        number += 1
    return free
