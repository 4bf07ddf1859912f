"""The web over real loopback connections: what is sent, what is refused, and what each trouble is called."""

import asyncio
import gzip
import socket
from collections.abc import Iterator
from datetime import timedelta

import pytest

from collectors.http import Answer, Timeouts, Web, WebError, WebSettings
from collectors.turns import Turns
from tests.asking import FEED, NOW, Names, failure, get, no_network, settings
from tests.loopback import Loopback, Scripted


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as loopback:
        yield loopback


def test_an_answer_comes_whole_with_its_validators_byte_for_byte(server: Loopback) -> None:
    headers = {"ETag": 'W/"a-b,c"', "Last-Modified": "Fri, 20 Feb 2026 08:00:00 GMT"}
    server.at("/feed", Scripted(body=FEED, headers=headers, content_type="application/rss+xml; charset=utf-8"))
    answer = get(server.url("/feed"))
    assert (answer.status, answer.body, answer.url) == (200, FEED, server.url("/feed"))
    assert (answer.etag, answer.modified) == (headers["ETag"], headers["Last-Modified"])
    assert answer.content_type == "application/rss+xml; charset=utf-8"


def test_the_request_says_who_asks_and_nothing_about_anybody_else(server: Loopback) -> None:
    server.at("/a", Scripted(status=302, headers={"Location": "/b", "Set-Cookie": "spy=1"}))
    server.at("/b", Scripted(body=FEED))
    get(server.url("/a"))
    asked = server.requests[-1].headers
    assert asked["user-agent"].startswith("donghyang/")
    assert asked["user-agent"].endswith("(+mailto:team@city.example)")
    assert asked["accept-encoding"] == "gzip, deflate"
    assert not {"cookie", "referer", "authorization", "if-none-match", "if-modified-since"} & set(asked)


def test_a_conditional_request_sends_the_validators_as_they_came(server: Loopback) -> None:
    server.at("/feed", Scripted(body=FEED, headers={"ETag": 'W/"x"'}, conditional=True))
    answer = get(server.url("/feed"), etag='W/"x"', modified="yesterday, they said")
    assert (answer.status, answer.body) == (304, b"")
    assert server.requests[0].headers["if-none-match"] == 'W/"x"'
    assert server.requests[0].headers["if-modified-since"] == "yesterday, they said"


def test_a_304_nobody_asked_for_is_no_answer(server: Loopback) -> None:
    server.at("/feed", Scripted(status=304))
    assert failure(server.url("/feed")).status == 304


def test_gzip_is_undone(server: Loopback) -> None:
    server.at("/feed", Scripted(body=FEED * 100, gzipped=True))
    assert get(server.url("/feed")).body == FEED * 100


@pytest.mark.parametrize(
    ("status", "lasting", "says"),
    [
        (404, False, "is not there (404)"),
        (410, True, "gone for good (410)"),
        (403, False, "forbidden to us (403)"),
        (500, False, "trouble of its own (status 500)"),
        (418, False, "answers 418"),
        (300, False, "answers 300"),
    ],
)
def test_a_bad_status_is_an_error_that_names_it(server: Loopback, status: int, says: str, *, lasting: bool) -> None:
    server.at("/x", Scripted(status=status, body=b"sorry"))
    error = failure(server.url("/x"))
    assert says in error.reason
    assert (error.lasting, error.status, error.url) == (lasting, status, server.url("/x"))
    assert str(error).startswith(server.url("/x"))


@pytest.mark.parametrize("header", ["120", "Fri, 20 Feb 2026 09:02:00 GMT"])
def test_retry_after_is_a_moment(server: Loopback, header: str) -> None:
    server.at("/x", Scripted(status=429, headers={"Retry-After": header}))
    error = failure(server.url("/x"))
    assert error.retry_after is not None
    if header == "120":
        assert error.retry_after == NOW + timedelta(minutes=2)
    assert NOW <= error.retry_after <= NOW + timedelta(days=7)


def test_an_empty_answer_is_an_error(server: Loopback) -> None:
    server.at("/x", Scripted(body=b"\n"))
    error = failure(server.url("/x"))
    assert "answers nothing" in error.reason
    assert error.status == 200


