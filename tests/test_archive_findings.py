"""An analysis replaces the one before it, all or nothing; ids that went lead on."""

from dataclasses import replace as changed
from datetime import datetime, timedelta
from typing import Literal

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from archive import corrections, embeddings, findings, intake, schema
from archive.records.findings import DutyMatch, Findings, StoryLink, TopicChange
from archive.records.words import ArticleId, StoryId, TopicId
from archive.store import Archive, ArchiveError
from archive.weeks import Week
from tests.builders import (
    NOW,
    SEOUL,
    WEEK,
    a_judgement,
    a_story,
    a_topic,
    a_topic_week,
    ago,
    an_entry,
    everything,
    filed,
    some_findings,
)

SINCE = ago(days=14)


def _articles(db: Connection, **published: datetime) -> dict[str, ArticleId]:
    return {name: filed(db, an_entry(name, published=moment)) for name, moment in published.items()}


def _three(db: Connection) -> dict[str, ArticleId]:
    """An article before the window, and two in it."""
    return _articles(db, old=ago(days=20), one=ago(days=2), two=ago(hours=5))


def _first_findings(db: Connection) -> Findings:
    known = _three(db)
    long = a_story(
        "long",
        [known["old"], known["one"]],
        lead=known["one"],
        duties=(DutyMatch(name="교통", words=("자율주행버스", "노선")),),
        terms=("자율주행", "버스"),
        topic=TopicId("buses"),
        section=None,
        politics=True,
    )
    short = a_story("short", [known["two"]], rank=2, ai=False, score={})
    copy = a_judgement(known["two"], ai=False, section=None, duplicate_of=known["one"], duplicate_reason="title")
    return some_findings(
        judgements=(a_judgement(known["one"], politics=True), copy),
        stories=(long, short),
        topics=(a_topic("buses", ["long"]),),
        topic_weeks=(a_topic_week("buses"), a_topic_week("buses", Week(2026, 6), z=None, trend="unknown")),
    )


def test_what_was_found_is_told_as_it_was_found(archive: Archive) -> None:
    with archive.writing() as db:
        found = _first_findings(db)
        findings.replace(db, found)
        assert findings.stories_of_week(db, WEEK, SEOUL) == list(found.stories)
        assert findings.story(db, StoryId("long")) == found.stories[0]
        named = [judgement.article for judgement in found.judgements]
        assert findings.judgements_of(db, named) == dict(zip(named, found.judgements, strict=True))
        assert findings.topic(db, TopicId("buses")) == found.topics[0]
        assert findings.topics_of_week(db, WEEK) == [(found.topics[0], found.topic_weeks[0])]
        assert findings.topic_weeks(db, TopicId("buses")) == list(reversed(found.topic_weeks))


def test_replacing_twice_changes_nothing(archive: Archive) -> None:
    with archive.writing() as db:
        found = _first_findings(db)
        findings.replace(db, found)
    before = everything(archive)
    with archive.writing() as db:
        findings.replace(db, found)
    assert everything(archive) == before


def test_the_next_analysis_is_given_what_this_one_found(archive: Archive) -> None:
    with archive.writing() as db:
        found = _first_findings(db)
        findings.replace(db, found)
        before = findings.before(db, SINCE)
        assert before.stories == found.stories
        assert before.topics == found.topics
        assert before.topic_weeks == tuple(reversed(found.topic_weeks))
        much_later = findings.before(db, NOW + timedelta(days=200))
        assert (much_later.stories, much_later.topics, much_later.topic_weeks) == ((), (), ())


def _link(korean: str, foreign: str, score: float = 0.5) -> StoryLink:
    evidence = ("제미나이 3.1", "구글")
    return StoryLink(korean=StoryId(korean), foreign=StoryId(foreign), score=score, evidence=evidence, days=1.25)


