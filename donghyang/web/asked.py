"""What addresses ask: days and weeks as people and programs write them."""

from datetime import date, datetime, time
from typing import Annotated

from fastapi import Query

from archive.weeks import Week
from donghyang.messages import say
from donghyang.web.problems import Problem
from donghyang.web.room import Room

DayAsked = Annotated[date | None, Query(description="A day in the city's zone, such as 2026-02-23.")]
WeekAsked = Annotated[
    str, Query(pattern=r"^([0-9]{4}-W[0-9]{2})?$", description="An ISO week, such as 2026-W08; without it, this one.")
]
_YEARS = range(1900, 2200)  # what the archive can hold, and no calendar overflows


def moment_of(room: Room, day: date | None) -> datetime | None:
    """The beginning of a day in the city's zone. Raises Problem for one no news is from."""
    if day is None:
        return None
    if day.year not in _YEARS:
        raise Problem(400, say("api.day", day=day), "This day is beyond what the archive can hold.")
    return datetime.combine(day, time(), room.zone)


def week_of(room: Room, text: str) -> Week:
    """The week an address names, else this one. Raises Problem for a word that is no week."""
    if not text:
        return room.this_week()
    try:
        week = Week.parse(text)
    except ValueError as error:
        raise Problem(400, say("week.wrong", text=text), "This is no ISO week; write it as 2026-W08.") from error
    if week.year not in _YEARS:
        raise Problem(400, say("api.day", day=week), "This week is beyond what the archive can hold.")
    return week
