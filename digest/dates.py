"""Dates as a Korean office writes them: ``2026. 2. 16.(월)`` in headings, ``2.16.(월)`` in running text."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from archive.weeks import Week

_DAYS = "월화수목금토일"


def short(day: date) -> str:
    """``2.16.``."""
    return f"{day.month}.{day.day}."


def weekday(day: date) -> str:
    """``2.16.(월)``."""
    return f"{short(day)}({_DAYS[day.weekday()]})"


def full(day: date) -> str:
    """``2026. 2. 16.(월)``."""
    return f"{day.year}. {day.month}. {day.day}.({_DAYS[day.weekday()]})"


def local(moment: datetime, zone: ZoneInfo) -> date:
    """The calendar day a moment falls on in the zone."""
    return moment.astimezone(zone).date()


def period(week: Week) -> str:
    """``2026. 2. 16.(월) ~ 2. 22.(일)``; the year again only when it changes."""
    first, last = week.monday, week.sunday
    end = f"{last.month}. {last.day}.({_DAYS[last.weekday()]})"
    return f"{full(first)} ~ {f'{last.year}. ' if last.year != first.year else ''}{end}"


def brief_period(week: Week) -> str:
    """``2.16.~2.22.``."""
    return f"{short(week.monday)}~{short(week.sunday)}"
