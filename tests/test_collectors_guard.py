"""What may not be connected to is not, however its address is spelt, reached or answered for.

Everything here goes over real loopback connections; only names are answered by a server of our own, where a test needs
them to lie.
"""

import gzip
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st

from collectors.addresses import PORTS, AllowedHosts, forbidden, read_address
from collectors.http import Timeouts, WebSettings, look_up
from tests.asking import FEED, Names, failure, get, settings
from tests.loopback import Loopback, Scripted

PRIVATE = str.split("""
0.0.0.0 10.1.2.3 100.100.100.200 127.8.8.8 169.254.169.254 172.16.0.1 192.0.0.8 192.0.2.1 192.88.99.1
192.168.1.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 ::
::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 100::1 2001::1 2001:db8::1
2002:7f00:1:: 3fff::1 5f00::1 fc00::1 fd12::1 fe80::1 fec0::1 ff02::1
""")


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as loopback:
        yield loopback


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("http://169.254.169.254/latest/meta-data", "a link-local address; name it in [http] allow_hosts"),
        ("http://inside.example/", "inside.example resolves to 10.0.0.5, a private address; name it in [http]"),
        ("http://[::1]/", "a loopback address"),
        ("http://[::ffff:10.0.0.5]/", "a private address"),
        ("http://[64:ff9b::7f00:1]/", "a NAT64 address"),
        ("http://100.100.100.200/latest/meta-data", "a carrier-grade NAT address"),
        ("http://[fd00:ec2::254]/latest/meta-data", "a private address"),
        ("http://[2002:7f00:1::]/", "a 6to4 address"),
        ("http://224.0.0.1/", "a multicast address"),
        ("http://[ff02::1]/", "a multicast address"),
        ("http://cgnat.example/", "cgnat.example resolves to 100.64.0.1, a carrier-grade NAT address"),
        ("http://nat64.example/", "nat64.example resolves to 64:ff9b::7f00:1, a NAT64 address"),
        ("http://sixtofour.example/", "sixtofour.example resolves to 2002:7f00:1::, a 6to4 address"),
        ("http://multicast.example/", "multicast.example resolves to ff02::1, a multicast address"),
        ("http://metadata.example/", "metadata.example resolves to 169.254.169.254, a link-local address"),
        ("file:///etc/passwd", "not an http or https address"),
        ("gopher://127.0.0.1/", "not an http or https address"),
        ("http://me:secret@127.0.0.1/", "carries a user name or password"),
        ("http://2130706433/", "is not"),
        ("http://open.example:25/", "uses port 25"),
        ("http://[::bad/", "not a usable address"),
    ],
)
def test_every_hop_is_judged_anew(server: Loopback, target: str, says: str) -> None:
    server.redirect("/a", "/b")
    server.redirect("/b", target)
    names = Names(
        inside_example=["10.0.0.5"],
        cgnat_example=["100.64.0.1"],
        nat64_example=["64:ff9b::7f00:1"],
        sixtofour_example=["2002:7f00:1::"],
        multicast_example=["ff02::1"],
        metadata_example=["169.254.169.254"],
    )
    error = failure(server.url("/a"), settings(f"127.0.0.1:{server.port}"), names)
    assert says in error.reason
    assert server.paths() == ["/a", "/b"]


def test_a_private_address_is_not_asked_unless_the_officer_names_it(server: Loopback) -> None:
    server.at("/", Scripted(body=FEED))
    names = Names(inside_example=["127.0.0.1"])
    url = server.url("/", host="inside.example")
    port_only = settings(f"elsewhere.example:{server.port}")
    assert "name it in [http] allow_hosts" in failure(url, port_only, names).reason
    assert "name it in [http] allow_hosts" in failure(server.url("/"), port_only).reason
    assert server.requests == []
    for allowed in ("inside.example", f"inside.example:{server.port}"):
        assert get(url, settings(allowed), names).status == 200
    assert get(server.url("/"), settings("127.0.0.0/8")).status == 200
    assert server.requests[0].headers["host"] == f"inside.example:{server.port}"


def test_what_is_connected_to_is_what_was_checked(server: Loopback) -> None:
    """A name that answers with a private address beside a public one reaches neither it nor anything unlooked."""
    server.at("/", Scripted(body=FEED))
    names = Names(rebind_example=["127.0.0.1"])
    using = WebSettings(spacing=timedelta(0), allow_hosts=("other.example",))
    assert "resolves to 127.0.0.1, a loopback address" in failure("http://rebind.example:8080/", using, names).reason
    assert names.asked == ["rebind.example"]
    assert server.requests == []


