"""robots.txt by RFC 9309: what it means, for how long it is good, and what its absence or its silence means."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest

from archive.records.sites import RobotsFile
from collectors.answers import WebError
from collectors.http import Web
from collectors.robots import LONGEST_DELAY, MAX_BYTES, Robots, file_of
from tests.asking import FEED, NOW, Names, settings
from tests.loopback import Loopback, Scripted

RULES = b"User-agent: *\nDisallow: /private\nCrawl-delay: 2\n"
ORIGIN = "https://paper.example"


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as loopback:
        loopback.at("/page", Scripted(body=FEED))
        loopback.at("/private", Scripted(body=FEED))
        yield loopback


def read(
    server: Loopback, *paths: str, kept: Sequence[RobotsFile] = (), hours: float = 0
) -> tuple[list[str], tuple[RobotsFile, ...]]:
    """Ask for pages in one run; "" or why not for each, and the robots.txt files that were read for it."""
    told: list[tuple[RobotsFile, ...]] = []

    async def ask() -> list[str]:
        known = {file.origin: file for file in kept}
        now = NOW + timedelta(hours=hours)
        reasons = []
        async with Web(settings(), now=now, lookup=Names(), robots=known, keep=lambda f: told.append(tuple(f))) as web:
            for path in paths:
                try:
                    await web.get(server.url(path), robots=True)
                    reasons.append("")
                except WebError as error:
                    reasons.append(error.reason)
        return reasons

    return asyncio.run(ask()), told[0] if told else ()


def test_what_was_read_is_good_for_a_day_and_then_read_again(server: Loopback) -> None:
    server.at("/robots.txt", Scripted(body=RULES))
    (page, private), kept = read(server, "/page", "/private")
    assert page == ""
    assert "not to be read by programs" in private
    assert [(file.origin, file.read, file.delay) for file in kept] == [(server.url(""), NOW, 2.0)]
    again, anew = read(server, "/page", "/private", kept=kept, hours=23)
    assert again == [page, private]
    assert anew == ()
    assert server.paths().count("/robots.txt") == 1
    read(server, "/page", kept=kept, hours=24)
    assert server.paths().count("/robots.txt") == 2


def test_what_was_read_later_than_now_is_not_known_yet(server: Loopback) -> None:
    server.at("/robots.txt", Scripted(body=RULES))
    _, kept = read(server, "/page", hours=5)
    read(server, "/page", kept=kept)
    assert server.paths().count("/robots.txt") == 2


@pytest.mark.parametrize("script", [Scripted(status=500), Scripted(status=503), Scripted(hang_up=True)])
def test_rules_that_cannot_be_read_again_stay_in_force_and_unknown_ones_close_the_host(
    server: Loopback, script: Scripted
) -> None:
    server.at("/robots.txt", Scripted(body=RULES))
    _, kept = read(server, "/page")
    server.at("/robots.txt", script)
    (page, private), anew = read(server, "/page", "/private", kept=kept, hours=25)
    assert (page, anew) == ("", ())
    assert "not to be read by programs" in private
    [unknown], anew = read(server, "/page")
    assert "left alone for now" in unknown
    assert anew == (), "asked again in the next run"


@pytest.mark.parametrize("script", [Scripted(body=b""), Scripted(status=404), Scripted(status=410)])
def test_an_empty_file_or_none_forbids_nothing_and_is_remembered(server: Loopback, script: Scripted) -> None:
    server.at("/robots.txt", script)
    [page], kept = read(server, "/page")
    assert page == ""
    assert [file.text for file in kept] == [""]
    read(server, "/page", kept=kept, hours=1)
    assert server.paths().count("/robots.txt") == 1


@pytest.mark.parametrize(("redirects", "private"), [(5, False), (6, True)])
def test_five_redirects_are_followed_and_more_mean_that_there_is_none(
    server: Loopback, redirects: int, *, private: bool
) -> None:
    """RFC 9309 §2.3.1.2."""
    server.redirect("/robots.txt", "/1")
    for hop in range(1, redirects):
        server.redirect(f"/{hop}", f"/{hop + 1}")
    server.at(f"/{redirects}", Scripted(body=RULES))
    [reason], _ = read(server, "/private")
    assert (reason == "") is private


def test_half_a_megabyte_is_read_and_no_more() -> None:
    rules = b"User-agent: *\nDisallow: /first\n#"
    body = rules + b"x" * (MAX_BYTES - len(rules)) + b"\nDisallow: /late\n"
    read = Robots.parse(file_of(ORIGIN, body, NOW).text)
    assert not read.allows(f"{ORIGIN}/first")
    assert read.allows(f"{ORIGIN}/late")


@pytest.mark.parametrize(
    ("written", "wanted", "kept"),
    [
        ("5", 5.0, 5.0),
        ("0.5", 0.5, 0.5),
        ("600", 600.0, LONGEST_DELAY),
        ("-3", 0.0, 0.0),
        ("soon", 0.0, 0.0),
        ("inf", 0.0, 0.0),
    ],
)
def test_a_crawl_delay_is_kept_up_to_a_minute(written: str, wanted: float, kept: float) -> None:
    file = file_of(ORIGIN, f"User-agent: *\nCrawl-delay: {written}\n".encode(), NOW)
    robots = Robots.parse(file.text)
    assert (file.delay, robots.wanted_delay, robots.delay) == (wanted, wanted, kept)


def test_rules_for_us_by_name_count_before_those_for_all() -> None:
    text = "\ufeffUser-agent: *\r\nDisallow: /\r\n\r\nUser-agent: donghyang\r\nDisallow: /x\r\nAllow: /x/open\r\n"
    robots = Robots.parse(file_of(ORIGIN, text.encode(), NOW).text)
    assert [robots.allows(f"{ORIGIN}/{path}") for path in ("page", "x", "x/open")] == [True, False, True]


@pytest.mark.parametrize(
    "body", [b"\xff\xfe\x00", b"<!doctype html><title>404</title>", b"\0" * 100, b"Crawl-delay: 5"]
)
def test_what_holds_no_rules_forbids_nothing(body: bytes) -> None:
    file = file_of(ORIGIN, body, NOW)
    assert "\0" not in file.text
    assert Robots.parse(file.text).allows(f"{ORIGIN}/page")
