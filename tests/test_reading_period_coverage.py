"""What an answer over a period rests on: since when, how many sources, which days were missed."""

from datetime import UTC, date, datetime, timedelta

from archive import intake
from archive.records.incoming import Fetch
from archive.records.words import SourceId
from archive.store import Archive
from donghyang.reading.period_coverage import Days, PeriodCoverage, covered, view
from tests.builders import BACKFILL, SEOUL, a_source

MONDAY = datetime(2026, 2, 9, 9, tzinfo=SEOUL)  # of 2026-W07


def read_on(archive: Archive, *reads: tuple[str, float], outcome: str = "unchanged") -> None:
    """Let sources answer so many days after Monday morning."""
    with archive.writing() as db:
        intake.register_sources(db, [a_source("daily"), a_source("weekly")], MONDAY)
        for source, days in reads:
            at = MONDAY + timedelta(days=days)
            fetch = Fetch(source=SourceId(source), at=at, outcome=outcome)  # type: ignore[arg-type] # tests spell outcomes right
            intake.record_fetch(db, fetch, [], now=at, backfill=BACKFILL)


def asked(archive: Archive, start: date | None, end: date | None, *, now: float) -> PeriodCoverage:
    """The coverage from one day's beginning to another's, so many days after Monday morning."""
    with archive.reading() as db:
        bounds = [datetime(*day.timetuple()[:3], tzinfo=SEOUL) if day else None for day in (start, end)]
        return covered(db, bounds[0], bounds[1], SEOUL, (MONDAY + timedelta(days=now)).astimezone(UTC))


def test_days_before_the_first_read_are_before_collecting_and_no_gap(archive: Archive) -> None:
    read_on(archive, ("daily", 1), ("daily", 2), ("weekly", 2), ("daily", 3))
    found = asked(archive, date(2026, 2, 2), date(2026, 2, 13), now=3)
    assert found.since == date(2026, 2, 10)
    assert found.before == Days(first=date(2026, 2, 2), last=date(2026, 2, 9))
    assert found.gaps == ()
    assert [(str(one.week), one.reading, one.active, one.read, one.partly) for one in found.weeks] == [
        ("2026-W06", "before", 0, 0, True),
        ("2026-W07", "read", 2, 3, True),
    ]
    assert found.reading_of(date(2026, 2, 9)) == "before"


def test_a_day_without_any_answer_is_a_gap_unless_it_is_today(archive: Archive) -> None:
    read_on(archive, ("daily", 0), ("daily", 4), ("weekly", 11))
    read_on(archive, ("daily", 1), outcome="failed")
    found = asked(archive, date(2026, 2, 9), date(2026, 3, 1), now=12)
    assert found.gaps == (
        Days(first=date(2026, 2, 10), last=date(2026, 2, 12)),
        Days(first=date(2026, 2, 14), last=date(2026, 2, 19)),
    )
    assert found.gap_days == 9
    assert found.reading_of(date(2026, 2, 11)) == "unread"
    assert "2.10.(화)~2.12.(목), 2.14.(토)~2.19.(목)(9일)" in found.told[-1]


def test_a_week_to_come_is_neither_read_nor_missed(archive: Archive) -> None:
    read_on(archive, ("daily", 0))
    found = asked(archive, date(2026, 2, 9), date(2026, 2, 23), now=0)
    assert [one.reading for one in found.weeks] == ["read", "ahead"]
    assert found.gaps == ()


def test_without_bounds_the_period_is_everything_since_the_first_read(archive: Archive) -> None:
    read_on(archive, ("daily", 0), ("daily", 1), ("daily", 2))
    found = asked(archive, None, None, now=2)
    assert (found.start, found.end, found.before) == (date(2026, 2, 9), date(2026, 2, 11), None)
    assert found.told == (
        "우리 수집 기준입니다. 2026. 2. 9.(월)부터 모았습니다.",
        "한 주에 출처 1곳이 답했습니다.",
        "읽지 못한 날은 없습니다.",
    )


def test_an_archive_that_has_read_nothing_says_so(archive: Archive) -> None:
    found = asked(archive, date(2026, 2, 9), date(2026, 2, 16), now=3)
    assert found.since is None
    assert found.told == ("아직 아무 출처도 읽지 않았습니다. 모든 날이 수집 전입니다.",)
    assert [one.reading for one in found.weeks] == ["before"]


def test_programs_are_given_the_same(archive: Archive) -> None:
    read_on(archive, ("daily", 0), ("daily", 2))
    seen = view(asked(archive, date(2026, 2, 8), date(2026, 2, 12), now=2))
    assert seen["collecting_since"] == "2026-02-09"
    assert seen["before_collecting"] == {"first": "2026-02-08", "last": "2026-02-08"}
    assert seen["gaps"] == [{"first": "2026-02-10", "last": "2026-02-10"}]
    assert seen["weeks"][1] == {
        "week": "2026-W07", "reading": "read", "days": 3, "read": 2, "sources": 1, "partly": False
    }  # fmt: skip
