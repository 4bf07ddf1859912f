"""Articles that a page keeps in its scripts: JSON-LD, Arc (`Fusion.globalContent`), Next.js and its likes.

Some of the largest Korean dailies send an empty page and let a script write the article from such a state; readers of
HTML see nothing there. The state is only read as data, nothing is run.
"""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final

from lxml import etree

from collectors.arbitration import Candidate
from collectors.blocks import text_of_html

Json = Any  # what json.loads gives

_MOST_NODES: Final = 60_000  # of one state; beyond that it is a site's whole catalogue
_MOST_SCRIPT: Final = 2_000_000  # characters
_MOST_STATES: Final = 40  # in one script; each broken one costs a pass over the script
_SHORTEST: Final = 100  # characters that a text from an unknown state must have
_DECODER: Final = json.JSONDecoder(strict=False)
_ASSIGNED: Final = re.compile(r"(?:Fusion\.globalContent|__[A-Z][A-Z_0-9]{3,40}__|window\.\w{3,40})\s*=\s*(?=[\[{])")
_ARC: Final = re.compile(r"Fusion\.globalContent\s*=\s*(?=\{)")
_ARC_DATES: Final = ("first_publish_date", "publish_date", "display_date")
_FLIGHT: Final = re.compile(r"self\.__next_f\.push\(\s*(?=\[)")
_ROW: Final = re.compile(r"([0-9a-f]{1,8}):(?:T([0-9a-f]{1,8}),)?")
_BODY_KEYS: Final = frozenset(
    {"articlebody", "article_body", "body", "bodyhtml", "body_html", "content", "contents", "contenthtml"}
    | {"content_html", "html", "text", "article", "articlecontent", "article_content", "newscontent", "news_content"}
)
_ARTICLES: Final = re.compile(r"Article|Posting|Report$|CreativeWork|NewsItem")


def json_ld(root: etree._Element) -> list[Mapping[str, Json]]:
    """The JSON-LD objects that describe an article, those with a body first."""
    found = [
        node
        for script in root.iter("script")
        if "ld+json" in (script.get("type") or "")
        for value in _values(script.text or "")
        for node in _objects(value)
        if _ARTICLES.search(str(node.get("@type", "")))
    ]
    return sorted(found, key=lambda node: not isinstance(node.get("articleBody"), str))


def from_json_ld(nodes: list[Mapping[str, Json]]) -> Candidate | None:
    """The articleBody of the page's own description, when it has one."""
    bodies = [text_of_html(body) for node in nodes if isinstance(body := node.get("articleBody"), str)]
    text = max(bodies, key=len, default="")
    return Candidate("json-ld", text) if text else None


def from_states(root: etree._Element) -> Candidate | None:
    """The longest text that looks like an article among all states of the page's scripts."""
    scripts = [script for script in root.iter("script") if script.text and "ld+json" not in (script.get("type") or "")]
    found = [candidate for script in scripts for candidate in _from_script(script)]
    flight = _flight("".join(_flight_chunks(scripts)))
    if flight:
        found += [Candidate("state:next-flight", text) for text in _texts(list(flight.values()), flight)]
    best = max(found, key=lambda candidate: len(candidate.text), default=None)
    return best if best and len(best.text) >= _SHORTEST else None


def published_in_state(root: etree._Element) -> str:
    """When Arc's own state says the page's article was first published, "" when there is none.

    The meta elements of such pages tell when the article was made, minutes off.
    """
    for script in root.iter("script"):
        text = (script.text or "")[:_MOST_SCRIPT]
        found = _ARC.search(text)
        state = _value_at(text, found.end()) if found else None
        if isinstance(state, dict) and isinstance(state.get("content_elements"), list):
            return next((told for key in _ARC_DATES if isinstance(told := state.get(key), str)), "")
    return ""


