"""Issues as JSON and back: what ``issue show`` prints, what the archive keeps, what an issue is rebuilt from.

Keys are a contract (docs: ``issue show``) and stand in a fixed order, so that one issue has one spelling. A key that a
later release adds has a default and older snapshots stay readable; nothing is ever taken away.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from archive.records.issue import Issue, ItemTrend
from archive.weeks import Week

Record = TypeVar("Record")

_FIRST: Final = (
    "week",
    "number",
    "revision",
    "title",
    "period",
    "highlights",
    "items",
    "calls",
    "signals",
    "sources",
    "coverage",
)
_RENAMED: Final[Mapping[tuple[type, str], str]] = {(ItemTrend, "trend"): "class"}


def to_json(issue: Issue) -> str:
    """The issue's one spelling."""
    written = _written(issue)
    written["period"] = {"start": written.pop("start"), "end": written.pop("end")}
    ordered = {name: written[name] for name in _FIRST} | written
    return json.dumps(ordered, ensure_ascii=False, indent=1, allow_nan=False)


def from_json(text: str) -> Issue:
    """The issue a snapshot spells; ValueError for text that is no snapshot."""
    try:
        found = json.loads(text)
        period = found.pop("period")
        return _read_record(Issue, {**found, "start": period["start"], "end": period["end"]})
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"this is no snapshot of an issue: {error!r}") from error


def to_plain(record: Any) -> Any:
    """A record as JSON knows it: for columns that keep one whole."""
    return _written(record)


def from_plain(kind: type[Record], found: Mapping[str, Any]) -> Record:
    """The record that was written; KeyError when it lacks a field that has no default."""
    return _read_record(kind, found)


def _written(value: Any) -> Any:
    """A value as JSON knows it; mappings in the order of their keys, as their own order means nothing."""
    if is_dataclass(value) and not isinstance(value, Week):
        names = (field.name for field in fields(value))
        return {_RENAMED.get((type(value), name), name): _written(getattr(value, name)) for name in names}
    if isinstance(value, Week):
        return str(value)
    if isinstance(value, date):  # or a moment, which is one
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_written(part) for part in value]
    if isinstance(value, Mapping):
        return {name: _written(value[name]) for name in sorted(value)}
    return value


def _read_record(kind: type[Record], found: Mapping[str, Any]) -> Record:
    known: Any = kind  # a cached function takes what is hashable, and mypy does not know that of a type
    plan = _plan(known)
    return kind(**{name: read(found[key]) for name, key, read, needed in plan if needed or key in found})


@cache
def _plan(kind: Any) -> tuple[tuple[str, str, Callable[[Any], Any], bool], ...]:
    """For each field of a record: its name, its key, how to read it, and whether it has no default."""
    hints = get_type_hints(kind)
    return tuple(
        (
            field.name,
            _RENAMED.get((kind, field.name), field.name),
            _reader(hints[field.name]),
            field.default is MISSING and field.default_factory is MISSING,
        )
        for field in fields(kind)
    )


def _reader(hint: Any) -> Callable[[Any], Any]:
    """How to read what a type hint promises."""
    origin, of = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        inner = _reader(next(part for part in of if part is not NoneType))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        each = _reader(of[0])
        return lambda value: tuple(each(part) for part in value)
    if hint is Week:
        return Week.parse
    if hint in {date, datetime}:
        return cast("type[date]", hint).fromisoformat
    if is_dataclass(hint) and isinstance(hint, type):
        return lambda value: _read_record(hint, value)
    return lambda value: value