@pytest.mark.parametrize("url", ["", "news.example/feed", "http://", "ftp://news.example/", "http://[", "http://a b/"])
def test_an_address_that_is_none_will_never_answer(url: str) -> None:
    error = failure(url)
    assert error.lasting
    assert "address" in error.reason


@pytest.mark.parametrize(
    "text",
    PRIVATE,
)
def test_addresses_that_are_not_the_public_internet(text: str) -> None:
    address = read_address(text)
    assert address is not None
    assert forbidden(address)
    assert not AllowedHosts.parse(["10.0.0.5"]).host(text, 80)


@pytest.mark.parametrize("text", ["1.1.1.1", "211.249.220.24", "93.184.216.34", "2001:4860:4860::8888", "2606:4700::1"])
def test_addresses_that_are(text: str) -> None:
    assert forbidden(ip_address(text)) == ""


def test_allowed_hosts_are_names_addresses_and_networks_with_or_without_port() -> None:
    allowed = AllowedHosts.parse(["Intranet.City.kr", "feeds:8765", "10.0.0.5:8080", "[::1]:90", "192.168.7.0/24"])
    assert allowed.host("intranet.city.kr.", 1234)
    assert allowed.host("feeds", 8765)
    assert not allowed.host("feeds", 80)
    assert allowed.host("10.0.0.5", 8080)
    assert not allowed.host("10.0.0.5", 80)
    assert allowed.host("[::1]", 90)
    assert allowed.host("192.168.7.9", 1)
    assert not allowed.host("192.168.8.9", 1)
    with pytest.raises(ValueError, match="write a name, an address or a network"):
        AllowedHosts.parse(["http://10.0.0.5/"])


@given(st.text(max_size=40), st.sampled_from(["", "http://", "https://x.example/", "http://x.example:"]))
@settings_of_hypothesis(max_examples=60, deadline=None)
def test_any_text_for_an_address_gives_an_error_of_ours(text: str, start: str) -> None:
    assert failure(start + text).reason


@pytest.fixture
def usual_port(server: Loopback, monkeypatch: pytest.MonkeyPatch) -> Loopback:
    """The server as if on a port of the web, so that nothing but its address is against it."""
    monkeypatch.setattr("collectors.hops.PORTS", frozenset({*PORTS, server.port}))
    server.at("/", Scripted(body=FEED))
    return server


@pytest.mark.parametrize(
    "host",
    str.split("""
    127.0.0.1 127.1 0177.0.0.1 0x7f.1 0x7f000001 2130706433 017700000001 0 0.0.0.0 127.0.0.1. localhost LOCALHOST
    localhost. ①②⑦.⓪.⓪.① 127。0。0。1 %31%32%37.0.0.1 127.0.0.1%00.example 127.0.0.1%2f.example @127.0.0.1
    a@127.0.0.1 :@127.0.0.1 127.0.0.1#@open.example open.example\\@127.0.0.1 [::1] [::] [::ffff:7f00:1]
    [0:0:0:0:0:ffff:127.0.0.1] [::127.0.0.1] [::1%25lo] [::1%lo] [fe80::1%25lo] [64:ff9b::127.0.0.1] [2002:7f00:1::]
    """),
)
def test_no_spelling_of_this_machine_reaches_it(usual_port: Loopback, host: str) -> None:
    """Through the system's own resolver, which understands more spellings than any parser of ours."""
    assert failure(usual_port.url("/", host=host), settings("elsewhere.example"), look_up).reason
    assert usual_port.requests == []


def test_an_allowed_name_opens_what_it_resolves_to_for_itself_alone(usual_port: Loopback) -> None:
    """The officer named a name: neither its address nor another name that leads there is meant."""
    names = Names(inside_example=["127.0.0.1"], evil_example=["127.0.0.1"])
    using = settings("inside.example")
    for target in (usual_port.url("/", host="evil.example"), usual_port.url("/")):
        usual_port.redirect("/a", target)
        assert (
            "a loopback address; name it in [http]"
            in failure(usual_port.url("/a", host="inside.example"), using, names).reason
        )
    assert usual_port.paths() == ["/a", "/a"]


def test_an_allowed_port_opens_no_other(usual_port: Loopback) -> None:
    other = settings(f"127.0.0.1:{usual_port.port + 1}", f"inside.example:{usual_port.port + 1}")
    assert "a loopback address" in failure(usual_port.url("/"), other).reason
    names = Names(inside_example=["127.0.0.1"])
    assert "a loopback address" in failure(usual_port.url("/", host="inside.example"), other, names).reason
    assert usual_port.requests == []


