"""Weeks of topics that merged long after: counts add up, and what the trend was is judged again."""

from dataclasses import replace

from analysis.weekly import rewritten
from archive.records.findings import Topic, TopicWeek, WeekCoverage
from archive.records.words import SourceId, TopicId
from archive.weeks import Week
from tests.newsroom import SEOUL, at, coverage

CLOSED = Week(2026, 6)
OLD, YOUNG = TopicId("old"), TopicId("young")
TOPIC = Topic(id=OLD, label="버스", terms=(), first_seen=at(-300), stories=())


def _row(topic: TopicId, back: int, count: int) -> TopicWeek:
    return TopicWeek(
        topic=topic,
        week=CLOSED.ahead(-back),
        count=count,
        by_source={SourceId("a"): count},
        families=3,
        stories=1,
        terms=("버스",),
        trend="steady",
        baseline=(2.0, 2.0, 2.0, 2.0),
        z=0.0,
    )


OLDER = [_row(OLD, back, 2) for back in range(5)]
READ = {CLOSED.ahead(-back): coverage(CLOSED.ahead(-back), a=100) for back in range(5)}


def _rewritten(read: dict[Week, WeekCoverage], told: tuple[TopicWeek, ...] = ()) -> list[TopicWeek]:
    earlier = [*OLDER, _row(YOUNG, 0, 9)]
    return rewritten(earlier, {YOUNG: OLD}, told, topics=(TOPIC,), coverage=read, zone=SEOUL)


def test_a_closed_week_is_restated_after_a_late_merge() -> None:
    (row,) = _rewritten(READ)
    assert (row.topic, row.week, row.count, row.trend) == (OLD, CLOSED, 11, "rising")
    assert row.baseline == (2, 2, 2, 2)
    assert row.z is not None
    assert row.z > 2


def test_a_week_keeps_its_trend_when_nobody_knows_how_it_was_read() -> None:
    (row,) = _rewritten({CLOSED: READ[CLOSED]})
    assert (row.count, row.trend, row.z) == (11, "steady", 0.0)


def test_weeks_told_anew_are_not_told_twice() -> None:
    assert _rewritten(READ, (replace(_row(OLD, 0, 11), trend="rising"),)) == []
