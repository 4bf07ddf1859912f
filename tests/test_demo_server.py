"""The invented outlets answer over real HTTP with the habits of real ones."""

import http.client
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import feedparser
import pytest

from archive.records.incoming import Source
from archive.records.words import SourceId
from collectors.articles import read_page
from collectors.feeds import NotAFeed, read_feed
from donghyang.demo.server import WorldServer, feed_path, serving
from donghyang.demo.world import CLOCK, Outlet, load_world

WORLD = load_world()
LAST = WORLD.pieces[-1].at + timedelta(hours=1)
LIVING = [outlet for outlet in WORLD.outlets if not outlet.gone]


@pytest.fixture(scope="module")
def server() -> Iterator[WorldServer]:
    with serving(WORLD, LAST) as running:
        yield running


def get(server: WorldServer, path: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection(urlsplit(server.site).netloc, timeout=5)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def outlet(name: str) -> Outlet:
    found = WORLD.outlet(name)
    assert found is not None
    return found


def source(of: Outlet, server: WorldServer) -> Source:
    return Source(id=SourceId(of.id), url=server.site + feed_path(of), name=of.name, lang=of.lang)


@pytest.mark.parametrize("of", LIVING, ids=lambda of: of.id)
def test_every_feed_gives_back_titles_addresses_and_moments(server: WorldServer, of: Outlet) -> None:
    server.now = LAST
    answer, body = get(server, feed_path(of))
    feed = read_feed(
        body, url=server.site + feed_path(of), source=source(of, server), content_type=answer.headers["Content-Type"]
    )
    printed = WORLD.printed(of, LAST)[: len(feed.entries)]
    assert [entry.title for entry in feed.entries] == [piece.title for piece in printed]
    assert [entry.url for entry in feed.entries] == [server.site + piece.path for piece in printed]
    assert [entry.published for entry in feed.entries] == [piece.at for piece in printed]


@pytest.mark.parametrize("of", [of for of in LIVING if of.feed != "json"], ids=lambda of: of.id)
def test_every_xml_feed_is_read_by_feedparser(server: WorldServer, of: Outlet) -> None:
    server.now = LAST
    _, body = get(server, feed_path(of))
    assert feedparser.parse(body).entries[0].title == WORLD.printed(of, LAST)[0].title


def test_the_old_newspaper_says_euc_kr_and_sends_cp949(server: WorldServer) -> None:
    server.now = LAST
    answer, body = get(server, feed_path(outlet("hangyeol")))
    assert answer.headers["Content-Type"].endswith("charset=euc-kr")
    assert body.startswith(b'<?xml version="1.0" encoding="euc-kr"?>')
    assert WORLD.printed(outlet("hangyeol"), LAST)[0].title in body.decode("cp949")
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")


def test_the_trade_paper_writes_moments_without_a_zone(server: WorldServer) -> None:
    server.now = LAST
    _, body = get(server, feed_path(outlet("mirae")))
    newest = WORLD.printed(outlet("mirae"), LAST)[0]
    assert f"<pubDate>{newest.at:%Y-%m-%d %H:%M:%S}</pubDate>".encode() in body


def test_who_has_a_feed_already_is_told_so(server: WorldServer) -> None:
    server.now = LAST
    first, _ = get(server, feed_path(outlet("nuri")))
    by_tag, empty = get(server, feed_path(outlet("nuri")), If_None_Match=first.headers["ETag"])
    by_date, _ = get(server, feed_path(outlet("nuri")), If_Modified_Since=first.headers["Last-Modified"])
    assert (by_tag.status, empty, by_date.status) == (304, b"", 304)
    assert parsedate_to_datetime(first.headers["Last-Modified"]) == WORLD.printed(outlet("nuri"), LAST)[0].at


def test_a_feed_changes_when_something_happens(server: WorldServer) -> None:
    server.now = datetime(2026, 9, 8, 9, tzinfo=CLOCK)
    early, _ = get(server, feed_path(outlet("nuri")))
    server.now += timedelta(days=1)
    later, _ = get(server, feed_path(outlet("nuri")), If_None_Match=early.headers["ETag"])
    assert later.status == 200
    assert later.headers["ETag"] != early.headers["ETag"]


def test_what_has_not_happened_yet_cannot_be_read(server: WorldServer) -> None:
    piece = WORLD.pieces[30]
    server.now = piece.at - timedelta(minutes=1)
    assert get(server, piece.path)[0].status == 404
    server.now = piece.at
    assert get(server, piece.path)[0].status == 200


@pytest.mark.parametrize("of", LIVING, ids=lambda of: of.id)
def test_pages_hold_the_article_amid_menus_and_notices(server: WorldServer, of: Outlet) -> None:
    server.now = LAST
    piece = next(piece for piece in WORLD.printed(of, LAST) if piece.event)
    answer, body = get(server, piece.path)
    page = read_page(body, url=server.site + piece.path, content_type=answer.headers["Content-Type"])
    assert piece.paragraphs[-1] in page.text
    # Boards of public bodies name only the day they registered a page: the feed knows better.
    assert of.page in {"board", "call"} or page.published == piece.at


def test_one_outlet_leaves_its_text_to_a_script(server: WorldServer) -> None:
    server.now = LAST
    piece = next(piece for piece in WORLD.printed(outlet("hanui"), LAST) if piece.event)
    _, body = get(server, piece.path)
    seen = re.sub(r"<script.*?</script>", "", body.decode(), flags=re.DOTALL)
    assert piece.paragraphs[0] not in seen
    assert piece.title in seen
    page = read_page(body, url=server.site + piece.path, content_type="text/html; charset=utf-8")
    assert page.extractor == "state:arc"
    assert page.text.startswith(piece.paragraphs[0])


def test_a_community_feed_is_a_notice_for_a_week(server: WorldServer) -> None:
    server.now = datetime(2026, 9, 16, 9, tzinfo=CLOCK)
    answer, body = get(server, feed_path(outlet("modu")))
    assert (answer.status, answer.headers["ETag"] is not None) == (200, True)
    with pytest.raises(NotAFeed):
        read_feed(body, url=server.site, source=source(outlet("modu"), server), content_type="text/html")


def test_the_closed_paper_and_unknown_addresses_are_missing(server: WorldServer) -> None:
    server.now = LAST
    assert [get(server, path)[0].status for path in (feed_path(outlet("yetnal")), "/", "/nuri/none", "/x/")] == [
        404
    ] * 4


def test_robots_may_read_the_articles(server: WorldServer) -> None:
    answer, body = get(server, "/robots.txt")
    assert answer.status == 200
    assert b"Disallow: /private/" in body


def test_front_pages_name_the_feed(server: WorldServer) -> None:
    server.now = LAST
    for of in LIVING:
        assert f'href="{server.site}{feed_path(of)}"'.encode() in get(server, f"/{of.id}/")[1]


def test_a_port_in_use_is_no_obstacle(server: WorldServer) -> None:
    taken = urlsplit(server.site).port or 0
    with serving(WORLD, LAST, taken) as second:
        assert urlsplit(second.site).port not in {taken, 0}
        assert get(second, "/robots.txt")[0].status == 200
