"""One visit to one source, over real loopback connections."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from archive.records.incoming import Fetch, Source
from archive.records.words import SourceId
from collectors.autodiscovery import feeds_named
from collectors.http import Timeouts, Web, WebSettings
from collectors.visits import Harvest, visit
from tests.loopback import Loopback, Scripted

NOW = datetime(2026, 2, 20, 9, 0, tzinfo=UTC)
FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>한강일보</title><link>https://hangang.example/</link>
<item><title>시, 버스 정류장에 인공지능 안내판을 단다</title><link>https://hangang.example/news/1</link>
<guid>1</guid><pubDate>Fri, 20 Feb 2026 08:00:00 +0900</pubDate></item>
<item><title>도서관 열람실 예약 바뀐다</title><link>https://hangang.example/news/2</link><guid>2</guid></item>
</channel></rss>""".encode()
PAGE = b"""<!DOCTYPE html><html><head><base href="/news/">
<link rel="alternate" type="application/rss+xml" href="comments/feed/1">
<link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" href="atom.xml">
<link rel="alternate" type="text/html" hreflang="en" href="/en"></head><body>hello</body></html>"""


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as loopback:
        yield loopback


def go(url: str, last: Fetch | None = None, moved: str = "") -> Harvest:
    source = Source(id=SourceId("hangang"), url=url, name="한강일보")

    async def ask() -> Harvest:
        using = WebSettings(allow_hosts=("127.0.0.1",), timeouts=Timeouts(read=0.3))
        async with Web(using, now=NOW) as web:
            return await visit(source, web, last, NOW, moved=moved)

    return asyncio.run(ask())


def test_a_first_visit_brings_the_entries_and_the_validators(server: Loopback) -> None:
    server.at("/feed", Scripted(body=FEED, headers={"ETag": '"1"', "Last-Modified": "whenever"}))
    harvest = go(server.url("/feed"))
    assert [entry.title for entry in harvest.entries] == [
        "시, 버스 정류장에 인공지능 안내판을 단다",
        "도서관 열람실 예약 바뀐다",
    ]
    fetch = harvest.fetch
    assert (fetch.outcome, fetch.status, fetch.found, fetch.at) == ("new", 200, 2, NOW)
    assert (fetch.etag, fetch.modified, len(fetch.body_hash)) == ('"1"', "whenever", 64)
    assert fetch.error == ""


def test_a_feed_that_did_not_change_is_not_sent_again(server: Loopback) -> None:
    server.at("/feed", Scripted(body=FEED, headers={"ETag": '"1"'}, conditional=True))
    first = go(server.url("/feed")).fetch
    second = go(server.url("/feed"), first)
    assert (second.fetch.outcome, second.fetch.status, second.entries) == ("unchanged", 304, ())
    assert (second.fetch.etag, second.fetch.body_hash) == (first.etag, first.body_hash)
    third = go(server.url("/feed"), second.fetch)
    assert third.fetch.status == 304


def test_the_same_bytes_again_are_not_read_again(server: Loopback) -> None:
    server.at("/feed", Scripted(body=FEED, headers={"ETag": '"1"'}), Scripted(body=FEED, headers={"ETag": '"2"'}))
    first = go(server.url("/feed")).fetch
    second = go(server.url("/feed"), first)
    assert (second.fetch.outcome, second.fetch.status, second.entries) == ("unchanged", 200, ())
    assert (second.fetch.etag, second.fetch.body_hash) == ('"2"', first.body_hash)


def test_a_web_page_instead_of_a_feed_names_the_feed_to_use(server: Loopback) -> None:
    server.at("/", Scripted(body=PAGE, content_type="text/html"))
    harvest = go(server.url("/"))
    assert harvest.fetch.outcome == "failed"
    assert harvest.entries == ()
    assert f"write {server.url('/news/atom.xml')} as the source's url" in harvest.fetch.error
    assert harvest.fetch.error.startswith(server.url("/"))
    assert (harvest.fetch.etag, harvest.fetch.body_hash) == ("", "")


def test_a_maintenance_page_is_told_from_a_lost_address(server: Loopback) -> None:
    server.at("/", Scripted(body="<html><body>점검중입니다</body></html>".encode()))
    server.at("/lost", Scripted(body=b"<html><title>Lost</title><body>nothing here</body></html>"))
    assert "maintenance" in go(server.url("/")).fetch.error
    assert "look for the feed's new address" in go(server.url("/lost")).fetch.error


@pytest.mark.parametrize("body", [b"what is this?", b"{}", b"\0\1\2", b"<rss", b"<note>no feed</note>"])
def test_an_answer_that_is_no_feed_is_a_failed_fetch(server: Loopback, body: bytes) -> None:
    server.at("/feed", Scripted(body=body, headers={"ETag": '"1"'}))
    fetch = go(server.url("/feed")).fetch
    assert (fetch.outcome, fetch.status) == ("failed", 200)
    assert fetch.error.startswith(f"{server.url('/feed')}: ")


@pytest.mark.parametrize(
    ("script", "status", "says"),
    [
        (Scripted(status=500), 500, "status 500"),
        (Scripted(status=404), 404, "404"),
        (Scripted(), 200, "answers nothing"),
        (Scripted(body=FEED, wait_headers=9), None, "sent nothing"),
        (Scripted(body=FEED, cut=30), None, "ends in the middle"),
        (Scripted(status=302, headers={"Location": "http://192.168.0.1/feed"}), None, "a private address"),
    ],
)
def test_expected_trouble_is_a_failed_fetch_with_a_sentence(
    server: Loopback, script: Scripted, status: int | None, says: str
) -> None:
    server.at("/feed", script)
    fetch = go(server.url("/feed")).fetch
    assert (fetch.outcome, fetch.status, fetch.retry_at) == ("failed", status, None)
    assert says in fetch.error
    assert fetch.url == server.url("/feed")


