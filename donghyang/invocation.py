"""What every command shares: the configuration it was given and the time it was told."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

import typer

from archive.troubles import ArchiveError
from donghyang import config as configuration
from donghyang.messages import say

if TYPE_CHECKING:
    from donghyang.services import Services


class UsageTrouble(Exception):  # noqa: N818 - what a person typed, told back to them
    """Something on the command line that we cannot make sense of; the exit code is 2."""


@dataclass(slots=True)
class Invocation:
    """One call of the command line."""

    config_file: Path | None
    now_text: str | None
    verbose: bool = False
    _config: configuration.Config | None = None

    @property
    def config(self) -> configuration.Config:
        """The configuration; ConfigError when it is wrong."""
        if self._config is None:
            self._config = configuration.load(self.config_file)
        return self._config

    @property
    def now(self) -> datetime:
        """The time told by --now, else the clock's: this and the daemon are where it is read."""
        if self.now_text is None:
            return datetime.now(UTC)
        return parse_now(self.now_text, self.config.settings.zone)

    def services(self, archive: Literal["kept", "begun", "spared"] = "kept") -> "Services":
        """The archive and the rest, opened; a context manager. ArchiveError when the archive must be kept and is not.

        A run may have it begun; what can be seen without one ("spared") is shown from an empty one.
        """
        from donghyang.services import Services  # brings the tokenizer's and scikit-learn's modules

        _ = self.now  # a moment that is none is refused before anything is opened or begun
        if archive == "begun" or self.config.has_archive:
            return Services.open(self.config)
        if archive == "spared":
            return Services.without_archive(self.config)
        raise ArchiveError(say("archive.none", path=self.config.archive_file))


def parse_now(text: str, zone: ZoneInfo) -> datetime:
    """ISO 8601; without a zone in the given one, a date alone is 00:00."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageTrouble(say("now.wrong", text=text)) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def of(context: typer.Context) -> Invocation:
    """The invocation a command runs in."""
    invocation = context.find_object(Invocation)
    if invocation is None:
        raise RuntimeError("the command line's callback has not run")
    return invocation
