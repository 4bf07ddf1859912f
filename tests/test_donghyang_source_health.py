"""A month in the life of sources: what happens to each is told, when it lasts, and mended where we can."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from donghyang.cli import main
from tests.loopback import Loopback, Scripted

START = datetime.fromisoformat("2026-02-06T18:00:00+09:00")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WALL = b"<html><title>Just a moment...</title>Cloudflare</html>"
Ask = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def ask(config: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """A command's JSON at a moment."""

    def asked(*words: str, after: timedelta = timedelta()) -> list[dict[str, Any]]:
        capsys.readouterr()
        main(["--config", str(config), "--now", (START + after).isoformat(), *words, "--format", "json"])
        found = json.loads(capsys.readouterr().out)
        return list(found["sources"] if isinstance(found, dict) else found)

    return asked


def collect(config: Path, after: timedelta = timedelta()) -> int:
    return main(["--config", str(config), "--now", (START + after).isoformat(), "run", "collect"])


def of(rows: list[dict[str, Any]], id_: str) -> dict[str, Any]:
    return next(row for row in rows if row["id"] == id_)


def warnings(rows: list[dict[str, Any]]) -> str:
    return " ".join(row["said"] for row in rows if row["state"] == "warn" and row["check"] == "sources")


def asked_of(server: Loopback, path: str) -> int:
    return server.paths().count(path)


def test_trouble_of_an_hour_is_counted_and_trouble_of_a_day_is_told(server: Loopback, config: Path, ask: Ask) -> None:
    server.at("/mirae.xml", Scripted(status=403, body=WALL))
    collect(config)
    row = of(ask("sources", "list"), "mirae")
    assert (row["health"], row["cause"], row["lasting"]) == ("blocked", "cloudflare", False)
    assert "Cloudflare" in row["told"]
    assert "mirae" not in warnings(ask("doctor"))
    assert "방금 실패한 곳: mirae" in " ".join(found["said"] for found in ask("doctor"))
    collect(config, DAY)
    assert of(ask("status", after=DAY), "mirae")["lasting"]
    assert "1일째 막혀 있습니다(Cloudflare" in warnings(ask("doctor", after=DAY))


def test_a_source_that_is_gone_is_not_asked_again_and_says_so(server: Loopback, config: Path, ask: Ask) -> None:
    server.at("/mirae.xml", Scripted(status=410))
    collect(config)
    for hours in (1, 8, 60):
        collect(config, hours * HOUR)
    assert asked_of(server, "/mirae.xml") == 1
    assert of(ask("sources", "list"), "mirae")["health"] == "gone"
    assert "sources disable mirae" in warnings(ask("doctor"))


def test_an_address_that_is_lost_for_two_weeks_is_asked_once_a_day(server: Loopback, config: Path, ask: Ask) -> None:
    server.at("/mirae.xml", Scripted(status=404))
    for day in (0, 6, 13):
        collect(config, day * DAY)
    assert of(ask("sources", "list", after=13 * DAY), "mirae")["health"] == "failing"
    before = asked_of(server, "/mirae.xml")
    for hour in range(14 * 24, 16 * 24, 6):
        collect(config, hour * HOUR)
    assert asked_of(server, "/mirae.xml") - before == 2
    assert of(ask("sources", "list", after=16 * DAY), "mirae")["health"] == "gone"


def test_a_source_that_moved_is_followed_after_three_answers_and_named(
    server: Loopback, config: Path, ask: Ask
) -> None:
    server.at("/new.xml", server.take("/mirae.xml"))
    server.redirect("/mirae.xml", "/new.xml", 301)
    for day in range(5):
        collect(config, day * DAY)
    assert (asked_of(server, "/mirae.xml"), asked_of(server, "/new.xml")) == (3, 5)
    assert "/mirae.xml" in config.read_text(encoding="utf-8"), "config is the officer's"
    assert f"{server.url('/new.xml')}(으)로 아주 옮겨" in warnings(ask("doctor", after=5 * DAY))
    server.at("/new.xml", Scripted(status=404))
    collect(config, 5 * DAY)
    collect(config, 6 * DAY)
    assert (asked_of(server, "/mirae.xml"), asked_of(server, "/new.xml")) == (4, 7), "then where it was, once more"