def test_links_between_stories_are_told_from_either_side_and_go_with_them(archive: Archive) -> None:
    with archive.writing() as db:
        known = _articles(db, one=ago(days=2), two=ago(hours=5), three=ago(hours=4))
        told = tuple(a_story(name, [id_]) for name, id_ in known.items())
        links = (_link("one", "two"), _link("three", "two", 0.7))
        findings.replace(db, some_findings(stories=told, story_links=links))
        assert findings.links_of(db, [StoryId("two")]) == [links[1], links[0]]
        assert findings.links_of(db, [StoryId("one")]) == [links[0]]
        assert findings.links_of(db, []) == []
        findings.replace(db, some_findings(stories=told[:2], story_links=links[:1]))
        assert findings.links_of(db, [StoryId("two"), StoryId("three")]) == [links[0]]
        findings.replace(db, some_findings(stories=told[:1]))
        assert findings.links_of(db, [StoryId("one")]) == []


def test_a_vector_is_kept_until_its_version_changes(archive: Archive) -> None:
    with archive.writing() as db:
        one, two = _articles(db, one=ago(days=2), two=ago(hours=5)).values()
        embeddings.keep(db, [(one, "1:a", b"\0\1"), (two, "1:b", b"\2")])
        assert embeddings.kept(db, {one: "1:a", two: "1:c"}) == {one: b"\0\1"}
        embeddings.keep(db, [(two, "1:c", b"\3")])
        assert embeddings.kept(db, {one: "1:a", two: "1:c"}) == {one: b"\0\1", two: b"\3"}
        embeddings.keep(db, [])


def test_a_week_lists_stories_with_an_article_in_it(archive: Archive) -> None:
    with archive.writing() as db:
        findings.replace(db, _first_findings(db))
        told = {week: [s.id for s in findings.stories_of_week(db, week, SEOUL)] for week in Week(2026, 4).until(WEEK)}
    assert told == {Week(2026, 4): ["long"], Week(2026, 5): [], Week(2026, 6): [], WEEK: ["long", "short"]}


def test_stories_of_the_window_give_way_and_older_ones_stay(archive: Archive) -> None:
    with archive.writing() as db:
        known = _three(db)
        old, gone = a_story("old", [known["old"]]), a_story("gone", [known["one"]])
        findings.replace(db, some_findings(since=ago(days=30), stories=(old, gone)))
        new = a_story("new", [known["one"], known["two"]])
        findings.replace(db, some_findings(stories=(new,)))
        assert findings.stories_by_id(db, [StoryId(name) for name in ("old", "gone", "new")]) == {
            "old": old,
            "new": new,
        }


def test_a_story_may_lose_and_gain_articles(archive: Archive) -> None:
    with archive.writing() as db:
        known = _three(db)
        findings.replace(db, some_findings(stories=(a_story("s", [known["old"], known["one"]]),)))
        now = a_story("s", [known["one"], known["two"]], label="새 이름")
        findings.replace(db, some_findings(stories=(now,)))
        assert findings.story(db, StoryId("s")) == now


def test_merged_stories_lead_to_the_one_they_went_into_however_often_that_moves(archive: Archive) -> None:
    with archive.writing() as db:
        known = _three(db)
        moves = {"b": "a", "a": "z"}
        stories = {name: a_story(name, [known["one"]]) for name in ("b", "a", "z")}
        findings.replace(db, some_findings(stories=(stories["a"], a_story("b", [known["two"]]))))
        for old, new in moves.items():
            redirects = {StoryId(old): StoryId(new)}
            findings.replace(db, some_findings(stories=(stories[new],), story_redirects=redirects))
        assert [findings.story(db, StoryId(name)) for name in ("a", "b", "z")] == [stories["z"]] * 3
        assert set(findings.stories_by_id(db, [StoryId("b"), StoryId("nobody")])) == {"b"}


def test_two_mergers_in_one_analysis_lead_to_the_end(archive: Archive) -> None:
    with archive.writing() as db:
        known = _three(db)
        redirects = {StoryId("a"): StoryId("b"), StoryId("b"): StoryId("c")}
        story = a_story("c", [known["one"]])
        findings.replace(db, some_findings(stories=(story,), story_redirects=redirects))
        assert findings.story(db, StoryId("a")) == story


