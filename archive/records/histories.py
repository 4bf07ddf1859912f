"""How a source has done so far, and what that comes to: all that politeness and health are decided from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from archive.records.incoming import Fetch
from archive.records.words import Cause

State = Literal["new", "ok", "quiet", "failing", "blocked", "gone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The attempts at a source under the address config gives it now."""

    last: Fetch | None = None  # the latest attempt, with the validators and the pace of the latest answer
    failures: int = 0  # in a row, up to now
    failing_since: datetime | None = None  # the first of these
    first: datetime | None = None  # the first answer
    answered: datetime | None = None  # the latest answer
    moved: str = ""  # where it lives now: what the last three answers said it had moved to for good
    news: tuple[datetime, ...] = ()  # of each of the last days that brought something new, the last moment; in order


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a source is."""

    state: State
    since: datetime | None = None  # of a state that is not good
    cause: Cause | Literal[""] = ""  # why, when it failed
    lasting: bool = False  # long enough that somebody should look
