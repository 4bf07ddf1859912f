"""What was done, and for whom: readers, deliveries and runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from archive.records.words import Perspective, Section
from archive.weeks import Week


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who receives the issue."""

    name: str
    email: str
    sections: tuple[Section, ...] = ()  # only these, and what concerns the city's duties; empty = all
    perspectives: Mapping[Perspective, float] = field(default_factory=dict)  # weights, 1 where none is named
    paused: bool = False
    paused_until: date | None = None  # the last day without letters


LetterState = Literal[
    "pending",  # to go out, now or at retry_at
    "sending",  # a mail server is being asked to take it; it has not seen a byte of it
    "data",  # from just before DATA until its answer is written down
    "sent",  # the mail server has taken it
    "failed",  # the mail server has refused it for good
    "unknown",  # it was cut off in "data": it may have arrived, so it never goes out again by itself
    "written",  # no mail server is configured: a file in out/ is all there is
    "skipped",  # the reader wanted no letter when the issue went out, or could not be reached
]


ISSUE = "issue"  # the issue itself: one a reader and week, whatever its revision
DRAFT = "draft"  # to who approves: the issue waits
REMINDER = "reminder"  # to who approves: its hour is near


def correction_letter(revision: int) -> str:
    """The name of the notice that tells readers of an issue what a later revision puts right."""
    return f"correction {revision}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One reader, one letter about one week: the issue, a correction of it, a draft to be approved."""

    week: Week
    revision: int
    reader: str  # e-mail address
    letter: str = ISSUE  # which of the letters about that week it is
    state: LetterState
    message_id: str
    raw: bytes  # frozen before it goes out
    created: datetime
    settled: datetime | None = None
    tries: int = 0  # times the mail server put it off
    retry_at: datetime | None = None  # not before
    said: str = ""  # the mail server's last word


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Who let a revision of an issue go out, or took that back."""

    week: Week
    revision: int
    who: str
    at: datetime
    granted: bool = True


ReaderChangeKind = Literal["pause", "resume", "unsubscribe", "bounce"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderChange:
    """What was said of a reader's letters, by whom and why; the last word stands."""

    reader: str  # e-mail address, without capitals
    kind: ReaderChangeKind
    who: str  # "" = the reader's own mail, or the mail server
    reason: str
    at: datetime
    until: date | None = None  # of a pause: the last day without letters
    number: int = 0


ReturnedKind = Literal["hard", "soft", "unsubscribe", "request", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A mail that came back, as it was understood; each is handled once."""

    key: str  # the digest of what it is known by
    kind: ReturnedKind
    reader: str = ""  # e-mail address, "" when it tells of none of ours
    status: str = ""  # RFC 3463, such as 5.1.1
    said: str = ""  # what the mail server, or the mail's subject, says
    message_id: str = ""  # of the letter it is about


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
