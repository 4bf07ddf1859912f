"""When a step is due: ``every 1h``, ``every day 05:00``, ``mon 06:00``; pure, and days by name only.

Day numbers mean different days to cron (0 = Sunday) and to APScheduler (0 = Monday), so none are accepted.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from donghyang.messages import say

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EVERY = re.compile(r"every\s+(\d+)\s*([mhd])")
_DAILY = re.compile(r"(?:every\s+)?day\s+(\d{1,2}):(\d{2})")
_WEEKLY = re.compile(rf"(?:every\s+)?({'|'.join(DAYS)})[a-z]*\s+(\d{{1,2}}):(\d{{2}})")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_MOST_SLACK = timedelta(minutes=5)  # as politeness allows a source


@dataclass(frozen=True, slots=True)
class Cadence:
    """A rhythm: a span since the last time, or a time of day (on one weekday, or on every day)."""

    text: str
    span: timedelta | None = None
    at: time | None = None
    weekday: int | None = None  # 0 = Monday

    def __str__(self) -> str:
        return self.text

    def latest(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The last moment at or before now at which it was due, in UTC; for a span, one span ago."""
        if self.at is None:
            return now - (self.span or timedelta())
        local = now.astimezone(zone)
        day = local.date()
        if self.weekday is not None:
            day -= timedelta(days=(day.weekday() - self.weekday) % 7)
        step = timedelta(days=1 if self.weekday is None else 7)
        moment = datetime.combine(day, self.at, zone)
        if moment > local:
            moment = datetime.combine(day - step, self.at, zone)
        return moment.astimezone(UTC)

    def first_after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """The first moment at or after the given one at which it is due, in UTC; for a span, the moment itself."""
        if self.at is None:
            return moment
        day = moment.astimezone(zone).date()
        while True:
            due = datetime.combine(day, self.at, zone)
            if due >= moment and self.weekday in (None, day.weekday()):
                return due.astimezone(UTC)
            day += timedelta(days=1)

    def is_due(self, last: datetime | None, now: datetime, zone: ZoneInfo) -> bool:
        """Whether something last done then (None = never) is to be done now.

        A span is also due when now is earlier than the last time: somebody replays a past day. And it is due a moment
        early: a timer that fires every hour begins a second sooner now and then, and is not to wait another hour.
        """
        if last is None:
            return True
        if self.span is not None:
            return last <= now - self.span + min(self.span / 10, _MOST_SLACK) or now < last
        return last < self.latest(now, zone)


def parse_cadence(text: str) -> Cadence:
    """Read a rhythm as config.toml writes it; ValueError says what is possible."""
    plain = " ".join(text.lower().split())
    if found := _EVERY.fullmatch(plain):
        span = timedelta(**{_UNITS[found[2]]: int(found[1])})
        if span >= timedelta(minutes=1):
            return Cadence(plain, span=span)
    if found := _DAILY.fullmatch(plain):
        return Cadence(plain, at=_time(found[1], found[2]))
    if found := _WEEKLY.fullmatch(plain):
        return Cadence(plain, at=_time(found[2], found[3]), weekday=DAYS.index(found[1]))
    raise ValueError(say("expected.cadence"))


def _time(hour: str, minute: str) -> time:
    try:
        return time(int(hour), int(minute))
    except ValueError as error:
        raise ValueError(say("expected.time", text=f"{hour}:{minute}")) from error
