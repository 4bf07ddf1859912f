"""Moments as feeds and pages write them: RFC 822, ISO 8601 and the Korean forms, with the zone they mean.

Libraries get these silently wrong (feedparser reads ``2026.01.15 17:30`` as 1 November and KST as GMT),
so a date is read whole by one of the patterns below or not at all.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from archive.records.words import Lang

SEOUL = ZoneInfo("Asia/Seoul")
_UTC = ZoneInfo("UTC")
_LONGEST = 100  # characters; nothing longer is a date
_YEARS = range(1900, 2200)  # so that arithmetic with zones cannot leave the calendar

# RFC 822 names, and those seen in feeds since, by hours east of Greenwich; CST, EST … are American there.
_NAMES: dict[float, str] = {
    -10: "hst", -9: "akst", -8: "pst akdt", -7: "mst pdt", -6: "cst mdt", -5: "est cdt", -4: "edt ast", -3.5: "nst",
    -3: "adt brt art", 0: "z ut utc gmt wet", 1: "cet met bst west", 2: "cest mest eet", 3: "msk eest", 5.5: "ist",
    7: "ict wib", 8: "hkt sgt awst pht", 9: "kst jst", 9.5: "acst", 10: "kdt aest", 11: "aedt", 12: "nzst", 13: "nzdt",
}  # fmt: skip
_ZONES = {name: hours for hours, names in _NAMES.items() for name in names.split()}
_AMERICAN = {"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MORNING = ("오전", "새벽", "아침", "a")

_HALF = r"오전|오후|새벽|아침|낮|저녁|밤|[ap]\.?\s?m\.?(?![a-z])"
_TIME = (
    rf"(?:(?P<half>{_HALF})\s?)?(?P<hour>\d{{1,2}})\s?(?::|시)\s?"
    rf"(?:(?P<minute>\d{{1,2}})\s?(?:[:분]\s?)?(?:(?<=[:분\s])(?P<second>\d{{1,2}})(?:[.,]\d+)?\s?초?)?)?"
    rf"(?:\s?(?P<half_after>{_HALF}))?"
)
_ZONE = r"(?P<zone>(?:gmt|utc)?\s?[+-]\d{1,2}(?::?\d{2}(?::?\d{2})?)?|[a-z]{1,5}|[a-z]+/[a-z_/]+)"
_REST = rf"(?:[t,\s]*{_TIME})?(?:\s?{_ZONE})?"
_MONTH = r"(?P<month>[a-z]{3,9}\.?|\d{1,2}월)"
_COMPACT_TIME = r"(?:[t\s]?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?:[.,]\d+)?)?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        # 2026-01-15T17:30:00+09:00 · 2026.01.15. 오후 5:30 · 2026년 1월 15일 17시 30분
        r"(?P<year>\d{4})\s?[-./년]\s?(?P<month>\d{1,2})\s?[-./월]\s?(?P<day>\d{1,2})(?:\s?[일.])?" + _REST,
        # 15 Jan 2026 17:30:00 +0900 · 15-Jan-26 · 15 1월 2026
        rf"(?P<day>\d{{1,2}})[-\s.,]{{1,2}}{_MONTH}[-\s.,]{{1,2}}(?P<year>\d{{4}}|\d\d)" + _REST,
        # 15 01 2026 17:30:00 +0900, the order of RFC 822
        r"(?P<day>\d{1,2})[\s.-](?P<month>\d{1,2})[\s.-](?P<year>\d{4})" + _REST,
        # 20260115173000 · 20260115T173000Z · 20260115
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)" + _COMPACT_TIME + rf"(?:\s?{_ZONE})?",
        # January 15, 2026 5:30 PM · Jan 15 2026 17:30:00 GMT+0900
        rf"{_MONTH}\s?(?P<day>\d{{1,2}})(?:st|nd|rd|th|일)?[,\s]{{1,2}}(?P<year>\d{{4}})" + _REST,
        # Jan 15 17:30:00 KST 2026, as asctime and date(1) write it
        rf"{_MONTH}\s(?P<day>\d{{1,2}})\s{_TIME}(?:\s{_ZONE})?\s(?P<year>\d{{4}})",
        # 26.01.15 17:30, the short form of Korean boards
        r"(?P<year>\d\d)\.\s?(?P<month>\d{1,2})\.\s?(?P<day>\d{1,2})\.?" + _REST,
    )
)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")  # (목), (KST), [Asia/Seoul]
_WEEKDAY = re.compile(
    r"[월화수목금토일]요일|^[월화수목금토일](?=[\s,.])|\b(?:mon|tue|wed|thu|fri|sat|sun)(?:s?day|nesday|rsday|urday)?\b\.?"
)
# As nine in ten feeds write it, read straight away: Thu, 15 Jan 2026 17:30:00 +0900 · 2026-01-15T17:30:00+09:00
_CLOCK = r"([01]\d|2[0-3]):([0-5]\d):([0-5]\d)"
_RFC_822 = re.compile(
    rf"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d\d?) ({'|'.join(map(str.title, _MONTHS))}) "
    rf"(\d{{4}}) {_CLOCK} (GMT|[+-]\d{{4}})",
    re.ASCII,
)
_ISO_8601 = re.compile(rf"\d{{4}}-\d\d-\d\dT{_CLOCK}(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)", re.ASCII)
_MONTH_NUMBERS = {name.title(): number for number, name in enumerate(_MONTHS, 1)}
_RFC_ZONES = {"GMT": UTC, "+0000": UTC, "+0900": timezone(timedelta(hours=9))}
_EPOCH = re.compile(r"(1\d{9})(\d{3})?")


def moment(text: str, *, zone: ZoneInfo, override: ZoneInfo | None = None) -> datetime | None:
    """The moment a text names, aware, in the zone it claims; None when it names none.

    A text without a zone is read in ``zone``. ``override`` takes the place of any zone the text claims:
    some feeds say GMT and mean Seoul.
    """
    if len(text) > _LONGEST:
        return None
    if usual := _usual(text, override):
        return usual
    asides = _ASIDE.findall(text)
    plain = _plain(_ASIDE.sub(" ", text))
    if epoch := _EPOCH.fullmatch(plain):
        return datetime.fromtimestamp(int(epoch[1]), UTC)
    for form in _FORMS:
        if found := form.fullmatch(plain):
            return _read(found.groupdict(), asides, zone=zone, override=override)
    return None


def _usual(text: str, override: ZoneInfo | None) -> datetime | None:
    """A moment in one of the two forms nearly all feeds write; None for any other, and for what no calendar has."""
    try:
        if found := _RFC_822.fullmatch(text):
            day, month, year, hour, minute, second, zone = found.groups()
            clock = override or _RFC_ZONES.get(zone) or _numeric_offset(zone)
            number = _MONTH_NUMBERS[month]
            moment = datetime(int(year), number, int(day), int(hour), int(minute), int(second), tzinfo=clock)
        elif _ISO_8601.fullmatch(text):
            moment = datetime.fromisoformat(text)
            moment = moment.replace(tzinfo=override) if override else moment
        else:
            return None
    except ValueError:
        return None
    return moment if moment.tzinfo and moment.year in _YEARS else None


def assumed_zone(host: str, lang: Lang) -> ZoneInfo:
    """Where a date without a zone was written: Seoul for a .kr host or Korean text, else UTC."""
    return SEOUL if lang == "ko" or host.rstrip(".").endswith(".kr") else _UTC


def _plain(text: str) -> str:
    """Half-width, lower-case, without weekdays, single-spaced."""
    bare = _WEEKDAY.sub(" ", unicodedata.normalize("NFKC", text).lower().replace("−", "-"))
    return " ".join(bare.split()).strip(" ,;").lstrip(".")


def _read(
    parts: Mapping[str, str | None], asides: list[str], *, zone: ZoneInfo, override: ZoneInfo | None
) -> datetime | None:
    """The moment of a matched form, or None when the calendar has none such."""
    clock = override or _offset(parts.get("zone")) or _zone_aside(asides) or zone
    try:
        year, month = _year(parts["year"] or ""), _month(parts["month"] or "")
        hour, minute, second = _hour(parts), int(parts.get("minute") or 0), int(parts.get("second") or 0)
        ends_day = (hour, minute, second) == (24, 0, 0)
        time = (0, 0, 0) if ends_day else (hour, minute, 59 if second == 60 else second)  # noqa: PLR2004 - leap second
        day = datetime(year, month, int(parts["day"] or 0), *time, tzinfo=clock)
    except ValueError:
        return None
    return day + timedelta(days=ends_day) if year in _YEARS else None


def _year(digits: str) -> int:
    """Two digits as RFC 2822 reads them."""
    if len(digits) == 4:  # noqa: PLR2004 - a full year
        return int(digits)
    return int(digits) + (2000 if int(digits) < 50 else 1900)  # noqa: PLR2004 - RFC 2822, 4.3


def _month(written: str) -> int:
    """A month's number; ValueError when it is none."""
    digits = written.removesuffix("월")
    return int(digits) if digits.isdecimal() else _MONTHS.index(written[:3]) + 1


