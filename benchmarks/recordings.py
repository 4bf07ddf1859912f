"""The recorded feeds of some days as rows like those of the labelled sets: the stream labelled items came in."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from analysis.mentions import Mentions
from analysis.relevance import worth_reading
from archive.records.incoming import Entry, Source
from archive.records.words import SourceId
from collectors.feeds import read_feed
from collectors.not_feeds import NotAFeed
from collectors.urls import canonical

_EDGE = timedelta(days=1)  # recordings of a day are made at some hour of it


def beside(labelled: Sequence[Mapping[str, Any]], feeds: Path, mentions: Mentions) -> list[dict[str, Any]]:
    """What the feeds held between the first and the last labelled row and is not among them, each address once.

    Only what ``worth_reading`` lets through: analysis is never given more.
    """
    known = {canonical(row["url"]) for row in labelled}
    moments = [datetime.fromisoformat(row["published"]) for row in labelled]
    first, last = min(moments), max(moments)
    found: dict[str, dict[str, Any]] = {}
    for source, entry in _entries(feeds, first - _EDGE, last + _EDGE):
        wanted = entry.published is not None and first <= entry.published <= last and entry.canonical not in known
        if wanted and worth_reading(entry.title, entry.summary, mentions):
            found.setdefault(entry.canonical, _row(source, entry))
    return list(found.values())


def _entries(feeds: Path, first: datetime, last: datetime) -> Iterator[tuple[str, Entry]]:
    days = [day for day in sorted(feeds.iterdir()) if day.is_dir() and first.date() <= _day(day) <= last.date()]
    for file in (file for day in days for file in sorted(day.glob("*.xml"))):
        clock = "Asia/Seoul" if file.stem.startswith("kopress") else ""
        source = Source(id=SourceId(file.stem), url=f"https://{file.stem}.example/", name=file.stem, clock=clock)
        try:
            feed = read_feed(file.read_bytes(), url=source.url, source=source)
        except NotAFeed:
            continue
        yield from ((file.stem, entry) for entry in feed.entries)


def _day(folder: Path) -> Any:
    return datetime.strptime(folder.name, "%Y-%m-%d").replace(tzinfo=UTC).date()


def _row(outlet: str, entry: Entry) -> dict[str, Any]:
    return {
        "id": f"stream {entry.canonical}",
        "title": entry.title,
        "text": entry.content or entry.summary,
        "lang": entry.lang,
        "published": entry.published.isoformat() if entry.published else None,
        "outlet": outlet,
        "url": entry.url,
    }
