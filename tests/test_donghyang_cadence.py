"""When a step is due."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.weeks import Week
from donghyang.cadence import parse_cadence
from donghyang.workdays import delivery_time

SEOUL = ZoneInfo("Asia/Seoul")
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
RHYTHMS = st.sampled_from(["every day 05:00", "mon 06:00", "sun 23:59", "wed 00:00"])


@pytest.mark.parametrize(
    ("text", "last", "now", "due"),
    [
        ("every 1h", "2026-02-09T08:00+09:00", "2026-02-09T08:54+09:00", False),
        ("every 1h", "2026-02-09T08:00:03+09:00", "2026-02-09T09:00:01+09:00", True),  # a timer is never exact
        ("every 1h", "2026-02-09T08:00+09:00", "2026-02-09T09:00+09:00", True),
        ("every 1h", "2026-02-09T08:00+09:00", "2026-02-01T09:00+09:00", True),  # a past day is replayed
        ("every day 05:00", "2026-02-08T05:00+09:00", "2026-02-09T04:59+09:00", False),
        ("every day 05:00", "2026-02-08T05:00+09:00", "2026-02-09T05:00+09:00", True),
        ("mon 06:00", "2026-02-02T06:00+09:00", "2026-02-08T23:59+09:00", False),
        ("mon 06:00", "2026-02-02T06:00+09:00", "2026-02-09T06:00+09:00", True),
        ("MONDAY 6:00", "2026-02-02T06:00+09:00", "2026-02-11T06:00+09:00", True),
    ],
)
def test_is_due(text: str, last: str, now: str, due: bool) -> None:  # noqa: FBT001 - a table of cases
    rhythm = parse_cadence(text)
    assert rhythm.is_due(datetime.fromisoformat(last), datetime.fromisoformat(now), SEOUL) is due


@pytest.mark.parametrize("text", ["1 06:00", "mon", "mon 24:00", "0 6 * * 1", "every 0h", "every monday", ""])
def test_refuses_what_is_ambiguous_or_no_rhythm(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_cadence(text)


@given(RHYTHMS, MOMENTS)
def test_latest_and_next_enclose_every_moment(text: str, moment: datetime) -> None:
    rhythm = parse_cadence(text)
    latest, coming = rhythm.latest(moment, SEOUL), rhythm.first_after(moment, SEOUL)
    assert latest <= moment <= coming
    assert rhythm.latest(latest, SEOUL) == latest
    assert coming - latest in (timedelta(), timedelta(days=1), timedelta(days=7))


def test_letters_wait_for_the_next_workday() -> None:
    """Monday 16 to Wednesday 18 February 2026 are the Lunar New Year."""
    rhythm = parse_cadence("mon 08:30")
    moved = delivery_time(Week(2026, 7), rhythm, SEOUL, move=True)
    kept = delivery_time(Week(2026, 7), rhythm, SEOUL, move=False)
    assert moved == datetime(2026, 2, 19, 8, 30, tzinfo=SEOUL)
    assert kept == datetime(2026, 2, 16, 8, 30, tzinfo=SEOUL)
