"""Sitemaps: news titles and days, indexes, packed files, bounds, and what is hostile."""

import asyncio
import gzip
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from html import escape

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
NEWS_NAMESPACE = "http://www.google.com/schemas/sitemap-news/0.9"
NEWS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as loopback:
        yield loopback


def go(
    url: str, last: Fetch | None = None, since: datetime | None = None, before: Harvest | None = None, hours: int = 0
) -> Harvest:
    """A visit; ``before`` is the one whose maps are remembered."""
    now, maps = NOW + timedelta(hours=hours), {one.url: one for one in before.maps} if before else {}
    source = Source(id=SourceId("map"), url=url, name="신문", kind="sitemap")

    async def ask() -> Harvest:
        using = WebSettings(allow_hosts=("127.0.0.1",), timeouts=Timeouts(read=0.5))
        async with Web(using, now=now) as web:
            return await visit(source, web, last, now, since=since, maps=maps)

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


def test_a_map_that_did_not_move_is_not_fetched_again_and_others_are_asked_whether_they_changed(
    server: Loopback,
) -> None:
    moved, still = "2026-02-12T05:00:00Z", "2026-02-12T04:00:00Z"
    a, b, c = (server.url(f"/{name}.xml") for name in "abc")
    server.at("/index.xml", Scripted(body=index((a, still), (b, still), (c, ""))))
    server.at("/a.xml", Scripted(body=urlset(news(1))))
    server.at("/b.xml", Scripted(body=urlset(news(2)), headers={"ETag": '"b"'}, conditional=True))
    server.at("/c.xml", Scripted(body=urlset(news(3)), headers={"Last-Modified": "Thu, 12 Feb 2026"}, conditional=True))
    first = go(server.url("/index.xml"))
    assert len(first.entries) == len(first.maps) == 3
    server.requests.clear()

    second = go(server.url("/index.xml"), first.fetch, before=first, hours=1)
    assert server.paths() == ["/robots.txt", "/index.xml", "/c.xml"]
    assert server.requests[-1].headers["if-modified-since"] == "Thu, 12 Feb 2026"
    assert (second.fetch.outcome, second.entries, second.fetch.error) == ("unchanged", (), "")
    assert [(one.url, one.modified) for one in second.maps] == [(c, "Thu, 12 Feb 2026")], "a 304 keeps the validator"
    server.requests.clear()

    server.at("/index.xml", Scripted(body=index((a, still), (b, moved), (c, ""))))
    server.at("/b.xml", Scripted(body=urlset(news(2), news(4)), headers={"ETag": '"b2"'}, conditional=True))
    third = go(server.url("/index.xml"), second.fetch, before=first, hours=2)
    assert "/a.xml" not in server.paths()
    assert next(asked for asked in server.requests if asked.path == "/b.xml").headers["if-none-match"] == '"b"'
    assert (third.fetch.outcome, len(third.entries)) == ("new", 2)
    assert {one.etag for one in third.maps if one.url == b} == {'"b2"'}
    server.requests.clear()

    go(server.url("/index.xml"), since=NOW - timedelta(days=9), before=third)
    assert {"/a.xml", "/b.xml", "/c.xml"} <= set(server.paths()), "the past is read whatever is known"
    assert not any("if-none-match" in asked.headers for asked in server.requests)


def test_a_map_of_today_may_still_grow_though_its_lastmod_names_the_day(server: Loopback) -> None:
    server.at("/index.xml", Scripted(body=index((server.url("/day.xml"), "2026-02-12"))))
    server.at("/day.xml", Scripted(body=urlset(news(1))))
    first = go(server.url("/index.xml"))
    same_day = go(server.url("/index.xml"), first.fetch, before=first, hours=3)
    assert server.paths().count("/day.xml") == 2
    days_later = go(server.url("/index.xml"), same_day.fetch, before=same_day, hours=60)
    assert server.paths().count("/day.xml") == 3
    assert go(server.url("/index.xml"), days_later.fetch, before=days_later, hours=61).fetch.outcome == "unchanged"
    assert server.paths().count("/day.xml") == 3


def test_a_map_that_failed_is_asked_for_again(server: Loopback) -> None:
    maps = [(server.url(f"/{name}.xml"), "2026-02-12T04:00:00Z") for name in "ab"]
    server.at("/index.xml", Scripted(body=index(*maps)))
    server.at("/a.xml", Scripted(body=urlset(news(1))))
    server.at("/b.xml", Scripted(status=500), Scripted(body=urlset(news(2))))
    first = go(server.url("/index.xml"))
    assert (first.fetch.outcome, len(first.entries), len(first.maps)) == ("failed", 1, 1)
    second = go(server.url("/index.xml"), first.fetch, before=first, hours=1)
    assert (second.fetch.outcome, [entry.title for entry in second.entries]) == ("new", ["AI 소식 2 & 전망"])
    assert server.paths().count("/a.xml") == 1


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
    try:
        places, said = read_sitemap(body, url="https://paper.example/").places, "a sitemap"
    except NotAFeed as refusal:
        places, said = (), str(refusal)
    assert said
    assert all(place.url.startswith("http") for place in places)


WRITTEN = st.text(st.characters(categories=["L", "N", "P"], exclude_characters="<>&"), max_size=12).map("소식{}".format)
MOMENTS = st.integers(1_577_836_800, 1_798_700_000).map(lambda second: datetime.fromtimestamp(second, SEOUL))
ROWS = st.lists(st.tuples(WRITTEN, MOMENTS, st.booleans()), min_size=1, max_size=8)


@given(rows=ROWS, prefix=st.sampled_from(["news", "n", "google"]), packed=st.booleans())
def test_a_generated_map_is_read_as_it_was_written(
    rows: list[tuple[str, datetime, bool]], prefix: str, *, packed: bool
) -> None:
    """Whatever the prefix, the packing and the letters: each page once more, in order, with its title and its day."""
    moments = [at for _, at, _ in rows]
    xml = [f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:{prefix}="{NEWS_NAMESPACE}">']
    for number, ((title, _, told), moment) in enumerate(zip(rows, moments, strict=True)):
        day = f"<{prefix}:publication_date>{moment.isoformat()}</{prefix}:publication_date>" if told else ""
        lastmod = f"<lastmod>{moment.isoformat()}</lastmod>"
        xml.append(
            f"<url><loc>https://p.example/{number}?a=1&amp;b=2</loc>{lastmod}<{prefix}:news>{day}"
            f"<{prefix}:title>{escape(title)}</{prefix}:title></{prefix}:news></url>"
        )
    body = "".join([*xml, "</urlset>"]).encode()
    places = read_sitemap(gzip.compress(body) if packed else body, url="https://p.example/").places
    assert [place.url for place in places] == [f"https://p.example/{number}?a=1&b=2" for number in range(len(rows))]
    assert [place.title for place in places] == [title for title, _, _ in rows]
    assert [place.changed for place in places] == moments
    assert [place.published for place in places] == [
        moment.isoformat() if told else "" for moment, (_, _, told) in zip(moments, rows, strict=True)
    ]
