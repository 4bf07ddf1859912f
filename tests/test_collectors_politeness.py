"""When a source is asked again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records.histories import History
from archive.records.incoming import Fetch, Source
from archive.records.words import SourceId
from collectors.addresses import AllowedHosts
from collectors.politeness import (
    LONGEST_BACKOFF,
    SHORTEST_INTERVAL,
    backoff,
    due,
    next_attempt,
    not_before,
    retry_after,
    spread,
)

NOW = datetime(2026, 2, 20, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
A = SourceId("a")

moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds
intervals = st.timedeltas(timedelta(minutes=1), timedelta(days=60))
TENTH = 1.1  # a wait after a failure is drawn out by up to a tenth


def source(every: timedelta = HOUR, url: str = "https://a.example/feed") -> Source:
    return Source(id=A, url=url, name="A", every=every)


def fetch(
    at: datetime, *, failed: bool = False, retry_at: datetime | None = None, url: str = "https://a.example/feed"
) -> Fetch:
    return Fetch(source=A, at=at, outcome="failed" if failed else "unchanged", retry_at=retry_at, url=url)


def is_due(last: Fetch, now: datetime, *, failures: int = 0, every: timedelta = HOUR) -> bool:
    return bool(due([source(every)], {A: History(last=last, failures=failures)}, now))


def test_a_source_never_read_is_due_and_the_order_is_kept() -> None:
    sources = [Source(id=SourceId(name), url=f"https://{name}.example", name=name) for name in "cab"]
    assert due(sources, {}, NOW) == tuple(sources)


def test_a_source_is_due_when_its_interval_has_passed() -> None:
    assert not is_due(fetch(NOW - timedelta(minutes=50)), NOW)
    assert is_due(fetch(NOW - HOUR), NOW)


def test_a_timer_that_fires_a_moment_early_loses_no_hour() -> None:
    assert is_due(fetch(NOW - HOUR + timedelta(seconds=20)), NOW)
    assert is_due(fetch(NOW - HOUR + timedelta(seconds=20), failed=True), NOW, failures=1)


def test_no_source_is_asked_more_than_once_an_hour() -> None:
    assert not is_due(fetch(NOW - timedelta(minutes=58)), NOW, every=timedelta(minutes=5))
    assert not is_due(fetch(NOW - timedelta(minutes=58), failed=True), NOW, every=timedelta(minutes=5), failures=1)
    assert is_due(fetch(NOW - HOUR), NOW, every=timedelta(minutes=5))


def test_a_failing_source_is_left_alone_twice_as_long_each_time() -> None:
    waits = [backoff(HOUR, failures) / HOUR for failures in range(1, 6)]
    assert waits == [1, 2, 4, 4, 4]
    assert backoff(timedelta(days=7), 3) == timedelta(days=7)


def test_a_source_that_fails_for_two_weeks_is_asked_once_a_day() -> None:
    last = fetch(NOW, failed=True)
    lost = History(last=last, failures=90, failing_since=NOW - timedelta(days=14))
    hoped_for = History(last=last, failures=90, failing_since=NOW - timedelta(days=13))
    for history, longest in ((lost, timedelta(days=1)), (hoped_for, 4 * HOUR)):
        assert longest * 0.9 <= next_attempt(source(), last, history) - NOW <= longest * TENTH


def test_those_that_failed_together_part_company() -> None:
    sources = [Source(id=SourceId(f"s{number}"), url="https://a.example", name="A") for number in range(50)]
    failed = [Fetch(source=one.id, at=NOW, outcome="failed", url=one.url) for one in sources]
    again = {next_attempt(one, last, History(last=last, failures=5)) for one, last in zip(sources, failed, strict=True)}
    assert len(again) > 30
    assert max(again) - min(again) > timedelta(minutes=10)


def test_a_host_that_has_had_enough_is_left_alone_with_all_its_sources() -> None:
    busy, neighbour, stranger = (
        Source(id=SourceId(name), url=url, name=name)
        for name, url in (
            ("busy", "https://a.example/1"),
            ("next", "https://a.example/2"),
            ("far", "https://b.example"),
        )
    )
    said = Fetch(
        source=busy.id, at=NOW, outcome="failed", cause="busy", retry_at=NOW + 3 * HOUR, url=busy.url, status=429
    )
    histories = {busy.id: History(last=said, failures=1)}
    asked = [busy, neighbour, stranger]
    assert due(asked, histories, NOW + 2 * HOUR) == (stranger,)
    assert due(asked, histories, NOW + 3 * HOUR) == tuple(asked)


def test_a_host_of_our_own_network_is_not_left_alone_as_a_whole() -> None:
    busy, neighbour = (
        Source(id=SourceId(name), url=f"http://127.0.0.1:8080/{name}", name=name) for name in ("busy", "next")
    )
    said = Fetch(
        source=busy.id, at=NOW, outcome="failed", cause="busy", retry_at=NOW + 3 * HOUR, url=busy.url, status=429
    )
    histories = {busy.id: History(last=said, failures=1)}
    assert due([busy, neighbour], histories, NOW + HOUR) == ()
    assert due([busy, neighbour], histories, NOW + HOUR, AllowedHosts.parse(["127.0.0.1"])) == (neighbour,)
    assert due([busy, neighbour], histories, NOW + HOUR, AllowedHosts.parse(["127.0.0.1:9090"])) == ()


@pytest.mark.parametrize(
    ("headers", "pace", "rest"),
    [
        ({}, "", None),
        ({"cache-control": "public, Max-Age=7200"}, "", 2 * HOUR),
        ({"cache-control": "max-age=7200", "age": "600"}, "", 2 * HOUR - timedelta(minutes=10)),
        ({"cache-control": "max-age=3600"}, "", None),  # no longer than the interval
        ({"cache-control": "max-age=31536000"}, "", 24 * HOUR),
        ({"cache-control": "no-cache, max-age=7200"}, "", None),
        ({"cache-control": "max-age=x, ,=", "expires": "0"}, "", None),
        ({"expires": "Fri, 20 Feb 2026 15:00:00 GMT", "date": "Fri, 20 Feb 2026 12:00:00 GMT"}, "", 3 * HOUR),
        ({"expires": "Fri, 20 Feb 2026 11:00:00 GMT", "date": "Fri, 20 Feb 2026 12:00:00 GMT"}, "", None),
        ({"cache-control": "max-age=7200", "expires": "Fri, 20 Feb 2099 15:00:00 GMT"}, "", 2 * HOUR),
        ({}, "ttl=180", 3 * HOUR),
        ({}, "ttl=999999999", 24 * HOUR),
        ({}, "hours=9,10,11", 3 * HOUR),
        ({"cache-control": "max-age=7200"}, "ttl=180", 3 * HOUR),
        ({}, "days=4", 15 * HOUR),  # a Friday
        ({}, "days=0,1,2,3,4,5,6", 24 * HOUR),
    ],
)
def test_an_answer_is_good_for_as_long_as_it_says(headers: dict[str, str], pace: str, rest: timedelta | None) -> None:
    assert not_before(headers, pace, HOUR, NOW) == (NOW + rest if rest else None)


@given(st.dictionaries(st.sampled_from(["cache-control", "age", "expires", "date"]), st.text(max_size=40)), st.text())
def test_any_headers_ask_for_a_day_at_most(headers: dict[str, str], pace: str) -> None:
    rest = not_before(headers, pace, HOUR, NOW)
    assert rest is None or NOW + HOUR < rest <= NOW + timedelta(days=1)


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
    longest = max(every, LONGEST_BACKOFF) * TENTH
    if now < last or now >= last + longest:
        assert asked
    elif now < last + max(every, SHORTEST_INTERVAL) * 0.9:
        assert not asked


@given(last=moments, wait=st.timedeltas(timedelta(), timedelta(days=7)), now=moments, failures=st.integers(0, 50))
def test_nobody_is_asked_before_retry_at(last: datetime, wait: timedelta, now: datetime, failures: int) -> None:
    if is_due(fetch(last, failed=True, retry_at=last + wait), now, failures=failures):
        assert now < last or now >= last + wait


@given(every=intervals, failures=st.integers(0, 10_000), lost=st.booleans())
def test_more_failures_never_shorten_the_wait(every: timedelta, failures: int, *, lost: bool) -> None:
    wait = backoff(every, failures, lost=lost)
    assert wait >= max(every, SHORTEST_INTERVAL)
    assert wait <= backoff(every, failures + 1, lost=lost) <= max(every, timedelta(days=1) if lost else LONGEST_BACKOFF)


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


def test_every_host_is_asked_once_before_any_is_asked_again() -> None:
    urls = ["https://a.example/1", "https://a.example/2", "https://b.example/1", "https://a.example/3"]
    sources = [Source(id=SourceId(url), url=url, name=url) for url in urls]
    assert [source.url for source in spread(sources)] == [urls[0], urls[2], urls[1], urls[3]]
    assert spread([]) == ()