def _hour(parts: Mapping[str, str | None]) -> int:
    """The hour of the day, with 오전/오후 or am/pm applied where the clock has twelve hours."""
    hour = int(parts.get("hour") or 0)
    half = parts.get("half") or parts.get("half_after")
    if not half or hour > 12:  # noqa: PLR2004 - "오후 17:30" counts to 24 in spite of its word
        return hour
    return hour % 12 + (0 if half.startswith(_MORNING) else 12)


def _offset(written: str | None) -> tzinfo | None:
    """The zone a text claims; None when it claims none we know."""
    if not written:
        return None
    if written in _ZONES:
        return timezone(timedelta(hours=_ZONES[written]))
    if named := _AMERICAN.get(written):
        return ZoneInfo(named)
    if "/" in written:
        return SEOUL if written == "asia/seoul" else None
    return _numeric_offset(written)


def _numeric_offset(written: str) -> tzinfo | None:
    """``+0900``, ``+09:00``, ``+9``, ``gmt+9``; None when it is none or a day or more."""
    found = re.fullmatch(r"(?:gmt|utc)?\s?([+-])(\d{1,2}):?(\d{2})?(?::?\d{2})?", written)
    if not found:
        return None
    east = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(east if found[1] == "+" else -east) if east < timedelta(days=1) else None


def _zone_aside(asides: list[str]) -> tzinfo | None:
    """A zone named in brackets only: ``17:30 (KST)``."""
    for aside in asides:
        if found := _offset(aside[1:-1].strip().lower()):
            return found
    return None
