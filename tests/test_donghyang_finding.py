"""`sources add` with a site's address: the feed, board or news sitemap behind it is found, shown, then saved."""

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.autodiscovery import maps_named
from donghyang.cli import main
from tests import small_world
from tests.boards import pages
from tests.loopback import Loopback, Scripted
from tests.test_collectors_sitemaps import index, news, page, urlset

NOW = "2026-02-12T15:00:00+09:00"
PLAIN = b"<!doctype html><html><head><title>\xea\xb0\x80\xec\x98\xa8</title></head><body><p>hello</p></body></html>"


def add(config: Path, *words: str) -> int:
    return main(["--config", str(config), "--now", NOW, "sources", "add", *words])


def last(config: Path) -> dict[str, Any]:
    rows: list[dict[str, Any]] = tomllib.loads(config.read_text(encoding="utf-8"))["sources"]
    return rows[-1]


def test_a_site_without_a_word_of_its_feed_has_it_where_sites_keep_it(
    server: Loopback, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.at("/", Scripted(body=PLAIN, content_type="text/html"))
    server.at("/rss.xml", Scripted(body=small_world.feed(server, "hangyeol", list(small_world.LINES[:2]))))
    assert add(config, server.url("/"), "--id", "gaon") == 0
    assert last(config) == {"id": "gaon", "name": "hangyeol", "url": server.url("/rss.xml")}
    said = capsys.readouterr().out
    assert f"{server.url('/')}에서 피드" in said
    # what would be filed stands before the word that it was added
    assert said.index(small_world.LINES[0].title) < said.index("더했습니다")
    assert "/atom.xml" not in server.paths()


def test_a_list_page_is_known_by_its_board(server: Loopback, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = pages()["egov-view"]
    server.at(one.at, Scripted(body=one.body, content_type="text/html; charset=utf-8"))
    words = ("--id", "gaon", "--name", "가온시", "--role", "government")
    assert add(config, server.url(one.at), *words) == 0
    assert last(config) == {
        "id": "gaon",
        "name": "가온시",
        "kind": "listing",
        "url": server.url(one.at),
        "board": "egov-view",
        "role": "government",
    }
    said = capsys.readouterr().out
    assert "egov-view" in said
    assert all(line[1] in said for line in one.lines)
    assert main(["--config", str(config), "--now", NOW, "run", "collect"]) == 0
    assert "kind" not in tomllib.loads(config.read_text(encoding="utf-8"))["sources"][0]


@pytest.mark.parametrize("name", [name for name in pages() if name not in {"table", "mode-view", "nipa"}])
def test_each_board_is_told_from_the_others(name: str, server: Loopback, config: Path) -> None:
    """Some pages fit two boards that read them alike; what is chosen reads every line."""
    one = pages()[name]
    server.at(one.at, Scripted(body=one.body, content_type="text/html; charset=utf-8"))
    assert add(config, server.url(one.at), "--id", "found") == 0
    row = last(config)
    assert (row["kind"], row["board"]) == ("listing", name)


def test_a_site_with_a_news_sitemap_only(server: Loopback, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server.at("/", Scripted(body=PLAIN, content_type="text/html"))
    named = f"User-agent: *\nAllow: /\nSitemap: {server.url('/all.xml')}\nsitemap:{server.url('/maps/news.xml')}\n"
    server.at("/robots.txt", Scripted(body=named.encode()))
    server.at("/all.xml", Scripted(body=urlset(page(7, "2026-02-11"))))
    server.at("/maps/news.xml", Scripted(body=urlset(news(1), news(2))))
    assert add(config, server.url("/"), "--id", "gaon") == 0
    assert (last(config)["kind"], last(config)["url"]) == ("sitemap", server.url("/maps/news.xml"))
    assert "AI 소식 1 & 전망" in capsys.readouterr().out


def test_the_address_of_a_sitemap_itself_will_do(server: Loopback, config: Path) -> None:
    server.at("/index.xml", Scripted(body=index((server.url("/news.xml"), ""))))
    server.at("/news.xml", Scripted(body=urlset(news(1))))
    assert add(config, server.url("/index.xml"), "--id", "map") == 0
    assert last(config)["kind"] == "sitemap"


def test_a_site_that_closes_its_guesses_to_programs_is_not_guessed_at(
    server: Loopback, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.at("/", Scripted(body=PLAIN, content_type="text/html"))
    server.at("/robots.txt", Scripted(body=b"User-agent: *\nDisallow: /"))
    server.at("/rss.xml", Scripted(body=small_world.feed(server, "hangyeol", list(small_world.LINES[:2]))))
    assert add(config, server.url("/")) == 1
    assert "HTML" in capsys.readouterr().err
    assert set(server.paths()) == {"/", "/robots.txt"}


def test_a_person_may_say_what_it_is(server: Loopback, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = pages()["mode-view"]
    server.at(one.at, Scripted(body=one.body, content_type="text/html; charset=utf-8"))
    assert add(config, server.url(one.at), "--board", "mode-view", "--id", "gaon") == 0
    assert last(config)["board"] == "mode-view"
    before = config.read_bytes()
    assert add(config, server.url("/other"), "--board", "egov") == 1
    assert add(config, server.url(one.at) + "?2", "--board", "egob") == 2
    assert add(config, server.url(one.at) + "?2", "--kind", "page") == 2
    assert "sitemap" in capsys.readouterr().err
    assert config.read_bytes() == before
    assert add(config, server.url("/later"), "--board", "neo", "--kind", "listing", "--no-fetch", "--id", "later") == 0
    assert (last(config)["kind"], last(config)["board"]) == ("listing", "neo")


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("n", 1)])
def test_at_a_terminal_a_person_is_asked_before_it_is_saved(
    answer: str, code: int, server: Loopback, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = config.read_bytes()
    server.at("/new.xml", Scripted(body=small_world.feed(server, "hangyeol", list(small_world.LINES[:2]))))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer.confirm", lambda *_, **__: answer == "y")
    assert add(config, server.url("/new.xml"), "--id", "asked") == code
    assert (config.read_bytes() != before) == (code == 0)


@given(st.binary(max_size=200), st.text(max_size=40))
def test_any_robots_txt_names_addresses_or_none(robots: bytes, path: str) -> None:
    named = maps_named(robots + f"\nSitemap: {path}".encode("utf-8", "ignore"), "https://a.example/robots.txt")
    assert all(address.startswith("http") for address in named)


def test_what_rests_is_tried_at_once_and_what_passes_may_be_woken(
    server: Loopback, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A board that fits, one that does not, an old feed and one without days: only the first is woken."""
    one = pages()["neo"]
    server.at(one.at, Scripted(body=one.body, content_type="text/html; charset=utf-8"))
    old = small_world.feed(server, "hangyeol", list(small_world.LINES[:2])).replace(b"2026", b"2024")
    server.at("/old.xml", Scripted(body=old))
    server.at(
        "/bare.xml", Scripted(body=b"<rss><channel><title>t</title><item><title>AI</title></item></channel></rss>")
    )
    board = ("--board", "neo", "--no-fetch")
    rows = {
        "fits": (one.at, *board),
        "strange": ("/strange", *board),
        "old": ("/old.xml", "--no-fetch"),
        "bare": ("/bare.xml", "--no-fetch"),
    }
    before = config.read_bytes()
    for id_, (at, *words) in rows.items():
        assert add(config, server.url(at), "--id", id_, "--name", id_, *words) == 0
        assert main(["--config", str(config), "sources", "disable", id_]) == 0
    capsys.readouterr()

    def try_resting(*words: str) -> int:
        return main(["--config", str(config), "--now", NOW, "sources", "try", "--resting", *words])

    assert try_resting("--format", "json") == 3
    told = capsys.readouterr()
    assert {row["id"]: row["verdict"] for row in json.loads(told.out)} == {
        "fits": "passed",
        "strange": "failed",
        "old": "stale",
        "bare": "undated",
    }
    assert "fits" in told.err
    assert try_resting("--enable") == 3
    assert "404" in capsys.readouterr().out
    awake = {
        row["id"] for row in tomllib.loads(config.read_text(encoding="utf-8"))["sources"] if row.get("enabled", True)
    }
    assert awake == {*small_world.OUTLETS, "fits"}
    assert try_resting() == 1
    config.write_bytes(before)
    assert try_resting() == 0
    assert main(["--config", str(config), "sources", "try"]) == 2
    assert main(["--config", str(config), "sources", "try", "mirae", "--resting"]) == 2


def test_lists_for_feed_readers_name_feeds_alone(
    server: Loopback, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(config, server.url("/board"), "--board", "neo", "--no-fetch", "--id", "board") == 0
    capsys.readouterr()
    assert main(["--config", str(config), "sources", "export"]) == 0
    listed = capsys.readouterr().out
    assert server.url("/mirae.xml") in listed
    assert server.url("/board") not in listed
