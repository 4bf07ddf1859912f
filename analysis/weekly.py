"""The weeks of a topic: how much was written about it by whom, and what trend that makes.

Weeks that touch the window are counted anew from its articles, each copy once within one publisher family, articles
filed when their source was new (backfill) not at all. A week the window cuts in two keeps the larger of what is
counted now and what was counted when it was whole.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from analysis import labels, trends
from archive.records.findings import Story, Topic, TopicWeek, WeekCoverage
from archive.records.incoming import Document
from archive.records.words import ArticleId, SourceId, StoryId, TopicId
from archive.weeks import Week

_TERMS = 6
_Key = tuple[TopicId, Week]


@dataclass(slots=True)
class Tally:
    """What a topic's week holds."""

    by_source: Counter[SourceId] = field(default_factory=Counter)
    families: set[str] = field(default_factory=set)
    stories: set[StoryId] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The time analysed, in weeks."""

    since: datetime
    until: datetime
    zone: ZoneInfo

    @property
    def weeks(self) -> tuple[Week, ...]:
        """The weeks it touches, oldest first."""
        last = Week.containing(self.until - timedelta(microseconds=1), self.zone)
        return tuple(Week.containing(self.since, self.zone).until(last))

    def cuts(self, week: Week) -> bool:
        """Whether a week began before the window."""
        return week.start(self.zone) < self.since


def tallies(
    stories: Iterable[Story],
    documents: Mapping[ArticleId, Document],
    copies: Mapping[ArticleId, ArticleId],
    zone: ZoneInfo,
) -> dict[_Key, Tally]:
    """Count the window's articles by topic and week."""
    counted: dict[_Key, Tally] = {}
    seen: set[tuple[TopicId, Week, str, ArticleId]] = set()
    for story in stories:
        for document in (documents[one] for one in story.articles if one in documents):
            article = document.article
            if story.topic is None or article.backfill:
                continue
            week = Week.containing(article.moment, zone)
            tally = counted.setdefault((story.topic, week), Tally())
            tally.families.add(article.family)
            tally.stories.add(story.id)
            once = (story.topic, week, article.family, copies.get(article.id, article.id))
            if once not in seen:
                seen.add(once)
                tally.by_source[article.source] += 1
    return counted


def topic_weeks(
    topics: Sequence[Topic],
    stories: Sequence[Story],
    counted: Mapping[_Key, Tally],
    earlier: Iterable[TopicWeek],
    *,
    window: Window,
    coverage: Mapping[Week, WeekCoverage],
) -> list[TopicWeek]:
    """Every week of every topic that touches the window and in which, or shortly before which, it was written about."""
    rows = {(row.topic, row.week): row for row in earlier}
    for key in (key for key in _keys(topics, window) if key in counted or key in rows):
        rows[key] = _row(key, counted.get(key, Tally()), rows.get(key) if window.cuts(key[1]) else None)
    terms = {story.id: story.terms for story in stories}
    panels = {w: trends.panel_of(w, coverage, trends.elapsed(w, window.until, window.zone)) for w in window.weeks}
    found = []
    for topic in topics:
        first = Week.containing(topic.first_seen, window.zone)
        for week in window.weeks:
            row = rows.get((topic.id, week)) or _row((topic.id, week), Tally(), None)
            before = {past: rows[topic.id, past].by_source for past in trends.earlier(week) if (topic.id, past) in rows}
            if week >= first and (row.count or any(sum(counts.values()) for counts in before.values())):
                counts = {**before, week: row.by_source}
                trend = trends.trend_of(panels[week], counts, families=row.families, first=first)
                told = [terms[one] for one in sorted(counted.get((topic.id, week), Tally()).stories)]
                found.append(_judged(row, trend, told))
    return found


def _keys(topics: Sequence[Topic], window: Window) -> list[_Key]:
    return [(topic.id, week) for topic in topics for week in window.weeks]


