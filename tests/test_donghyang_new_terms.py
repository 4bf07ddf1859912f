"""Terms never seen before a week, from the archive and at the command line."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from analysis.mentions import Mentions
from archive import findings, intake
from archive.store import Archive
from donghyang.cli import main
from donghyang.config import starter
from donghyang.new_terms import new_terms, weeks_read
from tests.builders import NOW, SEOUL, WEEK, a_fetch, a_source, a_story, ago, an_entry, filed, some_findings
from tests.newsroom import LEXICON

MENTIONS = Mentions(LEXICON)


def read_for(archive: Archive, weeks: int) -> None:
    """The daily was read every day for so many weeks before this one."""
    with archive.writing() as db:
        intake.register_sources(db, [a_source()], NOW)
        for day in range(7 * weeks, -1, -1):
            at = WEEK.start(SEOUL) - timedelta(days=day)
            intake.record_fetch(db, a_fetch(at=at, outcome="unchanged"), [], now=at, backfill=timedelta(days=14))


def tell(archive: Archive) -> None:
    """An old article, and a story of two publishers on a robot nobody had told of."""
    with archive.writing() as db:
        filed(db, an_entry("old", title="돌봄로봇 보급", published=ago(days=20)), text="", family="x")
        told = [
            filed(
                db, an_entry("a", title="합창로봇 공개", published=ago(hours=9)), text="", family="x", outlet="가일보"
            ),
            filed(
                db,
                an_entry("b", title="돌봄로봇 이어 합창로봇", published=ago(hours=3)),
                text="",
                family="y",
            ),
        ]
        findings.replace(db, some_findings(stories=(a_story("s", told, terms=("돌봄로봇", "합창로봇", "보급")),)))


def test_a_term_is_new_when_no_earlier_article_has_it(archive: Archive) -> None:
    read_for(archive, 4)
    tell(archive)
    with archive.reading() as db:
        found = new_terms(db, WEEK, SEOUL, MENTIONS)
    assert found is not None
    assert [(one.term, one.families, one.at) for one in found] == [("합창로봇", ("x", "y"), ago(hours=9))]


def test_with_few_weeks_read_nothing_can_be_said(archive: Archive) -> None:
    read_for(archive, 3)
    tell(archive)
    with archive.reading() as db:
        assert weeks_read(db, WEEK, SEOUL) == 3
        assert new_terms(db, WEEK, SEOUL, MENTIONS) is None


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a configuration."""
    (tmp_path / "config.toml").write_text(starter(), encoding="utf-8")
    return tmp_path


def asked(here: Path, *more: str) -> int:
    return main(["--config", str(here / "config.toml"), "--now", NOW.isoformat(), "topics", "--new", *more])


def test_the_command_line_lists_them_with_who_was_first(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = Archive.open(f"sqlite:///{here / 'donghyang.db'}")
    read_for(archive, 4)
    tell(archive)
    archive.close()
    assert asked(here, "--format", "json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["term"], row["outlet"], row["publishers"], row["stories"]) == (
        "합창로봇",
        "가일보",
        ["x", "y"],
        [{"id": "s", "label": "s 이야기"}],
    )
    assert asked(here, "--format", "csv") == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("합창로봇,")
    assert asked(here) == 0
    assert "가일보" in capsys.readouterr().out
    assert asked(here, "--week", "2026-W06") == 0
    assert "자료 부족" in capsys.readouterr().out


def test_too_little_read_is_an_empty_list_and_a_remark(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Archive.open(f"sqlite:///{here / 'donghyang.db'}").close()
    assert asked(here, "--format", "json") == 0
    told = capsys.readouterr()
    assert json.loads(told.out) == []
    assert "자료 부족" in told.err


def test_new_terms_and_an_explanation_are_two_questions(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(here, "--explain", "x") == 2
    assert "--new" in capsys.readouterr().err
