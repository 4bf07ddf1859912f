"""Is more written about a topic than usual? Counts of one week beside the four before it.

Weeks are compared only by what the same sources saw:

- The **panel** of a week are the sources healthy in it and in every earlier week it is compared with. A dead
  collector is not a fading topic, a newly added source is not a rising one.
- Earlier counts are **scaled** by the panel's volume (articles on any subject), so a holiday week or a week that is
  not over yet is compared with what the same sources would usually have written in it. With little volume the share
  of the week elapsed is trusted instead.
- **z** is Anscombe's variance-stabilised difference 2(sqrt(x + 3/8) - sqrt(m + 3/8)) between this week's count and
  the mean of the scaled earlier ones (Anscombe 1948, Biometrika 35): about one unit of standard deviation at any
  level, where ratios explode on small counts.
- **rise** orders topics by how strongly they rise. The same difference, but with four articles added to both sides
  (what a subject's usual unrest is worth: news comes in bursts, so small counts vary more than Poisson's would),
  once for this week and once for this week and the last together beside those before: a subject that grows for two
  weeks rises more than one that bursts. ``benchmarks/trends.py`` compares both with other scores.

Classes, first match wins:

- *unknown*: fewer than two of the four weeks can be compared.
- *fading*: usually at least three articles a week, and z of -2 or less.
- *weak*: fewer than three articles on the panel, or fewer than two publisher families.
- *new*: first seen this week, and not once on the panel in the weeks compared.
- *rising*: z of 2 or more.
- *steady*: anything else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from zoneinfo import ZoneInfo

from archive.records.findings import WeekCoverage
from archive.records.words import SourceId, TrendClass
from archive.weeks import Week

BASELINE = 4  # weeks
_COMPARABLE = 2  # weeks needed before anything is said
_ARTICLES = 3
_FAMILIES = 2
_Z = 2.0
_OVERLAP = 0.5  # share of the week's volume its panel must keep when one more week is compared
_UNREST = 4  # articles added to both sides of a rise; 2 to 8 do about as well on recorded headlines
_PRIOR = 20  # articles: how much volume outweighs the elapsed share

Counts = Mapping[SourceId, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The sources by which a week is compared, and by how much each earlier week's counts are scaled."""

    week: Week
    sources: frozenset[SourceId]
    scale: Mapping[Week, float]  # only the weeks that can be compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """What became of a topic in a week."""

    trend: TrendClass
    baseline: tuple[float | None, ...]  # scaled counts of the four weeks before, oldest first
    z: float | None
    rise: float | None


def anscombe(count: float, expected: float) -> float:
    """The variance-stabilised difference of a Poisson count from what was expected."""
    return _difference(count, expected, 3 / 8)


def rise(count: float, before: Sequence[float | None]) -> float:
    """How strongly a count rises over those of the weeks before (oldest first, None where nothing is known).

    At least one of them must be known. Without the last week there is no growth over two weeks to tell of.
    """
    known = [value for value in before if value is not None]
    burst = _difference(count, sum(known) / len(known), _UNREST)
    last, older = before[-1], [value for value in before[:-1] if value is not None]
    if last is None or not older:
        return burst
    return burst + _difference(count + last, 2 * sum(older) / len(older), _UNREST)


def _difference(count: float, expected: float, added: float) -> float:
    return 2 * (sqrt(count + added) - sqrt(expected + added))


def elapsed(week: Week, until: datetime, zone: ZoneInfo) -> float:
    """The share of a week that is over, 0 to 1."""
    start, end = week.start(zone), week.end(zone)
    return min(1.0, max(0.0, (until - start) / (end - start)))


def earlier(week: Week) -> tuple[Week, ...]:
    """The weeks a week is compared with, oldest first."""
    return tuple(week.ahead(-n) for n in range(BASELINE, 0, -1))


def panel_of(week: Week, coverage: Mapping[Week, WeekCoverage], share: float) -> Panel:
    """Choose the panel of a week of which ``share`` is over.

    The weeks are tried from the latest back; one that would cost the panel more than half of this week's volume
    was covered too thinly and is left out.
    """
    here = coverage.get(week)
    if here is None or not share:
        return Panel(week=week, sources=frozenset(), scale={})
    sources, compared = here.healthy, []
    for past in reversed(earlier(week)):
        common = sources & coverage[past].healthy if past in coverage else frozenset()
        if common and _weight(common, here) >= _OVERLAP * _weight(here.healthy, here):
            sources = common
            compared.append(past)
    volume = _volume(sources, here)
    scale = {past: (volume + _PRIOR * share) / (_volume(sources, coverage[past]) + _PRIOR) for past in compared}
    return Panel(week=week, sources=sources, scale=scale)


def _volume(sources: frozenset[SourceId], coverage: WeekCoverage) -> int:
    return sum(coverage.volume.get(source, 0) for source in sources)


def _weight(sources: frozenset[SourceId], coverage: WeekCoverage) -> int:
    """Volume, and one for each source: a week without any articles still has its sources."""
    return _volume(sources, coverage) + len(sources)


def trend_of(panel: Panel, counts: Mapping[Week, Counts], *, families: int, first: Week) -> Trend:
    """Judge a topic in the panel's week.

    ``counts`` are its articles by week and source, a missing week being none; ``families`` the publisher families
    that wrote this week; ``first`` the week the topic was first seen in.
    """
    count = _seen(panel, counts.get(panel.week, {}))
    baseline = tuple(
        _seen(panel, counts.get(past, {})) * panel.scale[past] if past in panel.scale else None
        for past in earlier(panel.week)
    )
    known = [value for value in baseline if value is not None]
    if len(known) < _COMPARABLE:
        return Trend(trend="unknown", baseline=baseline, z=None, rise=None)
    usual = sum(known) / len(known)
    z = anscombe(count, usual)
    enough = count >= _ARTICLES and families >= _FAMILIES
    unseen = first >= panel.week and not usual
    told = _class(z, usual, enough=enough, unseen=unseen)
    return Trend(trend=told, baseline=baseline, z=z, rise=rise(count, baseline))


def _seen(panel: Panel, counts: Counts) -> int:
    return sum(count for source, count in counts.items() if source in panel.sources)


def _class(z: float, usual: float, *, enough: bool, unseen: bool) -> TrendClass:
    if usual >= _ARTICLES and z <= -_Z:
        return "fading"
    if not enough:
        return "weak"
    if unseen:
        return "new"
    return "rising" if z >= _Z else "steady"
