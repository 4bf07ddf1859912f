"""What an issue says of its calls, the same for page, letter and text: the day first, then how far off it is."""

from collections.abc import Iterator
from dataclasses import dataclass

from archive.records.calls import SEOUL, CallDate, CallList, IssueCall, IssueChange
from archive.records.issue import Issue
from digest import dates, phrases

_URGENT = 7  # days
_NAMES: tuple[tuple[CallList, str], ...] = (
    ("city", phrases.CALLS),
    ("check", phrases.CALLS_CHECK),
    ("others", phrases.CALLS_OTHERS),
)
_FOR = {"local": phrases.FOR_LOCAL, "others": phrases.FOR_OTHERS, "unknown": phrases.FOR_UNKNOWN}


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call as it is printed."""

    call: IssueCall
    name: str
    due: str  # "2026. 3. 20.(금) 18:00", or why there is no day
    left: str  # "D-12"; "" without a day
    urgent: bool
    facts: tuple[str, ...]  # who holds it, how much, for whom
    notes: tuple[str, ...]  # what was moved, when it opens, what else closes


@dataclass(frozen=True, slots=True)
class CallGroup:
    """The calls under one heading."""

    key: str  # anchor
    name: str
    note: str
    lines: tuple[CallLine, ...]


def groups(issue: Issue) -> tuple[CallGroup, ...]:
    """The lists of an issue's calls that are not empty; only the first is the city's own."""
    day = dates.full((issue.delivery or issue.made).astimezone(SEOUL).date())
    note = phrases.CALLS_NOTE.format(day=day)
    found = (
        CallGroup(f"calls-{key}", name, note, tuple(line(call, issue) for call in issue.calls if call.list == key))
        for key, name in _NAMES
    )
    return tuple(group for group in found if group.lines)


def line(call: IssueCall, issue: Issue) -> CallLine:
    """A call in words."""
    return CallLine(
        call=call,
        name=call.name,
        due=_due(call),
        left="" if call.days is None else phrases.DAYS_LEFT.format(n=call.days) if call.days > 0 else phrases.D_DAY,
        urgent=call.days is not None and call.days <= _URGENT,
        facts=tuple(_facts(call)),
        notes=tuple(_notes(call, issue)),
    )


def when(one: CallDate) -> str:
    """``2026. 3. 20.(금) 18:00``; without an hour where the notice gives none."""
    return f"{dates.full(one.day)} {one.clock}".rstrip()


def _due(call: IssueCall) -> str:
    end = call.windows[0].closes if call.windows else None
    if end is not None:
        label = call.windows[0].label
        return f"{label} {when(end)}".lstrip()
    if call.standing:
        return phrases.DUE_BUDGET if call.standing == "budget" else phrases.DUE_ALWAYS
    return call.term or phrases.DUE_UNKNOWN


def _facts(call: IssueCall) -> Iterator[str]:
    for host in call.hosts:
        yield phrases.HOST.format(role=host.role, name=host.name)
    if call.amount:
        yield phrases.AMOUNT.format(amount=call.amount)
    yield _FOR[call.audience]


def _notes(call: IssueCall, issue: Issue) -> Iterator[str]:
    moved = [line for change in call.changes if (line := _moved(change, call))]
    if call.kind in phrases.KIND_OF_NOTICE and not (moved and call.kind == "again"):
        yield phrases.KIND_OF_NOTICE[call.kind]
    yield from moved
    if call.standing == "budget" and call.windows and call.windows[0].closes:
        yield phrases.EARLY_END
    opens = call.windows[0].opens if call.windows else None
    if opens is not None and opens.begins > (issue.delivery or issue.made):
        yield phrases.OPENS.format(when=when(opens))
    for window in call.windows[1:]:
        if window.closes:
            yield phrases.FURTHER.format(label=window.label or phrases.LATER_ROUND, when=when(window.closes))


def _moved(change: IssueChange, call: IssueCall) -> str:
    """What was moved; a call announced again has a new window, of which only the old end is worth a line."""
    if call.kind == "again":
        words = phrases.ANNOUNCED_AGAIN if change.what == "closes" else ""
    elif change.what == "opens":
        words = phrases.MOVED_OPENING
    else:
        words = phrases.LONGER if change.after.over > change.before.over else phrases.MOVED_END
    return words.format(before=when(change.before), after=when(change.after), noticed=dates.weekday(change.noticed))
