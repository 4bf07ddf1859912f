"""How a source is, judged from its history: pure, and the same for every screen and for the issue.

    never asked ─▶ new          answers ─▶ ok, or quiet longer than its habit
    fails ─▶ failing · blocked (by whom) · gone

A source's habit is the span between days with news that nine in ten of its own spans do not exceed, so that a daily
paper is missed after a few days and a laboratory's blog after months. One that has too little history is given a month.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from archive.records.histories import Health, History, State
from archive.records.incoming import Fetch

LASTING: Final = timedelta(days=1)  # a shorter failure mends itself more often than not
LOST: Final = timedelta(days=14)  # an address that is nowhere for so long is gone
UNKNOWN_HABIT: Final = timedelta(days=30)
SHUT_OUT: Final = frozenset(("cloudflare", "firewall", "maintenance", "login", "robots", "refused", "busy"))
_NOT_THERE: Final = frozenset(("missing", "nowhere"))
_FEWEST_SPANS: Final = 4
_USUAL: Final = 0.9  # of the spans
_DAY: Final = timedelta(days=1)


def health_of(history: History | None, now: datetime) -> Health:
    """How a source is at a moment."""
    if history is None or history.last is None:
        return Health(state="new")
    if history.last.outcome == "failed":
        return _failing(history.last, history.failing_since or history.last.at, now)
    heard = history.news[-1] if history.news else history.first
    if heard is not None and now - heard > patience(history.news):
        return Health(state="quiet", since=heard, lasting=True)
    return Health(state="ok")


def patience(news: Sequence[datetime]) -> timedelta:
    """How long a source may bring nothing before that is worth saying: twice its habit and a day."""
    spans = sorted(later - earlier for earlier, later in pairwise(news))
    if len(spans) < _FEWEST_SPANS:
        return UNKNOWN_HABIT
    habit = spans[min(int(_USUAL * len(spans)), len(spans) - 1)]
    return max(2 * habit, _DAY) + _DAY


def _failing(last: Fetch, since: datetime, now: datetime) -> Health:
    lost = last.cause in _NOT_THERE and now - since >= LOST
    if last.cause == "gone" or lost:
        return Health(state="gone", since=since, cause=last.cause, lasting=True)
    state: State = "blocked" if last.cause in SHUT_OUT else "failing"
    return Health(state=state, since=since, cause=last.cause, lasting=now - since >= LASTING)
