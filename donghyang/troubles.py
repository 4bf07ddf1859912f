"""The trouble a command may end with, and the exit code of each.

ConfigError    2   a wrong config.toml, or none
UsageTrouble   2   a word on the command line that means nothing
Busy          75   another run holds the lock
ArchiveError   1   the database cannot be opened, read or written
Refused        1   what was asked for is not there: an issue, a story, a feed
"""

from archive.troubles import ArchiveError
from donghyang.config import ConfigError
from donghyang.invocation import UsageTrouble
from donghyang.lock import Busy
from donghyang.messages import say


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """What was asked for is not there."""


EXIT_CODES: dict[type[Exception], int] = {ConfigError: 2, UsageTrouble: 2, Busy: 75, ArchiveError: 1, Refused: 1}
NAMED_TROUBLES = tuple(EXIT_CODES)


def sentence(error: Exception) -> str:
    """What a person is told of this trouble."""
    if isinstance(error, Busy):
        number = say("run.busy_number", number=error.number) if error.number else ""
        return say("run.busy", holder=error.holder, number=number)
    return say("run.archive", reason=error) if isinstance(error, ArchiveError) else str(error)


def exit_code(error: Exception) -> int:
    """What the shell is told of this trouble."""
    return next(code for kind, code in EXIT_CODES.items() if isinstance(error, kind))
