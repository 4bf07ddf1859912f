"""Where a term stood: before a moment, and in a week; the same from both databases."""

from datetime import UTC, datetime

import pytest

from archive import findings
from archive.sightings import seen_before, sightings, terms_told
from archive.store import Archive
from tests.builders import NOW, a_story, ago, an_entry, filed, some_findings

START = ago(days=3)


@pytest.fixture
def shelf(archive: Archive) -> Archive:
    """A month in four headlines."""
    with archive.writing() as db:
        for name, title, days in (
            ("old", "AI데이터센터 전력난", 20),
            ("model", "GLM-5.1 공개", 10),
            ("song", "합창로봇 공개", 2),
            ("again", "합창 로봇을 써 보니", 1),
        ):
            filed(db, an_entry(name, title=title, published=ago(days=days)), text="")
    return archive


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (["데이터센터"], True),  # inside a word
        (["데이터 센터"], True),  # blanks are a matter of taste
        (["합창로봇"], False),
        (["합창로봇", "전력난"], True),  # any spelling
        (["glm-5"], True),  # an older one that looks alike
        (["GLM"], True),
        (["GL"], False),
        (["…"], True),  # no term at all
    ],
)
def test_what_was_seen_before(shelf: Archive, written: list[str], *, seen: bool) -> None:
    with shelf.reading() as db:
        assert seen_before(db, written, START) is seen


def test_what_has_a_term_in_a_week_oldest_first(shelf: Archive) -> None:
    with shelf.reading() as db:
        found = sightings(db, ["합창로봇"], START, NOW)
        assert [one.moment for one in found] == [ago(days=2), ago(days=1)]
        assert {(one.family, one.backfill) for one in found} == {("daily", False)}
        assert sightings(db, ["데이터센터"], START, NOW) == []
        assert sightings(db, ["…"], START, NOW) == []


def test_back_catalogue_counts_as_earlier_and_is_marked(archive: Archive) -> None:
    with archive.writing() as db:
        filed(db, an_entry("deep", title="합창로봇 예고", published=ago(days=40)), text="")
    with archive.reading() as db:
        assert seen_before(db, ["합창로봇"], START)
        assert [one.backfill for one in sightings(db, ["합창로봇"], datetime(2025, 1, 1, tzinfo=UTC), NOW)] == [True]


def test_what_stories_told_before(archive: Archive) -> None:
    with archive.writing() as db:
        one, other = (filed(db, an_entry(name, published=ago(days=days))) for name, days in (("a", 9), ("b", 1)))
        told = (
            a_story("past", [one], terms=("가",), first_seen=ago(days=9), last_seen=ago(days=9)),
            a_story("now", [other], terms=("나",), first_seen=ago(days=1), last_seen=ago(days=1)),
        )
        findings.replace(db, some_findings(stories=told))
        assert terms_told(db, ago(days=30), START) == {"가"}
