"""What the ledger of fetches tells of each source: read whole, at once, for politeness and health to decide from."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import BigInteger, Connection, func, select, type_coerce

from archive.records.histories import History
from archive.records.words import SourceId
from archive.schema import fetches, sources
from archive.sources import failing_since, failures_in_row, last_fetches

ANSWERS_TO_MOVE: Final = 3  # so many in a row must name the same new address
REMEMBERED: Final = timedelta(days=90)  # how far back the days with news are looked for
_DAY: Final = 86_400  # seconds
_ASKED: Final = fetches.c.asked == sources.c.url  # under the address the source has now
_ANSWERED: Final = fetches.c.outcome != "failed"


def histories(db: Connection, now: datetime) -> dict[SourceId, History]:
    """The history of every source that was ever asked under its present address, or brought anything."""
    last, failures, since = last_fetches(db), failures_in_row(db), failing_since(db)
    answered, moved, news = _answered(db), _moved(db), news_days(db, now)
    return {
        source: History(
            last=last.get(source),
            failures=failures.get(source, 0),
            failing_since=since.get(source),
            first=answered[source][0] if source in answered else None,
            answered=answered[source][1] if source in answered else None,
            # An address that does not answer is not asked again before the old one was.
            moved="" if source in failures else moved.get(source, ""),
            news=news.get(source, ()),
        )
        for source in sorted(last.keys() | news.keys())
    }


def news_days(db: Connection, until: datetime) -> dict[SourceId, tuple[datetime, ...]]:
    """For each source, of every day (UTC) of the last ninety that brought something new, the last moment; in order."""
    day = type_coerce(fetches.c.at, BigInteger) // _DAY
    query = (
        select(fetches.c.source, func.max(fetches.c.at))
        .where(fetches.c.new > 0, fetches.c.at <= until, fetches.c.at > until - REMEMBERED)
        .group_by(fetches.c.source, day)
        .order_by(fetches.c.source, day)
    )
    return _grouped((source, at) for source, at in db.execute(query))


def _answered(db: Connection) -> dict[SourceId, tuple[datetime, datetime]]:
    """When each source answered first, and last."""
    joined = fetches.join(sources, sources.c.id == fetches.c.source)
    span = select(fetches.c.source, func.min(fetches.c.at), func.max(fetches.c.at)).select_from(joined)
    rows = db.execute(span.where(_ANSWERED, _ASKED).group_by(fetches.c.source))
    return {SourceId(source): (first, last) for source, first, last in rows}


def _moved(db: Connection) -> dict[SourceId, str]:
    """The address each source has moved to, when its last three answers agree on one."""
    joined = fetches.join(sources, sources.c.id == fetches.c.source)
    place = func.row_number().over(partition_by=fetches.c.source, order_by=fetches.c.number.desc()).label("place")
    ranked = select(fetches.c.source, fetches.c.moved, place).select_from(joined).where(_ANSWERED, _ASKED).subquery()
    query = (
        select(ranked.c.source, func.min(ranked.c.moved))
        .where(ranked.c.place <= ANSWERS_TO_MOVE)
        .group_by(ranked.c.source)
        .having(func.count() == ANSWERS_TO_MOVE, func.count(ranked.c.moved.distinct()) == 1)
    )
    return {SourceId(source): address for source, address in db.execute(query) if address}


def _grouped(rows: Iterable[tuple[str, datetime]]) -> dict[SourceId, tuple[datetime, ...]]:
    found: defaultdict[SourceId, list[datetime]] = defaultdict(list)
    for source, at in rows:
        found[SourceId(source)].append(at)
    return {source: tuple(moments) for source, moments in found.items()}
