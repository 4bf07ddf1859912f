"""The notices of tests/corpus/calls: what is written and what must be read, field by field."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.calls import read_notice
from archive.records.calls import CallDate, CallWindow, Notice

FOLDER = Path(__file__).parent / "corpus" / "calls"
FIELDS = ("name", "hosts", "amount", "who", "windows", "standing", "term", "kind", "was")
NOTHING: dict[str, Any] = {"hosts": [], "windows": [], "who": "unknown", "kind": "new"}


@dataclass(frozen=True)
class Outcome:
    """One field of one notice."""

    title: str
    field: str
    wanted: Any
    got: Any

    @property
    def right(self) -> bool:
        return bool(self.wanted == self.got)

    @property
    def invented(self) -> bool:
        """Whether something was read that does not stand in the notice; a name cut too short does."""
        cut = isinstance(self.got, str) and isinstance(self.wanted, str) and self.got in self.wanted
        return not self.right and not cut and self.got not in ([], "unknown", "new", None)


def outcomes(name: str) -> Iterator[Outcome]:
    """Every field of every notice of a file."""
    for row in tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["notice"]:
        found = read_notice(row["title"], row["text"], row["posted"])
        if not row.get("call", True) or found is None:
            yield Outcome(row["title"], "call", row.get("call", True), found is not None)
            continue
        said = written(found)
        for field in FIELDS:
            yield Outcome(row["title"], field, row.get(field, NOTHING.get(field, "")), said[field])


def written(found: Notice) -> dict[str, Any]:
    """A notice as the corpus writes it."""
    return {
        "name": found.name,
        "hosts": [f"{host.role} {host.name}" for host in found.hosts],
        "amount": found.amount,
        "who": found.audience,
        "windows": [_window(window) for window in found.windows],
        "standing": found.standing,
        "term": found.term,
        "kind": found.kind,
        "was": _date(found.was),
    }


def _window(window: CallWindow) -> str:
    label = f"{window.label}: " if window.label else ""
    return f"{label}{_date(window.opens)} ~ {_date(window.closes)}"


def _date(one: CallDate | None) -> str:
    return f"{one.day} {one.clock}".strip() if one else ""
