"""docs/config.md: every table and key of config.toml, with type, default and meaning, from the settings themselves."""

import json
import typing
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from analysis.ranking import PARTS, weights_of
from donghyang import settings_values as values
from donghyang.boards import boards
from donghyang.cadence import Cadence
from donghyang.settings import Settings

HEAD = """# config.toml

One file says everything an officer decides. `donghyang init` writes it with explanations in Korean; this page lists
every key. It is made by `make docs` from `donghyang/settings*.py`.

It is looked for in this order: `--config FILE`, `$DONGHYANG_CONFIG`, `./config.toml`, `/etc/donghyang/config.toml`.
It is TOML in UTF-8. Unknown keys and wrong values are refused with the key, what was expected and the nearest known
key.

Spans are written `"30s"`, `"15m"`, `"1h"`, `"14d"`; rhythms `"every 1h"`, `"every day 05:00"`, `"mon 06:00"`, with days
by name only. A day is written `2026-12-31`, without quotes.

A `lexicon.toml` beside the file adds organisations, people, products and concepts to the packaged ones, and wins over
them.

| environment variable | what it does |
|---|---|
| `DONGHYANG_CONFIG` | where config.toml is |
| `DONGHYANG_DATABASE_URL` | the archive, in place of `[archive] url`: for an address with a password in it |
| `DONGHYANG_SMTP_PASSWORD` | the mail server's password, unless `[mail] password_env` names another |
| `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY` | the way out, unless `[http] proxy` says one |
"""
_UNITS = ((86400, "d"), (3600, "h"), (60, "m"), (1, "s"))
_BOUNDS = (("ge", "at least"), ("le", "at most"))
_NAMED = {
    values.Zone: "time zone",
    values.Clock: "time zone",
    values.Address: "mail address",
    values.NoAddress: "mail address",
    values.Pause: "true, false or a day",
    values.Http: "http(s) address",
    values.Proxy: "proxy address",
    values.MailHost: "host name or address",
    values.SourceName: "letters, digits, `-` `_` `.`",
    values.BoardName: " · ".join(f"`{name}`" for name in boards()),
}
_PLAIN = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    date: "day",
    timedelta: "span",
    Cadence: "rhythm",
}


def config_page() -> str:
    """The page."""
    fields = Settings.model_fields.items()
    plain = {name: field for name, field in fields if not _table_in(field) and name != "publishers"}
    parts = [HEAD, _section("At the top", "Before the first table.", plain)]
    for name, field in fields:
        if name not in plain:
            parts += _sections(name, field)
    return "\n".join(parts)


def keys() -> Iterator[tuple[str, FieldInfo]]:
    """Every key of the file with its way in: ``digest.places.city``."""
    yield from _keys("", Settings)


def _keys(way: str, table: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    for name, field in table.model_fields.items():
        spelt = f"{way}{field.alias or name}"
        inner = _table_in(field)
        if inner is None:
            yield spelt, field
        else:
            yield from _keys(f"{spelt}.", inner)


def _sections(name: str, field: FieldInfo) -> Iterator[str]:
    """A table of the file, and those inside it."""
    table = _table_in(field)
    if table is None:  # [publishers]: the city names the keys
        yield f'## `[{name}]`\n\n{field.description}\n\n```toml\n[{name}]\n"○○일보" = ["city-ilbo.example"]\n```\n'
        return
    many = typing.get_origin(field.annotation) is tuple
    about = " ".join((table.__doc__ or "").split())
    yield _section(f"`[[{name}]]`" if many else f"`[{name}]`", about, table.model_fields)


def _section(title: str, about: str, fields: Mapping[str, FieldInfo]) -> str:
    lines = [row for name, field in fields.items() for row in _rows(field.alias or name, field)]
    return "\n".join(
        (f"## {title}\n", f"{about}\n", "| key | type | default | meaning |", "|---|---|---|---|", *lines, "")
    )


def _rows(name: str, field: FieldInfo, inside: str = "") -> Iterator[str]:
    inner = _table_in(field)
    if inner is None:
        yield f"| `{name}` | {_kind(field)} | {_default(name, field, inside)} | {field.description} |"
        return
    for below, part in inner.model_fields.items():
        yield from (row.replace("| `", f"| `{name}.", 1) for row in _rows(below, part, name))


def _table_in(field: FieldInfo) -> type[BaseModel] | None:
    """The table a key holds, however it is wrapped."""
    for kind in _parts(field.annotation):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind
    return None


def _parts(kind: Any) -> Iterator[Any]:
    """A type, and those inside it."""
    yield kind
    for inner in typing.get_args(kind):
        yield from _parts(inner)


def _kind(field: FieldInfo) -> str:
    """A key's type in plain words."""
    for named, words in _NAMED.items():
        if typing.get_args(named)[1] in field.metadata:
            return words
    bounds = [
        f"{word} {getattr(mark, name)}" for mark in field.metadata for name, word in _BOUNDS if hasattr(mark, name)
    ]
    return ", ".join((_spelt(field.annotation), *bounds))


def _spelt(kind: Any) -> str:
    choices = [part for part in _parts(kind) if isinstance(part, str)]
    if choices:
        return " · ".join(f"`{choice}`" for choice in choices)
    if typing.get_origin(kind) is tuple:
        return f"list of {_spelt(typing.get_args(kind)[0])}"
    return " or ".join(dict.fromkeys(_PLAIN[part] for part in _parts(kind) if part in _PLAIN))


def _default(name: str, field: FieldInfo, inside: str) -> str:
    """What is so when the key is not written, as it would be written."""
    if field.is_required():
        return "required"
    value = field.default
    if value is None:
        return _weight(name, inside) if name in PARTS else "unset"
    if isinstance(value, timedelta):
        return f'`"{_span(value)}"`'
    if isinstance(value, tuple):
        value = [_span(part) if isinstance(part, timedelta) else part for part in value]
    return f"`{json.dumps(str(value) if isinstance(value, Cadence) else value, ensure_ascii=False)}`"


def _weight(part: str, view: str) -> str:
    """A weight of [ranking]: what a perspective gives it, or that each has its own."""
    usual = {str(name): weights for name, weights in weights_of({}).items()}
    return f"`{usual[view][part]}`" if view in usual else "each its own"


def _span(value: timedelta) -> str:
    seconds = int(value.total_seconds())
    return next(f"{seconds // unit}{letter}" for unit, letter in _UNITS if seconds % unit == 0)
