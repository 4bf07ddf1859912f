"""Sitemaps: news titles and days, indexes, packed files, bounds, and what is hostile."""

import asyncio
import gzip
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records.incoming import Fetch, Source
from archive.records.words import SourceId
from collectors.answers import Timeouts, WebSettings
from collectors.dates import SEOUL
from collectors.http import Web
from collectors.not_feeds import NotAFeed
from collectors.sitemaps import NotASitemap, read_sitemap
from collectors.visits import Harvest, visit
from tests.loopback import Loopback, Scripted

NOW = datetime(2026, 2, 12, 6, 0, tzinfo=UTC)
NEWS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as loopback:
        yield loopback


def go(url: str, last: Fetch | None = None, since: datetime | None = None) -> Harvest:
    source = Source(id=SourceId("map"), url=url, name="신문", kind="sitemap")

    async def ask() -> Harvest:
        using = WebSettings(allow_hosts=("127.0.0.1",), timeouts=Timeouts(read=0.5))
        async with Web(using, now=NOW) as web:
            return await visit(source, web, last, NOW, since=since)

    return asyncio.run(ask())


def news(number: int, day: str = "2026-02-11T09:00:00+09:00", more: str = "") -> str:
    return (
        f"<url><loc>https://paper.example/news/{number}</loc><news:news><news:publication><news:name>가온신문</news:name>"
        f"<news:language>ko</news:language></news:publication><news:publication_date>{day}</news:publication_date>"
        f"<news:title>AI 소식 {number} &amp; 전망</news:title></news:news>{more}</url>"
    )


def page(number: int, changed: str = "") -> str:
    lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<url><loc>https://paper.example/news/{number}</loc>{lastmod}</url>"


def urlset(*urls: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {NEWS}>{"".join(urls)}</urlset>'.encode()


def index(*maps: tuple[str, str]) -> bytes:
    rows = "".join(f"<sitemap><loc>{loc}</loc>{f'<lastmod>{at}</lastmod>' if at else ''}</sitemap>" for loc, at in maps)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</sitemapindex>'.encode()


# News -------------------------------------------------------------------------------------------


def test_a_news_sitemap_gives_titles_and_days_of_publication(server: Loopback) -> None:
    image = '<image:image xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><image:title>사진</image:title></image:image>'
    server.at("/map.xml", Scripted(body=urlset(news(1, more="<lastmod>2026-02-12</lastmod>"), news(2, more=image))))
    harvest = go(server.url("/map.xml"))
    assert [(entry.title, entry.url, entry.lang) for entry in harvest.entries] == [
        ("AI 소식 1 & 전망", "https://paper.example/news/1", "ko"),
        ("AI 소식 2 & 전망", "https://paper.example/news/2", "ko"),
    ]
    assert {entry.published for entry in harvest.entries} == {datetime(2026, 2, 11, 9, tzinfo=SEOUL)}
    assert (harvest.fetch.outcome, harvest.fetch.found) == ("new", 2)
    assert server.paths() == ["/robots.txt", "/map.xml"]


def test_the_last_change_is_no_day_of_publication(server: Loopback) -> None:
    """A page that changed lately is taken to be read; when it came is for the page to say."""
    server.at("/map.xml", Scripted(body=urlset(page(1, "2026-02-11"), page(2, "2019-01-01"), page(3))))
    entries = go(server.url("/map.xml")).entries
    assert [(entry.url, entry.title, entry.published) for entry in entries] == [
        ("https://paper.example/news/1", "", None)
    ]


def test_a_map_that_tells_nothing_of_time_is_a_named_failure(server: Loopback) -> None:
    server.at("/map.xml", Scripted(body=urlset(page(1), page(2))))
    fetch = go(server.url("/map.xml")).fetch
    assert fetch.outcome == "failed"
    assert "nothing in it is new" in fetch.error


def test_only_so_many_untitled_pages_are_taken(server: Loopback) -> None:
    days = (datetime(2026, 2, 12, tzinfo=UTC) - timedelta(minutes=n) for n in range(300))
    server.at("/map.xml", Scripted(body=urlset(*(page(n, day.isoformat()) for n, day in enumerate(days)))))
    entries = go(server.url("/map.xml")).entries
    assert [entry.url.rpartition("/")[2] for entry in entries] == [str(n) for n in range(100)]


# Indexes and packed files -----------------------------------------------------------------------


def test_the_newest_maps_of_an_index_are_read_and_packed_ones_unpacked(server: Loopback) -> None:
    maps = [(server.url(f"/2026-0{n}.xml.gz"), f"2026-0{n}-01") for n in (1, 2, 3, 4, 5, 6)]
    server.at("/index.xml", Scripted(body=index(*maps, (server.url("/news.xml"), "")), headers={"ETag": '"1"'}))
    for n in range(1, 7):
        server.at(f"/2026-0{n}.xml.gz", Scripted(body=gzip.compress(urlset(news(n)))))
    server.at("/news.xml", Scripted(body=urlset(news(9))))
    harvest = go(server.url("/index.xml"))
    assert [entry.title[6:7] for entry in harvest.entries] == ["9", "6", "5", "4", "3"]
    assert "/2026-01.xml.gz" not in server.paths()
    # an index that stays as it was may have maps that did not
    assert (harvest.fetch.etag, harvest.fetch.body_hash) == ("", "")
    assert go(server.url("/index.xml"), harvest.fetch).fetch.outcome == "new"


def test_a_map_of_an_index_that_fails_is_named_and_the_others_are_kept(server: Loopback) -> None:
    server.at("/index.xml", Scripted(body=index((server.url("/a.xml"), ""), (server.url("/b.xml"), ""))))
    server.at("/a.xml", Scripted(body=urlset(news(1))))
    harvest = go(server.url("/index.xml"))
    assert (harvest.fetch.outcome, len(harvest.entries)) == ("failed", 1)
    assert "/b.xml" in harvest.fetch.error
    server.at("/a.xml", Scripted(status=404))
    assert "none could be read" in go(server.url("/index.xml")).fetch.error


def test_an_index_inside_an_index_leads_no_further(server: Loopback) -> None:
    server.at("/index.xml", Scripted(body=index((server.url("/index.xml?1"), ""), (server.url("/a.xml"), ""))))
    server.at("/index.xml?1", Scripted(body=index((server.url("/index.xml?2"), ""))))
    server.at("/a.xml", Scripted(body=urlset(news(1))))
    assert len(go(server.url("/index.xml")).entries) == 1
    assert "/index.xml?2" not in server.paths()


def test_the_past_is_read_from_all_maps_since_a_day(server: Loopback) -> None:
    maps = [(server.url(f"/{n}.xml"), f"2026-01-{n + 1:02}") for n in range(1, 21)]
    server.at("/index.xml", Scripted(body=index(*maps)))
    for n in range(1, 21):
        server.at(f"/{n}.xml", Scripted(body=urlset(news(n, f"2026-01-{n:02}"), page(100 + n, "2026-01-30"))))
    entries = go(server.url("/index.xml"), since=datetime(2026, 1, 10, tzinfo=UTC)).entries
    assert sorted(entry.url.rpartition("/")[2] for entry in entries) == [str(n) for n in range(11, 21)]
    assert "/3.xml" not in server.paths()


# Hostile and broken -----------------------------------------------------------------------------


def entity_bomb() -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    dtd = f'<!DOCTYPE urlset [<!ENTITY e0 "lol">{entities}<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    return urlset(news(1).replace("AI 소식", "&e9;&x;AI 소식")).replace(b"<urlset", dtd.encode() + b"<urlset")


def test_entities_are_neither_grown_nor_fetched() -> None:
    read = read_sitemap(entity_bomb(), url="https://paper.example/map.xml")
    assert len(read.places) == 1
    assert len(read.places[0].title) < 100
    assert "AI 소식 1" in read.places[0].title


def test_a_packed_bomb_is_refused_before_it_is_unpacked() -> None:
    packed = gzip.compress(b" " * 60_000_000)
    with pytest.raises(NotASitemap, match="more than 50,000,000 bytes"):
        read_sitemap(packed, url="https://paper.example/map.xml.gz")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"<!doctype html><title>Just a moment...</title><body>Cloudflare</body>", "block page"),
        (b"<rss><channel/></rss>", "instead of a sitemap|breaks off|sitemap"),
        (gzip.compress(urlset(news(1)), mtime=0)[:40] + b"\0\0", "damaged|sitemap"),
        (b"\x1f\x8bnothing", "damaged"),
        (urlset(), "names no page"),
        (b"", "empty"),
        (b"https://paper.example/1", "plain text"),
    ],
)
def test_what_is_no_sitemap_is_named(body: bytes, says: str) -> None:
    with pytest.raises(NotASitemap, match=says):
        read_sitemap(body, url="https://paper.example/map.xml")


