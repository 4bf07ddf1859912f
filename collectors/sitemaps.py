"""Sitemaps (sitemaps.org) and news sitemaps (Google's news 0.9 extension): pages with title and day, or further maps.

bytes ─unpacked─▶ ─charsets─▶ text ─xml_repair─▶ XML ─▶ pages and maps

What a page was last changed on (lastmod) is never taken for its day of publication; a page without that day gets it
when it is read. A document type is taken out before parsing, and every entity with it.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import islice, pairwise
from typing import Final
from urllib.parse import urljoin, urlsplit

from lxml import etree

from collectors import charsets, dates
from collectors.not_feeds import NotAFeed, named
from collectors.plain_text import line
from collectors.xml_repair import well_formed

_ROOT: Final = re.compile(r"<(?:[\w-]+:)?(?:urlset|sitemapindex)(?=[\s>/])[^>]*")
_CLOSED: Final = re.compile(r"</(?:[\w-]+:)?(?:urlset|sitemapindex)\s*>|/>\s*$")
_GZIP: Final = b"\x1f\x8b"
_LARGEST: Final = 50_000_000  # bytes, unpacked: the protocol's own bound
_MOST: Final = 50_000  # pages or maps in one file, likewise
_KINDS: Final = frozenset(("url", "sitemap"))
_TOLD: Final = frozenset(("loc", "lastmod", "title", "publication_date", "language", "name"))
_WEB: Final = ("http", "https")

Element = tuple[str, dict[str, str]]  # "url" or "sitemap", and what it says of itself


class NotASitemap(NotAFeed):
    """What was fetched is no sitemap, or one that cannot be used; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page as a sitemap names it."""

    url: str
    title: str = ""
    published: str = ""  # as written; only news sitemaps say it
    changed: datetime | None = None  # lastmod: no date of publication
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """A further sitemap, as an index names it."""

    url: str
    changed: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """A sitemap as read: pages, or (of an index) further maps."""

    places: tuple[Place, ...] = ()
    maps: tuple[Map, ...] = ()


def read_sitemap(body: bytes, *, url: str, content_type: str = "") -> Sitemap:
    """Read a sitemap or an index of sitemaps, packed or not; NotASitemap when it is neither, or names nothing."""
    plain = _unpacked(body)
    label = charsets.declared_by_server(content_type)
    text = charsets.decode(plain, declared=charsets.declared_in(plain), http=label)
    document = well_formed(text, _ROOT)
    if document is None:
        raise NotASitemap(named(plain, text, url).reason.replace("a feed", "a sitemap"), "text")
    places: list[Place] = []
    maps: list[Map] = []
    elements = islice(_elements(document.xml.encode("utf-8", "ignore")), _MOST)
    for kind, told in elements if _CLOSED.search(document.xml) else _all_but_last(elements):
        address = _address(told.get("loc", ""), url)
        if address and kind == "sitemap":
            maps.append(Map(url=address, changed=_moment(told.get("lastmod", ""))))
        elif address:
            places.append(_place(address, told))
    if not places and not maps:
        raise NotASitemap("a sitemap that names no page; it will be asked again", "rows")
    return Sitemap(places=tuple(places), maps=tuple(maps))


def _all_but_last(elements: Iterable[Element]) -> Iterator[Element]:
    """Of a file that breaks off the last element is one that was cut."""
    return (one for one, _ in pairwise(elements))


def _place(address: str, told: dict[str, str]) -> Place:
    return Place(
        url=address,
        title=line(told.get("title", "")),
        published=told.get("publication_date", ""),
        changed=_moment(told.get("lastmod", "")),
        language=told.get("language", ""),
    )


def _elements(xml: bytes) -> Iterator[Element]:
    """Each ``url`` and ``sitemap`` in turn; as much as there is of a broken one."""
    told: dict[str, str] = {}
    events = etree.iterparse(
        BytesIO(xml), events=("end",), resolve_entities=False, no_network=True, load_dtd=False, recover=True
    )
    try:
        for _, element in events:
            name = _local(element)
            if name in _TOLD and _local(element.getparent()) != "image":
                told.setdefault(name, " ".join("".join(map(str, element.itertext())).split()))
            elif name in _KINDS:
                yield name, told
                told = {}
                element.clear()
                _forget_before(element)
    except etree.XMLSyntaxError:
        return


def _forget_before(element: etree._Element) -> None:
    """Free what has been read: fifty thousand pages would hold a hundred megabytes."""
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _local(element: etree._Element | None) -> str:
    """An element's name without its namespace, or without a prefix nobody declared."""
    tag = element.tag if element is not None else ""
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def _address(loc: str, url: str) -> str:
    try:
        address = urljoin(url, loc.strip())
        return address if loc and urlsplit(address).scheme in _WEB and urlsplit(address).hostname else ""
    except ValueError:
        return ""


def _moment(written: str) -> datetime | None:
    return dates.moment(written, zone=dates.SEOUL) if written else None


def _unpacked(body: bytes) -> bytes:
    """The body, inflated when it is packed (once: a file named .gz may be packed again on its way)."""
    if not body.startswith(_GZIP):
        return body
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        plain = unpacking.decompress(body, _LARGEST + 1)
    except zlib.error as error:
        raise NotASitemap(f"a packed sitemap that is damaged ({error}); it will be asked again", "binary") from error
    if len(plain) > _LARGEST:
        raise NotASitemap(f"a sitemap of more than {_LARGEST:,} bytes when unpacked; such a one is not read", "binary")
    return plain
