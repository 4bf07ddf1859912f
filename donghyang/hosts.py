"""Which hosts we ask: for the people who open a firewall, and for the site behind each feed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from archive import addresses, intake
from archive.records.words import SourceId
from collectors.opml import Subscription, write_opml
from collectors.urls import host_of
from donghyang.services import Services

_PORTS = {"http": 80, "https": 443}
Place = tuple[str, int]  # a host and a port


@dataclass(slots=True)
class _Asked:
    """What is asked of one host."""

    what: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    last: datetime | None = None

    def add(self, what: str, source: str, at: datetime | None) -> None:
        self.what.add(what)
        self.sources.add(source)
        self.last = max(filter(None, (self.last, at)), default=None)


def hosts_asked(services: Services) -> list[dict[str, Any]]:
    """Every host of the feeds that are read (and where they redirect to) and of the article pages they have named.

    Rows of host, port, what (feed, page), sources, and when it was last met; a source that rests or does not follow
    its entries to their pages asks for fewer.
    """
    asked: defaultdict[Place, _Asked] = defaultdict(_Asked)
    sources = {source.id: source for source in services.settings.source_records() if source.enabled}
    with services.archive.reading() as db:
        last = intake.last_fetches(db)
        pages = list(addresses.pages_named(db))
    for source in sources.values():
        fetch = last.get(source.id)
        for url in (source.url, fetch.url if fetch else ""):
            _note(asked, url, "feed", source.id, fetch.at if fetch else None)
    for id_, url, seen in pages:
        if id_ in sources and sources[id_].fulltext:
            _note(asked, url, "page", id_, seen)
    return list(_rows(asked))


def as_opml(services: Services, now: datetime) -> bytes:
    """The configured sources as an OPML list; OpmlError when there are none."""
    sources = services.settings.source_records()
    with services.archive.reading() as db:
        sites = _sites(addresses.pages_named(db))
    feeds = [
        Subscription(
            url=source.url,
            title=source.name,
            site=sites.get(source.id) or _front_page(source.url),
            category=source.role,
            language="" if source.lang in ("auto", "other") else source.lang,
            paused=not source.enabled,
        )
        for source in sources
        if source.kind == "feed"  # readers of such lists know nothing else
    ]
    return write_opml(feeds, title=services.settings.digest.title, made=now)


def _note(asked: defaultdict[Place, _Asked], url: str, what: str, source: str, at: datetime | None) -> None:
    if (place := _place(url)) is not None:
        asked[place].add(what, source, at)


def _place(url: str) -> Place | None:
    """The host and port of an address; None when it has none."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port or _PORTS.get(parts.scheme.lower())
    except ValueError:
        return None
    host = host_of(url)
    return (host, port) if host and port else None


def _rows(asked: defaultdict[Place, _Asked]) -> Iterator[dict[str, Any]]:
    for (host, port), seen in sorted(asked.items()):
        what, sources = sorted(seen.what), sorted(seen.sources)
        yield {"host": host, "port": port, "what": what, "sources": sources, "last": seen.last}


def _sites(pages: Iterable[tuple[SourceId, str, datetime]]) -> dict[SourceId, str]:
    """The front page of the site most of a source's articles are on."""
    counted: defaultdict[SourceId, Counter[str]] = defaultdict(Counter)
    for source, url, _ in pages:
        counted[source][_front_page(url)] += 1
    return {source: counts.most_common(1)[0][0] for source, counts in counted.items()}


def _front_page(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"