def test_a_name_that_changes_its_answer_between_check_and_use_gains_nothing(usual_port: Loopback) -> None:
    """It is looked up once for a connection, and what was judged is what is connected to."""
    answers = [["127.0.0.1"], ["10.0.0.5"]]

    async def flips(host: str, port: int) -> Sequence[str]:
        return answers.pop(0)

    using = settings(f"127.0.0.1:{usual_port.port}")
    assert get(usual_port.url("/", host="rebind.example"), using, flips).status == 200
    assert answers == [["10.0.0.5"]]
    assert "10.0.0.5, a private address" in failure(usual_port.url("/", host="rebind.example"), using, flips).reason


def test_of_several_answers_only_the_public_ones_are_tried(usual_port: Loopback) -> None:
    names = Names(both_example=["10.0.0.5", "127.0.0.1", "fe80::1%eth0"])
    assert get(usual_port.url("/", host="both.example"), settings("127.0.0.1"), names).status == 200


@pytest.mark.parametrize("written", ["시청.kr", "시청.KR", "xn--vv4bo3p.kr", "시청.kr."])
@pytest.mark.parametrize("asked", ["시청.kr", "xn--vv4bo3p.kr"])
def test_a_korean_name_may_be_allowed_in_either_spelling(server: Loopback, written: str, asked: str) -> None:
    server.at("/", Scripted(body=FEED))
    names = Names()
    names.names["xn--vv4bo3p.kr"] = ["127.0.0.1"]
    assert get(server.url("/", host=asked), settings(written), names).status == 200


def test_an_allowed_address_may_be_written_as_ipv6_maps_it() -> None:
    allowed = AllowedHosts.parse(["::ffff:10.0.0.5"])
    assert allowed.host("10.0.0.5", 80)
    assert allowed.host("[::ffff:10.0.0.5]", 80)
    assert not allowed.host("10.0.0.6", 80)


@contextmanager
def _endless(begins: bytes, goes_on: bytes) -> Iterator[str]:
    """A server that answers a request with a beginning, and then the same over and over while anybody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(65536)
                try:
                    connection.sendall(begins)
                    while True:
                        connection.sendall(goes_on)
                except OSError:
                    return

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        thread.join(10)
        assert not thread.is_alive()


_OK = b"HTTP/1.1 200 OK\r\n"
_MANY_HEADERS = b"".join(b"X-%d: %s\r\n" % (number, b"a" * 1000) for number in range(100))


@pytest.mark.parametrize(
    ("begins", "goes_on", "says"),
    [
        (_OK, _MANY_HEADERS, "does not answer in HTTP"),
        (_OK + b"X: ", b"a" * 100_000, "does not answer in HTTP"),
        (_OK + b"\r\n", b"a" * 100_000, "larger than 1,000,000 bytes"),
        (
            _OK + b"Content-Encoding: gzip\r\n\r\n",
            gzip.compress(b"a" * 100_000, mtime=0),
            "larger than 1,000,000 bytes",
        ),
        (_OK + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"", mtime=0) * 1000, "did not finish"),
        (_OK + b"Content-Encoding: gzip, gzip\r\n\r\n", b"a", "was not asked for"),
        (_OK + b"Content-Encoding: br\r\n\r\n", b"a", "was not asked for"),
        (_OK + b"Transfer-Encoding: chunked\r\n\r\n", b"4000\r\n%s\r\n" % (b"a" * 0x4000), "larger than"),
        (_OK + b"Transfer-Encoding: chunked\r\n\r\n5;", b"a" * 10_000, "did not finish"),
        (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100, "did not finish"),
        (b"HTTP/1.1 404 Not Found\r\n\r\n", b"a" * 100_000, "is not there (404)"),
    ],
)
def test_an_answer_without_end_comes_to_an_end(begins: bytes, goes_on: bytes, says: str) -> None:
    """Bounded in size where something is kept, in time where nothing is."""
    using = settings(timeouts=Timeouts(connect=2, read=2, total=0.5))
    with _endless(begins, goes_on) as url:
        assert says in failure(url, using).reason


@pytest.mark.parametrize("begins", [b"HTTP/1.1 200 ", _OK, _OK + b"Content-Type: text/xml\r\n\r\n<rss>"])
def test_a_byte_now_and_then_is_no_answer(begins: bytes) -> None:
    """Slow-loris: never silent for long, in its first line, its headers or its body, and never done."""
    using = settings(timeouts=Timeouts(connect=2, read=1, total=0.6))
    with _trickling(begins) as url:
        assert "did not finish its answer within 0.6 s" in failure(url, using).reason


@contextmanager
def _trickling(begins: bytes) -> Iterator[str]:
    """A server that sends a byte every fiftieth of a second while anybody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                connection.recv(65536)
                connection.sendall(begins)
                while not done.wait(0.02):
                    connection.sendall(b"H")

        done = threading.Event()
        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        done.set()
        thread.join(10)
        assert not thread.is_alive()
