"""List pages in the shapes Korean public boards give them, written for the tests: one per packaged board.

Read at NOW, each gives the lines that expected.json names: path and query, title, day (with the time when it is told).
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from archive.records.incoming import Entry

CORPUS: Final = Path(__file__).parent / "corpus" / "boards"
NOW: Final = datetime(2026, 2, 12, 15, 0, tzinfo=ZoneInfo("Asia/Seoul"))


@dataclass(frozen=True)
class Page:
    """A list page and what is to be read from it."""

    at: str  # path and query of the list on its server
    body: bytes
    lines: list[list[str]]


def pages() -> dict[str, Page]:
    """The pages by the name of their board."""
    told = json.loads((CORPUS / "expected.json").read_text(encoding="utf-8"))
    return {name: Page(page["at"], body(name), page["lines"]) for name, page in told.items()}


def body(name: str) -> bytes:
    """One page's bytes."""
    return (CORPUS / f"{name}.html").read_bytes()


def line_of(entry: Entry, server: str) -> list[str]:
    """An entry as expected.json writes it."""
    day = entry.published.astimezone(NOW.tzinfo).strftime("%Y-%m-%dT%H:%M") if entry.published else ""
    return [entry.url.removeprefix(server), entry.title, day.removesuffix("T00:00")]
