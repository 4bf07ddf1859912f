"""A week as the city counts it: an ISO week in the config's time zone, Monday to Sunday, half-open."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

_WRITTEN = re.compile(r"(\d{4})-?W(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO 8601 week; ``str(Week(2026, 8)) == "2026-W08"``."""

    year: int
    number: int

    def __post_init__(self) -> None:
        """Refuse a week the calendar does not have."""
        date.fromisocalendar(self.year, self.number, 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.number:02d}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2026-W08``; ValueError for anything else."""
        found = _WRITTEN.fullmatch(text.strip().upper())
        if not found:
            message = f"{text!r} is not a week; write it as 2026-W08"
            raise ValueError(message)
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def containing(cls, moment: datetime, zone: ZoneInfo) -> Self:
        """The week a moment (aware) falls in, as the clock in the zone shows it."""
        if moment.tzinfo is None:
            message = "a moment needs a time zone"
            raise ValueError(message)
        return cls.of(moment.astimezone(zone).date())

    @classmethod
    def of(cls, day: date) -> Self:
        """The week a calendar day falls in."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @property
    def monday(self) -> date:
        """Its first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    def start(self, zone: ZoneInfo) -> datetime:
        """Monday 00:00 in the zone, as UTC."""
        return datetime.combine(self.monday, time(), zone).astimezone(UTC)

    def end(self, zone: ZoneInfo) -> datetime:
        """The next Monday 00:00 in the zone, as UTC; not part of the week."""
        return self.ahead(1).start(zone)

    def ahead(self, weeks: int) -> Self:
        """The week so many weeks later (earlier when negative)."""
        return type(self).of(self.monday + timedelta(weeks=weeks))

    def until(self, last: Self) -> Iterator[Self]:
        """This week and each one after it, up to and with the last."""
        week = self
        while week <= last:
            yield week
            week = week.ahead(1)
