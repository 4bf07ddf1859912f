"""A week is an ISO week of the city's clock, half-open, whatever its days do to the clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.weeks import Week

# Seoul has had no summer time since 1988; New York's clock jumps; Nepal and Kiritimati lie at odd offsets.
ZONES = st.sampled_from(["Asia/Seoul", "UTC", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati"]).map(ZoneInfo)
DAYS = st.dates(date(1900, 1, 15), date(2900, 1, 1))
WEEKS = DAYS.map(Week.of)
MOMENTS = st.datetimes(datetime(1900, 1, 15), datetime(2900, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy adds the zone


@given(MOMENTS, ZONES)
def test_a_moment_lies_in_its_week_and_in_no_other(moment: datetime, zone: ZoneInfo) -> None:
    week = Week.containing(moment, zone)
    assert week.start(zone) <= moment < week.end(zone)
    assert not week.ahead(-1).start(zone) <= moment < week.ahead(-1).end(zone)
    assert not week.ahead(1).start(zone) <= moment < week.ahead(1).end(zone)


@given(WEEKS, ZONES)
def test_weeks_follow_each_other_without_a_gap(week: Week, zone: ZoneInfo) -> None:
    assert week.end(zone) == week.ahead(1).start(zone)
    assert timedelta(days=6, hours=22) < week.end(zone) - week.start(zone) < timedelta(days=7, hours=2)
    assert Week.containing(week.start(zone), zone) == week
    assert Week.containing(week.end(zone) - timedelta(microseconds=1), zone) == week


@given(WEEKS)
def test_a_week_is_read_as_it_is_written(week: Week) -> None:
    assert Week.parse(str(week)) == week
    assert Week.parse(f" {str(week).lower().replace('-', '')} ") == week


@given(DAYS)
def test_a_week_runs_from_monday_to_sunday(day: date) -> None:
    week = Week.of(day)
    assert week.monday <= day <= week.sunday
    assert (week.monday.isoweekday(), week.sunday.isoweekday()) == (1, 7)


@given(WEEKS, st.integers(-2000, 2000), st.integers(-2000, 2000))
def test_going_ahead_adds_up(week: Week, some: int, more: int) -> None:
    assert week.ahead(some).ahead(more) == week.ahead(some + more)
    assert week.ahead(0) == week
    assert (week.ahead(some) < week) == (some < 0)


@given(WEEKS, WEEKS)
def test_weeks_and_their_names_sort_alike(one: Week, other: Week) -> None:
    assert (one < other) == (str(one) < str(other)) == (one.monday < other.monday)


@given(WEEKS, st.integers(0, 120))
def test_until_lists_each_week_once(first: Week, more: int) -> None:
    listed = list(first.until(first.ahead(more)))
    assert listed == [first.ahead(number) for number in range(more + 1)]
    assert list(first.ahead(1).until(first)) == []


@pytest.mark.parametrize("text", ["2026-8", "2026-W8", "2025-W53", "2026-W00", "W08", "", "2026-W08-1", "이천년"])
def test_what_the_calendar_does_not_have_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"week|Invalid"):
        Week.parse(text)


def test_the_turn_of_a_year_belongs_to_one_week() -> None:
    seoul = ZoneInfo("Asia/Seoul")
    assert str(Week.of(date(2027, 1, 1))) == "2026-W53"
    assert Week(2026, 8).start(seoul) == datetime(2026, 2, 15, 15, tzinfo=UTC)
    assert Week.containing(datetime(2026, 2, 15, 15, tzinfo=UTC), seoul) == Week(2026, 8)
    assert Week.containing(datetime(2026, 2, 15, 14, 59, 59, tzinfo=UTC), seoul) == Week(2026, 7)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        Week.containing(datetime(2026, 2, 15), ZoneInfo("Asia/Seoul"))  # noqa: DTZ001 - that is the point
