"""When a source is asked again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records.incoming import Fetch, Source
from archive.records.words import SourceId
from collectors.politeness import LONGEST_BACKOFF, backoff, due, next_attempt, retry_after

NOW = datetime(2026, 2, 20, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
A = SourceId("a")

moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds
intervals = st.timedeltas(timedelta(minutes=1), timedelta(days=60))


def source(every: timedelta = HOUR, url: str = "https://a.example/feed") -> Source:
    return Source(id=A, url=url, name="A", every=every)


def fetch(
    at: datetime, *, failed: bool = False, retry_at: datetime | None = None, url: str = "https://a.example/feed"
) -> Fetch:
    return Fetch(source=A, at=at, outcome="failed" if failed else "unchanged", retry_at=retry_at, url=url)


def is_due(last: Fetch, now: datetime, *, failures: int = 0, every: timedelta = HOUR) -> bool:
    return bool(due([source(every)], {A: last}, {A: failures}, now))


def test_a_source_never_read_is_due_and_the_order_is_kept() -> None:
    sources = [Source(id=SourceId(name), url=f"https://{name}.example", name=name) for name in "cab"]
    assert due(sources, {}, {}, NOW) == tuple(sources)


def test_a_source_is_due_when_its_interval_has_passed() -> None:
    assert not is_due(fetch(NOW - timedelta(minutes=50)), NOW)
    assert is_due(fetch(NOW - HOUR), NOW)


def test_a_timer_that_fires_a_moment_early_loses_no_hour() -> None:
    assert is_due(fetch(NOW - HOUR + timedelta(seconds=20)), NOW)
    assert is_due(fetch(NOW - timedelta(days=1) + timedelta(minutes=2), failed=True), NOW, failures=9)


def test_a_failing_source_is_left_alone_twice_as_long_each_time() -> None:
    waits = [backoff(HOUR, failures) / HOUR for failures in range(1, 9)]
    assert waits == [1, 2, 4, 8, 16, 24, 24, 24]
    assert backoff(timedelta(days=7), 3) == timedelta(days=7)


def test_what_a_server_asked_for_is_honoured() -> None:
    asked = fetch(NOW - 3 * HOUR, failed=True, retry_at=NOW + timedelta(seconds=1))
    assert not is_due(asked, NOW, failures=1)
    assert is_due(asked, NOW + timedelta(seconds=1), failures=1)


def test_an_address_the_officer_corrected_is_asked_at_once() -> None:
    gone = fetch(NOW - timedelta(minutes=1), failed=True, retry_at=NOW + timedelta(days=30), url="https://old.example")
    assert is_due(gone, NOW, failures=1)


@given(last=moments, now=moments, every=intervals, failures=st.integers(0, 10_000), failed=st.booleans())
def test_a_run_told_an_earlier_time_asks_and_any_other_asks_in_time(
    last: datetime, now: datetime, every: timedelta, failures: int, *, failed: bool
) -> None:
    asked = is_due(fetch(last, failed=failed), now, failures=failures, every=every)
    longest = max(every, LONGEST_BACKOFF)
    if now < last or now >= last + longest:
        assert asked
    elif now < last + min(every, LONGEST_BACKOFF) * 0.9:
        assert not asked


@given(last=moments, wait=st.timedeltas(timedelta(), timedelta(days=7)), now=moments, failures=st.integers(0, 50))
def test_nobody_is_asked_before_retry_at(last: datetime, wait: timedelta, now: datetime, failures: int) -> None:
    if is_due(fetch(last, failed=True, retry_at=last + wait), now, failures=failures):
        assert now < last or now >= last + wait


@given(every=intervals, failures=st.integers(0, 10_000))
def test_more_failures_never_shorten_the_wait(every: timedelta, failures: int) -> None:
    assert every <= backoff(every, failures) or every > LONGEST_BACKOFF
    assert backoff(every, failures) <= backoff(every, failures + 1) <= max(every, LONGEST_BACKOFF)
    later = next_attempt(source(every), fetch(NOW, failed=True), failures + 1)
    assert later >= next_attempt(source(every), fetch(NOW, failed=True), failures)


@pytest.mark.parametrize(
    ("header", "date", "wait"),
    [
        ("0", "", timedelta()),
        ("90", "", timedelta(seconds=90)),
        ("99999999999999999999", "", timedelta(days=7)),
        ("Fri, 20 Feb 2026 09:10:00 GMT", "", timedelta(minutes=10)),
        ("Fri, 20 Feb 2026 12:10:00 GMT", "Fri, 20 Feb 2026 12:00:00 GMT", timedelta(minutes=10)),
        ("Fri, 20 Feb 2026 12:10:00 GMT", "nonsense", timedelta(hours=3, minutes=10)),
        ("Thu, 19 Feb 2026 09:10:00 GMT", "", timedelta()),
    ],
)
def test_retry_after_in_seconds_or_as_a_date(header: str, date: str, wait: timedelta) -> None:
    assert retry_after(header, NOW, date) == NOW + wait


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_retry_after_is_a_moment_within_a_week_or_nothing(header: str, date: str) -> None:
    moment = retry_after(header, NOW, date)
    assert moment is None or NOW <= moment <= NOW + timedelta(days=7)
