"""Why a topic is one, is called so and moves: rows for programs, sentences for people."""

from typing import Any

import pytest

from archive import findings
from archive.records.findings import TopicChange
from archive.records.words import TopicId
from archive.store import Archive
from donghyang import topic_explaining
from tests.builders import a_story, a_topic, ago, an_entry, filed, some_findings
from tests.newsroom import LEXICON, SEOUL

CLAWS = TopicId("claws")
SPLIT = TopicChange(kind="split", topic=CLAWS, other=TopicId("other"), label="몰트북", stories=3, at=ago(days=1))


@pytest.fixture
def why(archive: Archive) -> dict[str, Any]:
    """A topic of three stories, one of which tells of it only by the way."""
    with archive.writing() as db:
        told = [
            filed(db, an_entry(name, published=ago(hours=hours))) for name, hours in (("b", 9), ("a", 30), ("c", 2))
        ]
        terms = (("오픈클로", "금지"), ("오픈클로", "금지"), ("바이두", "금지"))
        stories = tuple(
            a_story(f"s{n}", [one], terms=words, topic=CLAWS, first_seen=ago(hours=30 - n))
            for n, (one, words) in enumerate(zip(told, terms, strict=True))
        )
        topic = a_topic("claws", ["s0", "s1", "s2"], label="OpenClaw")
        topics = (topic, a_topic("other"))
        findings.replace(db, some_findings(stories=stories, topics=topics, topic_changes=(SPLIT,)))
        return topic_explaining.explain(db, topic, LEXICON)


def test_stories_are_told_with_what_they_share_and_how_alike_they_are(why: dict[str, Any]) -> None:
    first, second, last = why["together"]
    assert (first["story"], first["terms"]) == ("s0", ["오픈클로", "금지"])
    assert first["likeness"] == second["likeness"] > last["likeness"] >= 0


def test_a_name_is_read_in_the_lexicons_writing_and_counted(why: dict[str, Any]) -> None:
    assert why["label"] == {"name": "OpenClaw", "parts": ["오픈클로"], "in": 2, "among": 3, "given": False}


def test_who_had_it_first(why: dict[str, Any]) -> None:
    assert why["first"]["at"] == ago(hours=30)
    assert why["first"]["title"] == "a 소식"


def test_people_read_sentences(why: dict[str, Any]) -> None:
    row = {"week": "2026-W07", "count": 9, "families": 4, "baseline": [None, 2, 3, 1], "z": 3.1, "trend": "rising"}
    told = list(topic_explaining.sentences([row], why, SEOUL))
    assert told[0] == "이름: ‘OpenClaw’. 스토리 3건 가운데 2건이 ‘오픈클로’을(를) 다룹니다."
    assert told[2] == "2026-02-11: 다른 이야기가 된 스토리 3건이 ‘몰트북’(other)(으)로 갈라져 나갔습니다."
    assert told[-1] == (
        "2026-W07: 기사 9건, 발행처 4곳. 같은 출처의 앞 3주 평소 2.0건(-, 2, 3, 1)보다 많습니다"
        "(z +3.1, 2 이상이면 늘어남)."
    )


@pytest.mark.parametrize("trend", ["new", "rising", "steady", "fading", "weak"])
def test_every_trend_has_its_reason(trend: str) -> None:
    row = {"week": "2026-W07", "count": 5, "families": 2, "baseline": [1, 1], "z": 2.2, "trend": trend}
    assert topic_explaining.trend_sentence(row).startswith("2026-W07: ")
    assert "1주뿐" in topic_explaining.trend_sentence({**row, "baseline": [None, 1], "z": None})
