"""What `doctor` sees before it opens the archive: configuration, machine, and whether the archive may be opened.

Nothing is changed or upgraded, and no secret is shown.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from archive import backups, dumps
from archive.store import SCHEMA
from archive.troubles import ArchiveError
from donghyang import config as configuration
from donghyang import editions, embedding
from donghyang.config import Config, ConfigError
from donghyang.messages import say
from donghyang.settings_tables import HttpTable
from donghyang.way_out import web_settings

State = Literal["ok", "warn", "fail"]
LEAST_FREE = 100_000_000  # bytes; below, a run may stop in the middle
ENOUGH_FREE = 1_000_000_000
MEGABYTE = 1_000_000
OTHERS_WRITE = 0o002


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    check: str
    state: State
    said: str


def settings_findings(config: Config) -> Iterator[Finding]:
    """What config.toml says, and what it leaves out."""
    settings = config.settings
    counts = {"sources": len(settings.sources), "duties": len(settings.duties), "readers": len(settings.readers)}
    yield Finding("config", "ok", say("doctor.config", path=config.path, **counts))
    if not any(source.enabled for source in settings.sources):
        yield Finding("sources", "fail", say("doctor.no_sources"))
    if settings.http.contact == HttpTable().contact:
        yield Finding("config", "warn", say("doctor.contact", contact=settings.http.contact))
    if not settings.duties:
        yield Finding("config", "warn", say("doctor.no_duties"))
    yield from _secrets(config)
    try:
        web_settings(settings.http, config.folder)
    except ConfigError as error:
        yield Finding("config", "fail", str(error))
    overlay = set(config.lexicon.concepts) - set(configuration.lexicon().concepts)
    total = len(config.lexicon.concepts)
    if (config.folder / "lexicon.toml").is_file():
        yield Finding("lexicon", "ok", say("doctor.overlay", count=len(overlay), total=total))
    else:
        yield Finding("lexicon", "ok", say("doctor.packaged", total=total))


def _secrets(config: Config) -> Iterator[Finding]:
    """Passwords belong into the environment; whether they are there, never what they are."""
    if urlsplit(config.settings.archive.url).password:
        yield Finding("config", "warn", say("doctor.database_password", variable=configuration.ENVIRONMENT_DATABASE))
    proxy = urlsplit(config.settings.http.proxy)
    if proxy.password and config.path.stat().st_mode & 0o044:
        yield Finding("config", "warn", say("doctor.proxy_password", path=config.path))


def mail_findings(config: Config) -> Iterator[Finding]:
    """Who reads, and whether letters can go out."""
    mail, readers = config.settings.mail, config.settings.readers
    if not readers:
        yield Finding("mail", "warn", say("doctor.no_readers"))
    elif mail is None or not mail.host:
        yield Finding("mail", "warn", say("doctor.no_mail", count=len(readers), out=config.out))
    elif mail.user and not os.environ.get(mail.password_env):
        yield Finding("mail", "fail", say("doctor.no_password", variable=mail.password_env))
    else:
        yield Finding("mail", "ok", say("doctor.mail", count=len(readers), host=mail.host, security=mail.security))


def machine_findings(config: Config) -> Iterator[Finding]:
    """Versions, the folder issues are written to, room on the disks."""
    yield Finding("programs", "ok", say("doctor.programs", **_versions()))
    yield _embedding(config)
    yield from _papers(config)
    file = config.archive_file
    if file is None and shutil.which("pg_dump") is None:
        yield Finding("programs", "warn", say("doctor.no_pg_dump"))
    yield _out(config.out)
    size = file.stat().st_size if file and file.is_file() else 0
    for folder in dict.fromkeys(_existing(path) for path in ((file.parent if file else config.folder), config.out)):
        yield _disk(folder, size)


def _embedding(config: Config) -> Finding:
    """Whether headlines are compared by meaning as well; no fault when they are not."""
    found = embedding.installed()
    if config.settings.analysis.embed == "off":
        return Finding("programs", "ok", say("doctor.embed_off"))
    if found is None:
        return Finding("programs", "ok", say("doctor.no_embed", command=embedding.INSTALL))
    if embedding.at_hand() is None:
        return Finding("programs", "warn", say("doctor.embed_broken", package=embedding.PACKAGE, version=found))
    return Finding("programs", "ok", say("doctor.embed", package=embedding.PACKAGE, version=found))


def _papers(config: Config) -> Iterator[Finding]:
    """Whether issues are made on paper as well; no fault when they are not, unless letters are to carry them."""
    lacking = editions.left_out(config)
    yield from (Finding("papers", "ok", said) for said in lacking)
    if not lacking and config.settings.digest.papers == "auto":
        yield Finding("papers", "ok", say("doctor.papers"))
    if unmade := editions.unmade(config):
        yield Finding("mail", "warn", say("doctor.not_attached", names=", ".join(unmade)))
    if "issue.pdf" in editions.makeable(config) and not _reads_korean():
        yield Finding("papers", "warn", say("doctor.no_korean_font"))
    if trouble := editions.seal_trouble(config):
        yield Finding("mail", "fail", trouble)


def _reads_korean() -> bool:
    """Whether there is a font with Hangul, as far as fontconfig can tell."""
    asked = shutil.which("fc-list")
    if asked is None:
        return True
    told = subprocess.run([asked, ":lang=ko", "family"], capture_output=True, check=False)  # noqa: S603 - fontconfig's own
    return bool(told.stdout.strip())


def _versions() -> dict[str, str]:
    try:
        own = version("donghyang")
    except PackageNotFoundError:  # run from a checkout
        own = "?"
    return {"own": own, "python": sys.version.split()[0], "sqlite": sqlite3.sqlite_version}


def _out(out: Path) -> Finding:
    place = _existing(out)
    if not place.is_dir() or not os.access(place, os.W_OK | os.X_OK):
        return Finding("out", "fail", say("doctor.out_closed", path=place))
    if closed := next((path for path in _kept(out) if not os.access(path, os.W_OK)), None):
        return Finding("out", "fail", say("doctor.not_ours", path=closed))
    if out.is_dir() and out.stat().st_mode & OTHERS_WRITE:
        return Finding("out", "warn", say("doctor.out_open", path=out))
    return Finding("out", "ok", say("doctor.out", path=out))


def _kept(out: Path) -> Iterator[Path]:
    """The folders of issues and letters."""
    return (path for path in (*out.glob("*"), *out.glob("*/mail")) if path.is_dir())


def _existing(path: Path) -> Path:
    """The path, or the nearest place above it that is there."""
    return next((place for place in (path, *path.parents) if place.exists()), Path("/"))


def _disk(folder: Path, archive_size: int) -> Finding:
    free = shutil.disk_usage(folder).free
    told = say("doctor.disk", path=folder, free=free / MEGABYTE)
    if free < LEAST_FREE:
        return Finding("disk", "fail", " ".join((told, say("doctor.disk_full"))))
    if free < max(ENOUGH_FREE, 2 * archive_size):
        return Finding("disk", "warn", " ".join((told, say("doctor.disk_short"))))
    return Finding("disk", "ok", told)


def archive_finding(config: Config) -> Finding:
    """Whether the archive is there, sound, and of this release; ok means it may be opened."""
    file = config.archive_file
    try:
        if file is None:
            return _of_schema(dumps.schema_at(config.database_url), "PostgreSQL", None)
        if not file.exists():
            return _no_archive(file)
        health = backups.examine(file)
    except ArchiveError as error:
        return Finding("archive", "fail", say("run.archive", reason=error))
    if health.faults:
        return Finding("archive", "fail", say("doctor.damaged", path=file, fault=health.faults[0]))
    if closed := next((path for path in _written(file) if not os.access(path, os.W_OK)), None):
        return Finding("archive", "fail", say("doctor.not_ours", path=closed))
    return _of_schema(health.schema, str(file), file.stat().st_size)


def _no_archive(file: Path) -> Finding:
    """The first run makes one, if it may."""
    if os.access(file.parent, os.W_OK):
        return Finding("archive", "warn", say("doctor.no_archive", path=file))
    return Finding("archive", "fail", say("doctor.archive_closed", path=file))


def _written(file: Path) -> Iterator[Path]:
    """What a run writes to: the archive, its folder, its log, its lock."""
    yield file.parent
    yield from (path for end in ("", "-wal", "-shm", ".lock") if (path := file.with_name(file.name + end)).exists())


def _of_schema(schema: str | None, place: str, size: int | None) -> Finding:
    if schema is None:
        return Finding("archive", "warn", say("doctor.no_archive", path=place))
    if schema > SCHEMA:
        return Finding("archive", "fail", say("doctor.newer", path=place, schema=schema, own=SCHEMA))
    if schema < SCHEMA:
        return Finding("archive", "warn", say("doctor.older", path=place, schema=schema, own=SCHEMA))
    if size is None:  # how a server's disk is, only the server knows
        return Finding("archive", "ok", say("doctor.reached", path=place, schema=schema))
    return Finding("archive", "ok", say("doctor.archive", path=place, schema=schema, size=size / MEGABYTE))
