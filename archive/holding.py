"""After a restore: which letters may have gone out since the backup was made, and so never go out by themselves.

A backup does not know what was sent after it. Issues of weeks that were over when it was restored may be at their
readers; those of the week then running cannot be. So letters of the former wait until a person asks for them.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, UpdateBase, delete, insert, select, update

from archive.schema import deliveries, facts
from archive.weeks import Week

RESTORED: Final = "open when the backup was made: it may have gone out before the archive was restored"
_FACT: Final = "letters_held_before"  # a week


def hold(db: Connection, before: Week, now: datetime) -> None:
    """Hold the letters of all weeks before this one, and those the backup did not know the fate of."""
    for statement in hold_statements(before, now):
        db.execute(statement)


def hold_statements(before: Week, now: datetime) -> tuple[UpdateBase, ...]:
    """What `hold` does, for a database that is restored by programs of its own."""
    lost = {"state": "unknown", "settled": now, "retry_at": None, "said": RESTORED}
    return (
        update(deliveries).where(deliveries.c.state.in_(("pending", "sending", "data"))).values(lost),
        delete(facts).where(facts.c.name == _FACT),
        insert(facts).values(name=_FACT, value=str(before)),
    )


def held_before(db: Connection) -> Week | None:
    """The first week whose letters go out by themselves; None in an archive that was never restored."""
    value = db.execute(select(facts.c.value).where(facts.c.name == _FACT)).scalar_one_or_none()
    return None if value is None else Week.parse(value)
