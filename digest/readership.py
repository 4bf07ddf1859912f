"""Who gets letters today, and what of an issue one reader wants. Decisions only.

What the archive knows of an address (paused, unsubscribed, undeliverable) wins over config.toml.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Literal

from archive.records.issue import Issue, IssueItem
from archive.records.ledgers import Reader, ReaderChange
from archive.records.words import Perspective
from digest.delivery import mailbox

_VIEWS: tuple[Perspective, ...] = ("city", "technology", "talk")
ReaderState = Literal["active", "paused", "unsubscribed", "undeliverable"]


def state_of(reader: Reader, changes: Mapping[str, ReaderChange], today: date) -> ReaderState:
    """How a reader stands on a day; ``changes`` are the last words of the archive by address."""
    change = changes.get(mailbox(reader.email))
    if change is not None and change.kind == "unsubscribe":
        return "unsubscribed"
    if change is not None and change.kind == "bounce":
        return "undeliverable"
    resting = change is not None and change.kind == "pause" and (change.until is None or today <= change.until)
    until = reader.paused_until
    return "paused" if resting or reader.paused or (until is not None and today <= until) else "active"


def active(readers: Iterable[Reader], changes: Mapping[str, ReaderChange], today: date) -> tuple[Reader, ...]:
    """Those who get letters on that day."""
    return tuple(reader for reader in readers if state_of(reader, changes, today) == "active")


def own_edition(issue: Issue, reader: Reader) -> Issue:
    """The issue with what this reader wants: nothing is renumbered, and the issue itself stays as it is.

    Of the heaviest perspective every item is kept, of one with half its weight the better half by that perspective's
    own score, of one that weighs nothing none. Sections keep out the items of others, save what touches the duties.
    """
    wanted = {item.rank for item in issue.items if _in_sections(item, reader)} & _weighed(issue, reader)
    kept = tuple(item for item in issue.items if item.rank in wanted)
    if len(kept) == len(issue.items):
        return issue
    gone = [item for item in issue.items if item.rank not in wanted]
    lines = _sources(kept) | {n for signal in issue.signals for n in signal.sources}
    lines |= {n for call in issue.calls for n in call.sources}
    lines |= {n for call in issue.calls for n in call.sources}
    led = {item.sources[0] for item in gone if item.sources} - {item.sources[0] for item in kept if item.sources}
    highlights = tuple(line for line in issue.highlights if not line.sources or line.sources[0] not in led)
    unused = _sources(gone) - lines - {n for line in highlights for n in line.sources}
    return replace(
        issue,
        items=kept,
        highlights=highlights,
        sources=tuple(source for source in issue.sources if source.n not in unused),
        terms=tuple(term for term in issue.terms if wanted & set(term.items)),
        left_out=len(gone),
    )


def _in_sections(item: IssueItem, reader: Reader) -> bool:
    return not reader.sections or bool(item.duties) or item.section in reader.sections


def _weighed(issue: Issue, reader: Reader) -> set[int]:
    """Ranks of the items a reader's weights leave in."""
    weights = {view: reader.perspectives.get(view, 1.0) for view in _VIEWS}
    heaviest = max(weights.values()) or 1.0
    kept: set[int] = set()
    for view, weight in weights.items():
        own = sorted((item for item in issue.items if item.perspective == view), key=lambda item: _worth(item, view))
        kept |= {item.rank for item in own[: math.ceil(len(own) * weight / heaviest)]}
    return kept


def _worth(item: IssueItem, view: str) -> tuple[bool, float, int]:
    """What an editor has put in comes first, then the perspective's own score."""
    return "pin" not in item.edited, -item.score.get(view, 0.0), item.rank


def _sources(items: Iterable[IssueItem]) -> set[int]:
    return {n for item in items for n in (*item.sources, *(m for line in item.sentences for m in line.sources))}
