"""Behind the city's proxy: what goes through it, what never reaches it, and what its trouble is called."""

import asyncio
import base64
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from collectors.http import Answer, Timeouts, Web, WebError, WebSettings
from collectors.proxies import Route, inside_name
from tests.loopback import Loopback, Scripted
from tests.proxy import Proxy

NOW = datetime(2026, 2, 20, 9, tzinfo=UTC)
LIMITS = Timeouts(connect=2, read=2, total=5)


@pytest.fixture
def origin() -> Iterator[Loopback]:
    with Loopback() as server:
        server.at("/feed", Scripted(body=b"<rss/>"))
        yield server


def get(url: str, proxy: str, *, no_proxy: tuple[str, ...] = (), allow: tuple[str, ...] = (), ca: str = "") -> Answer:
    async def ask() -> Answer:
        settings = WebSettings(proxy=proxy, no_proxy=no_proxy, allow_hosts=allow, ca_file=ca, timeouts=LIMITS)
        async with Web(settings, now=NOW) as web:
            return await web.get(url)

    return asyncio.run(ask())


def refused(url: str, proxy: str, allow: tuple[str, ...] = ()) -> str:
    with pytest.raises(WebError) as caught:
        get(url, proxy, allow=allow)
    return str(caught.value)


def test_a_name_only_the_proxy_knows_is_asked_through_it(origin: Loopback) -> None:
    """The proxy itself is private and needs no permission; the name is never looked up here."""
    with Proxy(origin.port) as proxy:
        answer = get("http://paper.example/feed", f"http://127.0.0.1:{proxy.port}")
        assert answer.body == b"<rss/>"
        assert proxy.asked == ["GET http://paper.example/feed"]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/feed",
        "http://[::1]/feed",
        "http://169.254.169.254/latest",
        "http://intranet/feed",
        "http://printer.local/feed",
        "http://wiki.city.internal/feed",
        "http://2130706433/feed",
        "http://0177.0.0.1/feed",
        "http://localhost/feed",
        "http://paper.example:9200/feed",
    ],
)
def test_what_lies_inside_never_reaches_the_proxy(origin: Loopback, url: str) -> None:
    with Proxy(origin.port) as proxy:
        assert "allow_hosts" in refused(url, f"http://127.0.0.1:{proxy.port}")
        assert proxy.asked == []


def test_a_redirect_to_the_inside_is_judged_before_it_is_asked(origin: Loopback) -> None:
    origin.redirect("/away", "http://wiki.internal/secret")
    with Proxy(origin.port) as proxy:
        said = refused("http://paper.example/away", f"http://127.0.0.1:{proxy.port}")
        assert "wiki.internal" in said
        assert proxy.asked == ["GET http://paper.example/away"]


def test_an_allowed_inside_name_goes_through(origin: Loopback) -> None:
    with Proxy(origin.port) as proxy:
        answer = get("http://wiki.internal/feed", f"http://127.0.0.1:{proxy.port}", allow=("wiki.internal",))
        assert answer.status == 200


def test_the_proxy_itself_is_no_source(origin: Loopback) -> None:
    with Proxy(origin.port) as proxy:
        way = f"http://127.0.0.1:{proxy.port}"
        said = refused(f"{way}/feed", way, allow=("127.0.0.1",))
        assert "proxy itself" in said
        assert proxy.asked == []


def test_exempt_hosts_are_asked_straight(origin: Loopback) -> None:
    with Proxy(origin.port) as proxy:
        url = f"http://127.0.0.1:{origin.port}/feed"
        answer = get(url, f"http://127.0.0.1:{proxy.port}", no_proxy=("127.0.0.1",), allow=("127.0.0.1",))
        assert answer.body == b"<rss/>"
        assert proxy.asked == []


def test_a_proxy_that_wants_a_password(origin: Loopback) -> None:
    wanted = "Basic " + base64.b64encode(b"city:secret").decode()
    with Proxy(origin.port, password=wanted) as proxy:
        said = refused("http://paper.example/feed", f"http://127.0.0.1:{proxy.port}")
        assert "407" in said
        assert "407" in refused("https://paper.example/feed", f"http://127.0.0.1:{proxy.port}")
        answer = get("http://paper.example/feed", f"http://city:secret@127.0.0.1:{proxy.port}")
        assert answer.status == 200


def test_a_dead_proxy_is_named_without_its_password(origin: Loopback) -> None:
    with Proxy(origin.port) as proxy:
        port = proxy.port
    said = refused("http://paper.example/feed", f"http://city:secret@127.0.0.1:{port}")
    assert f"127.0.0.1:{port}" in said
    assert "[http] proxy" in said
    assert "secret" not in said


def test_a_proxy_that_refuses_the_host(origin: Loopback) -> None:
    with Proxy(origin.port, status=403) as proxy:
        assert "proxy answers 403" in refused("https://paper.example/feed", f"http://127.0.0.1:{proxy.port}")


def test_tls_through_the_proxy_trusts_the_citys_own_authority(origin: Loopback, tmp_path: Path) -> None:
    """The certificate is checked through the tunnel: refused as it is, accepted with the authority's file."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("paper.example").configure_cert(context)
    origin.encrypt(context)
    ca_file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(ca_file)
    with Proxy(origin.port) as proxy:
        way = f"http://127.0.0.1:{proxy.port}"
        assert "certificate" in refused("https://paper.example/feed", way)
        assert get("https://paper.example/feed", way, ca=str(ca_file)).body == b"<rss/>"
        assert proxy.asked[-1] == "CONNECT paper.example:443"


@pytest.mark.parametrize(
    ("host", "inside"),
    [
        ("etnews.com", False),
        ("www.sejong.go.kr", False),
        ("xn--9n2bp8q.kr", False),
        ("intranet", True),
        ("a.home.arpa", True),
        ("nas.LOCAL.", True),
        ("1.2.3", True),
        ("a.0x7f", True),
    ],
)
def test_names_from_inside(host: str, *, inside: bool) -> None:
    assert inside_name(host) is inside


@pytest.mark.parametrize("text", ["ftp://proxy:21", "http://", "://x"])
def test_what_is_no_proxy_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="proxy"):
        Route.parse(text)
