from datetime import datetime

import pytest

from analysis.trends import Trend, anscombe, elapsed, panel_of, rise, trend_of
from archive.records.findings import WeekCoverage
from archive.records.words import SourceId
from archive.weeks import Week
from tests.newsroom import SEOUL, coverage

WEEK = Week(2026, 10)
Volumes = dict[int, dict[str, int]]


def _coverage(volumes: Volumes) -> dict[Week, WeekCoverage]:
    """Volumes by weeks back."""
    return {WEEK.ahead(-back): coverage(WEEK.ahead(-back), **volume) for back, volume in volumes.items()}


def _trend(counts: Volumes, volumes: Volumes, *, share: float = 1.0, families: int = 3, first: int = 10) -> Trend:
    by_week = {WEEK.ahead(-back): {SourceId(s): n for s, n in found.items()} for back, found in counts.items()}
    panel = panel_of(WEEK, _coverage(volumes), share)
    return trend_of(panel, by_week, families=families, first=WEEK.ahead(-first))


STEADY: Volumes = {back: {"a": 100, "b": 100} for back in range(5)}


def test_z_is_anscombes_difference() -> None:
    assert anscombe(9, 2) == pytest.approx(2 * (9.375**0.5 - 2.375**0.5))
    assert anscombe(4, 4) == 0


def test_two_weeks_of_growth_rise_more_than_one() -> None:
    assert rise(8, (1, 1, 1, 5)) > rise(8, (2, 2, 2, 2))
    assert rise(8, (None, 1, 1, 5)) == pytest.approx(rise(8, (1, 1, 1, 5)), abs=0.6)


def test_what_is_not_known_neither_raises_nor_lowers() -> None:
    assert rise(4, (None, None, 4, 4)) == 0
    assert rise(4, (4, 4, 4, None)) == 0
    assert rise(4, (None, None, None, 4)) == 0


def test_small_counts_rise_less_than_their_ratio_says() -> None:
    assert rise(3, (0, 0, 0, 0)) < rise(12, (3, 3, 3, 3))


@pytest.mark.parametrize(
    ("now", "usual", "expected"),
    [(12, 3, "rising"), (4, 3, "steady"), (0, 6, "fading"), (2, 2, "weak"), (2, 0, "weak")],
)
def test_classes(now: int, usual: int, expected: str) -> None:
    counts = {back: {"a": usual if back else now} for back in range(5)}
    assert _trend(counts, STEADY).trend == expected


def test_a_topic_first_seen_this_week_is_new_and_one_that_returns_is_rising() -> None:
    assert _trend({0: {"a": 3}}, STEADY, first=0).trend == "new"
    assert _trend({0: {"a": 5}}, STEADY, first=20).trend == "rising"


def test_one_family_alone_is_weak() -> None:
    assert _trend({0: {"a": 9}}, STEADY, families=1, first=0).trend == "weak"


def test_days_before_the_first_read_are_none_and_never_nought() -> None:
    trend = _trend({0: {"a": 9}}, {0: {"a": 100}, 1: {"a": 100}}, first=0)
    assert trend.trend == "unknown"
    assert trend.baseline == (None, None, None, 0)
    assert trend.z is None
    assert trend.rise is None


def test_two_weeks_suffice_to_compare() -> None:
    trend = _trend({0: {"a": 9}, 1: {"a": 1}, 2: {"a": 1}}, {back: {"a": 100} for back in range(3)})
    assert trend.trend == "rising"
    assert trend.baseline == (None, None, 1, 1)


def test_a_dead_collector_is_not_a_fading_topic() -> None:
    volumes = {back: ({"a": 100, "b": 100} if back else {"a": 100}) for back in range(5)}
    counts = {back: ({"a": 4, "b": 8} if back else {"a": 4}) for back in range(5)}
    trend = _trend(counts, volumes)
    assert trend.trend == "steady"
    assert trend.baseline == (4, 4, 4, 4)


def test_a_new_source_is_not_a_rising_topic() -> None:
    volumes = {back: {"a": 100} for back in range(1, 5)} | {0: {"a": 100, "new": 60}}
    counts = {back: {"a": 3} for back in range(1, 5)} | {0: {"a": 3, "new": 20}}
    assert _trend(counts, volumes).trend == "steady"


def test_a_week_the_panel_hardly_saw_is_not_compared() -> None:
    volumes = {**STEADY, 2: {"c": 100}}
    assert _trend({0: {"a": 3}}, volumes).baseline[2] is None


def test_a_holiday_week_is_compared_with_what_would_have_been_written_in_it() -> None:
    volumes = {**STEADY, 0: {"a": 50, "b": 50}}
    counts = {back: {"a": 10 if back else 5} for back in range(5)}
    trend = _trend(counts, volumes)
    assert trend.trend == "steady"
    assert trend.baseline[0] == pytest.approx(10 * 120 / 220)


def test_an_unfinished_week_is_compared_by_the_share_that_is_over() -> None:
    volumes = {**STEADY, 0: {"a": 0, "b": 0}}
    half = _trend({back: {"a": 8} for back in range(1, 5)}, volumes, share=0.5)
    assert half.baseline[0] == pytest.approx(8 * 10 / 220)
    assert elapsed(WEEK, datetime(2026, 3, 5, 12, tzinfo=SEOUL), SEOUL) == pytest.approx(0.5)
    assert elapsed(WEEK, datetime(2026, 4, 1, tzinfo=SEOUL), SEOUL) == 1


def test_a_week_that_was_not_read_is_unknown() -> None:
    assert _trend({0: {"a": 9}}, {back: {"a": 100} for back in range(1, 5)}).trend == "unknown"
