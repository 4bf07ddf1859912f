"""Links that a script opens: ``onclick="fn_view('123','A')"`` and ``href="javascript:goView(123)"`` as addresses.

Nothing is run. The arguments of the call are read and put into a template an officer or a preset gives; an address
that stands in the script as it is (``location.href='/view.do?nttId=1'``) needs none.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Final
from urllib.parse import quote

_LONGEST: Final = 2000  # characters of a script that are read; a list's links are short
_CALL: Final = re.compile(r"([A-Za-z_$][\w$.]{0,80})\s{0,5}\(([^()]*)\)")
_ARGUMENT: Final = re.compile(r"'([^'\\]*)'|\"([^\"\\]*)\"|([^\s,'\"][^,'\"]*)")
_LITERAL: Final = re.compile(
    r"""(?:location(?:\.href)?\s{0,5}=|open\s{0,5}\(|(?:assign|replace)\s{0,5}\()\s{0,5}"""
    r"""(?:'([^'\\]+)'|"([^"\\]+)")"""
)
_PLACE: Final = re.compile(r"\{(\d|data-[a-z0-9_-]+|\?[\w-]+|id|value)\}")
_ELSEWHERE: Final = re.compile(r"^(?:#|mailto:|tel:|javascript:|data:|void)", re.IGNORECASE)
# Calls that open nothing: a handler often makes one of these first.
_ASIDE: Final = frozenset({"preventDefault", "stopPropagation", "confirm", "alert", "void", "return", "if"})


@dataclass(frozen=True, slots=True)
class Call:
    """A call in a script: its name and its arguments as they are written, quotes gone."""

    name: str
    arguments: tuple[str, ...]


def calls_in(script: str) -> tuple[Call, ...]:
    """The calls of a script that may open a page, in order; calls inside calls come alone."""
    text = unescape(script[:_LONGEST])
    found = ((name.rpartition(".")[2], written) for name, written in _CALL.findall(text))
    return tuple(Call(name, _arguments(written)) for name, written in found if name not in _ASIDE)


def literal_in(script: str) -> str:
    """The address a script names outright; "" when it names none."""
    found = _LITERAL.search(unescape(script[:_LONGEST]))
    address = (found[1] or found[2]).strip() if found else ""
    return "" if _ELSEWHERE.match(address) else address


def filled(template: str, arguments: Sequence[str], attributes: Mapping[str, str]) -> str:
    """A template with ``{1}`` … as the arguments, ``{data-id}`` as an attribute and ``{?bbsId}`` as a parameter.

    "" when one of them is missing. What is put in is escaped, so that an argument can name a page
    but never another host or path.
    """
    values = {str(number): text for number, text in enumerate(arguments, start=1)} | dict(attributes)
    if any(not values.get(name, "").strip() for name in places_of(template)):
        return ""
    return _PLACE.sub(lambda place: quote(values[place[1]].strip(), safe=""), template)


def places_of(template: str) -> tuple[str, ...]:
    """The names of a template's places: ``1``, ``data-id``, ``?bbsId`` and so on."""
    return tuple(_PLACE.findall(template))


def _arguments(written: str) -> tuple[str, ...]:
    return tuple((one or other or bare).strip() for one, other, bare in _ARGUMENT.findall(written))
