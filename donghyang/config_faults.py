"""What is wrong with a config.toml, told so that it can be mended: the place, the value, what was expected."""

import difflib
import re
import typing
from collections.abc import Iterator, Mapping
from tomllib import TOMLDecodeError
from typing import Any, Final

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from donghyang.messages import MESSAGES, say
from donghyang.settings import Settings

_LINE: Final = re.compile(r"\(at line (\d+), column \d+\)")
_PASSWORD: Final = re.compile(r"(?<=://)[^/\s\"']*(?=@)")
_MOST_HOMES: Final = 2  # a key of more tables than that tells nothing of what was meant
_SLIPS: Final = (  # what people write for TOML, by the message that tells how it is written
    ("curly", re.compile("[“”‘’]")),
    ("capital", re.compile(r"=\s*(?:True|False)\b")),
    ("bare_name", re.compile(r"^\s*[^\s\"'#\[=]*[^\x00-\x7f][^\"'=]*=")),
    ("open_quote", re.compile(r"^[^\"#]*(?:\"[^\"]*\"[^\"#]*)*\"[^\"]*$")),
)


def of_syntax(text: str, error: TOMLDecodeError) -> str:
    """The line that is no TOML, and what is usually wrong with such a line; a password in it is not shown."""
    found = _LINE.search(str(error))
    lines = text.splitlines()
    number = int(found[1]) if found else len(lines)  # "at end of document"
    if not 0 < number <= len(lines):
        return str(error)
    line = lines[number - 1]
    slip = next((name for name, looks in _SLIPS if looks.search(line)), "")
    hint = say(f"expected.toml_{slip}") if slip else str(error)
    return say("config.line", number=number, line=_PASSWORD.sub("***", line.strip()), hint=hint)


def sentence(problem: ErrorDetails, data: Mapping[str, Any]) -> str:
    """One wrong key, told so that it can be mended."""
    key = _key(problem["loc"], data)
    if problem["type"] == "extra_forbidden":
        return say("config.unknown_key", key=key, nearest=_nearest(problem["loc"]))
    if problem["type"] == "missing":
        return say("config.missing", key=key)
    expected, value = _expected(problem), problem["input"]
    if not key:
        return expected
    if isinstance(value, dict):  # a whole table: the sentence names what does not go together
        return f"{key}: {expected}"
    return say(
        "config.wrong", key=key, value=str(value).lower() if isinstance(value, bool) else repr(value), expected=expected
    )


def _expected(problem: ErrorDetails) -> str:
    """What should have been written, in the catalogue's words."""
    context = problem.get("ctx", {})
    if problem["type"] == "value_error":
        return str(context["error"])
    if problem["type"] == "literal_error":
        return say("expected.choice", choices=context["expected"].replace(" or ", ", "))
    if problem["type"].startswith(("greater_than", "less_than")):
        word = problem["type"].partition("_")[0]
        return say(f"expected.{word}", limit=context.get("ge", context.get("le")))
    key = f"expected.{problem['type'].partition('_')[0]}"  # int_parsing, int_type, bool_parsing, …
    return say(key if key in MESSAGES else "expected.kind", reason=problem["msg"])


def _key(location: tuple[int | str, ...], data: Mapping[str, Any]) -> str:
    """``sources[3] (etnews).url`` for a place in the data."""
    words: list[str] = []
    place: Any = data
    for part in location:
        place = place[part] if _holds(place, part) else None
        if isinstance(part, int):
            name = place.get("id") or place.get("name") if isinstance(place, dict) else None
            words[-1] += f"[{part + 1}]" + (f" ({name})" if name else "")
        else:
            words.append(part)
    return ".".join(words)


def _holds(place: Any, part: int | str) -> bool:
    return (isinstance(place, dict) and part in place) or (
        isinstance(place, list) and isinstance(part, int) and part < len(place)
    )


def _nearest(location: tuple[int | str, ...]) -> str:
    """The known key that was probably meant, or the table it belongs to."""
    model: Any = Settings
    for part in location[:-1]:
        if isinstance(part, str) and model:
            model = _table_of(model, part)
    if model is None:
        return ""
    if homes := list(_homes(str(location[-1]))):
        return say("config.belongs", tables=", ".join(homes)) if len(homes) <= _MOST_HOMES else ""
    known = [field.alias or name for name, field in model.model_fields.items()]
    close = difflib.get_close_matches(str(location[-1]), known, n=1)
    return say("config.did_you_mean", name=close[0]) if close else say("config.known_here", names=", ".join(known))


def _homes(key: str) -> Iterator[str]:
    """The tables of the page that have this key, as their headings are written."""
    for name, field in Settings.model_fields.items():
        table = _table_of(Settings, field.alias or name)
        if table and any(key == (inner.alias or own) for own, inner in table.model_fields.items()):
            several = typing.get_origin(field.annotation) in (list, tuple)
            yield f"[[{field.alias or name}]]" if several else f"[{field.alias or name}]"


def _table_of(model: type[BaseModel], key: str) -> type[BaseModel] | None:
    """The model of a nested table, however it is wrapped."""
    field = next((field for name, field in model.model_fields.items() if key == (field.alias or name)), None)
    kinds: list[Any] = [field.annotation] if field else []
    while kinds:
        kind = kinds.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind
        kinds.extend(typing.get_args(kind))
    return None
