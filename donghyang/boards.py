"""Named boards: how the list pages of a family of boards are read, with what a source says of its own."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from tomllib import loads
from types import MappingProxyType
from typing import Any

from archive.records.incoming import Board


@cache
def boards() -> Mapping[str, Board]:
    """The packaged boards by name, the most telling first."""
    told = loads((files("donghyang") / "data" / "boards.toml").read_text(encoding="utf-8"))
    return MappingProxyType({name: Board(**keys) for name, keys in told.items()})


def board_of(name: str, own: Mapping[str, Any]) -> Board:
    """A named board (or none, for ``""``) with the keys a source gives itself; KeyError for an unknown name."""
    return replace(boards()[name] if name else Board(), **own)
