"""The issue as a one-page report (보고서): □ parts, ○ points, - details, ※ notes, from the snapshot and nothing else.

A sheet of A4 has room for some forty rows; details go before points when it is full, and the last part is left blank
for the office's own words.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from archive.records.editing import Edition
from archive.records.issue import Issue, IssueItem, IssueSource, Sentence
from digest import call_words, dates, layout, phrases
from digest.cleaning import clean, headline

Sign = Literal["○", "-", "※"]
_ROWS: Final = 37  # of body text on the sheet, headings counted as two
_WIDE: Final[dict[Sign, int]] = {"○": 78, "-": 78, "※": 84}  # half-width columns in a row behind the sign
_HEADLINE: Final = 70
_OWN_CALLS: Final = "calls-city"
_BLANKS: Final = 2  # points to be filled in by hand


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a part; ``text`` is empty where a person is to write."""

    sign: Sign
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part under its □."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Detail:
    """How much is told: characters of a sentence, points of the city, calls, and whether each says where it is from."""

    sentence: int
    city: int
    calls: int
    sources: bool


_DETAILS: Final = (
    _Detail(160, 5, 5, sources=True),
    _Detail(110, 5, 5, sources=True),
    _Detail(80, 4, 4, sources=True),
    _Detail(80, 4, 4, sources=False),
    _Detail(60, 3, 3, sources=False),
    _Detail(0, 3, 3, sources=False),
)


def report_of(issue: Issue, edition: Edition) -> tuple[Part, ...]:
    """The parts of the report, with as much detail as one sheet holds; empty parts are absent but the last."""
    drafts = [_drafted(issue, edition, detail) for detail in _DETAILS]
    return next((parts for parts in drafts if rows(parts) <= _ROWS), drafts[-1])


def head(issue: Issue) -> str:
    """What stands above the report."""
    return phrases.REPORT.format(title=issue.title)


def when(issue: Issue) -> str:
    """Whose report it is, which number, of which week."""
    revised = phrases.REPORT_REVISED.format(n=issue.corrected) if issue.corrected else ""
    line = phrases.REPORT_WHEN.format(
        organisation=issue.organisation, number=issue.number, revised=revised, period=dates.period(issue.week)
    )
    return line.removeprefix(" · ")


def foot(issue: Issue, edition: Edition) -> str:
    """Where its sources are, and when it was made."""
    return phrases.REPORT_FOOT.format(number=issue.number, made=_day(issue.made, ZoneInfo(edition.zone)))


def rows(parts: Iterable[Part]) -> int:
    """About how many rows of text the parts take."""
    return sum(2 + sum(_rows_of(line) for line in part.lines) for part in parts)


def _rows_of(line: Line) -> int:
    width = sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in line.text)
    return max(1, -(-width // _WIDE[line.sign])) if line.text else 2


def _drafted(issue: Issue, edition: Edition, detail: _Detail) -> tuple[Part, ...]:
    zone = ZoneInfo(edition.zone)
    sources = {source.n: source for source in issue.sources}
    key = tuple(_key(issue, sources, zone, detail))
    told = {sentence.sources[0] for sentence in issue.highlights if sentence.sources}
    city = tuple(_city(issue, told, detail))
    parts = (
        Part(phrases.REPORT_KEY.format(n=len(issue.highlights)) if issue.highlights else phrases.REPORT_WEEK, key),
        Part(phrases.REPORT_CITY, city),
        Part(phrases.REPORT_CALLS, tuple(_calls(issue, detail))),
        Part(phrases.REPORT_PLAN, tuple(_plan(issue))),
    )
    return tuple(part for part in parts if part.lines)


def _key(issue: Issue, sources: dict[int, IssueSource], zone: ZoneInfo, detail: _Detail) -> Iterator[Line]:
    if not issue.highlights:
        yield Line("○", phrases.SUBJECT_BLIND if layout.is_blind(issue) else phrases.SUBJECT_QUIET)
    for point in issue.highlights:
        item = _item_of(point, issue)
        hand = phrases.EDITED if item and item.edited else ""
        yield Line("○", f"{headline(clean(point.text), _HEADLINE)}{hand}")
        yield from _details(item, detail) if item else ()
        source = sources.get(point.sources[0]) if point.sources else None
        if source and detail.sources:
            yield Line("※", _from(source, zone))


def _city(issue: Issue, told: set[int], detail: _Detail) -> Iterator[Line]:
    """What touches the city's duties and is no key point already."""
    items = [item for item in layout.for_the_city(issue) if not (item.sources and item.sources[0] in told)]
    for item in items[: detail.city]:
        duties = ", ".join(duty.name for duty in item.duties)
        yield Line("○", f"({clean(duties)}) {headline(clean(item.headline), _HEADLINE)}{_cited(item)}")
        yield from _details(item, detail)


def _calls(issue: Issue, detail: _Detail) -> Iterator[Line]:
    """The nearest deadlines of the calls a city may answer."""
    own = next((group for group in call_words.groups(issue) if group.key == _OWN_CALLS), None)
    for call in own.lines[: detail.calls] if own else ():
        left = f" ({call.left})" if call.left else ""
        cited = f" [{call.call.sources[0]}]" if call.call.sources else ""
        yield Line("○", f"{headline(clean(call.name), _HEADLINE)}{cited}")
        yield Line("-", headline(clean(f"{call.due}{left} · {' · '.join(call.facts)}"), 2 * _HEADLINE))


def _plan(issue: Issue) -> Iterator[Line]:
    """What an editor has said it means for the city, then room to write."""
    for item in issue.items:
        if item.implication:
            yield Line("○", headline(clean(item.implication), 2 * _HEADLINE))
    yield from (Line("○", "") for _ in range(_BLANKS))


def _details(item: IssueItem, detail: _Detail) -> Iterator[Line]:
    """The first thing told of an item: a sentence of its source, else who reported."""
    if detail.sentence and item.sentences:
        yield Line("-", headline(clean(item.sentences[0].text), detail.sentence))


def _cited(item: IssueItem) -> str:
    hand = phrases.EDITED if item.edited else ""
    return f" [{item.sources[0]}]{hand}" if item.sources else hand


def _item_of(point: Sentence, issue: Issue) -> IssueItem | None:
    wanted = point.sources[:1]
    return next((item for item in issue.items if item.sources[:1] == wanted and wanted), None)


def _from(source: IssueSource, zone: ZoneInfo) -> str:
    day = source.published and _day(source.published, zone)
    return phrases.REPORT_FROM.format(n=source.n, outlet=clean(source.outlet)) + (f", {day}" if day else "")


def _day(moment: datetime, zone: ZoneInfo) -> str:
    return dates.full(dates.local(moment, zone))
