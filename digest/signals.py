"""Topics that move and topics that last: one line each, with this week's count beside the usual one."""

import math
from collections.abc import Iterable, Mapping, Sequence

from archive.records.editing import IssueStory
from archive.records.findings import Topic, TopicWeek
from archive.records.issue import Issue, ItemTrend, Signal
from archive.records.words import TopicId, TrendClass
from digest import sayings
from digest.choice import Pick
from digest.citations import Citations
from digest.cleaning import clean
from digest.sentences import face, headline_of

MOVING: frozenset[TrendClass] = frozenset({"new", "rising", "weak"})
_MOST_MOVING = 5
_MOST_LASTING = 4
MOST = _MOST_MOVING + _MOST_LASTING
_FEWEST = 3  # articles of a topic worth a line, this week or (for a fading one) usually
_KNOWN_WEEKS = 2  # without so many weeks to compare there is no "usual"


def trend_of(week: TopicWeek) -> ItemTrend:
    """A topic's week as an issue freezes it."""
    return ItemTrend(trend=week.trend, count=week.count, baseline=week.baseline, z=week.z)


def usual(trend: ItemTrend) -> float | None:
    """Articles in an ordinary week, or None when too few weeks are known to say."""
    known = [count for count in trend.baseline if count is not None]
    return sum(known) / len(known) if len(known) >= _KNOWN_WEEKS else None


def signals(
    topics: Mapping[TopicId, tuple[Topic, TopicWeek]],
    stories: Iterable[IssueStory],
    picks: Sequence[Pick],
    citations: Citations,
    last: Issue | None = None,
    *,
    brief: bool = False,
) -> tuple[Signal, ...]:
    """The moving topics, strongest first, then the lasting ones, largest first; each with its best story.

    Beside the last issue they also say what changed since. A ``brief`` issue has half as many lasting ones.
    """
    voices = _voices(stories, picks)
    worth = [pair for pair in topics.values() if pair[0].id in voices and _size(pair[1]) >= _FEWEST]
    moving = sorted((pair for pair in worth if pair[1].trend in MOVING), key=_by_strength)
    lasting = sorted((pair for pair in worth if pair[1].trend not in MOVING), key=_by_size)
    chosen = [*moving[:_MOST_MOVING], *lasting[: _MOST_LASTING // 2 if brief else _MOST_LASTING]]
    before = {signal.topic: signal for signal in last.signals} if last else {}
    return tuple(
        _signal(topic, week, voices[topic.id], citations, _change(topic, week, before, last)) for topic, week in chosen
    )


def _size(week: TopicWeek) -> float:
    return max(week.count, usual(trend_of(week)) or 0) if week.trend == "fading" else week.count


def _by_strength(pair: tuple[Topic, TopicWeek]) -> tuple[bool, float, int, str]:
    topic, week = pair
    return week.trend == "weak", -(week.rise if week.rise is not None else -math.inf), -week.count, topic.id


def _by_size(pair: tuple[Topic, TopicWeek]) -> tuple[int, str]:
    return -pair[1].count, pair[0].id


def _voices(stories: Iterable[IssueStory], picks: Sequence[Pick]) -> dict[TopicId, IssueStory]:
    """For each topic the story that speaks for it: one the issue carries, else its best ranked."""
    carried = {pick.story.story.id for pick in picks}
    fit = [s for s in stories if s.story.topic and s.story.ai and not s.story.politics and s.articles]
    voices: dict[TopicId, IssueStory] = {}
    for story in sorted(fit, key=lambda s: (s.story.id not in carried, s.story.rank, s.story.id)):
        if story.story.topic:
            voices.setdefault(story.story.topic, story)
    return voices


def _change(topic: Topic, week: TopicWeek, before: Mapping[TopicId, Signal], last: Issue | None) -> str:
    """How much more or less there is than in the last issue, or that it was not there."""
    if last is None:
        return ""
    was = before.get(topic.id)
    if was is None:
        return sayings.FIRST_HERE if topic.first_seen >= last.end else sayings.NOT_LAST
    more = week.count - was.trend.count
    pattern = sayings.AS_MANY if more == 0 else sayings.MORE if more > 0 else sayings.FEWER
    return pattern.format(was=was.trend.count, now=week.count)


def _signal(topic: Topic, week: TopicWeek, voice: IssueStory, citations: Citations, change: str) -> Signal:
    shown = face(voice)
    return Signal(
        topic=topic.id,
        label=clean(topic.label),
        trend=trend_of(week),
        first_seen=topic.first_seen,
        stories=week.stories,
        headline=headline_of(voice),
        sources=citations.of([shown]),
        change=change,
    )