def test_a_slow_server_is_not_waited_for(server: Loopback) -> None:
    server.at("/headers", Scripted(body=FEED, wait_headers=30))
    server.at("/body", Scripted(body=FEED, wait_body=30))
    impatient = settings(timeouts=Timeouts(read=0.2))
    assert "sent nothing for 0.2 s" in failure(server.url("/headers"), impatient).reason
    assert "sent nothing for 0.2 s" in failure(server.url("/body"), impatient).reason


def test_a_server_that_trickles_is_cut_off_by_the_total(server: Loopback) -> None:
    server.at("/body", Scripted(body=FEED, wait_body=30))
    error = failure(server.url("/body"), settings(timeouts=Timeouts(read=20, total=0.3)))
    assert "did not finish its answer within 0.3 s" in error.reason


def test_the_total_time_covers_all_redirects(server: Loopback) -> None:
    for hop in range(4):
        headers = {"Location": f"/{hop + 1}"}
        server.at(f"/{hop}", Scripted(status=302, headers=headers, wait_headers=0.2))
    error = failure(server.url("/0"), settings(timeouts=Timeouts(read=20, total=0.5)))
    assert "within 0.5 s" in error.reason
    assert "/4" not in server.paths()


def test_a_cut_answer_is_no_answer(server: Loopback) -> None:
    server.at("/cut", Scripted(body=FEED, cut=20))
    server.at("/none", Scripted(hang_up=True))
    assert "ends in the middle" in failure(server.url("/cut")).reason
    assert "closed the connection" in failure(server.url("/none")).reason


def test_gzip_that_is_broken_or_ends_early_is_an_error(server: Loopback) -> None:
    whole = gzip.compress(FEED * 50)
    coded = {"Content-Encoding": "gzip"}
    server.at("/broken", Scripted(body=whole[:10] + b"\xff" * 40, headers=coded))
    server.at("/not", Scripted(body=FEED, headers=coded))
    server.at("/early", Scripted(body=whole[:-20], headers=coded))
    server.at("/br", Scripted(body=b"\x0b\x02", headers={"Content-Encoding": "br"}))
    assert "broken gzip data" in failure(server.url("/broken")).reason
    assert "broken gzip data" in failure(server.url("/not")).reason
    assert "ends in the middle of its gzip data" in failure(server.url("/early")).reason
    assert "'br', which was not asked for" in failure(server.url("/br")).reason


def test_a_large_answer_or_a_bomb_is_not_read_to_its_end(server: Loopback) -> None:
    server.at("/large", Scripted(body=b"x" * 2_000_000))
    server.at("/bomb", Scripted(body=b"\0" * 50_000_000, gzipped=True))
    assert "larger than 1,000,000 bytes" in failure(server.url("/large")).reason
    assert "larger than 1,000,000 bytes" in failure(server.url("/bomb")).reason


def test_a_refused_connection_names_the_place() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    error = failure(f"http://127.0.0.1:{port}/")
    assert f"cannot be reached: 127.0.0.1:{port}" in error.reason
    assert not error.lasting


def test_a_name_nobody_knows_is_named() -> None:
    error = failure("http://nowhere.example/feed")
    assert "cannot be found: nowhere.example:80 is unknown (Name or service not known)" in error.reason
    assert not error.lasting


def test_without_any_network_the_sentence_says_where_to_look() -> None:
    async def ask() -> Answer:
        async with Web(settings(), now=NOW, lookup=no_network) as web:
            return await web.get("http://news.example/feed")

    with pytest.raises(WebError, match="the network when other sources fail too"):
        asyncio.run(ask())


def test_a_server_that_speaks_no_tls_or_has_no_valid_certificate_is_not_trusted(server: Loopback) -> None:
    server.at("/", Scripted(body=FEED))
    assert "cannot be trusted" in failure(server.url("/").replace("http:", "https:")).reason


def test_redirects_are_followed_and_permanent_ones_reported(server: Loopback) -> None:
    server.redirect("/old", "/newer", 301)
    server.redirect("/newer", server.url("/newest"), 308)
    server.redirect("/newest", "/today", 302)
    server.redirect("/today", "/final", 301)
    server.at("/final", Scripted(body=FEED))
    answer = get(server.url("/old"))
    assert answer.url == server.url("/final")
    assert answer.permanent_url == server.url("/newest")


