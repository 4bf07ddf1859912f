"""When letters go out: the weekly rhythm, moved off Korean public holidays if the city wishes so."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import holidays

from archive.weeks import Week
from donghyang.cadence import Cadence

if TYPE_CHECKING:
    from donghyang.settings import Settings

_SATURDAY = 5


def delivery_time(week: Week, rhythm: Cadence, zone: ZoneInfo, *, move: bool) -> datetime:
    """The moment a week's issue is due at its readers; on the next workday when move is true and the day is none."""
    due = rhythm.first_after(week.end(zone), zone).astimezone(zone)
    free = holidays.country_holidays("KR", years=(due.year, due.year + 1))
    while move and (due.weekday() >= _SATURDAY or due.date() in free):
        due += timedelta(days=1)
    return due


def letters_due(settings: "Settings", week: Week) -> datetime:
    """When a week's letters go out by themselves, as config.toml has it."""
    schedule = settings.schedule
    return delivery_time(week, schedule.deliver, settings.zone, move=schedule.on_holiday == "next workday")
