"""The feeds a web page names (`<link rel="alternate">`, as browsers once offered them), and a site's sitemaps."""

import re
from typing import Final
from urllib.parse import urljoin

from lxml import etree, html

_TYPES: Final = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
_HEAD: Final = 300_000  # bytes; the links stand in the head
# Not the site's news: one article's comments, and WordPress's machine interface.
_ASIDE: Final = re.compile(r"/comments/|wp-json|oembed", re.IGNORECASE)
# Where sites keep their feeds and maps when no page names them, the most usual first.
FEED_PLACES: Final = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/rss/allArticle.xml")
MAP_PLACES: Final = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml", "/sitemap.xml")
_MAP_LINE: Final = re.compile(rb"^[ \t]*sitemap[ \t]*:[ \t]*(\S{1,2000})", re.IGNORECASE | re.MULTILINE)


def maps_named(robots: bytes, url: str) -> tuple[str, ...]:
    """The sitemaps a robots.txt names (sitemaps.org, "Specifying the Sitemap location"), those of news first."""
    lines = (found[1].decode("utf-8", "replace") for found in _MAP_LINE.finditer(robots[:_HEAD]))
    named = dict.fromkeys(address for line in lines if (address := _joined(url, line)))
    return tuple(sorted(named, key=lambda address: "news" not in address.lower()))


def feeds_named(body: bytes, url: str) -> tuple[str, ...]:
    """The absolute addresses of the feeds a page names, in its order, each once."""
    try:
        tree = html.fromstring(body[:_HEAD])
        base = tree.find(".//base[@href]")
        root = urljoin(url, base.get("href") or "") if base is not None else url
        found = [urljoin(root, (link.get("href") or "").strip()) for link in tree.iter("link") if _names_feed(link)]
    except (etree.LxmlError, ValueError):
        return ()
    return tuple(dict.fromkeys(link for link in found if link.startswith("http") and not _ASIDE.search(link)))


def _names_feed(link: etree._Element) -> bool:
    kind = (link.get("type") or "").partition(";")[0].strip().lower()
    return "alternate" in (link.get("rel") or "").lower().split() and kind in _TYPES and bool(link.get("href"))


def _joined(url: str, written: str) -> str:
    try:
        address = urljoin(url, written)
    except ValueError:  # half an IPv6 address
        return ""
    return address if address.startswith("http") else ""
