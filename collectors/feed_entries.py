"""From what a feed says of its items to entries: absolute addresses, plain text, moments, languages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from archive.records.incoming import Entry, Source
from archive.records.words import Lang
from collectors import dates, languages
from collectors.entry_identity import Draft, identified
from collectors.plain_text import beginning, line, passage
from collectors.urls import host_of, on_one_line, slashed

_EARLIEST = 1990  # years before are a publisher's empty field (1970-01-01), never a date of news
_TITLE = 80  # characters of an untitled item's text that stand for its title
_SUMMARY = 500  # characters of the content that stand for a missing summary
_WEB = re.compile(r"https?://[^/\s]", re.IGNORECASE)
_READY = re.compile(r"https?://[^/\s][!-~]*")  # absolute, and nothing in it to be mended
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


class Item(NamedTuple):
    """An item as its feed wrote it: nothing resolved, read or cleaned."""

    title: str = ""
    guid: str = ""
    links: tuple[str, ...] = ()  # best first
    summary: str = ""
    content: str = ""
    dates: tuple[str, ...] = ()  # the date of publication first
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A feed as it was written: what its items have in common, and the items."""

    title: str = ""
    link: str = ""  # the site it belongs to
    lang: str = ""
    relative_to_itself: bool = False  # its links are relative to its own address first, not to its site's
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class _Feed:
    """What reading an item needs to know of its feed."""

    source: Source
    bases: tuple[str, ...]
    korean: bool
    zone: ZoneInfo
    override: ZoneInfo | None


def entries_of(paper: Paper, *, url: str, source: Source) -> tuple[Entry, ...]:
    """The entries of a feed read from ``url``, in its order, each key once."""
    feed = _feed(paper, url, source)
    entries = identified([_draft(item, feed) for item in paper.items])
    return tuple({entry.key: entry for entry in reversed(entries)}.values())[::-1]


def _feed(paper: Paper, url: str, source: Source) -> _Feed:
    link = paper.link if _WEB.match(paper.link) else urljoin(url, paper.link)
    korean = source.lang == "ko" or paper.lang.lower().startswith("ko")
    if not korean and source.lang == "auto":
        korean = languages.of(" ".join([paper.title, *(item.title for item in paper.items)])) == "ko"
    host = next((host for address in (url, source.url, link) if (host := host_of(address)).endswith(".kr")), "")
    return _Feed(
        source=source,
        bases=(url or source.url, link) if paper.relative_to_itself else (link, url or source.url),
        korean=korean,
        zone=dates.assumed_zone(host, "ko" if korean else "other"),
        override=ZoneInfo(source.clock) if source.clock else None,
    )


def _draft(item: Item, feed: _Feed) -> Draft:
    """All of an entry but its identity, which needs its neighbours."""
    content = passage(item.content) if item.content else ""
    summary = content if item.summary == item.content else passage(item.summary)
    title = line(item.title) or beginning((summary or content).partition("\n")[0], _TITLE)
    lang = _lang(title, summary or content[:_SUMMARY], feed)
    return Draft(
        source=feed.source.id,
        guid=item.guid,
        url=next((address for link in item.links if (address := _absolute(link, feed.bases))), ""),
        title=title,
        summary=summary or beginning(content, _SUMMARY),
        content=content,
        published=_published(item.dates, lang, feed),
        authors=_names(item.authors),
        lang=lang,
    )


def _names(authors: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for author in authors if (name := line(author)))) if any(authors) else ()


def _lang(title: str, words: str, feed: _Feed) -> Lang:
    """As configured; else told from the text: one syllable is enough in a Korean feed ("LG CNS, AWS Summit 참가")."""
    if feed.source.lang != "auto":
        return feed.source.lang
    if feed.korean and (languages.has_hangul(title) or languages.has_hangul(words)):
        return "ko"
    return languages.of(f"{title}\n{words}")


def _published(written: Iterable[str], lang: Lang, feed: _Feed) -> datetime | None:
    """The first date that can be read and can be true."""
    zone = dates.SEOUL if lang == "ko" else feed.zone
    for text in written:
        found = dates.moment(text, zone=zone, override=feed.override)
        if found and found.year >= _EARLIEST:
            return found
    return None


def _absolute(link: str, bases: tuple[str, ...]) -> str:
    """A link's web address; "" for links that lead elsewhere (javascript:, mailto:) or nowhere."""
    if _READY.fullmatch(link):
        return link
    link = slashed(on_one_line(link)).replace(" ", "%20")
    for base in ("", *bases):
        if _WEB.match(link) or not link or (_SCHEME.match(link) and not link.lower().startswith("http")):
            break
        try:
            link = urljoin(base, link)
        except ValueError:  # a base or link with half an IPv6 address
            continue
    return link if _WEB.match(link) else ""
