"""config.toml into Settings, or one sentence for each thing that is wrong with it.

    ConfigError      nothing can run: the file, the key, the value, what was expected, the nearest known key

The lexicon and the publisher families are packaged data; a ``lexicon.toml`` beside config.toml adds to the
packaged one and wins over it, so that it survives upgrades.
"""

import hashlib
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from archive.records.knowledge import Concept, Lexicon
from donghyang import config_faults as faults
from donghyang.families import Families, opaque, registrable
from donghyang.messages import say, why
from donghyang.settings import Settings

ENVIRONMENT_CONFIG = "DONGHYANG_CONFIG"
ENVIRONMENT_DATABASE = "DONGHYANG_DATABASE_URL"
SYSTEM_CONFIG = Path("/etc/donghyang/config.toml")


class ConfigError(Exception):
    """Something in a configuration file (or its absence) keeps us from starting."""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings, and where they came from: relative paths in them are relative to that folder."""

    path: Path
    settings: Settings
    lexicon: Lexicon
    families: Families

    @property
    def folder(self) -> Path:
        """Where config.toml lies."""
        return self.path.parent

    @property
    def out(self) -> Path:
        """Where issues are written."""
        return self.folder / self.settings.digest.out

    @property
    def database_url(self) -> str:
        """The archive's address, with a relative SQLite path made absolute."""
        url = os.environ.get(ENVIRONMENT_DATABASE) or self.settings.archive.url
        prefix = "sqlite:///"
        if url.startswith(prefix) and not url.startswith("sqlite:////") and url != "sqlite:///:memory:":
            return prefix + str((self.folder / url.removeprefix(prefix)).resolve())
        return url

    @property
    def archive_file(self) -> Path | None:
        """The file the archive lives in; None for one on a server."""
        prefix = "sqlite:///"
        return Path(self.database_url.removeprefix(prefix)) if self.database_url.startswith(prefix) else None

    @property
    def has_archive(self) -> bool:
        """Whether an archive was ever begun there; a server is not asked. A file without a byte holds none."""
        file = self.archive_file
        return file is None or (file.is_file() and file.stat().st_size > 0)


def find(given: Path | None) -> Path:
    """The config.toml to use: the one given, else the environment's, ./config.toml, /etc/donghyang/config.toml."""
    named = given or (Path(os.environ[ENVIRONMENT_CONFIG]) if os.environ.get(ENVIRONMENT_CONFIG) else None)
    places = [named] if named else [Path("config.toml"), SYSTEM_CONFIG]
    for place in places:
        if place.is_file():
            return place.resolve()
    looked = ", ".join(str(place) for place in places)
    raise ConfigError(say("config.not_found", looked=looked))


def load(given: Path | None) -> Config:
    """Read the configuration; ConfigError names every wrong key at once."""
    path = find(given)
    settings = read_settings(path)
    overlay = path.parent / "lexicon.toml"
    return Config(
        path=path,
        settings=settings,
        lexicon=lexicon(overlay if overlay.is_file() else None),
        families=families(settings),
    )


def at_hand(given: Path | None) -> Config | None:
    """The configuration named, which must be right; else the one at hand, or None when there is none to use."""
    try:
        return load(given)
    except ConfigError:
        if given is not None:
            raise
        return None


def read_settings(path: Path) -> Settings:
    """Settings of one file; ConfigError when it cannot be read or holds something wrong."""
    data = _toml(path)
    try:
        return Settings.model_validate(data)
    except ValidationError as error:
        lines = [faults.sentence(problem, data) for problem in error.errors()]
        raise ConfigError("\n".join(f"{path}: {line}" for line in dict.fromkeys(lines))) from error


def starter() -> str:
    """The text of the starter config.toml, from the wheel or from the checkout."""
    packaged = files("donghyang") / "config.toml"
    if packaged.is_file():
        return packaged.read_text(encoding="utf-8")
    return (Path(__file__).parent.parent / "config.toml").read_text(encoding="utf-8")


def lexicon(overlay: Path | None = None) -> Lexicon:
    """The packaged concepts, with those of the site's overlay in place of or beside them."""
    concepts = dict(_concepts(packaged("lexicon.toml"), "the packaged lexicon.toml"))
    if overlay is not None:
        concepts |= dict(_concepts(_toml(overlay), str(overlay)))
    version = hashlib.sha256(repr(sorted(concepts.items())).encode()).hexdigest()[:12]
    return Lexicon(concepts=tuple(concepts.values()), version=version)


def families(settings: Settings) -> Families:
    """The packaged publisher families, each source's own host, and the config's word, which wins."""
    table = {host: family for family, hosts in packaged("publishers.toml")["families"].items() for host in hosts}
    for source in settings.source_records():
        host = registrable(urlsplit(source.url).hostname or "")
        if not opaque(host):
            table.setdefault(host, source.publisher or source.name)
    table |= {host: family for family, hosts in settings.publishers.items() for host in hosts}
    return Families(table)


def packaged(name: str) -> dict[str, Any]:
    """A TOML file that travels with the package."""
    return tomllib.loads((files("donghyang") / "data" / name).read_text(encoding="utf-8"))


def _toml(path: Path) -> dict[str, Any]:
    text = ""
    try:
        text = path.read_text(encoding="utf-8-sig")  # some editors begin a file with a byte order mark
        return tomllib.loads(text)
    except OSError as error:
        raise ConfigError(say("config.unreadable", path=path, reason=why(error))) from error
    except UnicodeDecodeError as error:
        raise ConfigError(say("config.not_utf8", path=path)) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(say("config.not_toml", path=path, reason=faults.of_syntax(text, error))) from error


def _concepts(data: Mapping[str, Any], where: str) -> Iterator[tuple[str, Concept]]:
    for number, row in enumerate(data.get("concepts", ()), start=1):
        try:
            concept = Concept(**{**row, "aliases": tuple(row.get("aliases", ()))})
        except TypeError as error:
            reason = say("config.concept", where=where, number=number, id=row.get("id", "?"), reason=error)
            raise ConfigError(reason) from error
        yield concept.id, concept