def test_an_id_that_lives_again_leads_nowhere_else(archive: Archive) -> None:
    with archive.writing() as db:
        known = _three(db)
        one, other = a_story("a", [known["one"]]), a_story("b", [known["two"]])
        findings.replace(db, some_findings(stories=(other,), story_redirects={one.id: other.id}))
        findings.replace(db, some_findings(stories=(one, other)))
        assert findings.story(db, one.id) == one


def test_a_topic_without_stories_stays_with_its_weeks(archive: Archive) -> None:
    with archive.writing() as db:
        found = _first_findings(db)
        last_week = a_topic_week("buses", Week(2026, 4))
        findings.replace(db, changed(found, topic_weeks=(*found.topic_weeks, last_week)))
        findings.replace(db, some_findings())
        topic = findings.topic(db, TopicId("buses"))
        assert topic == changed(found.topics[0], stories=())
        assert findings.topic_weeks(db, TopicId("buses")) == [last_week]


def test_weeks_of_the_window_that_are_not_found_again_go(archive: Archive) -> None:
    """Else a story that moved to another topic would be counted in both."""
    with archive.writing() as db:
        topics = (a_topic("a"), a_topic("b"))
        earlier = a_topic_week("a", Week(2026, 4))
        findings.replace(db, some_findings(topics=topics, topic_weeks=(earlier, a_topic_week("a"))))
        findings.replace(db, some_findings(topics=topics, topic_weeks=(a_topic_week("b"),)))
        assert [topic.id for topic, _ in findings.topics_of_week(db, WEEK)] == ["b"]
        assert findings.topic_weeks(db, TopicId("a")) == [earlier]


@pytest.mark.parametrize("since", [Week(2026, 6).start(SEOUL), Week(2026, 6).start(SEOUL) + timedelta(days=2)])
def test_a_week_the_window_cuts_in_two_is_kept(archive: Archive, since: datetime) -> None:
    whole = Week(2026, 6) if since == Week(2026, 6).start(SEOUL) else Week(2026, 7)
    with archive.writing() as db:
        weeks = list(Week(2026, 5).until(Week(2026, 7)))
        rows = tuple(a_topic_week("a", week) for week in weeks)
        findings.replace(db, some_findings(topics=(a_topic("a"),), topic_weeks=rows))
        findings.replace(db, some_findings(since=since))
        kept = [row.week for row in findings.topic_weeks(db, TopicId("a"))]
    assert kept == [week for week in weeks if week < whole]


def test_merged_topics_bring_their_stories_and_weeks(archive: Archive) -> None:
    with archive.writing() as db:
        known = _three(db)
        ancient, shared = Week(2025, 40), Week(2026, 3)
        old = a_story("old", [known["old"]], topic=TopicId("b"))
        rows = tuple(a_topic_week(topic, week) for topic, week in (("b", ancient), ("b", shared), ("a", shared)))
        topics = (a_topic("a"), a_topic("b", ["old"]))
        findings.replace(db, some_findings(since=ago(days=30), stories=(old,), topics=topics, topic_weeks=rows))
        total = a_topic_week("a", shared, count=10)
        merged = some_findings(
            topics=(a_topic("a", ["old"]),),
            topic_redirects={TopicId("b"): TopicId("a")},
            topic_weeks=(total,),
        )
        findings.replace(db, merged)
        assert findings.topic(db, TopicId("b")) == merged.topics[0]
        assert findings.topic_weeks(db, TopicId("b")) == [a_topic_week("a", ancient), total]
        assert findings.story(db, old.id) == changed(old, topic=TopicId("a"))
        assert findings.before(db, ago(days=14)).topics == merged.topics


def test_merges_and_splits_are_told_of_a_topic_whatever_it_went_into(archive: Archive) -> None:
    def change(kind: Literal["merge", "split"], topic: str, other: str, days: float) -> TopicChange:
        return TopicChange(
            kind=kind, topic=TopicId(topic), other=TopicId(other), label="버스", stories=2, at=ago(days=days)
        )

    split, merge = change("split", "b", "c", 9), change("merge", "a", "b", 2)
    with archive.writing() as db:
        findings.replace(db, some_findings(topics=(a_topic("b"), a_topic("c")), topic_changes=(split,)))
        again = changed(split, at=ago(days=8))
        findings.replace(db, some_findings(topics=(a_topic("b"), a_topic("c")), topic_changes=(again,)))
        redirects = {TopicId("b"): TopicId("a")}
        findings.replace(db, some_findings(topics=(a_topic("a"),), topic_redirects=redirects, topic_changes=(merge,)))
        assert findings.topic_changes(db, TopicId("a")) == [split, merge]
        assert findings.topic_changes(db, TopicId("b")) == [split, merge]
        assert findings.topic_changes(db, TopicId("c")) == [split]


