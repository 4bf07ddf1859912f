"""Who wants no letters, or cannot be reached: the last word on an address stands, and wins over config.toml.

An address is kept without capitals. Mails that came back are kept, too, each once.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select

from archive.records.ledgers import ReaderChange, Returned
from archive.rows import plain, put_new
from archive.schema import facts, reader_changes, returned

SECRET: Final = "letters_secret"  # noqa: S105 - the name of the fact


def note(db: Connection, change: ReaderChange) -> None:
    """Keep a word on a reader's letters; the very same word is kept once."""
    if change in [_without_number(one) for one in history(db, change.reader)]:
        return
    row = {"at": change.at, "who": plain(change.who), "reader": plain(change.reader), "kind": change.kind}
    until = change.until.isoformat() if change.until else None
    db.execute(insert(reader_changes), row | {"until": until, "reason": plain(change.reason)})


def history(db: Connection, reader: str | None = None) -> list[ReaderChange]:
    """Every word on one reader, or on all, in the order of the times they were said."""
    query = select(reader_changes).order_by(reader_changes.c.at, reader_changes.c.number)
    if reader is not None:
        query = query.where(reader_changes.c.reader == reader)
    return [_change(row) for row in db.execute(query)]


def standing(db: Connection) -> dict[str, ReaderChange]:
    """The last word on each address; those resumed are absent."""
    last = {change.reader: change for change in history(db)}
    return {reader: change for reader, change in last.items() if change.kind != "resume"}


def handle(db: Connection, mail: Returned, now: datetime) -> bool:
    """Keep a mail that came back; False when it was handled before."""
    if known(db, (mail.key,)):
        return False
    row = {"key": mail.key, "at": now, "kind": mail.kind, "reader": plain(mail.reader), "status": plain(mail.status)}
    put_new(db, returned, [row | {"said": plain(mail.said), "message_id": plain(mail.message_id)}])
    return True


def known(db: Connection, keys: Collection[str]) -> set[str]:
    """Those of the keys whose mails were handled."""
    return set(db.scalars(select(returned.c.key).where(returned.c.key.in_(keys))))


def came_back(db: Connection, since: datetime, reader: str | None = None) -> list[tuple[datetime, Returned]]:
    """Mails handled since then, oldest first, of one reader or of all."""
    query = select(returned).where(returned.c.at >= since).order_by(returned.c.at, returned.c.key)
    if reader is not None:
        query = query.where(returned.c.reader == reader)
    return [(row.at, _returned(row)) for row in db.execute(query)]


def secret(db: Connection) -> str | None:
    """What the tokens of readers are made with; None before the first letter. It is never changed."""
    return db.execute(select(facts.c.value).where(facts.c.name == SECRET)).scalar_one_or_none()


def keep_secret(db: Connection, fresh: str) -> None:
    """Keep the secret, unless there is one."""
    put_new(db, facts, [{"name": SECRET, "value": fresh}])


def _change(row: Row[Any]) -> ReaderChange:
    until = date.fromisoformat(row.until) if row.until else None
    return ReaderChange(
        reader=row.reader, kind=row.kind, who=row.who, reason=row.reason, at=row.at, until=until, number=row.number
    )


def _without_number(change: ReaderChange) -> ReaderChange:
    return ReaderChange(
        reader=change.reader, kind=change.kind, who=change.who, reason=change.reason, at=change.at, until=change.until
    )


def _returned(row: Row[Any]) -> Returned:
    return Returned(
        key=row.key, kind=row.kind, reader=row.reader, status=row.status, said=row.said, message_id=row.message_id
    )
