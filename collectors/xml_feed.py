"""RSS 0.9 to 2.0, RDF, Atom and CDF by feedparser, which is given clean text and asked for raw values only.

Its own decoding, dates, sanitising and relative links are not used: see charsets, dates, plain_text, feed_entries.
"""

import io
from typing import Any

import feedparser

from collectors.feed_entries import Item, Paper

_HEADERS = {"content-type": "application/xml; charset=utf-8"}
# The moment of publication by any name, then that of a change; feedparser's names for the elements.
_DATES = ("published", "created", "updated", "regdate", "reg_date", "pub_date", "write_date", "datetime")
_NO_PAGES = frozenset(("enclosure", "edit", "replies", "hub", "license", "next", "prev", "first", "last", "self"))


class UnreadableError(Exception):
    """feedparser gave up on the text."""


def paper_of(document: str) -> Paper:
    """The feed in an XML document, a broken one, too. Raises UnreadableError."""
    parsed = _parsed(document)
    feed, entries = parsed["feed"], parsed["entries"]
    return Paper(
        title=_text(feed, "title"),
        link=next(iter(_links(feed)), ""),
        lang=_text(feed, "language"),
        relative_to_itself=_text(parsed, "version").startswith("atom"),
        items=tuple(_item(entry) for entry in entries),
    )


def _parsed(document: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = feedparser.parse(
            io.BytesIO(document.encode("utf-8", "ignore")),
            response_headers=_HEADERS,
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception as problem:  # its parser for broken XML raises all kinds on hostile input
        message = f"feedparser gave up on it ({type(problem).__name__}: {problem})"
        raise UnreadableError(message) from problem
    return found


def _item(entry: dict[str, Any]) -> Item:
    contents = [_text(content, "value") for content in dict.get(entry, "content", ())]
    return Item(
        title=_text(entry, "title"),
        guid=_text(entry, "id"),
        links=_links(entry),
        summary=_text(entry, "summary"),
        content=max(contents, key=len, default=""),
        dates=tuple(text for name in _DATES if (text := _text(entry, name))),
        authors=_authors(entry),
    )


def _links(entry: dict[str, Any]) -> tuple[str, ...]:
    """Addresses that may be the item's page: the publisher's own behind FeedBurner, the link, other links to pages."""
    others = [_text(link, "href") for link in dict.get(entry, "links", []) if _text(link, "rel") not in _NO_PAGES]
    found = (_text(entry, "feedburner_origlink"), _text(entry, "link"), *others, _text(entry, "id"))
    return tuple(dict.fromkeys(address for address in found if address))


def _authors(entry: dict[str, Any]) -> tuple[str, ...]:
    """Names, or addresses of those who give none."""
    people = dict.get(entry, "authors", [])
    named = [_text(person, "name") or _text(person, "email") for person in people]
    return tuple(name for name in named if name) or (_text(entry, "author"),)


def _text(found: dict[str, Any], name: str) -> str:
    """A value as it is: feedparser's own get would give ``published`` for a missing ``updated``, and warn."""
    value = dict.get(found, name)
    return value.strip() if isinstance(value, str) else ""
