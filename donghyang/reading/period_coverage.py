"""What an answer over a period rests on: printed with every count, so that silence is never taken for calm.

before the first read ─▶ "수집 전", never 0      read ─▶ how many sources answered      not read ─▶ a gap
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, exists, select

from archive import coverage
from archive.schema import fetches, sources
from archive.weeks import Week
from digest import dates
from donghyang.messages import say

Reading = Literal["before", "read", "unread", "ahead"]

_ANSWERED: Final = fetches.c.outcome != "failed"
_GAPS_NAMED: Final = 3  # more are counted in the sentence and listed in the table
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Days in a row, both ends included."""

    first: date
    last: date

    @property
    def count(self) -> int:
        """How many they are."""
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        """``2.15.(일)`` or ``2.15.(일)~2.17.(화)``."""
        return "~".join(dates.weekday(day) for day in dict.fromkeys((self.first, self.last)))


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRead:
    """A week of the period, or the part of one that lies in it."""

    week: Week
    reading: Reading
    days: int  # of the period's days in it that had begun since we collect
    read: int  # of these with an answer from any source
    active: int  # sources that answered on any of these days
    partly: bool  # some of its days in the period lie before the first read, or are still to come


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodCoverage:
    """How a period was read; ``end`` is its last day."""

    start: date
    end: date
    since: date | None  # the day of the archive's first read; None: nothing was ever read
    before: Days | None  # days of the period before that
    weeks: tuple[WeekRead, ...]
    gaps: tuple[Days, ...]  # while we were collecting, days on which no source answered; today is not over

    @property
    def gap_days(self) -> int:
        """How many days without an answer."""
        return sum(gap.count for gap in self.gaps)

    @property
    def told(self) -> tuple[str, ...]:
        """The same in sentences, for a page, a report and a program alike."""
        return tuple(_sentences(self))

    def reading_of(self, day: date) -> Reading:
        """How a day was read; those after ``end`` and today count as they stand."""
        if self.since is None or day < self.since:
            return "before"
        return "unread" if any(gap.first <= day <= gap.last for gap in self.gaps) else "read"


def covered(
    db: Connection, start: datetime | None, end: datetime | None, zone: ZoneInfo, now: datetime
) -> PeriodCoverage:
    """How [start, end) was read.

    ``start`` None is the first read, ``end`` None is now. The period's days are those of the zone's clock; what lies
    after ``now`` is still to come and no gap. A day is read when any source answered on it, changed or not. Costs a
    few small indexed questions for every week, however many attempts the ledger holds.
    """
    first = coverage.first_read(db)
    since = first.astimezone(zone).date() if first else None
    today = now.astimezone(zone).date()
    opening = start.astimezone(zone).date() if start else since or today
    closing = _last_day(end, zone) if end else today
    closing = max(opening, closing)
    read = set(_read_days(db, max(opening, since), min(closing, today), zone)) if since else set()
    unread = [day for day in _days(max(opening, since), min(closing, today - _DAY)) if day not in read] if since else []
    return PeriodCoverage(
        start=opening,
        end=closing,
        since=since,
        before=_before(opening, closing, since, today),
        weeks=tuple(_week(db, week, (opening, closing), since, today, read, zone) for week in _weeks(opening, closing)),
        gaps=tuple(_spans(unread)),
    )


def view(found: PeriodCoverage) -> dict[str, Any]:
    """The same for programs; keys as docs/formats.md shows them."""
    return {
        "start": found.start.isoformat(),
        "end": found.end.isoformat(),
        "collecting_since": found.since.isoformat() if found.since else None,
        "before_collecting": _days_view(found.before) if found.before else None,
        "gaps": [_days_view(gap) for gap in found.gaps],
        "weeks": [
            {
                "week": str(one.week),
                "reading": one.reading,
                "days": one.days,
                "read": one.read,
                "sources": one.active,
                "partly": one.partly,
            }
            for one in found.weeks
        ],
        "told": list(found.told),
    }


def _days_view(days: Days) -> dict[str, str]:
    return {"first": days.first.isoformat(), "last": days.last.isoformat()}


def _last_day(end: datetime, zone: ZoneInfo) -> date:
    """The last day of a period that ends before a moment."""
    return (end - timedelta(microseconds=1)).astimezone(zone).date()


def _before(opening: date, closing: date, since: date | None, today: date) -> Days | None:
    last = min(closing, since - _DAY if since else today)
    return Days(first=opening, last=last) if last >= opening else None


def _weeks(opening: date, closing: date) -> Iterator[Week]:
    return Week.of(opening).until(Week.of(closing))


def _week(
    db: Connection,
    week: Week,
    period: tuple[date, date],
    since: date | None,
    today: date,
    read: set[date],
    zone: ZoneInfo,
) -> WeekRead:
    whole = list(_days(max(week.monday, period[0]), min(week.sunday, period[1])))
    counted = [day for day in whole if since is not None and since <= day <= today]
    answered = [day for day in counted if day in read]
    return WeekRead(
        week=week,
        reading=_reading(whole, counted, answered, today),
        days=len(counted),
        read=len(answered),
        active=_active(db, answered[0], answered[-1], zone) if answered else 0,
        partly=len(counted) < len(whole),
    )


def _reading(whole: Sequence[date], counted: Sequence[date], answered: Sequence[date], today: date) -> Reading:
    if answered:
        return "read"
    if whole[0] > today:
        return "ahead"
    return "unread" if counted else "before"


def _days(first: date, last: date) -> Iterator[date]:
    return (first + number * _DAY for number in range((last - first).days + 1))


def _read_days(db: Connection, first: date, last: date, zone: ZoneInfo) -> Iterator[date]:
    """The days on which any source answered: a small question for each, as a year holds some 350,000 attempts."""
    for day in _days(first, last):
        here = select(fetches.c.number).where(
            fetches.c.at >= _midnight(day, zone), fetches.c.at < _midnight(day + _DAY, zone), _ANSWERED
        )
        if db.execute(here.limit(1)).first():
            yield day


def _active(db: Connection, first: date, last: date, zone: ZoneInfo) -> int:
    """How many sources answered in days in a row."""
    within = (fetches.c.at >= _midnight(first, zone)) & (fetches.c.at < _midnight(last + _DAY, zone))
    query = select(sources.c.id).where(exists().where(fetches.c.source == sources.c.id, within, _ANSWERED))
    return len(db.execute(query).all())


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _spans(days: Sequence[date]) -> Iterator[Days]:
    """Days in order, those in a row together."""
    breaks = [at for at, (one, other) in enumerate(pairwise(days), start=1) if other - one > _DAY]
    for begin, end in pairwise([0, *breaks, len(days)] if days else []):
        yield Days(first=days[begin], last=days[end - 1])


def _sentences(found: PeriodCoverage) -> Iterator[str]:
    if found.since is None:
        yield say("coverage.nothing")
        return
    yield say("coverage.since", day=dates.full(found.since))
    if found.before:
        yield say("coverage.before", days=str(found.before), count=found.before.count)
    active = [one.active for one in found.weeks if one.reading == "read"]
    if active:
        fewest, most = min(active), max(active)
        same = fewest == most
        yield say("coverage.sources_same", count=most) if same else say("coverage.sources", fewest=fewest, most=most)
    if found.gaps:
        named = ", ".join(map(str, found.gaps)) if len(found.gaps) <= _GAPS_NAMED else ""
        count = found.gap_days
        yield say("coverage.gaps_named", days=named, count=count) if named else say("coverage.gaps", count=count)
    elif active:
        yield say("coverage.no_gaps")
