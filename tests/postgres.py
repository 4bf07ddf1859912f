"""A PostgreSQL server for a test session: made from nothing, in a folder of its own, gone afterwards.

The server refuses to run as root, so root starts it as the user its package brings. $DONGHYANG_TEST_POSTGRES_URL
names a server to be used instead; its user must be allowed to make databases.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, NullPool, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

GIVEN: Final = "DONGHYANG_TEST_POSTGRES_URL"
MISSING: Final = f"no PostgreSQL server: `apt-get install postgresql`, or name one in ${GIVEN}"

_SETTINGS: Final = {"listen_addresses": "", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Server:
    """A running server, and databases on it."""

    def __init__(self, address: URL) -> None:
        self._address = address
        self._names = (f"donghyang_{os.getpid()}_{number}" for number in count())

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of an empty database, dropped afterwards."""
        name = next(self._names)
        self._do(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' STRATEGY file_copy")
        try:
            yield self._address.set(database=name).render_as_string(hide_password=False)
        finally:
            self._do(f"DROP DATABASE {name} WITH (FORCE)")

    def _do(self, statement: str) -> None:
        engine = create_engine(self._address, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as db:
            db.execute(text(statement))


@contextmanager
def a_server() -> Iterator[Server | None]:
    """The server named in the environment, else one started for the while; None when its programs are not there."""
    given, programs = os.environ.get(GIVEN), _programs()
    if given:
        yield Server(make_url(given))
    elif programs is None:
        yield None
    else:
        with tempfile.TemporaryDirectory(prefix="donghyang-pg-") as folder, _started(programs, Path(folder)) as address:
            yield Server(address)


def _programs() -> Path | None:
    """The folder of the newest server installed."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = str(debian[-1]) if debian else shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def _started(programs: Path, folder: Path) -> Iterator[URL]:
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user, pwd.getpwnam(user).pw_gid)
    data = folder / "data"
    initdb = [str(programs / "initdb"), "--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8"]
    _run([*initdb, "--locale=C", "-D", str(data)], user, folder)
    options = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        command = [*_tied(), str(programs / "postgres"), "-D", str(data), "-k", str(folder), *options]
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, **_as(user))
    try:
        address = URL.create(
            "postgresql+psycopg", username="postgres", database="postgres", query={"host": str(folder)}
        )
        _await(address, server, folder / "log")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def _tied() -> list[str]:
    """Let the server die with the tests, however they die."""
    return ["setpriv", "--pdeathsig", "INT"] if shutil.which("setpriv") else []


def _as(user: str | None) -> dict[str, Any]:
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}


def _run(command: list[str], user: str | None, folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, capture_output=True, **_as(user))


def _await(address: URL, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Until the server answers; it takes about half a second."""
    engine = create_engine(address, poolclass=NullPool)
    for _ in range(300):
        try:
            engine.connect().close()
        except OperationalError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"PostgreSQL does not start: {log.read_text(errors='replace')[-500:]}")
