"""When to ask a source again: decisions only, made from what the last attempts gave.

    answered ─▶ its interval (an hour or more), and not before the server or the feed wants to be asked again
    failed   ─▶ twice as long each time, up to four hours; after two weeks once a day
    gone     ─▶ after a month, in case it was a mistake; at once when config gives it another address

A host that answered 429 is left alone with all its sources until it said so.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import sha256
from operator import itemgetter
from typing import Final
from urllib.parse import urlsplit

from archive.records.histories import History
from archive.records.incoming import Fetch, Source
from archive.records.words import SourceId
from collectors.addresses import AllowedHosts
from collectors.paces import LONGEST_REST, Pace
from collectors.urls import host_of

SHORTEST_INTERVAL: Final = timedelta(hours=1)  # no feed is asked more often, whatever config says
LONGEST_BACKOFF: Final = timedelta(hours=4)  # a short feed that is back loses news while nobody asks
LOST_AFTER: Final = timedelta(days=14)  # of failures: then it is asked once a day
SELDOM: Final = timedelta(hours=24)
GONE_FOR: Final = timedelta(days=30)  # an address that says 410
LONGEST_RETRY_AFTER: Final = timedelta(days=7)  # a server may ask for years
_MOST_SLACK: Final = timedelta(minutes=1)
_MOST_DOUBLINGS: Final = 20  # 2**20 hours is beyond any cap
_JITTER: Final = 10  # parts of a hundred by which a wait after a failure is drawn out, for each source its own
_FRESHNESS: Final = frozenset(("cache-control", "expires"))
_NO_HISTORY: Final = History()
_NONE: Final = AllowedHosts()
_PORTS: Final = {"http": 80, "https": 443}


def due(
    sources: Iterable[Source], histories: Mapping[SourceId, History], now: datetime, allowed: AllowedHosts = _NONE
) -> tuple[Source, ...]:
    """The sources to ask now, in their order; hosts of our own network (``allowed``) are not spared as a whole."""
    asked = tuple(sources)
    busy = [source for source in asked if _is_shut(histories.get(source.id, _NO_HISTORY).last, now)]
    shut = frozenset(host_of(source.url) for source in busy if not _is_own(source, allowed))
    return tuple(
        source
        for source in asked
        if _due(source, histories.get(source.id, _NO_HISTORY), now) and not (shut and host_of(source.url) in shut)
    )


def spread(sources: Iterable[Source]) -> tuple[Source, ...]:
    """The sources in the order to ask them: every host once before any of them again.

    A host's requests then lie as far apart as the round allows, over one connection.
    """
    asked: Counter[str] = Counter()
    turns: list[tuple[int, Source]] = []
    for source in sources:
        host = host_of(source.url)
        turns.append((asked[host], source))
        asked[host] += 1
    return tuple(source for _, source in sorted(turns, key=itemgetter(0)))


def _is_shut(last: Fetch | None, now: datetime) -> bool:
    """Whether a source answered 429 and named a time that has not come."""
    return bool(last and last.cause == "busy" and last.at <= now and last.retry_at and now < last.retry_at)


def _is_own(source: Source, allowed: AllowedHosts) -> bool:
    parts = urlsplit(source.url)
    return allowed.host(host_of(source.url), parts.port or _PORTS.get(parts.scheme, 0))


def _due(source: Source, history: History, now: datetime) -> bool:
    last = history.last
    # A run told an earlier time reads the world as of then, whatever was learned later.
    if last is None or now < last.at:
        return True
    if last.outcome == "failed" and last.url and last.url != source.url:
        return True  # the officer has corrected the address since
    return now >= next_attempt(source, last, history)


def next_attempt(source: Source, last: Fetch, history: History) -> datetime:
    """The earliest moment at which a source may be asked after its last attempt."""
    if last.outcome != "failed":
        wait = max(source.every, SHORTEST_INTERVAL)
        moment = last.at + wait - _slack(wait)
    else:
        lost = history.failing_since is not None and last.at - history.failing_since >= LOST_AFTER
        wait = backoff(source.every, history.failures, lost=lost)
        moment = last.at + wait - _slack(wait) + _drawn_out(wait, last)
    return max(moment, last.retry_at) if last.retry_at else moment


def backoff(every: timedelta, failures: int, *, lost: bool = False) -> timedelta:
    """How long to leave a failing source alone: its interval, doubled with each failure, up to four hours or a day."""
    every = max(every, SELDOM if lost else SHORTEST_INTERVAL)
    if every >= LONGEST_BACKOFF:
        return every
    doubled: int = 2 ** min(max(failures - 1, 0), _MOST_DOUBLINGS)
    return min(every * doubled, LONGEST_BACKOFF)


def _slack(wait: timedelta) -> timedelta:
    """A timer that fires every hour fires a moment early now and then; the source is not to wait another hour."""
    return min(wait / 10, _MOST_SLACK)


def _drawn_out(wait: timedelta, last: Fetch) -> timedelta:
    """A part of the wait that differs by source and attempt, so that those that failed together part company."""
    if wait <= SHORTEST_INTERVAL:
        return timedelta()  # an hourly timer would make two hours of it
    drawn = sha256(f"{last.source} {last.at.timestamp():.0f}".encode()).digest()[0] / 256
    return wait * _JITTER * drawn / 100


def not_before(headers: Mapping[str, str], pace: str, every: timedelta, at: datetime) -> datetime | None:
    """When an answer goes stale, by its headers (RFC 9111) and its feed's pace; None when that is within ``every``.

    ``headers`` have names in lower case. At most a day is granted: news does not wait for a mistyped year.
    """
    moment = at + min(_fresh_for(headers), LONGEST_REST)
    if pace:
        moment = max(moment, Pace.parse(pace).earliest(at))
    return moment if moment > at + max(every, SHORTEST_INTERVAL) else None


def _fresh_for(headers: Mapping[str, str]) -> timedelta:
    """For how long an answer is fresh (RFC 9111 §4.2.1, for a cache of one's own); zero when it does not say."""
    if not _FRESHNESS & headers.keys():
        return timedelta()
    said = dict(
        part.strip().lower().partition("=")[::2] for part in headers.get("cache-control", "").split(",") if part.strip()
    )
    if said.keys() & {"no-cache", "no-store"}:
        return timedelta()
    age = said.get("max-age", "").strip('" ')
    if age.isascii() and age.isdigit():
        seconds = min(int(age[:9]), 10**8) - min(_digits(headers.get("age", "")), 10**8)
        return timedelta(seconds=max(seconds, 0))
    until, sent = _http_date(headers.get("expires", "")), _http_date(headers.get("date", ""))
    return max(until - sent, timedelta()) if until and sent else timedelta()


def _digits(text: str) -> int:
    text = text.strip()
    return int(text[:9]) if text.isascii() and text.isdigit() else 0


def retry_after(header: str, now: datetime, server_date: str = "") -> datetime | None:
    """What a Retry-After header (RFC 9110 §10.2.3: seconds or a date) asks for; None when it says nothing readable.

    A date is measured by the server's own Date header when there is one: its clock need not agree with ours.
    """
    text = header.strip()
    if text.isascii() and text.isdigit():
        wait = timedelta(seconds=min(int(text[:12]), LONGEST_RETRY_AFTER.total_seconds()))
    else:
        until = _http_date(text)
        if until is None:
            return None
        wait = until - (_http_date(server_date) or now)
    return now + min(max(wait, timedelta()), LONGEST_RETRY_AFTER)


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
