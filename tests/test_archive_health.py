"""How a source is: told from its ledger of fetches alone."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import intake
from archive.health import UNKNOWN_HABIT, health_of, patience
from archive.records.histories import Health, History
from archive.records.incoming import Entry, Fetch, Source
from archive.records.words import Cause, SourceId
from archive.store import Archive

NOW = datetime(2026, 2, 20, 9, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PAPER = SourceId("paper")
URL = "https://paper.example/rss"


def answered(news: tuple[datetime, ...], at: datetime = NOW) -> History:
    last = Fetch(source=PAPER, at=at, outcome="unchanged", url=URL)
    return History(last=last, first=news[0] if news else at, answered=at, news=news)


def failed(cause: Cause, since: datetime, at: datetime = NOW) -> History:
    last = Fetch(source=PAPER, at=at, outcome="failed", cause=cause, url=URL)
    return History(last=last, failures=3, failing_since=since)


def every(span: timedelta, times: int, until: datetime) -> tuple[datetime, ...]:
    return tuple(until - span * number for number in reversed(range(times)))


def test_a_source_nobody_asked_is_new() -> None:
    assert health_of(None, NOW).state == health_of(History(), NOW).state == "new"


def test_each_source_is_quiet_by_its_own_habit() -> None:
    daily, monthly = every(DAY, 30, NOW - 4 * DAY), every(12 * DAY, 7, NOW - 20 * DAY)
    assert health_of(answered(daily), NOW) == Health(state="quiet", since=NOW - 4 * DAY, lasting=True)
    assert health_of(answered(daily), NOW - 2 * DAY).state == "ok"
    assert health_of(answered(monthly), NOW).state == "ok"
    assert health_of(answered(monthly), NOW + 6 * DAY).state == "quiet"


def test_a_paper_that_rests_on_sundays_is_not_missed_over_a_long_holiday() -> None:
    weekdays = tuple(day for day in every(DAY, 60, NOW) if day.weekday() < 5)
    assert patience(weekdays) == 7 * DAY


def test_a_source_with_little_history_is_given_a_month() -> None:
    assert patience(()) == patience(every(DAY, 4, NOW)) == UNKNOWN_HABIT
    assert health_of(answered((), at=NOW), NOW).state == "ok"
    assert health_of(answered((NOW - 31 * DAY,)), NOW).state == "quiet"


@pytest.mark.parametrize(
    ("cause", "days", "state", "lasting"),
    [
        ("slow", 0, "failing", False),
        ("slow", 1, "failing", True),
        ("cloudflare", 0, "blocked", False),
        ("maintenance", 2, "blocked", True),
        ("robots", 0, "blocked", False),
        ("gone", 0, "gone", True),
        ("missing", 13, "failing", True),
        ("missing", 14, "gone", True),
        ("nowhere", 14, "gone", True),
    ],
)
def test_a_failure_is_told_by_its_cause_and_its_age(cause: Cause, days: int, state: str, *, lasting: bool) -> None:
    health = health_of(failed(cause, NOW - days * DAY), NOW)
    assert (health.state, health.cause, health.lasting) == (state, cause, lasting)
    assert health.since == NOW - days * DAY


@given(st.lists(st.datetimes(datetime(2026, 1, 1), datetime(2026, 2, 19), timezones=st.just(UTC))))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_patience_is_never_shorter_than_two_days(moments: list[datetime]) -> None:
    assert patience(sorted(moments)) >= 2 * DAY


def test_the_ledger_is_read_into_histories(archive: Archive) -> None:
    source = Source(id=PAPER, url=URL, name="신문")
    new_address = "https://paper.example/feed"
    history = History()
    with archive.writing() as db:
        intake.register_sources(db, [source], NOW)
        for number in range(3):
            at = NOW + number * HOUR
            fetch = Fetch(
                source=PAPER,
                at=at,
                outcome="new",
                url=new_address,
                etag=f'"{number}"',
                pace="ttl=60",
                moved=new_address,
            )
            entry = Entry(
                source=PAPER, key=str(number), url=f"{URL}/{number}", canonical=f"{URL}/{number}", title="새 소식"
            )
            intake.record_fetch(db, fetch, [entry], now=at, backfill=14 * DAY)
            history = intake.histories(db, at)[PAPER]
            assert history.moved == (new_address if number == 2 else "")
    assert history.news == (NOW + 2 * HOUR,)
    assert (history.first, history.answered, history.failures) == (NOW, NOW + 2 * HOUR, 0)
    with archive.writing() as db:
        lost = Fetch(source=PAPER, at=NOW + DAY, outcome="failed", cause="missing", url=URL, error="away")
        intake.record_fetch(db, lost, [], now=NOW + DAY, backfill=14 * DAY)
        history = intake.histories(db, NOW + DAY)[PAPER]
    assert (history.moved, history.failures, history.failing_since) == ("", 1, NOW + DAY)
    assert history.last is not None
    assert (history.last.cause, history.last.etag, history.last.pace) == ("missing", '"2"', "ttl=60")


def test_three_answers_must_agree_on_where_a_source_has_moved(archive: Archive) -> None:
    places = ("https://a.example/", "https://b.example/", "https://a.example/", "", "https://a.example/")
    with archive.writing() as db:
        intake.register_sources(db, [Source(id=PAPER, url=URL, name="신문")], NOW)
        for number, place in enumerate(places):
            fetch = Fetch(source=PAPER, at=NOW + number * HOUR, outcome="unchanged", url=URL, moved=place)
            intake.record_fetch(db, fetch, [], now=fetch.at, backfill=14 * DAY)
            assert intake.histories(db, fetch.at)[PAPER].moved == ""


def test_a_corrected_address_begins_a_new_history_but_not_a_new_habit(archive: Archive) -> None:
    with archive.writing() as db:
        intake.register_sources(db, [Source(id=PAPER, url=URL, name="신문")], NOW)
        gone = Fetch(source=PAPER, at=NOW, outcome="failed", cause="gone", url=URL, error="gone")
        intake.record_fetch(db, gone, [], now=NOW, backfill=14 * DAY)
        assert health_of(intake.histories(db, NOW)[PAPER], NOW).state == "gone"
        intake.register_sources(db, [Source(id=PAPER, url=f"{URL}2", name="신문")], NOW)
        history = intake.histories(db, NOW)[PAPER]
    assert (history.failures, history.first) == (0, None)


def test_attempts_without_news_are_written_down_together(archive: Archive) -> None:
    names = ("one", "two")
    with archive.writing() as db:
        intake.register_sources(db, [Source(id=SourceId(name), url=URL + name, name=name) for name in names], NOW)
        idle = [Fetch(source=SourceId(name), at=NOW, outcome="unchanged", url=URL, etag=f'"{name}"') for name in names]
        assert intake.record_fetches(db, [(fetch, ()) for fetch in idle], now=NOW, backfill=14 * DAY) == [0, 0]
        assert intake.record_fetches(db, [], now=NOW, backfill=14 * DAY) == []
        histories = intake.histories(db, NOW)
    assert {source: history.last and history.last.etag for source, history in histories.items()} == {
        "one": '"one"',
        "two": '"two"',
    }
