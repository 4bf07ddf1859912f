"""Results on standard output: a table for people, JSON for programs, CSV for spreadsheets."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from archive.export import spreadsheet_cell
from donghyang.messages import say


class Format(StrEnum):
    """How a command prints its result."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def as_json(value: object) -> str:
    """Readable JSON; moments in ISO 8601 with their offset."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain)


def as_json_line(value: object) -> str:
    """One line of JSON."""
    return json.dumps(value, ensure_ascii=False, default=_plain)


def as_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """A spreadsheet: nested values as JSON, nothing that a spreadsheet would run as a formula."""
    listed = list(rows)
    out = io.StringIO()
    writer = csv.writer(out)
    names = list(listed[0]) if listed else []
    writer.writerow(names)
    for row in listed:
        writer.writerow([spreadsheet_cell(_cell(row.get(name))) for name in names])
    return out.getvalue()


def print_table(headings: Sequence[str], rows: Iterable[Sequence[object]], console: Console | None = None) -> None:
    """A table as wide as the terminal; unbroken lines when piped."""
    console = console or Console(soft_wrap=False)
    if not console.is_terminal:
        console = Console(width=240, file=console.file)
    table = Table(*headings, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*(escape("" if cell is None else str(cell)) for cell in row))
    console.print(table)


def echo_rows(rows: Sequence[Mapping[str, Any]], shape: Format) -> None:
    """Rows for spreadsheets, else for programs."""
    typer.echo(as_csv(rows) if shape is Format.CSV else as_json(rows), nl=shape is not Format.CSV)


def show(rows: Sequence[Mapping[str, Any]], shape: Format, headings: str, lines: Iterable[Sequence[object]]) -> None:
    """Rows in the shape that was asked for; ``lines`` are the same rows as cells of the table with those headings."""
    if shape is Format.TABLE:
        print_table(say(headings).split("|"), lines)
    else:
        echo_rows(rows, shape)


def local(moment: datetime | None, zone: ZoneInfo) -> str:
    """A moment as people of the zone write it; "" for none."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else ""


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)
