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


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One reader, one issue."""

    week: Week
    revision: int
    reader: str  # e-mail address
    state: Literal["pending", "written"]
    message_id: str
    raw: bytes  # frozen before it goes out
    created: datetime
    settled: datetime | None = None


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