def test_a_server_may_ask_to_be_left_alone_and_one_that_is_gone_is(server: Loopback) -> None:
    server.at("/busy", Scripted(status=503, headers={"Retry-After": "7200"}))
    server.at("/gone", Scripted(status=410))
    assert go(server.url("/busy")).fetch.retry_at == NOW + timedelta(hours=2)
    assert go(server.url("/gone")).fetch.retry_at == NOW + timedelta(days=30)
    assert (go(server.url("/busy")).fetch.cause, go(server.url("/gone")).fetch.cause) == ("server", "gone")


def test_an_answer_is_good_for_as_long_as_server_and_feed_say(server: Loopback) -> None:
    patient = FEED.replace(b"<item>", b"<ttl>180</ttl><skipHours><hour>12</hour></skipHours><item>", 1)
    headers = {"ETag": '"1"', "Cache-Control": "max-age=7200"}
    server.at("/feed", Scripted(body=patient, headers=headers, conditional=True))
    first = go(server.url("/feed")).fetch
    assert first.retry_at == NOW + timedelta(hours=4)  # three by its ttl, and it rests from 12 to 13
    again = go(server.url("/feed"), first).fetch
    assert (again.status, again.pace, again.retry_at) == (304, "ttl=180 hours=12", NOW + timedelta(hours=4))


def test_a_source_that_moved_is_asked_where_it_lives_and_looked_for_again_when_it_is_not_there(
    server: Loopback,
) -> None:
    server.redirect("/old", "/feed", 308)
    server.at("/feed", Scripted(body=FEED, headers={"ETag": '"1"'}, conditional=True), Scripted(status=404))
    place = server.url("/feed")
    first = go(server.url("/old"), moved=place).fetch
    assert (first.moved, first.outcome, server.paths()) == (place, "new", ["/feed"])
    lost = go(server.url("/old"), first, moved=place).fetch
    assert (lost.outcome, lost.cause, lost.moved) == ("failed", "missing", "")


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_redirect_for_now_moves_nothing(server: Loopback, status: int) -> None:
    server.redirect("/old", "/feed", status)
    server.at("/feed", Scripted(body=FEED))
    assert go(server.url("/old")).fetch.moved == ""


WALL = b"<html><head><title>Just a moment...</title></head><body>Ray ID, performance by Cloudflare</body></html>"


@pytest.mark.parametrize(
    ("script", "cause"),
    [
        (Scripted(status=403, body=WALL), "cloudflare"),
        (Scripted(status=503, body=b"x", headers={"cf-mitigated": "challenge"}), "cloudflare"),
        (Scripted(body=WALL, content_type="text/html"), "cloudflare"),
        (
            Scripted(status=403, body="<html><body>비정상적인 접근이 차단되었습니다</body></html>".encode("cp949")),
            "firewall",
        ),
        (Scripted(status=503, body="<html><title>시스템 점검중</title></html>".encode()), "maintenance"),
        (Scripted(body="<html><title>시스템 점검중</title></html>".encode()), "maintenance"),
        (Scripted(status=403, body="<html><body>로그인이 필요합니다</body></html>".encode()), "login"),
        (Scripted(status=403), "refused"),
        (Scripted(status=403, body=b"<html>", headers={"Content-Encoding": "gzip"}), "refused"),
        (Scripted(status=401), "login"),
        (Scripted(status=429), "busy"),
        (Scripted(status=404), "missing"),
        (Scripted(status=500), "server"),
        (Scripted(), "empty"),
        (Scripted(body=PAGE), "page"),
        (Scripted(body=b"<note>no feed</note>"), "broken"),
        (Scripted(body=FEED, cut=30), "broken"),
        (Scripted(body=FEED, wait_headers=9), "slow"),
        (Scripted(hang_up=True), "unreachable"),
        (Scripted(status=302, headers={"Location": "http://192.168.0.1/feed"}), "address"),
        (Scripted(status=302), "redirects"),
    ],
)
def test_every_failure_has_a_cause(server: Loopback, script: Scripted, cause: str) -> None:
    server.at("/feed", script)
    fetch = go(server.url("/feed")).fetch
    assert (fetch.outcome, fetch.cause) == ("failed", cause)


def test_a_source_that_moved_for_good_says_where(server: Loopback) -> None:
    server.redirect("/old", "/feed", 301)
    server.at("/feed", Scripted(body=FEED))
    harvest = go(server.url("/old"))
    assert harvest.moved == harvest.fetch.url == server.url("/feed")
    assert len(harvest.entries) == 2


def test_a_failure_forgets_no_validator(server: Loopback) -> None:
    """The validators given are those of the latest success, so a failure in between costs nothing."""
    server.at("/feed", Scripted(body=FEED, headers={"ETag": '"1"'}, conditional=True))
    first = go(server.url("/feed")).fetch
    after_failure = replace(first, outcome="failed", error="away")
    assert go(server.url("/feed"), after_failure).fetch.status == 304


@pytest.mark.parametrize("body", [b"", b"\0", b"<", b"\xff\xfe<html>", b"<link rel=alternate>"])
def test_a_broken_page_names_no_feed(body: bytes) -> None:
    assert feeds_named(body, "https://a.example/") == ()
