"""What was read in a week, in the city's own days."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection

from archive import coverage, findings, intake
from archive.records.findings import WeekCoverage
from archive.records.issue import Coverage
from archive.records.words import SourceId
from archive.store import Archive
from archive.weeks import Week
from tests.builders import (
    BACKFILL,
    SEOUL,
    WEEK,
    a_fetch,
    a_filing,
    a_judgement,
    a_source,
    a_story,
    an_entry,
    collect,
    some_findings,
    waiting,
)


def _at(day: int, hour: int = 9, zone: ZoneInfo = SEOUL) -> datetime:
    """A moment on a day of WEEK: 0 is its Monday."""
    return datetime.combine(WEEK.monday + timedelta(days=day), time(hour), zone)


def _ask(db: Connection, source: str, moments: Iterable[datetime], **facts: Any) -> None:
    for moment in moments:
        intake.record_fetch(db, a_fetch(source, moment, **facts), (), now=moment, backfill=BACKFILL)


def _healthy(db: Connection, zone: ZoneInfo = SEOUL) -> set[str]:
    return set(coverage.weeks_coverage(db, [WEEK], zone)[WEEK].healthy)


def test_a_source_is_healthy_that_answered_on_four_days(archive: Archive) -> None:
    with archive.writing() as db:
        names = ("four", "three", "unchanged", "failing")
        intake.register_sources(db, [a_source(name) for name in names], _at(0))
        _ask(db, "four", map(_at, (0, 2, 4, 6)))
        _ask(db, "three", [_at(day, hour) for day in (0, 2, 4) for hour in (1, 9, 23)])
        _ask(db, "unchanged", map(_at, range(4)), outcome="unchanged")
        _ask(db, "failing", map(_at, range(7)), outcome="failed")
        assert _healthy(db) == {"four", "unchanged"}


def test_a_day_is_one_of_the_citys_clock(archive: Archive) -> None:
    """Four answers an hour apart, two before midnight in Seoul and two after, are of two days there and one in UTC."""
    with archive.writing() as db:
        intake.register_sources(db, [a_source()], _at(0))
        _ask(db, "daily", [_at(0, 22), _at(1, 1), _at(2, 22), _at(3, 1)])
        _ask(db, "daily", [_at(6, 12)], outcome="failed")
        assert (_healthy(db), _healthy(db, ZoneInfo("UTC"))) == ({"daily"}, set())


@pytest.mark.parametrize(("asked", "healthy"), [((0,), True), ((0, 1), True), ((1,), False), ((0, 1, 2), True)])
def test_a_week_that_is_not_over_asks_for_the_days_it_has_had(
    archive: Archive, asked: tuple[int, ...], *, healthy: bool
) -> None:
    with archive.writing() as db:
        intake.register_sources(db, [a_source()], _at(0))
        _ask(db, "daily", map(_at, asked))
        assert (_healthy(db) == {"daily"}) is healthy


def test_volume_counts_articles_by_their_moment_without_backfill(archive: Archive) -> None:
    with archive.writing() as db:
        old = Week(2026, 4).start(SEOUL)
        entries = [
            an_entry("monday", published=_at(0, 0)),
            an_entry("sunday", published=_at(6, 23)),
            an_entry("before", published=_at(0, 0) - timedelta(seconds=1)),
            an_entry("other", "weekly", published=_at(3)),
            an_entry("backfill", published=old),
        ]
        collect(db, *entries, now=_at(7))
        for one in waiting(db, _at(7)).values():
            intake.file_article(db, one, a_filing(one.entry, candidate=False), _at(7))
        read = coverage.weeks_coverage(db, [Week(2026, 4), Week(2026, 6), WEEK], SEOUL)
    assert {str(week): dict(found.volume) for week, found in read.items()} == {
        "2026-W04": {},
        "2026-W06": {"daily": 1},
        "2026-W07": {"daily": 2, "weekly": 1},
    }


def test_an_archive_that_has_read_nothing_says_so(archive: Archive) -> None:
    with archive.writing() as db:
        intake.register_sources(db, [a_source()], _at(0))
        _ask(db, "daily", [_at(0)], outcome="failed")
        assert coverage.first_read(db) is None
        assert coverage.weeks_coverage(db, [WEEK], SEOUL) == {
            WEEK: WeekCoverage(week=WEEK, healthy=frozenset(), volume={})
        }
        _ask(db, "daily", [_at(2), _at(1)])
        assert coverage.first_read(db) == _at(2)


def test_what_an_issue_rests_on(archive: Archive) -> None:
    with archive.writing() as db:
        names = ("daily", "weekly", "resting", "silent", "dead", "unasked")
        intake.register_sources(db, [a_source(name) for name in names], _at(0))
        entries = [an_entry(f"d{n}", published=_at(1)) for n in range(3)] + [an_entry("w", "weekly", published=_at(1))]
        collect(db, *entries, now=_at(1))
        ids = {
            key: intake.file_article(db, one, a_filing(one.entry), _at(1)) for key, one in waiting(db, _at(1)).items()
        }
        for day in (-40, -39, -38, -37, -36):  # a daily paper that has said nothing for weeks
            collect(db, an_entry(f"s{day}", "silent"), now=_at(day))
        _ask(db, "silent", [_at(1)], outcome="unchanged")
        _ask(db, "resting", [_at(-1), _at(1)], outcome="unchanged")
        _ask(db, "dead", [_at(1)], outcome="failed", cause="slow")
        _ask(db, "dead", [_at(2)], outcome="failed", cause="cloudflare")
        _ask(db, "dead", [_at(-1), _at(7)])
        stories = (
            a_story("told by two", [ids["d0"], ids["w"]]),
            a_story("told by one", [ids["d1"]]),
            a_story("not about AI", [ids["d2"]], ai=False),
        )
        judged = [a_judgement(id_, ai=key != "d2") for key, id_ in ids.items()]
        findings.replace(db, some_findings(judgements=tuple(judged), stories=stories))
        assert coverage.coverage_of(db, WEEK, SEOUL) == Coverage(
            checked=5,
            failed=1,
            silent=1,
            entries=4,
            ai=3,
            stories=2,
            single=1,
            failing=("dead 일보",),
            quiet=("silent 일보",),
            causes=("cloudflare",),
        )
        assert coverage.weeks_coverage(db, [WEEK], SEOUL)[WEEK].volume == {SourceId("daily"): 3, SourceId("weekly"): 1}
