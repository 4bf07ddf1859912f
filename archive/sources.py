"""Where we read, and how the last attempts went."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select, update

from archive.records.incoming import Fetch, Source
from archive.records.words import SourceId
from archive.rows import put, storable
from archive.schema import fetches, sources


def register_sources(db: Connection, named: Sequence[Source], now: datetime) -> None:
    """Make the archive's sources those config names: added, brought up to date, or retired (their entries stay)."""
    rows = [_row(storable(source), now) for source in named]
    put(db, sources, rows, keep=("added",))
    gone = sources.c.id.not_in([row["id"] for row in rows])
    db.execute(update(sources).where(gone, sources.c.retired.is_(None)).values(retired=now))


def register_past(db: Connection, named: Sequence[Source], now: datetime) -> None:
    """Make known where imported entries come from: sources that config does not name and that are never asked."""
    put(db, sources, [_row(storable(source), now) | {"retired": now} for source in named], keep=("added",))


def sources_by_id(db: Connection) -> dict[SourceId, Source]:
    """Every source that ever was, as config last named it."""
    return {SourceId(row.id): _source(row) for row in db.execute(select(sources).order_by(sources.c.id))}


def last_fetches(db: Connection) -> dict[SourceId, Fetch]:
    """The latest attempt at each source, with the validators of the latest answer.

    A failed attempt has no etag, modified, body_hash and pace of its own: the next conditional request goes with those
    of the last answer we kept. There are none when config has given the source another address since.
    """
    answers = {row.source: row for row in db.execute(_latest((fetches.c.outcome != "failed") & _ASKED))}
    return {
        SourceId(row.source): _fetch(row, answers.get(row.source)) for row in db.execute(_latest(fetches.c.number > 0))
    }


def failures_in_row(db: Connection) -> dict[SourceId, int]:
    """How many attempts at each source have failed since its last answer; sources without failures are left out.

    Failures under an address that config has changed since are not the source's any more.
    """
    return {source: count for source, (count, _) in _failing(db).items()}


def failing_since(db: Connection) -> dict[SourceId, datetime]:
    """When the failures in a row of each source began."""
    return {source: since for source, (_, since) in _failing(db).items()}


def _failing(db: Connection) -> dict[SourceId, tuple[int, datetime]]:
    answered = (
        select(fetches.c.source, func.max(fetches.c.number).label("number"))
        .where(fetches.c.outcome != "failed")
        .group_by(fetches.c.source)
        .subquery()
    )
    query = (
        select(fetches.c.source, func.count(), func.min(fetches.c.at))
        .join(sources, sources.c.id == fetches.c.source)
        .outerjoin(answered, answered.c.source == fetches.c.source)
        .where(fetches.c.number > func.coalesce(answered.c.number, 0), _ASKED)
        .group_by(fetches.c.source)
    )
    return {SourceId(source): (count, since) for source, count, since in db.execute(query)}


# Only of attempts that asked the address the source has now: another's etag would be a lie.
_ASKED: Final = fetches.c.asked == sources.c.url


def _latest(condition: ColumnElement[bool]) -> Select[Any]:
    joined = fetches.join(sources, sources.c.id == fetches.c.source)
    newest = select(func.max(fetches.c.number)).select_from(joined).where(condition).group_by(fetches.c.source)
    return select(fetches).where(fetches.c.number.in_(newest)).order_by(fetches.c.source)


def _row(source: Source, now: datetime) -> dict[str, Any]:
    return {
        "id": source.id,
        "name": source.name,
        "kind": source.kind,
        "url": source.url,
        "lang": source.lang,
        "publisher": source.publisher,
        "role": source.role,
        "rights": source.rights,
        "fulltext": source.fulltext,
        "clock": source.clock,
        "every_seconds": int(source.every.total_seconds()),
        "added": now,
        "retired": None,
    }


def _source(row: Row[Any]) -> Source:
    return Source(
        id=SourceId(row.id),
        url=row.url,
        name=row.name,
        kind=row.kind,
        lang=row.lang,
        publisher=row.publisher,
        role=row.role,
        rights=row.rights,
        fulltext=row.fulltext,
        clock=row.clock,
        every=timedelta(seconds=row.every_seconds),
    )


def _fetch(row: Row[Any], answer: Row[Any] | None) -> Fetch:
    return Fetch(
        source=SourceId(row.source),
        at=row.at,
        outcome=row.outcome,
        status=row.status,
        url=row.url,
        etag=answer.etag if answer else "",
        modified=answer.modified if answer else "",
        body_hash=answer.body_hash if answer else "",
        found=row.found,
        new=row.new,
        error=row.error,
        retry_at=row.retry_at,
        took_ms=row.took_ms,
        cause=row.cause,
        moved=row.moved,
        pace=answer.pace if answer else "",
    )
