"""Back up and restore an archive on PostgreSQL with the server's own programs, counted row by row on the way.

A restore is one transaction that ends with holding the letters: killed at any instant, it leaves an empty database.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from psycopg.conninfo import make_conninfo
from sqlalchemy import NullPool, UpdateBase, create_engine, inspect, make_url, text
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import DBAPIError

from archive.backups import ONLY_OURS
from archive.store import Archive
from archive.troubles import ArchiveError, trouble_with

# Where pg_restore's script begins and ends a table's rows: COPY public.articles (id, …) FROM stdin; … \.
_COPY: Final = re.compile(rb'COPY (?:\S+\.)?"?(\w+)"? \(.*\) FROM stdin;\n')
_END: Final = b"\\.\n"
_DIALECT: Final = PGDialect_psycopg()  # type: ignore[no-untyped-call] # SQLAlchemy leaves it untyped


def dump(archive: Archive, address: str, target: Path) -> dict[str, int]:
    """Dump the archive as it stands at one moment; rows by table. ArchiveError when that cannot be done."""
    if target.exists():
        raise ArchiveError(f"{target} exists already; nothing was written")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, ONLY_OURS))
        counted = _dump(archive, address, part)
        if (kept := rows_in(part)) != counted:
            raise ArchiveError(f"the dump does not hold what the archive holds ({_unlike(counted, kept)}); try again")
        part.rename(target)
    except OSError as error:
        raise ArchiveError(f"{target} cannot be written: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)
    return counted


def _dump(archive: Archive, address: str, part: Path) -> dict[str, int]:
    """Count and dump within one snapshot."""
    with archive.reading() as db:
        seen = db.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        command = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={seen}", f"--file={part}"]
        _run([_program("pg_dump"), *command, _target(address)], _environment(address))
        names = sorted(inspect(db).get_table_names())
        return {name: db.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in names}  # noqa: S608 - its own tables


def rows_in(file: Path) -> dict[str, int]:
    """Read a dump from beginning to end; rows by table. ArchiveError when it is damaged or none."""
    counted: dict[str, int] = {}
    with _script(file) as script:
        for _ in _counting(script, counted):
            pass
    return counted


def restore(file: Path, address: str, last: Sequence[UpdateBase]) -> dict[str, int]:
    """Bring a dump into an empty database, and do the last statements, all or nothing; rows by table before those.

    Raises ArchiveError when the database is not empty, or the dump or the server will not have it.
    """
    if schema_at(address) is not None:
        raise ArchiveError(f"{make_url(address)!r} holds an archive already; name an empty database (createdb NAME)")
    with tempfile.TemporaryFile() as errors:
        command = [_program("psql"), "--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1"]
        psql = subprocess.Popen(  # noqa: S603 - the server's own program
            [*command, "--output=/dev/null", "--file=-", _target(address)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=_environment(address),
        )
        counted: dict[str, int] = {}
        try:
            _feed(psql, file, counted, last)
        except BaseException:
            psql.kill()  # before it sees the end of its input: nothing is committed
            psql.communicate()
            raise
        if psql.wait():
            errors.seek(0)
            raise ArchiveError(f"the dump was not restored: {_first(errors.read())}")
    return counted


def schema_at(address: str) -> str | None:
    """The last migration of the archive in a database, None when it holds none; nothing is changed."""
    engine = create_engine(address, poolclass=NullPool)
    try:
        with engine.connect() as db:
            if not inspect(db).has_table("alembic_version"):
                return None
            return db.execute(text("SELECT max(version_num) FROM alembic_version")).scalar_one_or_none()
    except DBAPIError as error:
        raise ArchiveError(trouble_with(error, repr(engine.url)) or str(error.orig)) from error


def _feed(psql: "subprocess.Popen[bytes]", file: Path, counted: dict[str, int], last: Iterable[UpdateBase]) -> None:
    stdin = _pipe(psql.stdin)
    try:
        with _script(file) as script:
            for line in _counting(script, counted):
                stdin.write(line)
        stdin.write(b"\nRESET search_path;\n")  # the script has emptied it
        for statement in last:
            literal = statement.compile(dialect=_DIALECT, compile_kwargs={"literal_binds": True})
            stdin.write(f"{literal};\n".encode())
        stdin.close()
    except BrokenPipeError:
        pass  # psql has ended at an error, which it tells


@contextmanager
def _script(file: Path) -> Iterator[IO[bytes]]:
    """A dump as SQL, while pg_restore writes it; ArchiveError at the end when it could not read all of it."""
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603 - the server's own program
            [_program("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(file)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        script = _pipe(process.stdout)
        try:
            yield script
        except BaseException:
            process.kill()
            raise
        finally:
            script.close()
            code = process.wait()
        if code:
            errors.seek(0)
            raise ArchiveError(f"{file} is damaged or no dump of donghyang: {_first(errors.read())}")


def _pipe(end: IO[bytes] | None) -> IO[bytes]:
    """The end of a pipe that was asked for when the process began."""
    if end is None:
        raise RuntimeError("a process was started without its pipe")
    return end


def _counting(lines: Iterable[bytes], counted: dict[str, int]) -> Iterator[bytes]:
    """Pass the lines of a script on, counting the rows between COPY and its end."""
    table = ""
    for line in lines:
        if table:
            if line == _END:
                table = ""
            else:
                counted[table] += 1
        elif found := _COPY.fullmatch(line):
            table = found[1].decode()
            counted[table] = 0
        yield line


def _unlike(one: Mapping[str, int], other: Mapping[str, int]) -> str:
    return ", ".join(sorted(name for name in {*one, *other} if one.get(name) != other.get(name)))


def _run(command: Sequence[str], environment: Mapping[str, str]) -> None:
    done = subprocess.run(command, check=False, capture_output=True, env=environment)  # noqa: S603 - the server's own program
    if done.returncode:
        raise ArchiveError(f"{Path(command[0]).name} failed: {_first(done.stderr)}")


def _first(said: bytes) -> str:
    """What a program complained of, in one line."""
    lines = [line.strip() for line in said.decode(errors="replace").splitlines() if line.strip()]
    return " ".join(lines[:2]) or "it does not say why"


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise ArchiveError(f"{name} is not installed; install PostgreSQL's client programs (postgresql-client)")
    return found


def _target(address: str) -> str:
    """The database for a command line, which anybody on this machine can see: without the password."""
    url = make_url(address)
    named = {"host": url.host, "port": url.port and str(url.port), "user": url.username, "dbname": url.database}
    told = {name: value for name, value in (named | dict(url.query)).items() if name != "password"}
    return "--dbname=" + make_conninfo("", **{name: value for name, value in told.items() if isinstance(value, str)})


def _environment(address: str) -> dict[str, str]:
    """Our environment, with the password the address names."""
    url = make_url(address)
    password = url.password or url.query.get("password")
    return dict(os.environ) | ({"PGPASSWORD": password} if isinstance(password, str) else {})
