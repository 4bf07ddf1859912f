"""Feeds that are nearly XML, made well-formed, so that a strict parser reads what their publisher meant.

What is mended: text before and after the document, characters XML forbids, bare ampersands, HTML's entities,
undeclared but well-known prefixes. A document type is taken out, and with it every entity bomb and every
entity that would read a file; entities it declares with a plain short value are put in their places first.
"""

import html.entities
import re
from collections.abc import Iterator
from dataclasses import dataclass

# Root elements of feeds, with any prefix; channel is CDF's; a lone entry is Atom's.
_ROOT = re.compile(r"<(?:[\w-]+:)?(?:rss|feed|rdf|channel|entry(?=[^<>]*/2005/Atom))(?=[\s>/])[^>]*", re.IGNORECASE)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_FORBIDDEN_REFERENCE = re.compile(r"&#(?:x0*(?:[0-8bce-f]|1[0-9a-f])|0*(?:[0-8]|1[1245-9]|2\d|3[01]));", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ELEMENT = re.compile(r"<[A-Za-z]")
_CDATA = "<![CDATA["
_PROLOGUE = 20_000  # characters before the root element that are looked at
_AMPERSAND = re.compile(r"&(?!(?:#\d+|#x[0-9a-fA-F]+|amp|lt|gt|quot|apos);)")
_NAMED = re.compile(r"&([A-Za-z][\w.-]*);")
_DECLARED = re.compile(
    r"""<!ENTITY\s+([A-Za-z][\w.-]*)\s+(?:"((?:[^"&%<]|&#\w+;){0,200})"|'((?:[^'&%<]|&#\w+;){0,200})')\s*>"""
)
_MOST_GROWTH = 1 << 20  # characters that declared entities may add: beyond that they are an attack
_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
_PREFIXES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
}


@dataclass(frozen=True, slots=True)
class Repaired:
    """A feed as UTF-8 XML without a document type."""

    xml: str
    whole: bool  # it is closed and stands alone: without items it is an empty feed, not a piece of something else


def repaired(text: str) -> Repaired | None:
    """The feed in a text; None when there is no feed's root element in it."""
    return well_formed(text, _ROOT)


def well_formed(text: str, opening: re.Pattern[str]) -> Repaired | None:
    """The document whose root element begins as ``opening`` says; None when there is none."""
    root = opening.search(text)
    if not root:
        return None
    end = _end(text, root[0])
    document = _FORBIDDEN_REFERENCE.sub("", _FORBIDDEN.sub("", text[root.start() : end or len(text)]))
    if _AMPERSAND.search(document):
        declared = _declared(text[: root.start()][:_PROLOGUE], document)
        document = "".join(
            piece if piece.startswith(_CDATA) else _with_entities(piece, declared) for piece in _pieces(document)
        )
    alone = not _ELEMENT.search(_COMMENT.sub("", text[: root.start()][:_PROLOGUE]))
    return Repaired(_DECLARATION + _with_prefixes(document), whole=bool(end) and alone)


def _pieces(document: str) -> Iterator[str]:
    """A document in turns of markup and CDATA sections (by find: a pattern would be quadratic on unclosed ones)."""
    at = 0
    while (begun := document.find(_CDATA, at)) >= 0:
        yield document[at:begun]
        closed = document.find("]]>", begun)
        at = closed + 3 if closed >= 0 else len(document)
        yield document[begun:at]
    yield document[at:]


def _end(text: str, root: str) -> int:
    """Where the root element ends; 0 when it is cut off."""
    if root.endswith("/"):
        return text.find(">", text.find(root)) + 1
    name = re.split(r"[\s<>/]", root[1:])[0]
    closing = text.rfind(f"</{name}")
    return text.find(">", closing) + 1 if closing >= 0 else 0


def _declared(prologue: str, document: str) -> dict[str, str]:
    """Entities that the document type declares with a plain value; none at all when they would swell the document."""
    declared = {name: one or other for name, one, other in _DECLARED.findall(prologue)}
    growth = sum(document.count(f"&{name};") * len(value) for name, value in declared.items())
    return declared if growth <= _MOST_GROWTH else {}


def _with_entities(piece: str, declared: dict[str, str]) -> str:
    """Named entities as the characters they stand for, and bare ampersands escaped."""

    def read(entity: re.Match[str]) -> str:
        name = entity[1]
        if name in declared:
            return declared[name]
        character = html.entities.html5.get(f"{name};", "")
        return entity[0] if character in "&<>\"'" else character

    return _AMPERSAND.sub("&amp;", _NAMED.sub(read, piece))


def _with_prefixes(document: str) -> str:
    """Namespace declarations added for well-known prefixes that are used without one."""
    missing = [
        f' xmlns:{prefix}="{uri}"'
        for prefix, uri in _PREFIXES.items()
        if f"<{prefix}:" in document and f"xmlns:{prefix}=" not in document
    ]
    if not missing:
        return document
    name = re.match(r"<[\w:-]+", document)
    at = name.end() if name else 0
    return document[:at] + "".join(missing) + document[at:]
