"""What people told us analysis must obey: append-only, a withdrawal is a row that names the row it takes back."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select

from archive.articles import survivors
from archive.records.knowledge import Correction
from archive.records.words import ArticleId
from archive.rows import plain, storable
from archive.schema import corrections as table
from archive.schema import facts
from archive.troubles import ArchiveError

IDLE: Final = "idle_corrections"  # the facts
OBEYED: Final = "obeyed_corrections"  # by the last analysis that had their articles in sight


def add(db: Connection, correction: Correction) -> int:
    """Keep what a person said; the number it is known by (the record's own number is not looked at)."""
    said = storable(correction)
    row = {"at": said.at, "who": said.who, "kind": said.kind, "articles": list(said.articles), "value": said.value}
    row |= {"reason": said.reason, "withdraws": None}
    number: int = db.execute(insert(table).returning(table.c.number), row).scalar_one()
    return number


def withdraw(db: Connection, number: int, *, who: str, reason: str, at: datetime) -> None:
    """Take a correction back; taking it back again changes nothing. ArchiveError for a number nobody gave."""
    said = {one.number: one for one in history(db)}.get(number)
    if said is None:
        raise ArchiveError(f"there is no correction number {number}; `donghyang correct list` names those there are")
    if said.withdrawn is None:
        row = {"at": at, "who": plain(who), "kind": said.kind, "articles": [], "value": "", "reason": plain(reason)}
        db.execute(insert(table), row | {"withdraws": number})


def standing(db: Connection) -> tuple[Correction, ...]:
    """The corrections to be obeyed, oldest first."""
    return tuple(one for one in history(db) if one.withdrawn is None)


def history(db: Connection) -> list[Correction]:
    """Everything people said, oldest first, with the time each was taken back; merged articles under their new id."""
    rows = db.execute(select(table).order_by(table.c.number)).all()
    withdrawn = {row.withdraws: row.at for row in rows if row.withdraws is not None}
    living = survivors(db, (article for row in rows for article in row.articles))
    return [_correction(row, withdrawn.get(row.number), living) for row in rows if row.withdraws is None]


def idle(db: Connection) -> tuple[int, ...]:
    """Numbers of the corrections that no longer apply to anything."""
    return numbers(db, IDLE)


def numbers(db: Connection, name: str) -> tuple[int, ...]:
    """Numbers of corrections that were written down under a name."""
    value = db.execute(select(facts.c.value).where(facts.c.name == name)).scalar_one_or_none()
    return tuple(json.loads(value)) if value else ()


def _correction(row: Row[Any], withdrawn: datetime | None, living: dict[ArticleId, ArticleId]) -> Correction:
    subject: Sequence[ArticleId] = [ArticleId(article) for article in row.articles]
    return Correction(
        number=row.number,
        at=row.at,
        who=row.who,
        kind=row.kind,
        articles=tuple(dict.fromkeys(living.get(article, article) for article in subject)),
        value=row.value,
        reason=row.reason,
        withdrawn=withdrawn,
    )
