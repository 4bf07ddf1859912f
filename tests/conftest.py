"""What several tests share."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from analysis.tokens import Tokenizer
from archive.records.knowledge import Concept, Lexicon
from archive.schema import metadata
from archive.search_schema import TABLE
from archive.store import Archive
from tests import small_world
from tests.loopback import Loopback
from tests.post_office import PostOffice
from tests.postgres import MISSING, Server, a_server


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mail server on loopback that keeps what it takes."""
    with PostOffice() as running:
        yield running


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """A small lexicon of our own; the packaged one is tested apart."""
    return Lexicon(
        version="tests",
        concepts=(
            Concept(id="ai", kind="concept", label="인공지능", aliases=("인공지능", "AI"), ai="core"),
            Concept(id="llm", kind="concept", label="거대언어모델", aliases=("거대언어모델", "LLM"), ai="core"),
            Concept(id="chip", kind="concept", label="반도체", aliases=("반도체", "chips")),
            Concept(id="robot", kind="concept", label="로봇", aliases=("로봇", "robots")),
            Concept(id="openai", kind="org", label="오픈AI", aliases=("오픈AI", "OpenAI"), ai="core"),
            Concept(
                id="anthropic", kind="org", label="앤트로픽", aliases=("앤트로픽", "앤스로픽", "Anthropic"), ai="core"
            ),
            Concept(id="nvidia", kind="org", label="엔비디아", aliases=("엔비디아", "Nvidia")),
            Concept(id="samsung", kind="org", label="삼성전자", aliases=("삼성전자", "Samsung"), ai="none"),
            Concept(id="gpt-5", kind="model", label="GPT-5", aliases=("GPT-5",), ai="core"),
            Concept(id="claude", kind="model", label="클로드", aliases=("클로드", "Claude"), ai="core"),
            Concept(id="altman", kind="person", label="샘 올트먼", aliases=("샘 올트먼", "Sam Altman"), ai="core"),
        ),
    )


@pytest.fixture(scope="session")
def tokenizer(lexicon: Lexicon) -> Tokenizer:
    """Kiwi takes seconds to load: once for all tests."""
    return Tokenizer(lexicon)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server, started when the first test asks for it."""
    with a_server() as server:
        if server is None:
            pytest.skip(MISSING)
        yield server


@pytest.fixture(scope="session")
def _postgres_archive(postgres: Server) -> Iterator[Archive]:
    with postgres.database() as address, Archive.open(address) as archive:
        yield archive


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "archive.db"
    Archive.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def sqlite_archive(_sqlite_template: Path, tmp_path: Path) -> Iterator[Archive]:
    """An empty archive in a file."""
    path = shutil.copy(_sqlite_template, tmp_path / "archive.db")
    with Archive.open(f"sqlite:///{path}") as archive:
        yield archive


@pytest.fixture
def postgres_archive(_postgres_archive: Archive) -> Archive:
    """An empty archive on PostgreSQL: one for all tests, emptied before each (3 ms; a database each takes 100)."""
    with _postgres_archive.writing() as db:
        db.execute(text(f"DELETE FROM {TABLE}"))  # noqa: S608 - our own constant
        db.execute(text("UPDATE corrections SET withdraws = NULL"))
        for table in reversed(metadata.sorted_tables):
            db.execute(table.delete())
    return _postgres_archive


@pytest.fixture(params=["sqlite", "postgresql"])
def archive(request: pytest.FixtureRequest) -> Archive:
    """An empty archive, once on each database."""
    kind = "sqlite_archive" if request.param == "sqlite" else "postgres_archive"
    found: Archive = request.getfixturevalue(kind)
    return found


@pytest.fixture
def server() -> Iterator[Loopback]:
    """A web server on loopback with the small world's feeds and pages."""
    with Loopback() as running:
        small_world.serve(running)
        yield running


@pytest.fixture
def config(server: Loopback, tmp_path: Path) -> Path:
    """A config.toml of the small world, beside which its archive and out/ will lie."""
    return small_world.write_config(server, tmp_path)
