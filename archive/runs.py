"""The ledger of steps: what was begun, what became of it, what to catch up with."""

from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import Connection, Row, func, insert, select, update

from archive.records.ledgers import Run
from archive.rows import plain
from archive.schema import runs

Outcome = Literal["done", "part", "failed"]
INTERRUPTED: Final = "interrupted"  # the detail of a step that was ended in the middle


def begin(db: Connection, step: str, now: datetime, started: datetime) -> int:
    """Write down that a step begins; its number. ``now`` is the time the step is told, ``started`` the clock's."""
    row = {"step": step, "now": now, "started": started, "outcome": "running", "done": 0, "failed": 0, "detail": ""}
    number: int = db.execute(insert(runs).returning(runs.c.number), row).scalar_one()
    return number


def finish(
    db: Connection, number: int, finished: datetime, outcome: Outcome, done: int, failed: int, detail: str
) -> None:
    """Write down what became of a step."""
    values = {"finished": finished, "outcome": outcome, "done": done, "failed": failed, "detail": plain(detail)}
    db.execute(update(runs).where(runs.c.number == number).values(values))


def close_interrupted(db: Connection, at: datetime) -> int:
    """Close as failed the runs a killed process left open; how many. Call it holding the lock of runs."""
    left = update(runs).where(runs.c.outcome == "running")
    return db.execute(left.values(outcome="failed", finished=at, detail=INTERRUPTED)).rowcount


def last_finished(db: Connection, step: str) -> Run | None:
    """The run of a step that was told the latest time, of those that did all or part of it."""
    ended = select(runs).where(runs.c.step == step, runs.c.outcome.in_(("done", "part")))
    row = db.execute(ended.order_by(runs.c.now.desc(), runs.c.number.desc()).limit(1)).one_or_none()
    return None if row is None else _run(row)


def latest_told(db: Connection) -> datetime | None:
    """The latest time any step was told; letters apart, which a person may send at any time."""
    told: datetime | None = db.execute(select(func.max(runs.c.now)).where(runs.c.step != "deliver")).scalar_one()
    return told


def recent(db: Connection, most: int) -> list[Run]:
    """The last runs, the latest first."""
    return [_run(row) for row in db.execute(select(runs).order_by(runs.c.number.desc()).limit(most))]


def _run(row: Row[Any]) -> Run:
    return Run(
        number=row.number,
        step=row.step,
        now=row.now,
        started=row.started,
        finished=row.finished,
        outcome=row.outcome,
        done=row.done,
        failed=row.failed,
        detail=row.detail,
    )