def _row(key: _Key, tally: Tally, kept: TopicWeek | None) -> TopicWeek:
    """A week as counted, or as it was counted when it was whole, source by source whichever saw more."""
    old = kept.by_source if kept else {}
    sources = sorted({*tally.by_source, *old})
    by_source = {source: max(tally.by_source.get(source, 0), old.get(source, 0)) for source in sources}
    return TopicWeek(
        topic=key[0],
        week=key[1],
        count=sum(by_source.values()),
        by_source=by_source,
        families=max(len(tally.families), kept.families if kept else 0),
        stories=max(len(tally.stories), kept.stories if kept else 0),
        terms=kept.terms if kept else (),
        trend="unknown",
        baseline=(),
        z=None,
    )


def _judged(row: TopicWeek, trend: trends.Trend, told: Sequence[Sequence[str]]) -> TopicWeek:
    common = labels.terms(told, dict.fromkeys((term for terms in told for term in terms), 1.0), most=_TERMS)
    z, rise = (None if value is None else round(value, 3) for value in (trend.z, trend.rise))
    baseline = tuple(None if value is None else round(value, 2) for value in trend.baseline)
    return replace(row, trend=trend.trend, baseline=baseline, z=z, rise=rise, terms=common or row.terms)


def inherited(earlier: Iterable[TopicWeek], redirects: Mapping[TopicId, TopicId]) -> list[TopicWeek]:
    """Earlier weeks with those of merged topics added to the topic they went into."""
    rows: dict[_Key, TopicWeek] = {}
    for row in sorted(earlier, key=lambda row: (row.topic in redirects, row.topic, row.week)):
        moved = replace(row, topic=redirects.get(row.topic, row.topic))
        known = rows.get((moved.topic, row.week))
        rows[moved.topic, row.week] = _sum(known, moved) if known else moved
    return list(rows.values())


def rewritten(
    earlier: Sequence[TopicWeek],
    redirects: Mapping[TopicId, TopicId],
    told: Sequence[TopicWeek],
    *,
    topics: Iterable[Topic],
    coverage: Mapping[Week, WeekCoverage],
    zone: ZoneInfo,
) -> list[TopicWeek]:
    """The weeks of merged topics that are older than those told anew: counts added up, the trend judged again.

    A week keeps the trend it had when it is not known how it and the four before it were read.
    """
    into, anew = frozenset(redirects.values()), {(row.topic, row.week) for row in told}
    known = {(row.topic, row.week): row for row in earlier}
    rows = {(row.topic, row.week): row for row in inherited(earlier, redirects)}
    first = {topic.id: Week.containing(topic.first_seen, zone) for topic in topics}
    restated = (
        _restated(row, rows, coverage, first.get(row.topic, row.week))
        for key, row in rows.items()
        if row.topic in into and key not in anew
    )
    return [row for row in restated if known.get((row.topic, row.week)) != row]


def _restated(
    row: TopicWeek, rows: Mapping[_Key, TopicWeek], coverage: Mapping[Week, WeekCoverage], first: Week
) -> TopicWeek:
    """A closed week with the trend its counts have now."""
    compared = trends.earlier(row.week)
    if not {row.week, *compared} <= coverage.keys():
        return row
    counts = {past: rows[row.topic, past].by_source for past in compared if (row.topic, past) in rows}
    panel = trends.panel_of(row.week, coverage, 1.0)
    trend = trends.trend_of(panel, {**counts, row.week: row.by_source}, families=row.families, first=first)
    return _judged(row, trend, ())


def _sum(one: TopicWeek, other: TopicWeek) -> TopicWeek:
    sources = sorted({*one.by_source, *other.by_source})
    by_source = {source: one.by_source.get(source, 0) + other.by_source.get(source, 0) for source in sources}
    return replace(
        one,
        count=one.count + other.count,
        by_source=by_source,
        families=max(one.families, other.families),
        stories=one.stories + other.stories,
    )