def test_a_map_that_breaks_off_and_one_without_namespaces_are_read_as_far_as_they_go() -> None:
    whole = urlset(news(1), news(2), news(3))
    assert len(read_sitemap(whole[: whole.rindex(b"<news:title>")], url="https://p.example/").places) == 2
    bare = f"<urlset>{news(1)}</urlset>".encode()
    assert read_sitemap(bare, url="https://p.example/").places[0].title == "AI 소식 1 & 전망"


def test_addresses_of_other_schemes_are_passed_over() -> None:
    rows = "".join(
        f"<url><loc>{loc}</loc></url>" for loc in ("file:///etc/passwd", "javascript:x", "http://[::1", "/a")
    )
    read = read_sitemap(urlset(rows), url="https://paper.example/maps/1.xml")
    assert [place.url for place in read.places] == ["https://paper.example/a"]


PIECES = ["<urlset>", "</urlset>", "<sitemapindex>", "<url>", "</url>", "<loc>", "</loc>", "https://a.example/1", "&x;"]
PIECES += [
    "<news:title>",
    "</news:title>",
    "<lastmod>",
    "9999-99-99",
    "<![CDATA[",
    "]]>",
    "<!DOCTYPE a [",
    "가",
    "\x1f\x8b",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from([bytes, gzip.compress]))
def test_any_bytes_give_pages_or_a_named_failure(parts: list[str], packed: Callable[[bytes], bytes]) -> None:
    with suppress(NotAFeed):
        read = read_sitemap(packed("".join(parts).encode()), url="https://paper.example/")
        assert all(place.url.startswith("http") for place in read.places)


@given(st.binary(max_size=300))
def test_any_binary_is_a_sitemap_or_is_named(body: bytes) -> None:
    with suppress(NotAFeed):
        read_sitemap(body, url="https://paper.example/")
