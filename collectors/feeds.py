"""A feed's bytes to its entries, whatever is wrong with them.

bytes ─charsets─▶ text ─xml_repair─▶ XML ─plain_feed─▶ Paper ─feed_entries─▶ entries
                    │                   └─xml_feed───▶   (what is out of the ordinary)
                    └───json_feed────────────────────▶
"""

import re
from dataclasses import dataclass, replace

from archive.records.incoming import Entry, Source
from collectors import charsets, json_feed, plain_feed, xml_feed
from collectors.feed_entries import Item, Paper, entries_of
from collectors.not_feeds import NotAFeed, named
from collectors.plain_text import line
from collectors.xml_repair import repaired

__all__ = ["Feed", "NotAFeed", "read_feed"]


# Nothing but a declaration before the root element: what is well-formed then needs no repair.
_HEALTHY = re.compile(r"\ufeff?(?:<\?xml[^<>]{0,200}\?>\s*)?<(?:rss|feed)[\s>]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as read: its title, its site, and its entries in the publisher's order."""

    title: str
    link: str
    entries: tuple[Entry, ...]


def read_feed(body: bytes, *, url: str, source: Source, content_type: str = "") -> Feed:
    """Read RSS, RDF, Atom, CDF or JSON Feed; ``url`` is where the answer came from.

    A feed that is cut off gives the entries it holds. Raises NotAFeed when there is no feed in the body.
    """
    text = charsets.decode(body, declared=charsets.declared_in(body), http=charsets.declared_by_server(content_type))
    paper = _paper(text)
    if paper is None:
        raise named(body, text, url)
    return Feed(title=line(paper.title), link=paper.link, entries=entries_of(paper, url=url, source=source))


def _paper(text: str) -> Paper | None:
    """What the feed wrote; None when there is no feed in the text, or nothing left of one that is cut off."""
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return json_feed.paper_of(text)
    if _HEALTHY.match(text) and (paper := plain_feed.paper_of(text)):
        return paper
    document = repaired(text)
    if document is None:
        return None
    try:
        paper = plain_feed.paper_of(document.xml) or xml_feed.paper_of(document.xml)
    except xml_feed.UnreadableError as problem:
        reason = f"a feed too broken to read: {problem}; tell its publisher"
        raise NotAFeed(reason, "xml") from problem
    items = paper.items if document.whole else _complete(paper.items)
    return replace(paper, items=items) if items or document.whole else None


def _complete(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items of a feed that is cut off, without a last one that lost its address: it would come again as another."""
    cut = len(items) > 1 and not items[-1].links and all(item.links for item in items[:-1])
    return items[:-1] if cut else items
