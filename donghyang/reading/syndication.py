"""Lists of articles as feeds: Atom (RFC 4287) and JSON Feed 1.1; only what may be shown of each."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from lxml import etree

from digest.cleaning import clean, web_address

_ATOM: Final = "http://www.w3.org/2005/Atom"
_SPACE: Final = uuid.UUID("2d0c7a4e-8b1f-5f0a-9b8e-5d1c3f7a9e61")  # of our own names


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One entry; ``id`` is ours and never changes."""

    id: str
    title: str
    url: str
    at: datetime
    summary: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHead:
    """What a feed says of itself; ``name`` is what tells it from our other feeds for good."""

    name: str
    title: str
    home: str
    own: str  # the feed's own address
    updated: datetime


def atom(head: FeedHead, items: Sequence[FeedItem]) -> bytes:
    """An Atom feed."""
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})  # type: ignore[dict-item] # the stubs know no default
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", "ko")
    _add(feed, "id", _urn(f"feed {head.name}"))
    _add(feed, "title", head.title)
    _add(feed, "updated", _stamp(head.updated))
    _add(_add(feed, "author"), "name", head.title)
    _add(feed, "generator", "donghyang")
    _link(feed, "alternate", head.home)
    _link(feed, "self", head.own)
    for item in items:
        entry = _add(feed, "entry")
        _add(entry, "id", _urn(item.id))
        _add(entry, "title", item.title)
        _add(entry, "updated", _stamp(item.at))
        _add(entry, "published", _stamp(item.at))
        _link(entry, "alternate", item.url)
        if item.author:
            _add(_add(entry, "author"), "name", item.author)
        if item.summary:
            _add(entry, "summary", item.summary)
    return etree.tostring(feed, encoding="utf-8", xml_declaration=True, pretty_print=True)


def json_feed(head: FeedHead, items: Sequence[FeedItem]) -> bytes:
    """A JSON Feed."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": clean(head.title),
        "language": "ko",
        "home_page_url": web_address(head.home),
        "feed_url": web_address(head.own),
        "items": [
            {
                "id": _urn(item.id),
                "url": web_address(item.url),
                "title": clean(item.title),
                "content_text": clean(item.summary),
                "date_published": _stamp(item.at),
                **({"authors": [{"name": clean(item.author)}]} if item.author else {}),
            }
            for item in items
        ],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _urn(name: str) -> str:
    return uuid.uuid5(_SPACE, name).urn


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _add(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    child = etree.SubElement(parent, f"{{{_ATOM}}}{name}")
    if text:
        child.text = clean(text)
    return child


def _link(parent: etree._Element, rel: str, address: str) -> None:
    if web_address(address):
        _add(parent, "link").attrib.update({"rel": rel, "href": address})
