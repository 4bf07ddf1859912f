"""What stands where in an issue, the same for the page, the letter and the text."""

from collections.abc import Iterable
from dataclasses import dataclass

from archive.records.issue import Issue, IssueItem, Signal
from archive.records.words import Section
from digest import phrases, sayings
from digest.signals import MOVING

_QUIET = 3  # so few items make a quiet week: no highlights above them, a line that says so
_BLIND_SHARE = 0.5  # when so many sources failed, few items say nothing about the week


@dataclass(frozen=True, slots=True)
class Group:
    """The items under one heading."""

    key: str  # anchor
    name: str
    items: tuple[IssueItem, ...]


@dataclass(frozen=True, slots=True)
class SignalList:
    """Topics under one heading, with their weeks drawn when there is something to compare."""

    key: str  # anchor
    name: str
    note: str
    signals: tuple[Signal, ...]
    charted: bool = True


def for_the_city(issue: Issue) -> tuple[IssueItem, ...]:
    """Items that touch a duty of the city."""
    return tuple(item for item in issue.items if item.duties)


def groups(issue: Issue) -> tuple[Group, ...]:
    """The other items by section, in the order they stand in the issue; empty sections are absent."""
    rest = [item for item in issue.items if not item.duties]
    sections = dict.fromkeys(item.section for item in rest)
    return tuple(_group(section, rest) for section in sections)


def _group(section: Section | None, items: Iterable[IssueItem]) -> Group:
    name = phrases.SECTIONS[section] if section else phrases.NO_SECTION
    return Group(section or "other", name, tuple(item for item in items if item.section == section))


def signal_lists(issue: Issue) -> tuple[SignalList, ...]:
    """The signals under their headings: what moves, what lasts, what cannot be compared yet; empty lists are absent."""
    moving = tuple(signal for signal in issue.signals if signal.trend.trend in MOVING)
    unknown = tuple(signal for signal in issue.signals if signal.trend.trend == "unknown")
    lasting = tuple(signal for signal in issue.signals if signal not in (*moving, *unknown))
    lists = (
        SignalList("rising", phrases.RISING, phrases.RISING_NOTE, moving),
        SignalList("lasting", phrases.LASTING, phrases.LASTING_NOTE, lasting),
        SignalList("counted", phrases.COUNTED, phrases.COUNTED_NOTE, unknown, charted=False),
    )
    return tuple(part for part in lists if part.signals)


def left_out(issue: Issue) -> tuple[tuple[str, int], ...]:
    """Why stories of the week are not in, and how many for each reason; the telling reasons first."""
    counts = issue.coverage.left_out
    known = [(words, counts[fate]) for fate, words in sayings.LEFT_OUT.items() if counts.get(fate)]
    return tuple(known)


def single_share(issue: Issue) -> int:
    """How many of a hundred stories only one publisher told."""
    read = issue.coverage
    return round(100 * read.single / read.stories) if read.stories else 0


def is_blind(issue: Issue) -> bool:
    """Whether too little was read to say anything about the week."""
    read = issue.coverage
    return read.checked == 0 or read.entries == 0 or read.failed > read.checked * _BLIND_SHARE


def is_quiet(issue: Issue) -> bool:
    """Whether the week had so little to tell that the reader should be told so."""
    return len(issue.items) + issue.left_out <= _QUIET
