"""OPML 2.0: the list of feeds that feed readers exchange (opml.org/spec2.opml).

Read liberally: any charset, bare ampersands, HTML's entities, folders in folders. Written strictly: every outline
has ``text``, ``title``, ``type="rss"`` and ``xmlUrl``, and ``category`` says what kind of place it is. A document
type is taken out before parsing, and with it every entity it declares.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final

from lxml import etree

from collectors import charsets
from collectors.plain_text import line
from collectors.xml_repair import well_formed

_ROOT: Final = re.compile(r"<opml(?=[\s>/])[^>]*", re.IGNORECASE)
_LARGEST: Final = 20_000_000  # bytes; a list of 50,000 feeds has ten million
_UNWRITABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]+")  # controls, halves of pairs
_TRUE: Final = "true"


class OpmlError(Exception):
    """The bytes are no OPML, or name no feed; the message is a sentence that says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A feed as a list names it."""

    url: str
    title: str = ""
    site: str = ""  # the web page it belongs to
    category: str = ""  # the outline's own categories, as written
    folders: tuple[str, ...] = ()  # titles of the outlines around it, outermost first
    language: str = ""
    paused: bool = False  # the outline, or a folder around it, is commented out (isComment)


def read_opml(body: bytes) -> tuple[Subscription, ...]:
    """The feeds a list names, in its order; OpmlError when it is no list, or an empty one.

    Outlines without an address (folders, notes, links to pages) are passed over.
    """
    if len(body) > _LARGEST:
        raise OpmlError(f"larger than {_LARGEST // 1_000_000} MB: no list of feeds is so long")
    root = _root(charsets.decode(body, declared=charsets.declared_in(body), http=None))
    found = tuple(_subscriptions(root))
    if not found:
        raise OpmlError("an OPML list that names no feed: no outline has an xmlUrl")
    return found


def write_opml(feeds: Sequence[Subscription], *, title: str, made: datetime) -> bytes:
    """The list as UTF-8 bytes; OpmlError when there is nothing to list: OPML 2.0 wants at least one outline."""
    if not feeds:
        raise OpmlError("there is no feed to list")
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = _plain(title)
    etree.SubElement(head, "dateCreated").text = format_datetime(made.astimezone(UTC))
    body = etree.SubElement(root, "body")
    for feed in feeds:
        etree.SubElement(body, "outline", _attributes(feed))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _root(text: str) -> etree._Element:
    document = well_formed(text, _ROOT)
    if document is None:
        raise OpmlError("no OPML list: there is no <opml> element in it")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(document.xml.encode("utf-8", "ignore"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise OpmlError(f"an OPML list that is not well-formed: {line(str(error))}") from error


def _subscriptions(root: etree._Element) -> Iterable[Subscription]:
    """Outlines with an address, in document order."""
    for outline in root.iter("{*}outline", "{*}Outline"):
        told = _told(outline)
        if url := "".join(told.get("xmlurl", "").split()):
            around = [_told(folder) for folder in outline.iterancestors("{*}outline", "{*}Outline")]
            yield Subscription(
                url=url,
                title=line(told.get("title") or told.get("text", "")),
                site=told.get("htmlurl", "").strip(),
                category=line(told.get("category", "")),
                folders=tuple(name for folder in reversed(around) if (name := _name(folder))),
                language=told.get("language", "").strip(),
                paused=any(one.get("iscomment", "").strip().lower() == _TRUE for one in (told, *around)),
            )


def _told(outline: etree._Element) -> dict[str, str]:
    """An outline's attributes by name in lower case: readers write xmlUrl, xmlurl and XMLURL."""
    return {str(name).lower(): str(value) for name, value in outline.attrib.items()}


def _name(folder: dict[str, str]) -> str:
    return line(folder.get("title") or folder.get("text", ""))


def _attributes(feed: Subscription) -> dict[str, str]:
    url = _plain(feed.url)
    name = _plain(feed.title) or url
    told = {"type": "rss", "text": name, "title": name, "xmlUrl": url, "htmlUrl": _plain(feed.site)}
    told |= {"category": _plain(feed.category), "language": _plain(feed.language)}
    told |= {"isComment": _TRUE if feed.paused else ""}
    return {key: value for key, value in told.items() if value}


def _plain(text: str) -> str:
    """One line that XML can hold."""
    return " ".join(_UNWRITABLE.sub(" ", text).split())
