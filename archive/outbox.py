"""Letters: each frozen before it goes out, one a reader, week and kind, so that nobody gets an issue twice.

    pending ─▶ sending ─▶ data ─▶ sent | failed | unknown          pending ─▶ written (no mail server)
       ▲          │         │                  │
       └──────────┴─────────┘ put off          └─▶ pending, only when a person asks

A step is made only from the state it starts in, so of two who try, one does it. Every one is committed before
what it stands for is done: "sending" before the mail server is called, "data" before it is given the letter.
Drafts for who approves and notices of corrections are letters like the issue and go the same way (records.ledgers).
"""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, delete, func, select, update

from archive.records.ledgers import ISSUE, Delivery, LetterState
from archive.rows import plain, put_new
from archive.schema import deliveries as table
from archive.weeks import Week

CUT_OFF: Final = "cut off before the mail server's answer was written down"


def file_delivery(db: Connection, delivery: Delivery) -> None:
    """Keep a letter to be sent, unless the reader has that one of that week already: the first one stands."""
    row = {
        "week": str(delivery.week),
        "reader": plain(delivery.reader),
        "letter": delivery.letter,
        "revision": delivery.revision,
        "state": delivery.state,
        "message_id": delivery.message_id,
        "raw": delivery.raw,
        "created": delivery.created,
        "settled": delivery.settled,
        "tries": delivery.tries,
        "retry_at": delivery.retry_at,
        "said": plain(delivery.said),
    }
    put_new(db, table, [row])


def begin_sending(db: Connection, week: Week, reader: str, letter: str = ISSUE) -> bool:
    """Take a pending letter to the mail server; False when it is pending no longer."""
    return _move(db, (week, reader, letter), ("pending",), state="sending")


def mark_data(db: Connection, week: Week, reader: str, letter: str = ISSUE) -> bool:
    """Write down that from here on the letter may arrive; False when it was not being sent."""
    return _move(db, (week, reader, letter), ("sending",), state="data")


def settle(
    db: Connection, week: Week, reader: str, now: datetime, state: LetterState, said: str = "", *, letter: str = ISSUE
) -> bool:
    """Write down what became of an open letter; one already settled keeps its time, and the answer is False."""
    values = {"state": state, "settled": now, "retry_at": None, "said": plain(said)}
    return _move(db, (week, reader, letter), ("pending", "sending", "data"), **values)


def put_off(
    db: Connection,
    week: Week,
    reader: str,
    retry_at: datetime | None,
    said: str,
    *,
    counts: bool = True,
    letter: str = ISSUE,
) -> bool:
    """Leave an open letter for later; ``counts`` tells whether this was the letter's own trouble."""
    values = {"state": "pending", "retry_at": retry_at, "said": plain(said), "tries": table.c.tries + int(counts)}
    return _move(db, (week, reader, letter), ("pending", "sending", "data"), **values)


def reopen(db: Connection, week: Week, reader: str, letter: str = ISSUE) -> bool:
    """Make a letter pending again because a person asks for it; one that was sent stays sent."""
    values = {"state": "pending", "settled": None, "retry_at": None, "tries": 0}
    return _move(db, (week, reader, letter), ("pending", "failed", "unknown", "written"), **values)


def recover(db: Connection, now: datetime) -> list[Delivery]:
    """Put right what a killed run left open, and give the letters nobody can tell the fate of. Hold the runs' lock.

    One not yet in "data" has not been seen by any mail server and is pending again; one in "data" may have arrived.
    """
    db.execute(update(table).where(table.c.state == "sending").values(state="pending"))
    lost = _found(db, table.c.state == "data")
    doubtful = {"state": "unknown", "settled": now, "retry_at": None, "said": CUT_OFF}
    db.execute(update(table).where(table.c.state == "data").values(doubtful))
    return lost


def take_back(db: Connection, week: Week, letter: str = ISSUE) -> int:
    """Forget the pending letters of one kind, so that newer ones can be made; how many there were.

    No mail server has accepted any of them. Hold the runs' lock.
    """
    these = (table.c.week == str(week)) & (table.c.letter == letter) & (table.c.state == "pending")
    return db.execute(delete(table).where(these)).rowcount


def forget_skipped(db: Connection, week: Week, reader: str) -> None:
    """Let a reader who was passed over be owed the issue again, because a person asks for it."""
    these = (table.c.week == str(week)) & (table.c.reader == reader) & (table.c.state == "skipped")
    db.execute(delete(table).where(these))


def deliveries(db: Connection, week: Week, letter: str = ISSUE) -> list[Delivery]:
    """The letters of one kind of a week, by reader."""
    return _found(db, (table.c.week == str(week)) & (table.c.letter == letter))


def all_letters(db: Connection, week: Week) -> list[Delivery]:
    """Every letter about a week, by kind and reader."""
    return _found(db, table.c.week == str(week))


def by_message_id(db: Connection, message_id: str) -> Delivery | None:
    """The letter that was known by this Message-ID on its way."""
    return next(iter(_found(db, table.c.message_id == message_id)), None)


def first_weeks(db: Connection) -> dict[str, Week]:
    """The first week whose issue each reader had a letter of, by address as it was written."""
    issue = table.c.letter == ISSUE
    first = select(table.c.reader, func.min(table.c.week)).where(issue).group_by(table.c.reader)
    return {reader: Week.parse(week) for reader, week in db.execute(first)}


def pending(db: Connection) -> list[Delivery]:
    """Letters kept but not known to be out, by week and reader."""
    return _found(db, table.c.state == "pending")


def interrupted(db: Connection) -> bool:
    """Whether a run ended in the middle of a letter."""
    count = select(func.count()).select_from(table).where(table.c.state.in_(("sending", "data")))
    return bool(db.execute(count).scalar_one())


def troubled(db: Connection, since: datetime) -> list[Delivery]:
    """Letters filed since then that are not out, by week and reader."""
    return _found(db, table.c.state.not_in(("sent", "written", "skipped")) & (table.c.created >= since))


def _move(db: Connection, named: tuple[Week, str, str], before: tuple[LetterState, ...], **values: object) -> bool:
    week, reader, letter = named
    this = (table.c.week == str(week)) & (table.c.reader == reader) & (table.c.letter == letter)
    return db.execute(update(table).where(this & table.c.state.in_(before)).values(values)).rowcount == 1


def _found(db: Connection, condition: ColumnElement[bool]) -> list[Delivery]:
    query = select(table).where(condition).order_by(table.c.week, table.c.letter, table.c.reader)
    return [_delivery(row) for row in db.execute(query)]


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        week=Week.parse(row.week),
        revision=row.revision,
        reader=row.reader,
        letter=row.letter,
        state=row.state,
        message_id=row.message_id,
        raw=bytes(row.raw),
        created=row.created,
        settled=row.settled,
        tries=row.tries,
        retry_at=row.retry_at,
        said=row.said,
    )
