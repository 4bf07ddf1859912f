"""Dates as lists write them: shorter than articles do (``14:20``, ``02-03``, ``3시간 전``), and beside deadlines.

The whole forms are collectors.dates' own; here is what only makes sense beside the moment of reading.
"""

import re
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from collectors import dates

_LONGEST: Final = 60  # characters; a date with its label is no longer
_LABEL: Final = re.compile(
    r"^(?:(?:최초)?(?:등록|작성|게시|입력|발행|배포|보도|공고|제공)\s?(?:일자?|일시|시각|날짜|시간)?|날짜|일자|date|posted)\s?[:：]?\s?(?=[\d오어그방])",
    re.IGNORECASE,
)
# What is written beside a day on which something ends or changes is no date of publication.
_OTHER_DAY: Final = re.compile(r"마감|접수|신청|기간|종료|수정|변경|행사|까지|~|∼|～|부터|시행|D-\d", re.IGNORECASE)
_OTHER_LABEL: Final = re.compile(
    r"^.{0,6}?(?:마감|접수|신청|모집|종료|시작|수정|변경|행사|시행)(?:일자?|일시|기간|시간|날짜)?\s?(?:[:：]|\d|$)|^기간|^D-\d|까지$"
)
_AGO: Final = re.compile(r"(\d{1,3})\s?(초|분|시간|일|주)\s?전")
_UNITS: Final = {"초": "seconds", "분": "minutes", "시간": "hours", "일": "days", "주": "weeks"}
_DAYS: Final = {"오늘": 0, "금일": 0, "어제": 1, "그제": 2, "그저께": 2}
_DAY: Final = re.compile(r"(오늘|금일|어제|그제|그저께)\s?(?:(\d{1,2}):(\d{2}))?")
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")
_SHORT: Final = re.compile(r"(\d{1,2})\s?[-./월]\s?(\d{1,2})\s?[.일]?(?:\s(\d{1,2}):(\d{2}))?")
_JUST_NOW: Final = frozenset(("방금", "방금 전", "지금"))


def listed(text: str, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment a cell of a list names, read at ``now``; None when it names none, or the day of something else.

    A day without a time is its beginning. A day without a year is the latest that has come.
    """
    written = " ".join(text.split())
    if not written or len(written) > _LONGEST or _OTHER_DAY.search(written):
        return None
    bare = _LABEL.sub("", written).strip(" []()|")
    here = now.astimezone(zone)
    return _beside(bare, here) or dates.moment(bare, zone=zone)


def says_published(text: str) -> bool:
    """Whether a text names its date as that of publication: 등록일 2026.02.03."""
    return _LABEL.match(" ".join(text.split())) is not None


def says_otherwise(text: str) -> bool:
    """Whether a text speaks of a deadline, a period or a change: a bare date beside it may be that."""
    return len(text) <= _LONGEST and _OTHER_LABEL.search(text) is not None


def _beside(text: str, here: datetime) -> datetime | None:
    """What is meant beside the moment of reading."""
    if text in _JUST_NOW:
        return here
    if found := _AGO.fullmatch(text):
        ago = here - timedelta(**{_UNITS[found[2]]: int(found[1])})
        return _at(ago.date(), None, None, here) if found[2] in "일주" else ago
    if found := _DAY.fullmatch(text):
        return _at(here.date() - timedelta(days=_DAYS[found[1]]), found[2], found[3], here)
    if found := _CLOCK.fullmatch(text):
        return _at(here.date(), found[1], found[2], here)
    if found := _SHORT.fullmatch(text):
        return _latest(int(found[1]), int(found[2]), found[3], found[4], here)
    return None


def _latest(month: int, day: int, hour: str | None, minute: str | None, here: datetime) -> datetime | None:
    """A month's day in this year, or in the year before when it has not come yet (29 February: the last there was)."""
    for year in range(here.year, here.year - 9, -1):
        try:
            named = date(year, month, day)
        except ValueError:
            continue
        if named <= here.date() + timedelta(days=1):
            return _at(named, hour, minute, here)
    return None


def _at(day: date, hour: str | None, minute: str | None, here: datetime) -> datetime | None:
    try:
        return datetime.combine(day, time(int(hour or 0), int(minute or 0)), here.tzinfo)
    except ValueError:
        return None
