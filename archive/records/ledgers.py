"""What was done, and for whom: readers, deliveries and runs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from archive.weeks import Week


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who receives the issue."""

    name: str
    email: str


LetterState = Literal[
    "pending",  # to go out, now or at retry_at
    "sending",  # a mail server is being asked to take it; it has not seen a byte of it
    "data",  # from just before DATA until its answer is written down
    "sent",  # the mail server has taken it
    "failed",  # the mail server has refused it for good
    "unknown",  # it was cut off in "data": it may have arrived, so it never goes out again by itself
    "written",  # no mail server is configured: a file in out/ is all there is
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One reader, one issue."""

    week: Week
    revision: int
    reader: str  # e-mail address
    state: LetterState
    message_id: str
    raw: bytes  # frozen before it goes out
    created: datetime
    settled: datetime | None = None
    tries: int = 0  # times the mail server put it off
    retry_at: datetime | None = None  # not before
    said: str = ""  # the mail server's last word


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One step, done (or not)."""

    number: int
    step: str
    now: datetime  # the time the step was told
    started: datetime
    finished: datetime | None
    outcome: Literal["running", "done", "part", "failed"]
    done: int = 0
    failed: int = 0
    detail: str = ""