def test_a_paper_that_falls_silent_is_told(server: Loopback, config: Path, ask: Ask) -> None:
    item = "<item><title>소식 {0}</title><link>https://mirae.example/{0}</link></item>"
    for day in range(8):
        items = "".join(item.format(number) for number in range(day + 1))
        server.at("/mirae.xml", Scripted(body=f"<rss><channel><title>m</title>{items}</channel></rss>".encode()))
        collect(config, day * DAY)
    assert of(ask("sources", "list", after=8 * DAY), "mirae")["health"] == "ok"
    collect(config, 12 * DAY)
    row = of(ask("sources", "list", after=12 * DAY), "mirae")
    assert (row["health"], row["told"]) == ("quiet", "평소보다 조용함(02-13부터)")
    assert "mirae: 답은 하지만 2026-02-13부터" in warnings(ask("doctor", after=12 * DAY))


def test_a_feed_that_is_lost_is_looked_for_on_its_site(server: Loopback, ask: Ask) -> None:
    server.at("/renewed.xml", server.take("/mirae.xml"))
    server.at("/mirae.xml", Scripted(status=404))
    server.at("/", Scripted(body=b'<link rel="alternate" type="application/rss+xml" href="/renewed.xml">'))
    told = [row for row in ask("doctor", "--sources") if row["check"] == "source" and row["state"] == "fail"]
    assert len(told) == 1
    assert (
        f'feeds. 같은 누리집에서 피드를 찾았습니다. config.toml에 url = "{server.url("/renewed.xml")}"'
        in told[0]["said"]
    )


def test_a_feed_that_another_source_reads_is_no_mend(server: Loopback, ask: Ask) -> None:
    server.at("/mirae.xml", Scripted(status=410))
    server.at("/", Scripted(body=b'<link rel="alternate" type="application/rss+xml" href="/hangyeol.xml">'))
    told = [row for row in ask("doctor", "--sources") if row["check"] == "source" and row["state"] == "fail"]
    assert len(told) == 1
    assert "hangyeol.xml" not in told[0]["said"]


def test_who_asks_for_a_rest_gets_it_after_a_restart_too(server: Loopback, config: Path) -> None:
    """After a 429 until the time it named; its neighbours on a host of our own network are asked as ever."""
    server.at("/hangyeol.xml", Scripted(status=429, headers={"Retry-After": "10800"}))
    for hours in range(3):
        collect(config, hours * HOUR)
    assert (server.paths().count("/hangyeol.xml"), server.paths().count("/mirae.xml")) == (1, 3)
    collect(config, 3 * HOUR)
    assert server.paths().count("/hangyeol.xml") == 2


def test_validators_are_sent_from_the_second_request_on_for_ever(server: Loopback, config: Path) -> None:
    for day in range(4):
        collect(config, day * DAY)
    asked = [one.headers.get("if-none-match") for one in server.requests if one.path == "/mirae.xml"]
    assert asked == [None, *['"mirae"'] * 3]


def test_what_a_site_asks_of_programs_is_remembered_for_a_day_and_told_when_it_is_much(
    server: Loopback, config: Path, ask: Ask
) -> None:
    page = b"<url><loc>https://mirae.example/1</loc><lastmod>2026-02-06T08:00:00Z</lastmod></url>"
    server.at("/robots.txt", Scripted(body=b"User-agent: *\nCrawl-delay: 600\nDisallow: /private\n"))
    server.at("/map.xml", Scripted(body=b"<urlset>" + page + b"</urlset>"))
    block = f'\n[[sources]]\nid = "map"\nkind = "sitemap"\nfulltext = false\nurl = "{server.url("/map.xml")}"\n'
    config.write_text(config.read_text(encoding="utf-8") + block, encoding="utf-8")
    for hours in (0, 2, 20):
        collect(config, hours * HOUR)
    assert (asked_of(server, "/robots.txt"), asked_of(server, "/map.xml")) == (1, 3), "each run is a start of its own"
    collect(config, 25 * HOUR)
    assert asked_of(server, "/robots.txt") == 2
    assert "map: 이 사이트의 robots.txt는 요청 사이에 600초를" in warnings(ask("doctor", after=25 * HOUR))