def test_redirects_end(server: Loopback) -> None:
    server.redirect("/a", "/b")
    server.redirect("/b", "/a")
    for hop in range(10):
        server.redirect(f"/{hop}", f"/{hop + 1}")
    server.at("/nowhere", Scripted(status=302))
    assert "in a circle" in failure(server.url("/a")).reason
    assert "more than 5 times" in failure(server.url("/0")).reason
    assert "without saying where" in failure(server.url("/nowhere")).reason
    assert server.paths().count("/a") == 1
    assert "/6" not in server.paths()


def test_robots_txt_is_asked_once_and_obeyed(server: Loopback) -> None:
    rules = b"User-agent: *\nDisallow: /private\nAllow: /private/open\n"
    server.at("/robots.txt", Scripted(body=rules))
    for path in ("/page", "/private/x", "/private/open"):
        server.at(path, Scripted(body=FEED))

    async def ask() -> WebError:
        async with Web(settings(), now=NOW, lookup=Names()) as web:
            await asyncio.gather(*(web.get(server.url(path), robots=True) for path in ("/page", "/private/open")))
            with pytest.raises(WebError) as caught:
                await web.get(server.url("/private/x"), robots=True)
            await web.get(server.url("/private/x"))
            return caught.value

    error = asyncio.run(ask())
    assert "not to be read by programs" in error.reason
    assert error.lasting
    assert server.paths().count("/robots.txt") == 1
    assert server.paths().count("/private/x") == 1


@pytest.mark.parametrize("status", [404, 403, 401])
def test_no_robots_txt_allows_everything(server: Loopback, status: int) -> None:
    server.at("/robots.txt", Scripted(status=status))
    server.at("/page", Scripted(body=FEED))
    assert get(server.url("/page"), robots=True).body == FEED


@pytest.mark.parametrize("script", [Scripted(status=503), Scripted(status=429), Scripted(wait_headers=30)])
def test_a_robots_txt_that_cannot_be_read_closes_the_host_for_now(server: Loopback, script: Scripted) -> None:
    server.at("/robots.txt", script)
    server.at("/page", Scripted(body=FEED))
    error = failure(server.url("/page"), settings(timeouts=Timeouts(read=0.2)), robots=True)
    assert "left alone for now" in error.reason
    assert not error.lasting
    assert "/page" not in server.paths()


def test_a_strange_host_is_asked_one_thing_at_a_time_and_spaced() -> None:
    waited: list[float] = []
    at_work: list[int] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)
        await asyncio.sleep(0)

    async def visit(turns: Turns, host: str) -> None:
        async with turns.spaced(host, 1.5):
            at_work.append(1)
            await asyncio.sleep(0)
            assert len(at_work) == 1
            at_work.clear()

    async def visits() -> None:
        turns = Turns(16, clock=lambda: 100.0, sleep=sleep)
        await asyncio.gather(*(visit(turns, "a.example") for _ in range(4)))

    asyncio.run(visits())
    assert waited == [1.5, 1.5, 1.5]


def test_many_hosts_are_asked_at_once_but_not_too_many(server: Loopback) -> None:
    names = Names(**{f"h{n}_example": ["127.0.0.1"] for n in range(12)})
    server.at("/", Scripted(body=FEED, wait_headers=0.05))
    using = WebSettings(spacing=timedelta(0), allow_hosts=("127.0.0.0/8", *names.names), hosts_at_once=4)

    async def ask() -> None:
        async with Web(using, now=NOW, lookup=names) as web:
            await asyncio.gather(*(web.get(server.url("/", host=name)) for name in names.names))

    asyncio.run(ask())
    assert len(server.requests) == 12
    assert 1 < max(asked.active for asked in server.requests) <= 4


def test_a_busy_feed_of_our_own_network_keeps_no_other_waiting(server: Loopback) -> None:
    server.at("/busy", Scripted(status=429, headers={"Retry-After": "3600"}))
    server.at("/next", Scripted(body=FEED))

    async def ask() -> bytes:
        async with Web(settings(), now=NOW) as web:
            with pytest.raises(WebError, match="429"):
                await web.get(server.url("/busy"))
            return (await web.get(server.url("/next"))).body

    assert asyncio.run(ask()) == FEED
