"""One piece of news stays one, whatever its publisher does to its feed from one fetch to the next."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from archive import intake
from archive.records.incoming import Fetch, Source
from archive.records.words import SourceId
from archive.schema import entries
from archive.store import Archive
from collectors.feeds import read_feed

NOW = datetime(2026, 2, 20, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
URL = "https://dawn.example/rss"
SOURCE = Source(id=SourceId("dawn"), url=URL, name="새벽일보")


@dataclass(frozen=True)
class Told:
    """How a feed tells of its news at one fetch."""

    shown: frozenset[int]  # which of the news are in it
    restamped: bool = False  # every date is today's
    edited: bool = False  # titles are reworded
    dressed: bool = False  # links carry where the reader comes from


states = st.builds(Told, st.frozensets(st.integers(0, 5), min_size=1), st.booleans(), st.booleans(), st.booleans())


def feed(told: Told, fetch: int, *, guids: bool) -> bytes:
    def item(number: int) -> str:
        link = f"https://{'m' if told.dressed else 'www'}.dawn.example/articleView.html?idxno={number}"
        link += "&utm_source=rss" if told.dressed else ""
        date = NOW + fetch * HOUR if told.restamped else NOW - number * HOUR
        guid = f"<guid isPermaLink='false'>news-{number}</guid>" if guids else ""
        title = f"소식 {number} {'(종합)' if told.edited else ''}"
        stamp = f"<pubDate>{format_datetime(date)}</pubDate>"
        return f"<item><title>{title}</title><link>{escape(link)}</link>{guid}{stamp}</item>"

    items = "".join(map(item, sorted(told.shown)))
    return f"<rss version='2.0'><channel><title>새벽</title><link>https://dawn.example/</link>{items}</channel></rss>".encode()


def collect(db: Connection, body: bytes, number: int) -> int:
    at = NOW + number * HOUR
    found = read_feed(body, url=URL, source=SOURCE).entries
    fetch = Fetch(source=SOURCE.id, at=at, outcome="new", url=URL, found=len(found))
    return intake.record_fetch(db, fetch, found, now=at, backfill=timedelta(days=14))


@settings(max_examples=25, deadline=None)
@given(seen=st.lists(states, min_size=1, max_size=6), guids=st.booleans())
def test_edits_new_dates_dressed_links_and_gaps_make_nothing_new(seen: list[Told], *, guids: bool) -> None:
    archive = Archive.memory()
    with archive.writing() as db:
        intake.register_sources(db, [SOURCE], NOW)
        new = [collect(db, feed(told, number, guids=guids), number) for number, told in enumerate(seen)]
        ever = frozenset[int]().union(*(told.shown for told in seen))
        rows = db.execute(select(entries.c.canonical, entries.c.title)).all()
    assert sum(new) == len(rows) == len(ever), "what vanished stays, what comes again is the same"
    assert {row.canonical for row in rows} == {
        f"https://dawn.example/articleView.html?idxno={number}" for number in ever
    }
    last = {number: told.edited for told in seen for number in told.shown}
    assert {row.title for row in rows} == {f"소식 {n}{' (종합)' if edited else ''}" for n, edited in last.items()}
    archive.close()


def test_a_guid_that_changes_at_every_fetch_names_no_other_article() -> None:
    archive = Archive.memory()
    with archive.writing() as db:
        intake.register_sources(db, [SOURCE], NOW)
        for number in range(3):
            body = feed(Told(frozenset({1})), number, guids=True).replace(b"news-1", f"news-{number * 7}".encode())
            collect(db, body, number)
        addresses = db.execute(select(func.count(entries.c.canonical.distinct()))).scalar_one()
    assert addresses == 1
    archive.close()
