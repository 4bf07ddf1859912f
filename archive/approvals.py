"""Who let which revision of an issue go out: append-only, the last word on a revision stands."""

from sqlalchemy import Connection, insert, select

from archive.records.ledgers import Approval
from archive.rows import plain
from archive.schema import approvals as table
from archive.weeks import Week


def note(db: Connection, approval: Approval) -> None:
    """Keep a word on a revision."""
    row = {"at": approval.at, "who": plain(approval.who), "week": str(approval.week)}
    db.execute(insert(table), row | {"revision": approval.revision, "granted": approval.granted})


def approval(db: Connection, week: Week, revision: int) -> Approval | None:
    """The approval a revision has; None when nobody gave one, or it was taken back."""
    this = (table.c.week == str(week)) & (table.c.revision == revision)
    row = db.execute(select(table).where(this).order_by(table.c.number.desc()).limit(1)).one_or_none()
    if row is None or not row.granted:
        return None
    return Approval(week=week, revision=row.revision, who=row.who, at=row.at)
