"""One call through all its notices: 공고, 연장, 정정, 재공고 and copies in other lists change one record.

    notice ─▶ whose? (key, hosts, time) ─▶ its notices in order ─▶ what holds now ─▶ what that changed

Pure, and the same whatever order notices come in; reading the same notices again changes nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, Literal

from archive.records.calls import Call, CallChange, CallDate, CallId, CallNotice, CallWindow, Notice
from archive.records.words import ArticleId

REMEMBERED: Final = timedelta(days=200)  # a call nobody wrote of for so long is over
_LATER: Final = timedelta(days=180)  # between a notice and the one that changes it
_OPEN_ENDED: Final = timedelta(days=60)  # a call without a deadline, told of again
_SHORTEST: Final = 6  # characters of a key that tell a call from others


def follow(known: Iterable[Call], notices: Iterable[CallNotice], now: datetime) -> tuple[Call, ...]:
    """The calls that these notices make new or change; ``known`` are those told of in the last ``REMEMBERED``.

    A notice already known is read again: what an edit of it changed is noticed ``now``.
    """
    calls = {call.id: call for call in known}
    homes = {notice.article: call.id for call in calls.values() for notice in call.notices}
    touched: dict[CallId, None] = {}
    for notice in sorted(notices, key=_order):
        home = homes.get(notice.article) or _home(calls, notice)
        call = calls.get(home) if home else None
        after = _told(call, notice, now) if call else _first(notice)
        if after != call:
            calls[after.id], homes[notice.article] = after, after.id
            touched[after.id] = None
    return tuple(calls[id_] for id_ in touched)


def _order(notice: CallNotice) -> tuple[datetime, ArticleId]:
    return notice.at, notice.article


def _first(notice: CallNotice) -> Call:
    id_ = CallId(sha256(f"call\n{notice.article}".encode()).hexdigest()[:12])
    call = Call(id=id_, facts=notice.notice, notices=(notice,))
    return replace(call, changes=tuple(_said_itself(notice, notice.notice)))


def _home(calls: Mapping[CallId, Call], notice: CallNotice) -> CallId | None:
    """The call a notice is about: the one told of last among those it fits."""
    fitting = [call for call in calls.values() if _fits(call, notice)]
    return max(fitting, key=lambda call: (call.notices[-1].at, call.id)).id if fitting else None


def _fits(call: Call, notice: CallNotice) -> bool:
    said, facts = notice.notice, call.facts
    if said.key != facts.key or len(said.key) < _SHORTEST or _other_hosts(said, facts):
        return False
    apart = abs(notice.at - call.notices[-1].at)
    if said.kind != "new" or notice.at < call.notices[0].at:
        return apart <= _LATER
    end, other = _end(facts), _end(said)
    if end is None:
        return apart <= _OPEN_ENDED
    return notice.at <= end.over and (other is None or other.day == end.day)


def _other_hosts(one: Notice, other: Notice) -> bool:
    """Whether both name who holds the call, and nobody is named by both."""
    mine, theirs = ({host.name for host in notice.hosts} for notice in (one, other))
    return bool(mine and theirs and not mine & theirs)


def _end(notice: Notice) -> CallDate | None:
    """The last day on which applications are taken."""
    ends = [window.closes for window in notice.windows if window.closes]
    return max(ends, key=lambda end: end.over) if ends else None


def _told(call: Call, notice: CallNotice, now: datetime) -> Call:
    """The call after a notice of it was read, or read again."""
    known = next((one for one in call.notices if one.article == notice.article), None)
    if known is not None and known.notice == notice.notice and known.ai == notice.ai:
        return call
    others = (one for one in call.notices if one.article != notice.article)
    notices = tuple(sorted((*others, notice), key=_order))
    facts = _holding(notices)
    found = (*_changes(call.facts, facts, notice, edited=now if known else None), *_said_itself(notice, facts))
    return replace(call, facts=facts, notices=notices, changes=_with(call.changes, found))


def _with(kept: Sequence[CallChange], found: Iterable[CallChange]) -> tuple[CallChange, ...]:
    """The changes with those found now, each once, whoever noticed it."""
    seen = {(one.what, one.before, one.after, one.label): one for one in (*found, *kept)}
    ours = {(one.what, one.before, one.after, one.label): one for one in kept}
    merged = (ours.get(key, one) for key, one in seen.items())
    return tuple(sorted(merged, key=lambda one: (one.noticed, one.what, one.label)))


def _changes(before: Notice, after: Notice, by: CallNotice, *, edited: datetime | None) -> Iterator[CallChange]:
    """What holds now and did not before, window by window; ``edited``: when a notice we knew was found changed."""
    noticed, announced = edited or by.seen, None if edited else by.at
    old = {window.label: window for window in before.windows}
    for window in after.windows:
        was = old.get(window.label)
        ends: tuple[Literal["opens", "closes"], ...] = ("opens", "closes")
        for what in ends if was else ():
            then, now_ = getattr(was, what), getattr(window, what)
            if then and now_ and then != now_:
                yield CallChange(
                    what=what,
                    before=then,
                    after=now_,
                    article=by.article,
                    noticed=noticed,
                    announced=announced,
                    label=window.label,
                )
    if after.kind == "closed" != before.kind:
        end = _end(before)
        yield CallChange(
            what="closed", before=end, after=None, article=by.article, noticed=noticed, announced=announced
        )


def _said_itself(notice: CallNotice, facts: Notice) -> Iterator[CallChange]:
    """The deadline a notice says it replaces, though we never saw the notice that set it."""
    end = facts.windows[0].closes if len(facts.windows) == 1 else None
    was = notice.notice.was
    if was and end and notice.notice.windows and _day(notice.notice.windows[0].closes) == end.day != was.day:
        yield CallChange(
            what="closes", before=was, after=end, article=notice.article, noticed=notice.seen, announced=notice.at
        )


def _day(one: CallDate | None) -> object:
    return one.day if one else None


# what holds ---------------------------------------------------------------------------------------


def _holding(notices: Sequence[CallNotice]) -> Notice:
    """What the notices say together: the newest word on each field."""
    facts = notices[0].notice
    for later in notices[1:]:
        facts = _over(facts, later.notice)
    return facts


def _over(facts: Notice, later: Notice) -> Notice:
    windows = _windows_over(facts, later)
    return replace(
        later,
        name=facts.name,
        key=facts.key,
        kind=later.kind if later.kind != "new" else facts.kind,
        hosts=later.hosts or facts.hosts,
        digital=later.digital or facts.digital,
        amount=later.amount or facts.amount,
        audience=later.audience if later.audience != "unknown" else facts.audience,
        windows=windows,
        standing=later.standing or facts.standing,
        term=later.term or ("" if later.windows else facts.term),
        phrases={**facts.phrases, **later.phrases, "name": facts.phrases.get("name", "")},
    )


def _windows_over(facts: Notice, later: Notice) -> tuple[CallWindow, ...]:
    """The later windows; a copy (kind new) of an extended call that still has the old deadline changes none."""
    if not later.windows:
        return facts.windows
    old, new = _end(facts), _end(later)
    if later.kind == "new" and facts.kind != "new" and old and new and new.day < old.day:
        return facts.windows
    if len(facts.windows) != 1 or len(later.windows) != 1:
        return later.windows
    return (_sharpened(facts.windows[0], later.windows[0]),)


def _sharpened(before: CallWindow, after: CallWindow) -> CallWindow:
    """The later window, with what the earlier one says more exactly: the hour of the same day, the day it opens."""
    return replace(after, opens=_sharper(before.opens, after.opens), closes=_sharper(before.closes, after.closes))


def _sharper(before: CallDate | None, after: CallDate | None) -> CallDate | None:
    if after is None or (before is not None and before.day == after.day and not after.clock):
        return before
    return after
