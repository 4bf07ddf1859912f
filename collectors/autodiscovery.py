"""The feeds a web page names: `<link rel="alternate">` of a feed's type, as browsers once offered them."""

import re
from typing import Final
from urllib.parse import urljoin

from lxml import etree, html

_TYPES: Final = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
_HEAD: Final = 300_000  # bytes; the links stand in the head
# Not the site's news: one article's comments, and WordPress's machine interface.
_ASIDE: Final = re.compile(r"/comments/|wp-json|oembed", re.IGNORECASE)


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
