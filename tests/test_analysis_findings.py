"""A window analysed from end to end.

Relevance, sections and clustering have tests of their own and are doubles here: a title says what a document is about,
and documents of one event begin alike.
"""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis import relevance, sections, stories
from analysis.findings import analyse
from archive.records.findings import Before, Findings, Story, WeekCoverage
from archive.records.incoming import Document
from archive.records.knowledge import Correction, Duty
from archive.records.words import ArticleId, StoryId
from archive.weeks import Week
from tests.newsroom import CORRECTION, LEXICON, SEOUL, at, coverage, document

DUTIES = (Duty(name="교통", any=("자율주행 버스",)),)
FAMILIES = ("가나일보", "다라경제", "마바신문", "사아방송")


class _Verdict(NamedTuple):
    ai: bool
    score: float
    reasons: tuple[str, ...]
    politics: bool


def _cluster(documents: Sequence[Document], copies: Mapping[ArticleId, Any], *_: object) -> list[tuple[ArticleId, ...]]:
    events: dict[str, list[ArticleId]] = {}
    for one in documents:
        events.setdefault(one.article.title.split()[0], []).append(one.id)
    return [tuple(group) for group in events.values()]


@pytest.fixture(autouse=True)
def doubles(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other half of the room."""
    monkeypatch.setattr(
        relevance,
        "judge",
        lambda one, _: _Verdict("AI" in one.article.title, 0.9, ("AI",), "후보" in one.article.title),
    )
    monkeypatch.setattr(relevance, "together", tuple)
    monkeypatch.setattr(
        sections, "section_of", lambda all_, _: "public" if "성남시" in all_[0].article.title else "industry"
    )
    monkeypatch.setattr(stories, "cluster", _cluster)


def _kept(old: Before, found: Findings) -> Before:
    """What the archive holds after findings: theirs, and the older stories no article of which is in the window."""
    told = {judgement.article for judgement in found.judgements}
    older = [one for one in old.stories if told.isdisjoint(one.articles)]
    weeks = {(row.topic, row.week): row for row in (*old.topic_weeks, *found.topic_weeks)}
    topics = {topic.id: topic for topic in (*old.topics, *found.topics) if topic.id not in found.topic_redirects}
    return Before(stories=(*older, *found.stories), topics=tuple(topics.values()), topic_weeks=tuple(weeks.values()))


def _find(
    documents: Sequence[Document],
    *,
    day: float = 14,
    before: Findings | Before | None = None,
    said: Sequence[Correction] = (),
    weeks: Mapping[Week, WeekCoverage] | None = None,
    keep_all: bool = False,
) -> Findings:
    """Analyse the fourteen days before a day, after an earlier analysis."""
    since, until = at(day - 14), at(day)
    return analyse(
        [one for one in documents if since <= one.article.moment < until],
        since=since,
        until=until,
        zone=SEOUL,
        before=_kept(Before(), before) if isinstance(before, Findings) else before or Before(),
        coverage=weeks or {},
        lexicon=LEXICON,
        duties=DUTIES,
        weights={},
        corrections=said,
        keep_all=keep_all,
    )


def _event(name: str, title: str, *, days: float = 1, count: int = 3, **more: Any) -> list[Document]:
    """Articles of several families on one event."""
    return [
        document(
            f"{name}{n}", f"{name} {title} {'가나다라'[n]}{n + 1}", days=days + n / 10, family=FAMILIES[n % 4], **more
        )
        for n in range(count)
    ]


BUS = _event("성남시", "자율주행 버스에 AI 도입", days=1)
CLAW = [
    *_event("금지령", "오픈클로 AI 사내 사용 제한", days=2),
    *_event("전면도입", "오픈클로 AI 앱에 넣는다", days=3, count=2),
    *_event("합류", "오픈클로 AI 개발자 이직", days=9, count=2),
]
SPORT = _event("축구", "대표팀 이겼다", days=2, count=2)
NEWS = [*BUS, *CLAW, *SPORT]


def _story(found: Findings, article: str) -> Story:
    return next(one for one in found.stories if ArticleId(article) in one.articles)


def test_an_event_becomes_one_story_with_all_that_is_said_of_it() -> None:
    story = _story(_find(NEWS), "성남시0")
    assert story.articles == ("성남시0", "성남시1", "성남시2")
    assert story.label == "성남시 자율주행 버스에 AI 도입 가1"
    assert (story.first_seen, story.last_seen) == (at(1), at(1.2))
    assert story.section == "public"
    assert [(match.name, match.words) for match in story.duties] == [("교통", ("자율주행 버스",))]
    assert story.rank == 1
    assert re.fullmatch("[0-9a-f]{12}", story.id)


def test_what_is_not_about_ai_is_judged_and_told_nowhere() -> None:
    found = _find(NEWS)
    assert {one.article for one in found.judgements} == {one.id for one in NEWS}
    assert not any("축구" in article for story in found.stories for article in story.articles)


def test_all_documents_have_a_story_when_all_are_wanted_and_ai_comes_first() -> None:
    found = _find(NEWS, keep_all=True)
    assert sorted(article for story in found.stories for article in story.articles) == sorted(one.id for one in NEWS)
    ranks = {story.ai: story.rank for story in found.stories}
    assert ranks[False] == len(found.stories)
    assert [story.rank for story in found.stories] == list(range(1, len(found.stories) + 1))


def test_stories_about_the_same_thing_are_a_topic() -> None:
    found = _find(NEWS)
    assert [topic.label for topic in found.topics] == ["오픈클로"]
    assert len(found.topics[0].stories) == 3
    assert _story(found, "합류0").topic == found.topics[0].id
    assert _story(found, "성남시0").topic is None


def test_a_copy_is_counted_once_within_its_family() -> None:
    copies = [
        document(f"copy{n}", "금지령 오픈클로 AI 사내 사용 제한 가1", days=2.5, family="가나일보") for n in range(2)
    ]
    found = _find([*NEWS, *copies])
    assert {one.article for one in found.judgements if one.duplicate_of} >= {"copy0", "copy1"}
    counts = {row.week: row.count for row in found.topic_weeks}
    assert counts == {row.week: row.count for row in _find(NEWS).topic_weeks}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(NEWS))
def test_the_order_of_documents_does_not_matter(documents: list[Document]) -> None:
    assert _find(documents) == _find(NEWS)


def test_analysed_again_on_top_of_itself_nothing_changes() -> None:
    first = _find(NEWS)
    assert _find(NEWS, before=first) == first


def test_a_month_of_days_analysed_one_by_one_keeps_every_id_and_can_be_repeated() -> None:
    chance = random.Random(7)  # noqa: S311 -- a test wants the same news every time
    things = ("오픈클로", "소버린 AI", "앤스로픽")
    news = [
        document(
            f"n{n}", f"사건{chance.randrange(25)} {chance.choice(things)} AI 소식", days=n / 4, family=FAMILIES[n % 4]
        )
        for n in range(112)
    ]
    before, seen = Before(), dict[ArticleId, StoryId]()
    for day in range(1, 28):
        found = _find(news, day=day, before=before)
        before = _kept(before, found)
        again = _find(news, day=day, before=before)
        assert again.stories == found.stories
        assert again.topics == found.topics
        assert _kept(before, again) == before
        for story in found.stories:
            known = {found.story_redirects.get(old, old) for a in story.articles if (old := seen.get(a))}
            assert known <= {story.id}
            seen.update(dict.fromkeys(story.articles, story.id))
        assert len({story.id for story in found.stories}) == len(found.stories)


def test_a_late_article_joins_its_story() -> None:
    first = _find(NEWS)
    late = document("late", "성남시 AI 버스 타 보니", days=1.5)
    second = _find([*NEWS, late], before=first)
    assert _story(second, "late").id == _story(first, "성남시0").id
    assert second.story_redirects == {}


def test_members_older_than_the_window_stay() -> None:
    first = _find(NEWS)
    follow_up = document("later", "성남시 AI 버스 한 달", days=14.5)
    second = _find([*NEWS, follow_up], day=15.1, before=first)
    story = _story(second, "later")
    assert story.articles == ("성남시0", "성남시1", "성남시2", "later")
    assert story.first_seen == at(1)
    assert story.id == _story(first, "성남시0").id


def _say(kind: str, *articles: str, value: str = "", number: int = 1) -> Correction:
    return replace(CORRECTION, kind=kind, articles=tuple(map(ArticleId, articles)), value=value, number=number)  # type: ignore[arg-type] # tests spell kinds right


def test_corrections_hold_now_and_later() -> None:
    said = [
        _say("together", "금지령0", "전면도입0", number=1),
        _say("apart", "성남시2", number=2),
        _say("ai", "축구0", value="yes", number=3),
        _say("ai", "합류1", value="no", number=4),
        _say("section", "금지령0", value="policy", number=5),
        _say("duty", "금지령1", value="행정", number=6),
        _say("same-topic", "금지령0", "성남시0", number=7),
        _say("topic-name", "성남시0", value="시청과 집게발", number=8),
        _say("apart", "nowhere", number=9),
    ]
    found: Findings | None = _find(NEWS)
    for day in (14, 14.5, 15):
        found = _find(NEWS, day=day, before=found, said=said)
        joined = _story(found, "금지령0")
        assert "전면도입0" in joined.articles
        assert joined.section == "policy"
        assert "행정" in [match.name for match in joined.duties]
        assert _story(found, "성남시2").articles == ("성남시2",)
        assert _story(found, "축구0").articles == ("축구0",)
        assert not any("합류1" in story.articles for story in found.stories)
        assert joined.topic == _story(found, "성남시0").topic
        assert "시청과 집게발" in [topic.label for topic in found.topics if topic.id == joined.topic]
        assert found.idle_corrections == (9,)


def test_stories_that_merge_leave_a_redirect_and_split_ones_part() -> None:
    first = _find(NEWS)
    merged = _find(NEWS, before=first, said=[_say("together", "금지령0", "전면도입0")])
    lost = _story(first, "전면도입0").id
    assert merged.story_redirects == {lost: _story(first, "금지령0").id}
    parted = _find(NEWS, before=merged)
    assert _story(parted, "금지령0").id == _story(first, "금지령0").id
    assert _story(parted, "전면도입0").id != _story(parted, "금지령0").id


FIRST = Week.containing(at(0), SEOUL)
READ = {FIRST.ahead(n): coverage(FIRST.ahead(n), **dict.fromkeys(FAMILIES, 50)) for n in range(-5, 4)}


def _claws(week: int, count: int, **more: Any) -> list[Document]:
    return [
        document(
            f"w{week}n{n}",
            f"사건{week}{n // 3} 오픈클로 AI 소식 {'가나다라마바사아자'[n]}{week}",
            days=7 * week + n / 10,
            family=FAMILIES[n % 4],
            **more,
        )
        for n in range(count)
    ]


def _trends(*weeks: list[Document], coverage_of: Mapping[Week, WeekCoverage] = READ) -> list[tuple[str, int]]:
    """Class and count of the topic week by week, analysed at the end of each."""
    news = [one for week in weeks for one in week]
    before, told = Before(), dict[Week, tuple[str, int]]()
    for number in range(1, len(weeks) + 1):
        found = _find(news, day=7 * number - 9 / 24, before=before, weeks=coverage_of)
        before = _kept(before, found)
        told |= {row.week: (row.trend, row.count) for row in found.topic_weeks}
    return [told.get(FIRST.ahead(number), ("", 0)) for number in range(len(weeks))]


def test_a_topic_is_new_then_rises_then_fades() -> None:
    seen = _trends(_claws(0, 3), _claws(1, 8), _claws(2, 9), _claws(3, 0))
    assert seen == [("new", 3), ("rising", 8), ("rising", 9), ("fading", 0)]


def test_articles_filed_when_their_source_was_new_make_no_trend() -> None:
    assert _trends(_claws(0, 9, backfill=True), _claws(1, 3))[0] == ("", 0)


def test_too_little_coverage_is_unknown() -> None:
    assert _trends(_claws(0, 5), coverage_of={FIRST: READ[FIRST]}) == [("unknown", 5)]


def test_a_week_the_window_cuts_keeps_what_was_counted_when_it_was_whole() -> None:
    news = _claws(0, 6)
    first = _find(news, day=7, weeks=READ)
    later = _find(news, day=7 + 7 + 0.25, before=first, weeks=READ)
    counts = [row.count for row in later.topic_weeks if row.week == FIRST]
    assert counts == [6]


def test_politics_is_what_most_members_say() -> None:
    votes = [*_event("공약", "AI 후보 연설", count=2), document("x", "공약 AI 예산", days=1)]
    assert _story(_find(votes), "x").politics


def test_nothing_comes_of_nothing() -> None:
    found = _find([])
    assert (found.stories, found.topics, found.topic_weeks, found.judgements) == ((), (), (), ())
    assert found.until - found.since == timedelta(days=14)
