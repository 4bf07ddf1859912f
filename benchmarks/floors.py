"""Floors that only go up: what was once measured may not be lost without saying so."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.003  # below this, two figures are the same: ties between equal scores fall differently elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """A figure of a benchmark's output, and how low it may be."""

    name: str
    benchmark: str
    pattern: str  # its first group is the figure
    floor: float

    def measured(self, printed: str) -> float | None:
        """The figure in what the benchmark printed; None when it is not there (data absent)."""
        found = re.search(self.pattern, printed, re.MULTILINE | re.DOTALL)
        return float(found[1]) if found else None


def read(path: Path = FLOORS) -> list[Floor]:
    """The floors that are kept."""
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return [Floor(**row) for row in rows]


def broken(floors: Sequence[Floor], printed: Mapping[str, str]) -> list[str]:
    """A sentence for each figure that fell below its floor."""
    sentences = []
    for floor in floors:
        figure = floor.measured(printed.get(floor.benchmark, ""))
        if figure is not None and figure < floor.floor - SLACK:
            sentences.append(f"{floor.name} fell to {figure:.3f}, below its floor of {floor.floor:.3f}")
    return sentences


def raised(floors: Sequence[Floor], printed: Mapping[str, str]) -> list[Floor]:
    """The floors, each lifted to what was measured; none is ever lowered."""
    return [
        replace(floor, floor=max(floor.floor, floor.measured(printed.get(floor.benchmark, "")) or 0.0))
        for floor in floors
    ]


def write(floors: Sequence[Floor], path: Path = FLOORS) -> None:
    """Keep them."""
    rows = [{name: getattr(floor, name) for name in floor.__slots__} for floor in floors]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