def test_an_older_story_goes_where_its_topic_says(archive: Archive) -> None:
    with archive.writing() as db:
        known = _three(db)
        findings.replace(db, some_findings(since=ago(days=30), stories=(a_story("old", [known["old"]]),)))
        findings.replace(db, some_findings(topics=(a_topic("t", ["old"]),)))
        story = findings.story(db, StoryId("old"))
    assert story is not None
    assert story.topic == "t"


def test_an_article_merged_since_it_was_read_stands_for_the_other(archive: Archive) -> None:
    with archive.writing() as db:
        known = _three(db)
        row = schema.articles.c.id == known["two"]
        db.execute(schema.articles.update().where(row).values(redirect=known["one"]))
        both = a_story("both", [known["two"], known["one"]])
        judged = (a_judgement(known["one"], duplicate_of=known["two"]), a_judgement(known["two"], ai=False))
        findings.replace(db, some_findings(stories=(both,), judgements=judged))
        story = findings.story(db, both.id)
        assert story is not None
        assert (story.lead, story.articles) == (known["one"], (known["one"],))
        assert findings.judgements_of(db, known.values()) == {known["one"]: a_judgement(known["one"])}


def test_findings_about_articles_nobody_filed_are_refused(archive: Archive) -> None:
    with archive.writing() as db, pytest.raises(ArchiveError, match="articles that are not in this archive: ghost"):
        findings.replace(db, some_findings(stories=(a_story("s", [ArticleId("ghost")]),)))


def test_findings_are_written_all_or_not_at_all(archive: Archive) -> None:
    with archive.writing() as db:
        findings.replace(db, _first_findings(db))
    before = everything(archive)
    broken = some_findings(topic_weeks=(a_topic_week("a topic nobody told of"),))
    with pytest.raises(IntegrityError), archive.writing() as db:
        findings.replace(db, broken)
    assert everything(archive) == before


def test_a_large_analysis_is_written_and_read_by_few_statements(sqlite_archive: Archive) -> None:
    with sqlite_archive.writing() as db:
        ids = [filed(db, an_entry(f"a{number}")) for number in range(120)]
        stories = tuple(a_story(f"s{number:03}", [ids[number]], rank=number) for number in range(120))
        said: list[str] = []
        db.connection.dbapi_connection.set_trace_callback(said.append)  # type: ignore[union-attr]
        findings.replace(db, some_findings(stories=stories))
        assert findings.stories_of_week(db, WEEK, SEOUL) == list(stories)
        assert len(intake.articles_in(db, SINCE, NOW, candidates=True)) == 120
    assert len([line for line in said if line.startswith("SELECT")]) < 15
    with sqlite_archive.reading() as db:
        assert len(db.execute(select(schema.story_articles)).all()) == 120


def test_a_correction_that_was_obeyed_is_not_idle_once_its_articles_are_old(archive: Archive) -> None:
    """Seen and obeyed, unseen, seen and overruled, unseen again; and one nothing ever obeyed."""
    said: tuple[tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]], ...] = (
        ((1,), (2,), (2,)),
        ((), (1, 2), (1, 2)),
        ((), (1, 2), (2,)),
        ((), (1, 2), (1, 2)),
    )
    idle = []
    for obeyed, moved_nothing, unseen in said:
        found = some_findings(obeyed_corrections=obeyed, idle_corrections=moved_nothing, unseen_corrections=unseen)
        with archive.writing() as db:
            findings.replace(db, found)
            idle.append(corrections.idle(db))
    assert idle == [(2,), (2,), (1, 2), (1, 2)]
