"""How often a feed wants to be asked, in its own words: RSS's ttl, skipHours and skipDays.

They are kept with the answer that said them, because an unchanged feed is not read again. A bound is honoured up to
a day: feeds are known that ask for years by mistake.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Self

LONGEST_REST: Final = timedelta(hours=24)
_HEAD: Final = 50_000  # bytes; the channel speaks of itself before its items
_ITEMS: Final = re.compile(rb"<(?:item|entry)[\s>]")
_TTL: Final = re.compile(rb"<ttl>\s*(\d{1,9})\s*</ttl>", re.IGNORECASE)
_HOUR: Final = re.compile(rb"<hour>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_DAY: Final = re.compile(rb"<day>\s*(mon|tues|wednes|thurs|fri|satur|sun)day\s*</day>", re.IGNORECASE)
_DAYS: Final = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_MOST_MINUTES: Final = LONGEST_REST // timedelta(minutes=1)
_MIDNIGHT: Final = 24  # RSS 0.92 counted the hours from 1


@dataclass(frozen=True, slots=True)
class Pace:
    """What a feed asks of its readers."""

    ttl: int = 0  # minutes its answer is good for
    hours: frozenset[int] = frozenset()  # of the day, GMT, in which it is not to be asked
    days: frozenset[int] = frozenset()  # of the week likewise, Monday = 0

    @classmethod
    def asked_in(cls, body: bytes) -> Self:
        """What the head of a feed says."""
        items = _ITEMS.search(body, 0, _HEAD)
        head = body[: items.start() if items else _HEAD]
        ttl = _TTL.search(head)
        return cls(
            int(ttl[1]) if ttl else 0,
            frozenset(int(hour) % _MIDNIGHT for hour in _HOUR.findall(head)),
            frozenset(_DAYS.index(day.decode().lower()) for day in _DAY.findall(head)),
        )

    @classmethod
    def parse(cls, text: str) -> Self:
        """What `str` wrote; anything else says nothing."""
        named = dict(part.partition("=")[::2] for part in text.split())
        ttl, hours, days = (named.get(name, "") for name in ("ttl", "hours", "days"))
        return cls(int(ttl) if ttl.isdecimal() else 0, _numbers(hours), _numbers(days))

    def __str__(self) -> str:
        """The pace as it is kept: `ttl=60 hours=0,1 days=5,6`; "" when nothing is asked."""
        named = {"ttl": str(self.ttl or ""), "hours": _written(self.hours), "days": _written(self.days)}
        return " ".join(f"{name}={text}" for name, text in named.items() if text)

    def earliest(self, at: datetime) -> datetime:
        """The first moment after an answer at which the feed lets itself be asked; at most a day later."""
        limit = at + LONGEST_REST
        moment = min(at.astimezone(UTC) + timedelta(minutes=min(self.ttl, _MOST_MINUTES)), limit)
        while moment < limit and (moment.hour in self.hours or moment.weekday() in self.days):
            moment = (moment + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
        return min(moment, limit)


def _written(numbers: frozenset[int]) -> str:
    return ",".join(map(str, sorted(numbers)))


def _numbers(text: str) -> frozenset[int]:
    return frozenset(int(part) for part in text.split(",") if part.isdecimal())
