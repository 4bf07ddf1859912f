"""When to ask a source again: decisions only, made from what the last attempts gave."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from archive.records.incoming import Fetch, Source
from archive.records.words import SourceId

LONGEST_BACKOFF: Final = timedelta(hours=24)
LONGEST_RETRY_AFTER: Final = timedelta(days=7)  # a server may ask for years
GONE_FOR: Final = timedelta(days=30)  # an address that says 410 is asked this seldom, in case it was a mistake
_MOST_SLACK: Final = timedelta(minutes=5)
_MOST_DOUBLINGS: Final = 20  # 2**20 hours is beyond any cap


def due(
    sources: Iterable[Source],
    last_fetches: Mapping[SourceId, Fetch],
    failures: Mapping[SourceId, int],
    now: datetime,
) -> tuple[Source, ...]:
    """The sources to ask now, in their order; `failures` counts the failed attempts in a row."""
    return tuple(source for source in sources if _due(source, last_fetches.get(source.id), failures, now))


def _due(source: Source, last: Fetch | None, failures: Mapping[SourceId, int], now: datetime) -> bool:
    # A run told an earlier time reads the world as of then, whatever was learned later.
    if last is None or now < last.at:
        return True
    if last.outcome == "failed" and last.url and last.url != source.url:
        return True  # the officer has corrected the address since
    return now >= next_attempt(source, last, failures.get(source.id, 0))


def next_attempt(source: Source, last: Fetch, failures: int) -> datetime:
    """The earliest moment at which a source may be asked after its last attempt."""
    wait = backoff(source.every, failures) if last.outcome == "failed" else source.every
    moment = last.at + wait - _slack(wait)
    return max(moment, last.retry_at) if last.retry_at else moment


def backoff(every: timedelta, failures: int) -> timedelta:
    """How long to leave a failing source alone: its interval, doubled with each failure, at most a day."""
    if every >= LONGEST_BACKOFF:
        return every
    doubled: int = 2 ** min(max(failures - 1, 0), _MOST_DOUBLINGS)
    return min(every * doubled, LONGEST_BACKOFF)


def _slack(wait: timedelta) -> timedelta:
    """A timer that fires every hour fires a moment early now and then; the source is not to wait another hour."""
    return min(wait / 10, _MOST_SLACK)


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
