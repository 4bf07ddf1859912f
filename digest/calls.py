"""Calls for funding in an issue: those the city may answer first, then what is for its companies and universities.

    calls that may be open ─▶ open on the day of delivery? ─▶ for whom? ─▶ nearest deadline first ─▶ Issue.calls

A call past its deadline is never shown, and of a deadline only what its notice says: a day without an hour stays one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from archive.records.calls import (
    SEOUL,
    Call,
    CallHost,
    CallList,
    CallWindow,
    IssueCall,
    IssueChange,
    IssueWindow,
    Notice,
)
from archive.records.incoming import Article
from archive.records.issue import Issue, IssueSource
from archive.records.words import ArticleId
from digest.cleaning import clean, title_of

MOST: Final[Mapping[CallList, int]] = {"city": 8, "check": 4, "others": 6}
_LISTS: Final[tuple[CallList, ...]] = ("city", "check", "others")
_NEAR: Final = timedelta(days=14)  # a call that is not for the city is told again when its deadline is so near
_QUOTED: Final = 200  # characters of one notice's words, over all its fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """What compose knows of calls: those told of lately, and the articles that are their notices."""

    calls: tuple[Call, ...]
    articles: Mapping[ArticleId, Article]
    delivery: datetime  # when the issue's letters are due


def with_calls(issue: Issue, funding: Funding, zone: ZoneInfo) -> Issue:
    """The issue with the calls open when its letters are read; their notices join its numbered sources.

    Letters made later than they were due count their days from then.
    """
    delivery = max(funding.delivery, issue.made)
    chosen = _chosen(funding, issue, delivery)
    sources, calls = list(issue.sources), list[IssueCall]()
    for call, where in chosen:
        number = _number(sources, funding.articles[call.article])
        calls.append(_shown(call, where, delivery, zone, (number,), funding.articles[call.article]))
    return replace(issue, calls=tuple(calls), sources=tuple(sources), delivery=delivery)


def _chosen(funding: Funding, issue: Issue, delivery: datetime) -> list[tuple[Call, CallList]]:
    """The calls worth a line, list by list, the nearest deadline first."""
    fitting: dict[CallList, list[Call]] = {name: [] for name in _LISTS}
    for call in funding.calls:
        where = _list_of(call)
        if where and call.article in funding.articles and _is_told(call, where, issue, delivery):
            fitting[where].append(call)
    return [
        (call, name)
        for name in _LISTS
        for call in sorted(fitting[name], key=lambda call: _nearness(call, delivery))[: MOST[name]]
    ]


def _list_of(call: Call) -> CallList | None:
    """Under which heading a call stands; None when it has nothing to do with AI."""
    if call.facts.audience == "local":
        return "city" if call.ai or call.facts.digital else None
    if not call.ai:
        return None
    return "check" if call.facts.audience == "unknown" else "others"


def _is_told(call: Call, where: CallList, issue: Issue, delivery: datetime) -> bool:
    """Whether it is open, and new, near, or the city's own."""
    facts = call.facts
    if facts.kind == "closed" or call.notices[0].at > issue.made or not _is_open(facts, delivery):
        return False
    ends = [window.closes.over for window in _windows(facts, delivery) if window.closes]
    if where == "city" and ends:
        return True
    return call.notices[-1].at >= issue.start or (bool(ends) and min(ends) <= delivery + _NEAR)


def _is_open(facts: Notice, delivery: datetime) -> bool:
    return not facts.windows or bool(_windows(facts, delivery))


def _windows(facts: Notice, delivery: datetime) -> list[CallWindow]:
    """The windows that are not over; one without an end stays open."""
    return [window for window in facts.windows if not window.closes or window.closes.over > delivery]


def _nearness(call: Call, delivery: datetime) -> tuple[bool, float, float, str]:
    ends = [window.closes.over.timestamp() for window in _windows(call.facts, delivery) if window.closes]
    return not ends, min(ends, default=0.0), -call.notices[-1].at.timestamp(), call.id


def _number(sources: list[IssueSource], article: Article) -> int:
    """The number of a notice among the issue's sources; it joins them when it is new there."""
    known = next((source.n for source in sources if source.url == article.url), None)
    if known is None:
        known = max((source.n for source in sources), default=0) + 1
        title = title_of(article.title, article.outlet)
        sources.append(
            IssueSource(
                n=known,
                outlet=clean(article.outlet),
                title=title,
                url=article.url,
                published=article.published,
                lang=article.lang,
            )
        )
    return known


def _shown(
    call: Call, where: CallList, delivery: datetime, zone: ZoneInfo, sources: tuple[int, ...], article: Article
) -> IssueCall:
    facts = call.facts
    places = {window: n for n, window in enumerate(facts.windows, 1)}
    shown = [
        IssueWindow(round=places[window], label=window.label, opens=window.opens, closes=window.closes)
        for window in _windows(facts, delivery)
    ]
    shown.sort(key=lambda one: (one.closes is None, one.closes.over if one.closes else delivery, one.round))
    end = shown[0].closes if shown else None
    return IssueCall(
        id=call.id,
        list=where,
        name=clean(facts.name),
        hosts=tuple(CallHost(role=host.role, name=clean(host.name)) for host in facts.hosts),
        amount=clean(facts.amount),
        audience=facts.audience,
        kind=facts.kind,
        windows=tuple(shown),
        days=(end.day - delivery.astimezone(zone).date()).days if end else None,
        standing=facts.standing,
        term=clean(facts.term),
        changes=tuple(_changes(call, shown)),
        phrases=_quoted(facts.phrases, article),
        sources=sources,
    )


def _changes(call: Call, shown: Sequence[IssueWindow]) -> Iterable[IssueChange]:
    """What was moved, the last word on each end of a window that is shown."""
    now = {(window.label, what): getattr(window, what) for window in shown for what in ("opens", "closes")}
    last = {(change.label, change.what): change for change in call.changes}
    for (label, what), change in last.items():
        if what != "closed" and change.before and change.after and now.get((label, what)) == change.after:
            noticed = (change.announced or change.noticed).astimezone(SEOUL).date()
            yield IssueChange(what=what, before=change.before, after=change.after, noticed=noticed)


def _quoted(phrases: Mapping[str, str], article: Article) -> dict[str, str]:
    """The words the fields were read from, as far as the notice's rights and 200 characters go."""
    if article.rights == "link":
        return {}
    quoted, left = dict[str, str](), _QUOTED
    for name in ("windows", "standing", "term", "audience", "amount", "hosts"):
        phrase = clean(phrases.get(name, ""))
        if phrase and len(phrase) <= left:
            quoted[name] = phrase
            left -= len(phrase)
    return quoted
