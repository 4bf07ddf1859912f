"""Letters: each frozen before it goes out, one a reader and issue, so that nobody gets an issue twice."""

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, select, update

from archive.records.ledgers import Delivery
from archive.rows import plain, put_new
from archive.schema import deliveries as table
from archive.weeks import Week


def file_delivery(db: Connection, delivery: Delivery) -> None:
    """Keep a letter to be sent, unless the reader has one for that week already: the first one stands."""
    row = {
        "week": str(delivery.week),
        "reader": plain(delivery.reader),
        "revision": delivery.revision,
        "state": delivery.state,
        "message_id": delivery.message_id,
        "raw": delivery.raw,
        "created": delivery.created,
        "settled": delivery.settled,
    }
    put_new(db, table, [row])


def settle(db: Connection, week: Week, reader: str, now: datetime, state: Literal["written"]) -> None:
    """Write down what became of a pending letter; one already settled keeps its time."""
    this = (table.c.week == str(week)) & (table.c.reader == reader) & (table.c.state == "pending")
    db.execute(update(table).where(this).values(state=state, settled=now))


def deliveries(db: Connection, week: Week) -> list[Delivery]:
    """The letters of an issue, by reader."""
    return _found(db, table.c.week == str(week))


def pending(db: Connection) -> list[Delivery]:
    """Letters kept but not known to be out, by week and reader."""
    return _found(db, table.c.state == "pending")


def _found(db: Connection, condition: ColumnElement[bool]) -> list[Delivery]:
    query = select(table).where(condition).order_by(table.c.week, table.c.reader)
    return [_delivery(row) for row in db.execute(query)]


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        week=Week.parse(row.week),
        revision=row.revision,
        reader=row.reader,
        state=row.state,
        message_id=row.message_id,
        raw=bytes(row.raw),
        created=row.created,
        settled=row.settled,
    )
