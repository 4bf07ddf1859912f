"""The invented world: outlets, and what each of them tells at which moment.

Everything is read from the TOML files beside this one. ``outlets.toml`` lists the outlets, ``stories/`` holds the AI
news (a file for each week or thread, an ``[[event]]`` for each thing that happened, a ``[[event.told]]`` for each
outlet that tells it) and ``everyday/`` the news about everything else, which must never reach an issue.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal
from zoneinfo import ZoneInfo

from archive.records.words import Lang, Rights, Role

CLOCK = ZoneInfo("Asia/Seoul")


class WorldError(Exception):
    """The content contradicts itself; the message names the place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One invented publisher and the habits of its feed and pages."""

    id: str
    name: str
    feed: Literal["rss", "atom", "json"]
    dates: Literal["rfc822", "gmt", "naive", "iso"]
    page: str  # the template of its articles
    path: str  # address of an article below the outlet; {at} is its moment
    lang: Lang = "ko"
    encoding: str = "utf-8"
    declared: str = "utf-8"  # what its feeds and pages claim
    opening: str = ""  # printed before a text; {place} and {author} are the article's
    ending: tuple[str, ...] = ()  # lines printed after a text
    carries: Literal["excerpt", "full"] = "excerpt"  # of a text, in the feed
    role: Role = "press"
    rights: Rights = "link"
    down_from: date | None = None  # its feed answers with a notice in HTML …
    down_until: date | None = None  # … up to this day
    gone: bool = False  # every address answers 404

    def is_down(self, now: datetime) -> bool:
        """Whether its feed is a notice in HTML at this moment."""
        if self.down_from is None or self.down_until is None:
            return False
        return self.down_from <= now.astimezone(CLOCK).date() <= self.down_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An article as one outlet printed it."""

    outlet: Outlet
    at: datetime
    title: str
    paragraphs: tuple[str, ...]
    author: str
    place: str  # the dateline of a wire text
    event: str  # what it tells, in our words; "" for everyday news
    copied: bool = False  # a wire text printed by somebody else

    @property
    def path(self) -> str:
        """Its address on the server, from the first slash on."""
        return f"/{self.outlet.id}/{self.outlet.path.format(at=self.at)}"

    @property
    def body(self) -> tuple[str, ...]:
        """Its paragraphs as printed, the outlet's opening before the first."""
        opening = self.outlet.opening.format(place=self.place, author=self.author)
        return (opening + self.paragraphs[0], *self.paragraphs[1:])

    @property
    def ending(self) -> tuple[str, ...]:
        """The lines printed below the text: signature, rights notice."""
        return tuple(line.format(author=self.author) for line in self.outlet.ending)


@dataclass(frozen=True)
class World:
    """All outlets and all pieces, oldest first."""

    outlets: tuple[Outlet, ...]
    pieces: tuple[Piece, ...]

    @cached_property
    def by_path(self) -> Mapping[str, Piece]:
        """Every piece at its address."""
        return {piece.path: piece for piece in self.pieces}

    def outlet(self, outlet_id: str) -> Outlet | None:
        """The outlet with this id."""
        return next((outlet for outlet in self.outlets if outlet.id == outlet_id), None)

    def printed(self, outlet: Outlet, now: datetime) -> list[Piece]:
        """What the outlet has printed up to this moment, newest first."""
        return [piece for piece in reversed(self.pieces) if piece.outlet.id == outlet.id and piece.at <= now]


def load_world() -> World:
    """Read the packaged world.

    Raises :class:`WorldError` when a file names an unknown outlet, copies what is not there, or gives two pieces
    one address.
    """
    home = files("donghyang.demo")
    outlets = tuple(_outlet(row) for row in _read(home / "outlets.toml")["outlet"])
    by_id = {outlet.id: outlet for outlet in outlets}
    pieces = [*_stories(home / "stories", by_id), *_everyday(home / "everyday", by_id)]
    _refuse_shared_addresses(pieces)
    return World(outlets, tuple(sorted(pieces, key=lambda piece: (piece.at, piece.path))))


def _read(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _tables(folder: Traversable, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The tables of that name in every file of the folder, with the file's name."""
    for file in sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name):
        for table in _read(file)[name]:
            yield file.name, table


def _outlet(row: Mapping[str, Any]) -> Outlet:
    return Outlet(**{**row, "ending": tuple(row.get("ending", ()))})


def _stories(folder: Traversable, outlets: Mapping[str, Outlet]) -> Iterator[Piece]:
    for file, event in _tables(folder, "event"):
        told: dict[str, Piece] = {}
        for row in event["told"]:
            piece = _piece(row, outlets, told, event=event["what"], file=file)
            told.setdefault(piece.outlet.id, piece)
            yield piece


def _everyday(folder: Traversable, outlets: Mapping[str, Outlet]) -> Iterator[Piece]:
    for file, row in _tables(folder, "piece"):
        yield _piece(row, outlets, {}, event="", file=file)


def _piece(
    row: Mapping[str, Any], outlets: Mapping[str, Outlet], told: Mapping[str, Piece], *, event: str, file: str
) -> Piece:
    """A piece from its table; one that copies takes the text of the outlet it names, or the first paragraphs of it."""
    where = f"{file}: {row['title']}"
    if row["outlet"] not in outlets:
        raise WorldError(f"{where}: no outlet {row['outlet']!r} in outlets.toml")
    original = told.get(row["copies"]) if "copies" in row else None
    if "copies" in row and original is None:
        raise WorldError(f"{where}: {row['copies']!r} does not tell this event earlier in the file")
    paragraphs = original.paragraphs[: row.get("keep")] if original else _paragraphs(row["text"])
    if not paragraphs:
        raise WorldError(f"{where}: no text")
    return Piece(
        outlet=outlets[row["outlet"]],
        at=row["at"].replace(tzinfo=CLOCK),
        title=row["title"],
        paragraphs=paragraphs,
        author=row.get("author", original.author if original else ""),
        place=row.get("place", original.place if original else ""),
        event=event,
        copied=original is not None,
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(" ".join(part.split()) for part in text.split("\n\n") if part.strip())


def _refuse_shared_addresses(pieces: Iterable[Piece]) -> None:
    seen: dict[str, str] = {}
    for piece in pieces:
        if piece.path in seen:
            raise WorldError(f"{piece.path}: both {seen[piece.path]!r} and {piece.title!r}; move one by a minute")
        seen[piece.path] = piece.title
