"""What a step may touch, opened once and closed together."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property, lru_cache
from types import TracebackType
from typing import Self

from analysis.mentions import Mentions
from analysis.tokens import Tokenizer
from archive import sites
from archive.records.knowledge import Lexicon
from archive.records.sites import RobotsFile
from archive.store import Archive
from collectors.http import Web
from digest.pace import Pace
from donghyang import embedding
from donghyang.config import Config
from donghyang.page_reader import PageReader
from donghyang.way_out import way_out


@lru_cache(maxsize=1)
def _tokenizer(lexicon: Lexicon) -> Tokenizer:
    """Made once for each lexicon: the model behind it takes seconds to load and half a gigabyte to hold."""
    return Tokenizer(lexicon)


class Services:
    """The configuration, the archive, and the costly things, made when first needed."""

    def __init__(self, config: Config, archive: Archive) -> None:
        self.config = config
        self.settings = config.settings
        self.archive = archive

    @classmethod
    def open(cls, config: Config) -> Self:
        """Open the archive the configuration names; ArchiveError when that cannot be."""
        return cls(config, Archive.open(config.database_url))

    @classmethod
    def without_archive(cls, config: Config) -> Self:
        """With an archive that knows nothing and leaves nothing behind."""
        return cls(config, Archive.memory())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.archive.close()

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The one tokenizer of a process."""
        return _tokenizer(self.config.lexicon)

    @cached_property
    def embedder(self) -> embedding.Embedder | None:
        """What makes vectors of headlines; None where the extra `embed` is not installed or not wanted."""
        return embedding.wanted(self.settings.analysis.embed)

    @cached_property
    def mentions(self) -> Mentions:
        """Where the lexicon's names occur in a text."""
        return Mentions(self.config.lexicon)

    def web(self, now: datetime) -> Web:
        """A way into the network, within the configuration's limits, that remembers what hosts ask of programs."""
        with self.archive.reading() as db:
            known = sites.robots_files(db, now)

        def keep(files: Sequence[RobotsFile]) -> None:
            with self.archive.writing() as db:
                sites.keep_robots(db, files, now)

        return way_out(self.config, now, known, keep)

    def pace(self) -> Pace:
        """How fast letters are handed over."""
        mail = self.settings.mail
        return Pace(mail.per_minute if mail else 0)

    def page_reader(self) -> PageReader:
        """A process that reads article pages."""
        return PageReader()
