"""Fetches and the entries they brought; an entry nobody has read yet is extract's to-do list."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, func, insert, or_, select, update

from archive.records.incoming import Entry, Fetch, Source, WaitingEntry
from archive.records.words import EntryId, SourceId
from archive.rows import chunks, plain, storable
from archive.schema import entries, fetches, sources
from archive.sources import sources_by_id

# A feed's "0001-01-01" or "1970-01-01" means "no date"; the year 10000 cannot be told back.
_ROWS_AT_ONCE: Final = 1000
_EARLIEST: Final = datetime(1971, 1, 1, tzinfo=UTC)
_LATEST: Final = datetime(9999, 1, 1, tzinfo=UTC)
# What of an entry may change under the same key; its texts, by their digest, decide whether it did.
_CHANGING: Final = ("title", "summary", "content", "url", "canonical", "published", "authors", "lang", "digest")


def record_fetch(
    db: Connection, fetch: Fetch, found: Sequence[Entry], *, now: datetime, backfill: timedelta, past: bool = False
) -> int:
    """Write down an attempt and what it brought; how many entries are new.

    New entries wait to be read. Those older than ``now - backfill`` are marked backfill when the source answers for
    the first time under its address, or when it was asked for its ``past``. An entry whose text has changed since
    waits again, unless ``now`` is not later than its last change: a feed's older state never overwrites a newer one.
    """
    return record_fetches(db, [(fetch, found)], now=now, backfill=backfill, past=past)[0]


def record_fetches(
    db: Connection,
    brought: Sequence[tuple[Fetch, Sequence[Entry]]],
    *,
    now: datetime,
    backfill: timedelta,
    past: bool = False,
) -> list[int]:
    """Write down attempts at different sources and what each brought, as `record_fetch` does; how many are new of each.

    Together they cost a fifth of what they cost one by one.
    """
    asked = _addresses(db, [fetch.source for fetch, _ in brought])
    answered = frozenset[str]() if past else _answered(db, [fetch.source for fetch, found in brought if found])
    given = _by_id(storable(entry) for _, found in brought for entry in found)
    held = _held(db, given)
    limits = {source: None if source in answered else now - backfill for source in asked}
    fresh = [_new_row(key, entry, now, limits[entry.source]) for key, entry in given.items() if key not in held]
    for rows in chunks(fresh, _ROWS_AT_ONCE):
        db.execute(insert(entries), list(rows))
    changed = [_change(given[key], row, now) for key, row in held.items() if _is_newer(given[key], row, now)]
    if changed:
        db.execute(_CHANGE, changed)
    new = Counter(row["source"] for row in fresh)
    told = [_fetch_row(storable(fetch), asked[fetch.source], new[fetch.source]) for fetch, _ in brought]
    if told:
        db.execute(insert(fetches), told)
    return [new[fetch.source] for fetch, _ in brought]


def file_past(db: Connection, found: Sequence[Entry], now: datetime) -> int:
    """Let imported entries wait to be read, all marked backfill; how many are new. What is there stays as it is."""
    given = _by_id(storable(entry) for entry in found)
    held = _held(db, given)
    fresh = [_new_row(key, entry, now, None) | {"backfill": True} for key, entry in given.items() if key not in held]
    for rows in chunks(fresh, _ROWS_AT_ONCE):
        db.execute(insert(entries), list(rows))
    return len(fresh)


def waiting_entries(db: Connection, now: datetime, limit: int, after: WaitingEntry | None = None) -> list[WaitingEntry]:
    """At most ``limit`` entries to be read and not postponed beyond ``now``: oldest first, from after the given one."""
    query = select(entries).where(_ready(now))
    if after:
        later = and_(entries.c.seen == after.seen, entries.c.id > after.id)
        query = query.where(or_(entries.c.seen > after.seen, later))
    rows = db.execute(query.order_by(entries.c.seen, entries.c.id).limit(limit)).all()
    known = sources_by_id(db)
    return [waiting_entry(row, known) for row in rows]


def waiting_entry(row: Row[Any], known: Mapping[SourceId, Source]) -> WaitingEntry:
    """A row of entries as something to be read (again)."""
    return WaitingEntry(
        id=EntryId(row.id),
        entry=_entry(row),
        source=known[SourceId(row.source)],
        seen=row.seen,
        backfill=row.backfill,
        tries=row.tries,
        changed=row.changed,
    )


def known_keys(db: Connection, source: SourceId) -> frozenset[str]:
    """The keys of all entries a source has given."""
    return frozenset(db.scalars(select(entries.c.key).where(entries.c.source == source)))


def count_waiting(db: Connection, now: datetime) -> int:
    """How many entries could be read now."""
    return db.execute(select(func.count()).select_from(entries).where(_ready(now))).scalar_one()


def postpone_entry(db: Connection, entry: EntryId, problem: str, retry_at: datetime, now: datetime) -> None:
    """Let an entry wait (again) until ``retry_at`` because its page could not be read; one more try is counted.

    It may have been filed with what its feed gave meanwhile. An entry seen later than ``now`` is left alone.
    """
    values = {"read": None, "tries": entries.c.tries + 1, "retry_at": retry_at, "problem": plain(problem)}
    db.execute(update(entries).where(entries.c.id == entry, entries.c.seen <= now).values(values))


def entry_id(entry: Entry) -> EntryId:
    """An entry's id: the same for the same key of the same source, whenever it is met."""
    return EntryId(sha256(f"{entry.source}\n{entry.key}".encode()).hexdigest()[:16])


