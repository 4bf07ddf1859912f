"""The deadlines of an issue's calls as a calendar file (iCalendar, RFC 5545), for any calendar an office uses.

An entry keeps its UID from issue to issue, so a moved deadline moves the entry that is there. A deadline without an
hour is a whole day; one with an hour is Seoul's, whose rules come along.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from archive.records.calls import SEOUL, CallDate, IssueCall, IssueWindow
from archive.records.issue import Issue
from digest import call_words, phrases
from digest.cleaning import clean, web_address

_LONGEST: Final = 75  # octets of a line, RFC 5545 3.1
_ZONE: Final = (
    "BEGIN:VTIMEZONE",
    "TZID:Asia/Seoul",
    "BEGIN:STANDARD",
    "DTSTART:19881009T030000",  # the last change: since then the clock has stood nine hours ahead
    "TZOFFSETFROM:+1000",
    "TZOFFSETTO:+0900",
    "TZNAME:KST",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def calendar(issue: Issue) -> bytes:
    """The file, the same bytes for the same issue; empty when no call has a day."""
    entries = [line for call in issue.calls for window in call.windows for line in _entry(call, window, issue)]
    if not entries:
        return b""
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//donghyang//calls//KO", "CALSCALE:GREGORIAN")
    name = f"X-WR-CALNAME:{_escaped(phrases.CALENDAR_NAME)}"
    return "".join(map(_folded, (*head, name, *_ZONE, *entries, "END:VCALENDAR"))).encode()


def _entry(call: IssueCall, window: IssueWindow, issue: Issue) -> Iterator[str]:
    if window.closes is None:
        return
    line = call_words.line(call, issue)
    source = next((one for one in issue.sources if one.n in call.sources), None)
    address = web_address(source.url) if source and issue.links == "original" else ""
    told = (*line.facts, *line.notes, *((f"{source.outlet}: {source.title}",) if source else ()))
    yield "BEGIN:VEVENT"
    yield f"UID:{call.id}-{window.round}@donghyang"
    yield f"DTSTAMP:{issue.made.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{len(call.changes)}"
    yield f"SUMMARY:{_escaped(phrases.CALENDAR_ENTRY.format(name=f'{call.name} {window.label}'.rstrip()))}"
    yield from _at(window.closes)
    yield f"DESCRIPTION:{_escaped(chr(10).join(told))}"
    if address:
        yield f"URL:{address}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _at(end: CallDate) -> Iterator[str]:
    if not end.clock:
        yield f"DTSTART;VALUE=DATE:{end.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{end.day + timedelta(days=1):%Y%m%d}"
        return
    moment: datetime = end.over.astimezone(SEOUL)
    yield f"DTSTART;TZID=Asia/Seoul:{moment:%Y%m%dT%H%M%S}"


def _escaped(text: str) -> str:
    """A TEXT value, RFC 5545 3.3.11; each of its lines cleaned."""
    whole = "\n".join(map(clean, text.splitlines()))
    return whole.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A content line with its ending, folded between characters so that no line is longer than 75 octets."""
    parts, room = [""], _LONGEST
    for sign in line:
        size = len(sign.encode())
        if size > room:
            parts.append(" ")
            room = _LONGEST - 1
        parts[-1] += sign
        room -= size
    return "\r\n".join(parts) + "\r\n"
