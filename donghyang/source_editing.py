"""config.toml with a source added, rested or woken: every byte outside the changed place stays as it was.

A place is found by its lines and changed by tomlkit alone with its own table (tomlkit writes a whole document anew
and moves tables that stand apart). The new text is then read beside the old one: when anything but what was wanted
has changed, or the sources are written in a way we do not edit, the answer is a ConfigError and nothing is written.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import tomlkit
from tomlkit.exceptions import TOMLKitError

from donghyang.config import ConfigError
from donghyang.messages import say

Row = Mapping[str, str | bool]  # a source's keys that differ from their defaults, in the order they are to be written

_HEADER: Final = re.compile(
    r"""^[ \t]*\[\[[ \t]*(?:sources|"sources"|'sources')[ \t]*\]\][ \t]*(?:#[^\n]*)?\r?$""", re.MULTILINE
)
_ANY_HEADER: Final = re.compile(r"^[ \t]*\[", re.MULTILINE)
_ASIDE: Final = re.compile(r"[ \t]*(?:#.*)?")  # a line that says nothing to a machine
_SWITCH: Final = r"[ \t]*enabled[ \t]*=[ \t]*false[ \t]*"
_PLAIN_SWITCH: Final = re.compile(rf"^{_SWITCH}\r?\n|\r?\n{_SWITCH}\Z", re.MULTILINE)


def with_sources(text: str, rows: Sequence[Row]) -> str:
    """The text with sources added after the last one; ConfigError when they cannot be put there."""
    wanted = tomllib.loads(text)
    wanted["sources"] = [*wanted.get("sources", ()), *map(dict, rows)]
    block = "".join(_block(row, _line_end(text)) for row in rows)
    for place in _places(text):
        changed = _inserted(text, place, block)
        if _reads_as(changed, wanted):
            return changed
    raise ConfigError(say("sources.uneditable"))


def with_enabled(text: str, id_: str, *, enabled: bool) -> str:
    """The text with a source rested (``enabled = false``) or woken; ConfigError when it cannot be changed there."""
    wanted, unsaid = tomllib.loads(text), tomllib.loads(text)
    number = next(place for place, row in enumerate(wanted["sources"]) if row.get("id") == id_)
    if wanted["sources"][number].get("enabled", True) == enabled:
        return text
    wanted["sources"][number]["enabled"] = enabled
    unsaid["sources"][number].pop("enabled", None)
    tables = list(_tables(text))
    likely = tables[number : number + 1]  # a header in a comment or a text would move the count; then each is tried
    for start, end in (*likely, *tables):
        changed = text[:start] + _switched(text[start:end], enabled=enabled) + text[end:]
        if _reads_as(changed, wanted) or (enabled and _reads_as(changed, unsaid)):
            return changed
    raise ConfigError(say("sources.uneditable"))


def _tables(text: str) -> Iterator[tuple[int, int]]:
    """Where each ``[[sources]]`` begins, and where the next table does."""
    for header in _HEADER.finditer(text):
        following = _ANY_HEADER.search(text, header.end())
        yield header.start(), following.start() if following else len(text)


def _places(text: str) -> Iterator[int]:
    """Where a source may be added, best first: after the last one and what is said of it, at the end of the page."""
    for start, end in list(_tables(text))[-1:]:
        yield start + _said(text[start:end])
    yield len(text)


def _said(table: str) -> int:
    """The length of a table up to its last key, with the comments that follow at once and end with a blank line."""
    lines = table.splitlines(keepends=True)
    last = _last_key(lines)
    after = next((place for place in range(last + 1, len(lines)) if not lines[place].strip()), None)
    return sum(map(len, lines[: last + 1 if after is None else after]))


def _last_key(lines: Sequence[str]) -> int:
    """The last line of a table that is neither blank nor a comment."""
    return max(place for place, line in enumerate(lines) if not _ASIDE.fullmatch(line.rstrip("\r\n")))


def _inserted(text: str, place: int, block: str) -> str:
    """The block set off by a blank line on each side."""
    before, after, end = text[:place], text[place:], _line_end(text)
    if before and not before.endswith("\n"):
        before += end
    if not before or before.endswith(end * 2):
        block = block.removeprefix(end)
    return before + block + ("" if not after or after.lstrip(" \t").startswith(("\n", "\r")) else end) + after


def _block(row: Row, end: str) -> str:
    lines = ["", "[[sources]]", *(f"{key} = {tomlkit.item(value).as_string()}" for key, value in row.items())]
    return "".join(line + end for line in lines)


def _switched(table: str, *, enabled: bool) -> str:
    """One source's table with its switch turned; a switch that says nothing more is taken out when it is turned on."""
    if enabled and (line := _PLAIN_SWITCH.search(table)):
        return table[: line.start()] + table[line.end() :]
    try:
        page: Any = tomlkit.parse(table)
    except TOMLKitError:
        return table
    if "enabled" in page["sources"][0]:
        page["sources"][0]["enabled"] = enabled
        return tomlkit.dumps(page)
    lines = table.splitlines(keepends=True)
    last = _last_key(lines)
    end = _line_end(table)
    lines[last] = lines[last].rstrip("\r\n") + end + "enabled = false" + (end if lines[last].endswith("\n") else "")
    return "".join(lines)


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _reads_as(text: str, wanted: Mapping[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        return False