def _ready(now: datetime) -> ColumnElement[bool]:
    return and_(entries.c.read.is_(None), or_(entries.c.retry_at.is_(None), entries.c.retry_at <= now))


def _by_id(found: Iterable[Entry]) -> dict[str, Entry]:
    """Each entry under its id; of two with one key the first stands, as feeds put the newest first."""
    given: dict[str, Entry] = {}
    for entry in found:
        given.setdefault(entry_id(entry), entry)
    return given


def _held(db: Connection, ids: Iterable[str]) -> dict[str, Row[Any]]:
    columns = (entries.c[name] for name in ("id", "canonical", "digest", "seen", "changed", "read", *_WAITING))
    held = select(*columns)
    return {row.id: row for chunk in chunks(ids) for row in db.execute(held.where(entries.c.id.in_(chunk)))}


def _is_newer(entry: Entry, held: Row[Any], now: datetime) -> bool:
    return bool(_digest(entry) != held.digest and held.changed < now)


def _digest(entry: Entry) -> str:
    return sha256(f"{entry.title}\0{entry.summary}\0{entry.content}".encode()).hexdigest()


def _addresses(db: Connection, asked: Iterable[SourceId]) -> dict[str, str]:
    """The address of each source now."""
    query = select(sources.c.id, sources.c.url)
    return {id_: url for some in chunks(asked) for id_, url in db.execute(query.where(sources.c.id.in_(some)))}


def _answered(db: Connection, asked: Iterable[SourceId]) -> frozenset[str]:
    """Which of the sources have answered before, under the address they have now."""
    before = (
        select(sources.c.id)
        .join(fetches, fetches.c.source == sources.c.id)
        .where(fetches.c.asked == sources.c.url, fetches.c.outcome != "failed")
        .distinct()
    )
    return frozenset(id_ for some in chunks(asked) for id_ in db.scalars(before.where(sources.c.id.in_(some))))


_WAITING: Final = ("tries", "retry_at", "problem")
_CHANGE: Final = (
    update(entries)
    .where(entries.c.id == bindparam("entry"))
    .values({name: bindparam(f"new_{name}") for name in (*_CHANGING, *_WAITING)})
    .values(changed=bindparam("now"), read=None)
)


def _change(entry: Entry, held: Row[Any], now: datetime) -> dict[str, Any]:
    values = _facts(entry) | _wait(entry, held, now)
    return {"entry": held.id, "now": now} | {f"new_{name}": values[name] for name in (*_CHANGING, *_WAITING)}


def _wait(entry: Entry, held: Row[Any], now: datetime) -> dict[str, Any]:
    """From when on a changed entry is to be read (again).

    One that was read so long after it was first seen is left alone for as long again: an edit is read at once when
    the entry is young, and a feed that counts views or quotes share prices in its summaries, and so changes at every
    fetch, is read after one, two, four hours and not for ever. One whose page did not answer waits on as told.
    """
    if entry.canonical == held.canonical and held.read is None:
        return {name: getattr(held, name) for name in _WAITING}
    again = None
    if entry.canonical == held.canonical and held.read + (held.read - held.seen) > now:
        again = held.read + (held.read - held.seen)
    return {"tries": 0, "retry_at": again, "problem": ""}


def _facts(entry: Entry) -> dict[str, Any]:
    return {
        "source": entry.source,
        "key": entry.key,
        "url": entry.url,
        "canonical": entry.canonical,
        "title": entry.title,
        "summary": entry.summary,
        "content": entry.content,
        "published": _believable(entry.published),
        "authors": list(entry.authors),
        "lang": entry.lang,
        "digest": _digest(entry),
    }


def _new_row(key: str, entry: Entry, now: datetime, limit: datetime | None) -> dict[str, Any]:
    published = _believable(entry.published)
    old = limit is not None and published is not None and published < limit
    waiting = {"article": None, "read": None, "tries": 0, "retry_at": None, "problem": ""}
    return {"id": key, **_facts(entry), "seen": now, "changed": now, "backfill": old, **waiting}


def _believable(published: datetime | None) -> datetime | None:
    return published if published is None or _EARLIEST < published < _LATEST else None


def _fetch_row(fetch: Fetch, asked: str, new: int) -> dict[str, Any]:
    return {
        "source": fetch.source,
        "asked": asked,
        "at": fetch.at,
        "outcome": fetch.outcome,
        "status": fetch.status,
        "url": fetch.url,
        "etag": fetch.etag,
        "modified": fetch.modified,
        "body_hash": fetch.body_hash,
        "found": fetch.found,
        "new": new,
        "error": fetch.error,
        "retry_at": fetch.retry_at,
        "took_ms": fetch.took_ms,
        "cause": fetch.cause,
        "moved": fetch.moved,
        "pace": fetch.pace,
    }


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        source=SourceId(row.source),
        key=row.key,
        url=row.url,
        canonical=row.canonical,
        title=row.title,
        summary=row.summary,
        content=row.content,
        published=row.published,
        authors=tuple(row.authors),
        lang=row.lang,
    )
