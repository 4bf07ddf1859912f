"""Export: equal archives export equal rows, whenever the work was done, and nothing beyond rights leaves."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import findings, intake, issues, outbox
from archive.export import PARTS, rows, spreadsheet_cell
from archive.records.findings import DutyMatch
from archive.records.ledgers import Delivery
from archive.store import Archive
from tests.builders import (
    NOW,
    WEEK,
    a_filing,
    a_judgement,
    a_story,
    a_topic,
    a_topic_week,
    ago,
    an_entry,
    an_issue,
    collect,
    some_findings,
    waiting,
)

SECRET = "본문은 밖으로 나가지 않는다."
ENTRIES = (
    an_entry("first", published=ago(hours=3)),
    an_entry("second", source="weekly", published=ago(hours=5)),
    an_entry("undated", published=None),
)


def fill(archive: Archive, read: datetime = NOW) -> None:
    """The same content, whenever it was read."""
    with archive.writing() as db:
        collect(db, *ENTRIES, now=read)
        ids = [
            intake.file_article(db, one, a_filing(one.entry, text=SECRET), read)
            for _, one in sorted(waiting(db, read).items())
        ]
        story = a_story("s1", ids[:2], topic="t1", duties=(DutyMatch(name="교통", words=("버스",)),))
        findings.replace(
            db,
            some_findings(
                judgements=(a_judgement(ids[0]), a_judgement(ids[1], duplicate_of=ids[0], duplicate_reason="title")),
                stories=(story,),
                topics=(a_topic("t1", ["s1"]),),
                topic_weeks=(a_topic_week("t1", WEEK), a_topic_week("t1", WEEK.ahead(-1), trend="new")),
            ),
        )
        issues.freeze(db, an_issue(ids[:1], made=read), {"issue.txt": b"x"})
        letter: dict[str, Any] = {
            "message_id": "<1@city.example>",
            "raw": b"Date: then",
            "created": read,
            "settled": read,
        }
        for reader in ("b@city.example", "a@city.example"):
            outbox.file_delivery(db, Delivery(week=WEEK, revision=1, reader=reader, state="written", **letter))


def exported(archive: Archive) -> dict[str, list[dict[str, Any]]]:
    with archive.reading() as db:
        return {part: list(rows(db, part)) for part in PARTS}


def test_articles_come_by_date_with_facts_and_judgement(archive: Archive) -> None:
    fill(archive)
    found = exported(archive)["articles"]
    assert [row["canonical"].rsplit("/")[-1] for row in found] == ["undated", "second", "first"]
    undated, second, first = found
    assert (first["ai"], first["ai_score"], first["reasons"], first["section"]) == (True, 0.9, ["AI"], "tech")
    assert first["published"] == ago(hours=3)
    assert (second["duplicate_of"], second["duplicate_reason"]) == (first["id"], "title")
    assert (undated["ai"], undated["reasons"], undated["published"]) == (None, [], None)


def test_stories_topics_issues_and_deliveries(archive: Archive) -> None:
    fill(archive)
    found = exported(archive)
    story, topic, issue = found["stories"][0], found["topics"][0], found["issues"][0]
    assert (story["id"], story["topic"], len(story["articles"])) == ("s1", "t1", 2)
    assert story["duties"] == [{"name": "교통", "words": ["버스"]}]
    assert topic["stories"] == ["s1"]
    assert [(week["week"], week["trend"]) for week in topic["weeks"]] == [("2026-W06", "new"), ("2026-W07", "rising")]
    assert topic["weeks"][0]["baseline"] == [None, 1.0, 1.5, 2.0]
    assert (issue["week"], issue["revision"], issue["snapshot"]["items"][0]["rank"]) == ("2026-W07", 1, 1)
    assert [row["reader"] for row in found["deliveries"]] == ["a@city.example", "b@city.example"]


def test_the_same_content_read_at_another_time_exports_the_same(archive: Archive) -> None:
    fill(archive)
    with Archive.memory() as later:
        fill(later, NOW + timedelta(hours=7))
        assert exported(later) == exported(archive)


def test_no_text_leaves(archive: Archive) -> None:
    fill(archive)
    assert SECRET not in json.dumps(exported(archive), ensure_ascii=False, default=str)


def test_rows_are_plain_and_alike(archive: Archive) -> None:
    """Every row of a part has the same columns, of values that JSON knows, moments aside."""
    fill(archive)
    for part, found in exported(archive).items():
        assert len({tuple(row) for row in found}) == 1, part
        for row in found:
            again = json.loads(json.dumps(row, default=datetime.isoformat))
            moments = {name: value.isoformat() for name, value in row.items() if isinstance(value, datetime)}
            assert again == row | moments, part


def test_merged_articles_are_told_once(archive: Archive) -> None:
    first, second = (an_entry(name, title="한빛시, 상담에 AI 도입") for name in ("first", "second"))
    with archive.writing() as db:
        collect(db, first, second)
        held = waiting(db)
        kept = intake.file_article(db, held["first"], a_filing(first), NOW)
        intake.file_article(db, held["second"], a_filing(second), NOW)
        again = a_filing(second, addresses=(second.canonical, first.canonical))
        intake.file_article(db, held["second"], again, NOW)
    assert [row["id"] for row in exported(archive)["articles"]] == [kept]


def test_an_empty_archive_has_no_rows(archive: Archive) -> None:
    assert exported(archive) == {part: [] for part in PARTS}


def test_an_unknown_part_is_named(archive: Archive) -> None:
    with archive.reading() as db, pytest.raises(ValueError, match=r"no part 'secrets'.*articles"):
        rows(db, "secrets")


@pytest.mark.parametrize(
    "text", ["=1+1", "+82 10", "-위험", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '=HYPERLINK("http://x")']
)
def test_formulas_are_quoted(text: str) -> None:
    assert spreadsheet_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "AI 동향", "-0.7", "+3", "2026-02-12", "1e-07", "a=b", "[]"])
def test_other_values_stay(text: str) -> None:
    assert spreadsheet_cell(text) == text


@given(st.text(st.characters(codec="utf-8")))
def test_no_cell_begins_a_formula(text: str) -> None:
    cell = spreadsheet_cell(text)
    assert cell in (text, f"'{text}")
    assert cell[:1] not in tuple("=@\t\r") or not cell
