"""An editor's hand on an issue: append-only, a word taken back is a row that names the row it takes back."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from archive.articles import survivors
from archive.records.edits import Edit
from archive.records.words import ArticleId
from archive.rows import plain, storable
from archive.schema import edits as table
from archive.troubles import ArchiveError
from archive.weeks import Week


def add(db: Connection, week: Week, edit: Edit) -> int:
    """Keep what an editor did to a week's issue; the number it is known by (the record's own is not looked at)."""
    said = storable(edit)
    row = {"at": said.at, "who": said.who, "week": str(week), "kind": said.kind, "article": said.article}
    row |= {"value": said.value, "reason": said.reason, "stood": dict(said.stood), "withdraws": None}
    number: int = db.execute(insert(table).returning(table.c.number), row).scalar_one()
    return number


def withdraw(db: Connection, week: Week, number: int, *, who: str, reason: str, at: datetime) -> None:
    """Take an edit back; taking it back again changes nothing. ArchiveError for one that week does not have."""
    done = {one.number: one for one in history(db, week)}.get(number)
    if done is None:
        raise ArchiveError(f"{week} has no edit number {number}")
    if done.withdrawn is None:
        row = {"at": at, "who": plain(who), "week": str(week), "kind": done.kind, "article": done.article}
        db.execute(insert(table), row | {"value": "", "reason": plain(reason), "stood": {}, "withdraws": number})


def standing(db: Connection, week: Week) -> tuple[Edit, ...]:
    """The edits every composing of the week obeys, oldest first."""
    return tuple(one for one in history(db, week) if one.withdrawn is None)


def history(db: Connection, week: Week | None = None) -> list[Edit]:
    """Everything editors did to a week's issue (or to any), oldest first, with the time each was taken back."""
    query = select(table).order_by(table.c.number)
    rows = db.execute(query if week is None else query.where(table.c.week == str(week))).all()
    withdrawn = {row.withdraws: row.at for row in rows if row.withdraws is not None}
    living = survivors(db, (ArticleId(row.article) for row in rows))
    return [_edit(row, withdrawn.get(row.number), living) for row in rows if row.withdraws is None]


def weeks(db: Connection) -> list[Week]:
    """The week of each edit in ``history(db)``, in its order."""
    query = select(table.c.week).where(table.c.withdraws.is_(None)).order_by(table.c.number)
    return [Week.parse(week) for week in db.scalars(query)]


def _edit(row: Row[Any], withdrawn: datetime | None, living: dict[ArticleId, ArticleId]) -> Edit:
    article = ArticleId(row.article)
    return Edit(
        number=row.number,
        at=row.at,
        who=row.who,
        kind=row.kind,
        article=living.get(article, article),
        value=row.value,
        reason=row.reason,
        stood=row.stood,
        withdrawn=withdrawn,
    )
