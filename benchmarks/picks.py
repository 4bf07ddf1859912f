"""The stories a week's readers would have carried, pooled."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from collectors.urls import canonical


class Addressed(Protocol):
    """A story of ours: where its articles stand."""

    @property
    def addresses(self) -> frozenset[str]:
        """Canonical addresses."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A story that readers picked."""

    title: str
    addresses: frozenset[str]
    votes: Mapping[str, int]  # reader → place among their picks

    def is_in(self, stories: Iterable[Addressed]) -> bool:
        """Whether one of the stories tells it."""
        return any(self.addresses & one.addresses for one in stories)


def picks_of(editors: Path) -> list[Pick]:
    """A file of picks: a list of ``title``, ``urls`` and ``votes`` by reader."""
    rows = json.loads(editors.read_text(encoding="utf-8"))
    return [Pick(row["title"], frozenset(map(canonical, row["urls"])), row["votes"]) for row in rows]