def _from_script(script: etree._Element) -> Iterator[Candidate]:
    text = (script.text or "")[:_MOST_SCRIPT]
    if script.get("id") == "__NEXT_DATA__" or script.get("type") == "application/json":
        yield from (Candidate("state:json", body) for value in _values(text) for body in _texts(value))
        return
    for assignment in islice(_ASSIGNED.finditer(text), _MOST_STATES):
        name = "state:arc" if assignment[0].startswith("Fusion") else "state:json"
        value = _value_at(text, assignment.end())
        yield from (Candidate(name, body) for body in _texts(value))


def _texts(state: Json, rows: Mapping[str, Json] | None = None) -> Iterator[str]:
    """Every text in a state that may be an article's: Arc's element lists, and long strings under telling keys."""
    for node in _objects(state):
        elements = node.get("content_elements")
        if isinstance(elements, list):
            yield _joined(elements)
        for key, value in node.items():
            if key.lower() in _BODY_KEYS:
                yield from _body(value, rows or {})


def _joined(elements: list[Json]) -> str:
    """The text of Arc's content_elements: paragraphs and headings, in order."""
    parts = [
        text_of_html(text)
        for element in elements
        if isinstance(element, dict) and isinstance(text := element.get("content"), str)
    ]
    return "\n".join(filter(None, parts))


def _body(value: Json, rows: Mapping[str, Json]) -> Iterator[str]:
    if isinstance(value, str) and value.startswith("$"):
        value = rows.get(value[1:], value)
    if isinstance(value, str) and len(value) >= _SHORTEST:
        yield text_of_html(value)
    elif isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        yield "\n".join(filter(None, map(text_of_html, value)))


def _objects(state: Json) -> Iterator[Mapping[str, Json]]:
    """The objects of a state, breadth first, without recursion."""
    waiting, seen = [state], 0
    while waiting and seen < _MOST_NODES:
        following: list[Json] = []
        for node in waiting[:_MOST_NODES]:
            seen += 1
            if isinstance(node, dict):
                yield node
                following += [value for value in node.values() if isinstance(value, dict | list)]
            elif isinstance(node, list):
                following += [value for value in node if isinstance(value, dict | list)]
        waiting = following


def _values(text: str) -> list[Json]:
    """The JSON of a script that is nothing else; [] when it is broken."""
    text = text.strip().removeprefix("<![CDATA[").removeprefix("//<![CDATA[").strip()
    value = _value_at(text, 0) if text[:1] in {"{", "["} else None
    return [] if value is None else [value]


def _value_at(text: str, start: int) -> Json:
    """The JSON value that begins at a place, whatever follows it; None when it is broken or too deep."""
    try:
        return _DECODER.raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return None


def _flight_chunks(scripts: list[etree._Element]) -> Iterator[str]:
    """The pieces of React's flight stream, as Next.js pushes them."""
    for script in scripts:
        text = (script.text or "")[:_MOST_SCRIPT]
        for push in islice(_FLIGHT.finditer(text), _MOST_STATES):
            chunk = _value_at(text, push.end())
            if isinstance(chunk, list) and len(chunk) > 1 and isinstance(chunk[1], str):
                yield chunk[1]


def _flight(stream: str) -> dict[str, Json]:
    """The rows of a flight stream by id: `1a:{json}` to the end of the line, `1b:T5f,` and as many bytes of text."""
    rows: dict[str, Json] = {}
    data, place = stream.encode("utf-8", "replace"), 0
    while place < len(data):
        line_end = data.find(b"\n", place)
        line_end = len(data) if line_end < 0 else line_end
        head = _ROW.match(data[place : place + 40].decode("ascii", "replace"))
        if head and head[2]:
            end = place + head.end() + int(head[2], 16)
            rows[head[1]] = data[place + head.end() : end].decode("utf-8", "replace")
            place = end
            continue
        if head:
            rows[head[1]] = _value_at(data[place + head.end() : line_end].decode("utf-8", "replace"), 0)
        place = line_end + 1
    return rows
