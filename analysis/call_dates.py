"""Days and hours in notices, and the windows they make: ``2026. 3. 2.(월) ~ 3. 20.(금) 18:00까지``.

A day is taken only where day and month stand in the text; a year that is left out is that of the other end of the
window, else the one in which the day comes soonest after the notice (a weekday beside it decides). An hour is taken
only where one is written: 00:00 and 23:59:59 are what databases print for a day without one, and 15:00 UTC is that
midnight in Seoul.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final, Literal

from archive.records.calls import SEOUL, CallDate, CallWindow

Mark = Literal["~", "부터", "까지", "에서", "당초", "변경", "→"]

_WEEKDAY: Final = r"(?:\s*[(\[]\s*(?P<{0}>[월화수목금토일])(?:요일)?\s*[)\]])?"
_FULL: Final = (
    r"(?:(?P<year>20\d\d)|[’'‘`´]\s?(?P<short>\d\d)|(?P<bare>[23]\d))\s*(?:년|[.\-/])\s*"
    r"(?P<month>\d{1,2})\s*(?:월|[.\-/])\s*(?P<day>\d{1,2})(?!\d|\s*:|\s*시(?!\s*[·,ㆍ]))(?:\s*일|\s*\.(?!\d))?"
    + _WEEKDAY.format("wf")
)
_JOINED: Final = r"(?P<y8>20\d\d)(?P<m8>\d\d)(?P<d8>\d\d)(?!\d)"
_STAMP: Final = r"(?P<stamp>20\d\d-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d))"
_SPOKEN: Final = r"(?P<ms>\d{1,2})\s*월\s*(?P<ds>\d{1,2})\s*일" + _WEEKDAY.format("ws")
_BRIEF: Final = r"(?P<mb>\d{1,2})\s*[./]\s*(?P<db>\d{1,2})(?!\d)(?P<dot>\s*\.(?!\d))?" + _WEEKDAY.format("wb")
_DAY: Final = r"(?P<dd>\d{1,2})(?!\d)(?P<ddot>\s*일|\s*\.(?!\s*\d))?" + _WEEKDAY.format("wd")
_CLOCK: Final = (
    r"(?P<half>오전|오후|낮|밤|저녁|새벽)?\s*(?P<hour>\d{1,2})\s*"
    r"(?::\s*(?P<minute>\d\d)(?:\s*:\s*(?P<second>\d\d))?(?!\d)|시(?!\s*[·,ㆍ])(?:\s*(?P<min>\d{1,2})\s*분|\s*(?P<thirty>반))?)"
    r"|(?P<noon>정오)"
)
_DATE: Final = re.compile(rf"(?<![\d.,A-Za-z\-])(?:{_STAMP}|{_JOINED}|{_FULL}|{_SPOKEN}|{_BRIEF})")
_LATER_DAY: Final = re.compile(rf"\s*{_DAY}")
_TIME: Final = re.compile(rf"[\s,]*(?:{_CLOCK})")
_MARK: Final = re.compile(
    r"(?P<tilde>[~∼～〜〰]|(?<=[\s)\d.])[-–—](?=\s))|(?P<since>부터)|(?P<until>까지)|(?P<away>에서)"
    r"|(?P<old>당초|기존|종전|변경\s*전)|(?P<new>변경\s*후|변경|연장|정정|수정)|(?P<arrow>→|⇒|➔|➡|▶|->|=>)"
)
_ROUND: Final = re.compile(r"(?:제\s*)?(\d{1,2})\s*차(?!원|량|로|별)")
_NO_DAY: Final = re.compile(r"\s*(?:조|억|천|백|만|원|%|％|배|점|개|명|건|호|권|쪽|년|회|대\b|km|㎡|GB|TB|B\b)")
_NAMES: Final = "월화수목금토일"
_BEFORE, _AFTER = timedelta(days=31), timedelta(days=400)  # of the notice: a deadline without a year lies between


@dataclass(frozen=True, slots=True)
class _Day:
    """A day as it is written: perhaps without its year, or without its month."""

    year: int | None
    month: int | None
    day: int
    clock: str
    weekday: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A day or a mark, in the order of the text."""

    day: _Day | None
    mark: Mark | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The windows a phrase gives, and the deadline it says is replaced."""

    windows: tuple[CallWindow, ...] = ()
    was: CallDate | None = None


def read_windows(text: str, posted: date, *, deadline: bool = False) -> Reading:
    """The windows of a phrase that is about taking applications; ``deadline``: a day alone is when it ends.

    A window whose end lies before its beginning contradicts itself and is left out.
    """
    parts = list(_parts(text))
    found, was, old = list[tuple[CallWindow, int]](), list[CallWindow](), False
    i = 0
    while i < len(parts):
        part = parts[i]
        if part.mark == "당초":
            old = True
        elif part.mark == "변경":
            old = False
        elif part.day is not None or part.mark == "~":
            i, window, replaced = _window(parts, i, posted, deadline=deadline)
            if window is not None:
                (was.append(window) if old or replaced else found.append((window, part.start)))
                old = False
            continue
        i += 1
    labelled = _labelled(text, found)
    ended = [window.closes for window in was if window.closes]
    return Reading(windows=tuple(dict.fromkeys(labelled)), was=ended[-1] if ended and labelled else None)


def _window(parts: Sequence[_Part], i: int, posted: date, *, deadline: bool) -> tuple[int, CallWindow | None, bool]:
    """The window that begins at a part: where to read on, the window, and whether another one replaces it."""
    first = parts[i].day
    if first is None:  # "~ 3. 20."
        end = parts[i + 1].day if i + 1 < len(parts) else None
        return (i + 2, _made(None, end, posted), False) if end else (i + 1, None, False)
    following = _marks(parts, i + 1)
    after = parts[i + 1 + len(following)] if i + 1 + len(following) < len(parts) else None
    step = i + 1 + len(following)
    if {"~", "부터"} & set(following) and "까지" not in following:
        end = after.day if after is not None else None
        return (step + 1, _made(first, end, posted), False) if end else (step, _made(first, None, posted), False)
    replaced = "에서" in following or ("→" in following and deadline)
    if "까지" in following or deadline or replaced:
        return step, _made(None, first, posted), replaced
    return step, None, False


def _marks(parts: Sequence[_Part], i: int) -> list[Mark]:
    """The marks right behind a day that say which end of a window it is."""
    found: list[Mark] = []
    while i < len(parts) and (mark := parts[i].mark) in {"~", "부터", "까지", "에서", "→"}:
        near = parts[i].start - parts[i - 1].end <= (8 if mark == "→" else 3)
        if not near:
            break
        found.append(mark)
        i += 1
    return found


def _made(first: _Day | None, last: _Day | None, posted: date) -> CallWindow | None:
    """The window between two days, their years found; None when a day does not exist or the end comes first."""
    if last is not None and last.month is None:
        last = replace(last, month=first.month if first else None)
    closes = _dated(last, first, posted, later=True)
    opens = _dated(first, last, posted, later=False)
    if first and last and not first.year and not last.year and closes and opens and opens.day > closes.day:
        opens = _shifted(opens, -1)
    if (first and not opens) or (last and not closes):
        return None
    if opens and closes and (opens.day, opens.clock or "00:00") > (closes.day, closes.clock or "24:00"):
        return None
    return CallWindow(opens=opens, closes=closes)


def _dated(one: _Day | None, other: _Day | None, posted: date, *, later: bool) -> CallDate | None:
    """A day with its year: its own, else that of the other end, else the one that fits the notice."""
    if one is None or one.month is None:
        return None
    if one.year:
        return _real(one, one.year)
    if other is not None and other.year and other.month:
        mine, theirs = (one.month, one.day), (other.month, other.day)
        turned = mine < theirs if later else mine > theirs
        return _real(one, other.year + (turned if later else -turned))
    return _soonest(one, posted)


def _soonest(one: _Day, posted: date) -> CallDate | None:
    years = [_real(one, posted.year + n) for n in (-1, 0, 1)]
    near = [found for found in years if found and posted - _BEFORE <= found.day <= posted + _AFTER]
    told = [found for found in near if one.weekday and _NAMES[found.day.weekday()] == one.weekday]
    return next(iter(told or near), None)


def _real(one: _Day, year: int) -> CallDate | None:
    try:
        return CallDate(day=date(year, one.month or 0, one.day), clock=one.clock)
    except ValueError:
        return None


def _shifted(one: CallDate, years: int) -> CallDate | None:
    try:
        return replace(one, day=one.day.replace(year=one.day.year + years))
    except ValueError:
        return None


def _labelled(text: str, found: Sequence[tuple[CallWindow, int]]) -> list[CallWindow]:
    """The windows with the rounds (1차, 2차) that stand before them, when there are several."""
    if len(found) < 2:  # noqa: PLR2004 - one window needs no name
        return [window for window, _ in found]
    rounds, named, last = [(one.start(), f"{one[1]}차") for one in _ROUND.finditer(text)], [], -1
    for window, place in found:
        label = next((name for at, name in reversed(rounds) if last < at < place), "")
        named.append(replace(window, label=label))
        last = place
    return named


def _parts(text: str) -> Iterator[_Part]:
    """Days and marks as they stand in the text."""
    place, tilde = 0, False
    while place < len(text):
        found = _day_at(text, place, after_tilde=tilde)
        if found is not None:
            day, end = found
            yield _Part(day, None, place, end)
            place, tilde = end, False
            continue
        mark = _MARK.match(text, place)
        if mark is not None:
            yield _Part(None, _mark(mark), place, mark.end())
            place, tilde = mark.end(), bool(mark["tilde"]) or (tilde and bool(mark["since"]))
            continue
        tilde = tilde and text[place].isspace()
        place += 1


def _mark(found: re.Match[str]) -> Mark:
    names: dict[str, Mark] = {
        "tilde": "~", "since": "부터", "until": "까지", "away": "에서", "old": "당초", "new": "변경", "arrow": "→",
    }  # fmt: skip
    return names[found.lastgroup or "tilde"]


def _day_at(text: str, place: int, *, after_tilde: bool) -> tuple[_Day, int] | None:
    """The day written at a place with its hour, and where it ends."""
    found = _DATE.match(text, place)
    if found is not None and _meant(text, found, after_tilde=after_tilde):
        if found["stamp"]:
            return _stamped(found)
        day, end = _written(found), found.end()
    else:
        found = _LATER_DAY.match(text, place) if after_tilde and text[place].isdigit() else None
        if found is None or not (found["ddot"] or found["wd"]) or _NO_DAY.match(text, found.end()):
            return None
        day, end = _Day(None, None, int(found["dd"]), "", found["wd"] or ""), found.end()
    time = _TIME.match(text, end)
    clock = _clock(time) if time else None
    return (replace(day, clock=clock or ""), time.end()) if time and clock is not None else (day, end)


def _meant(text: str, found: re.Match[str], *, after_tilde: bool) -> bool:
    """Whether two numbers with a dot or slash between them are a day, and not 3.5 of something."""
    if not found["mb"]:
        return True
    if not 1 <= int(found["mb"]) <= 12 or _NO_DAY.match(text, found.end()):  # noqa: PLR2004 - months
        return False
    behind = re.match(r"\s*(?:[~∼～〜]|까지|부터|에서|[-–—]\s)", text[found.end() :])
    return bool(found["dot"] or found["wb"] or after_tilde or behind or _TIME.match(text, found.end()))


def _written(found: re.Match[str]) -> _Day:
    if found["y8"]:
        return _Day(int(found["y8"]), int(found["m8"]), int(found["d8"]), "", "")
    if found["month"]:
        year = int(found["year"]) if found["year"] else 2000 + int(found["short"] or found["bare"])
        return _Day(year, int(found["month"]), int(found["day"]), "", found["wf"] or "")
    if found["ms"]:
        return _Day(None, int(found["ms"]), int(found["ds"]), "", found["ws"] or "")
    return _Day(None, int(found["mb"]), int(found["db"]), "", found["wb"] or "")


def _stamped(found: re.Match[str]) -> tuple[_Day, int] | None:
    """A machine's moment, as the clock in Seoul shows it."""
    try:
        moment = datetime.fromisoformat(found["stamp"]).astimezone(SEOUL)
    except (ValueError, OverflowError):
        return None
    clock = f"{moment:%H:%M}"
    whole = clock == "00:00" or f"{moment:%H:%M:%S}" == "23:59:59"
    return _Day(moment.year, moment.month, moment.day, "" if whole else clock, ""), found.end()


def _clock(found: re.Match[str]) -> str | None:
    """``18:00``; "" for an hour that says none (00:00, 23:59:59); None when it is no time of day."""
    if found["noon"]:
        return "12:00"
    hour, minute = int(found["hour"]), int(found["minute"] or found["min"] or (30 if found["thirty"] else 0))
    half = found["half"] or ""
    if hour > 24 or minute > 59 or (hour == 24 and minute):  # noqa: PLR2004 - hours and minutes
        return None
    if hour == 12 and half in {"오전", "밤", "새벽"}:  # noqa: PLR2004 - 밤 12시 is the end of the day
        return "24:00" if half == "밤" and not minute else ""
    if half in {"오후", "저녁", "밤"} and hour < 12:  # noqa: PLR2004
        hour += 12
    machine = (hour, minute, found["second"]) == (23, 59, "59")
    return "" if machine or (hour == 0 and minute == 0) else f"{hour:02}:{minute:02}"
