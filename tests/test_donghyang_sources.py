"""`sources`: config.toml changed in one place, feeds looked at before they are added, lists taken and given."""

import json
import stat
import string
import tomllib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.opml import read_opml
from collectors.survey import survey
from donghyang import config_writing
from donghyang.cli import main
from donghyang.config import ConfigError, starter
from donghyang.source_adding import mint_id
from donghyang.source_editing import with_enabled, with_sources
from tests import small_world
from tests.loopback import Loopback, Scripted

NOW = "2026-02-06T18:00:00+09:00"
ROW = {"id": "new", "name": '그 "신문"', "url": "https://new.example/rss"}


def call(config: Path, *words: str) -> int:
    return main(["--config", str(config), "--now", NOW, *words])


def sources_of(config: Path) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in tomllib.loads(config.read_text(encoding="utf-8"))["sources"]}


# The page ---------------------------------------------------------------------------------------

APART = """# 머리말
timezone = "Asia/Seoul"

[[sources]] # 첫째
id = "a"   # 이름표
url = "https://a.example/rss"
# a에 대한 말

# ── 받는 사람 ──
[[readers]]
name = "[[sources]]"
email = "a@city.example"
  [[ sources ]]
  id = 'b'
  url = '''https://b.example/rss'''   # 끝
[http]
contact = "mailto:a@city.example"
"""
PAGES = {
    "starter": starter(),
    "apart": APART,
    "windows": APART.replace("\n", "\r\n"),
    "no last line end": APART.partition("[http]")[0].rstrip("\n"),
    "no sources": "# 빈 설정\n",
    "empty": "",
}


def block(row: dict[str, str], end: str) -> str:
    name = row["name"].replace('"', '\\"')
    return end.join(["[[sources]]", f'id = "{row["id"]}"', f'name = "{name}"', f'url = "{row["url"]}"', ""])


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_adding_keeps_every_byte_of_the_page(page: str) -> None:
    """The new text is the old one with one block in it, set off by blank lines."""
    changed = with_sources(page, [ROW])
    added = block(ROW, "\r\n" if "\r\n" in page else "\n")
    assert changed.count(added) == 1
    before, after = changed.split(added)
    blank = ("", "\n", "\r\n")
    assert page in {
        before.removesuffix(a).removesuffix(b) + after.removeprefix(c) for a in blank for b in blank for c in blank
    }
    assert tomllib.loads(changed)["sources"][-1] == ROW


def test_a_new_source_stands_after_the_last_one_and_what_is_said_of_it() -> None:
    page = APART.replace("  [[ sources ]]\n  id = 'b'\n  url = '''https://b.example/rss'''   # 끝\n", "")
    changed = with_sources(page, [ROW])
    assert '# a에 대한 말\n\n[[sources]]\nid = "new"\n' in changed
    assert 'rss"\n\n# ── 받는 사람 ──\n[[readers]]' in changed
    assert changed.replace(block(ROW, "\n") + "\n", "") == page


@pytest.mark.parametrize("page", [PAGES["starter"], APART, PAGES["windows"], PAGES["no last line end"]])
def test_resting_and_waking_a_source_gives_the_same_bytes_again(page: str) -> None:
    awake = [row["id"] for row in tomllib.loads(page)["sources"] if row.get("enabled", True)]
    for id_ in {awake[0], awake[len(awake) // 2], awake[-1]}:
        rested = with_enabled(page, id_, enabled=False)
        was, now = tomllib.loads(page)["sources"], tomllib.loads(rested)["sources"]
        assert [row for row in now if row not in was] == [{**next(r for r in was if r["id"] == id_), "enabled": False}]
        assert set(page.splitlines()) - set(rested.splitlines()) == set()
        assert len(rested.splitlines()) == len(page.splitlines()) + 1
        assert with_enabled(rested, id_, enabled=True) == page


def test_a_switch_with_a_comment_keeps_it() -> None:
    page = '[[sources]]\nid = "a"\nenabled  =  true # 3월까지\nurl = "https://a.example"\n'
    rested = with_enabled(page, "a", enabled=False)
    assert rested == page.replace("true", "false")
    assert with_enabled(rested, "a", enabled=True) == page


def test_sources_written_in_one_line_are_left_alone() -> None:
    """What cannot be changed without writing the page anew is told, not tried."""
    page = 'sources = [{id = "a", url = "https://a.example"}] # 한 줄\n'
    with pytest.raises(ConfigError, match="직접"):
        with_sources(page, [ROW])
    with pytest.raises(ConfigError, match="직접"):
        with_enabled(page, "a", enabled=False)


LINES = st.sampled_from(
    ["", "# 말", "#[[sources]]", '  # "', "[digest]\nmax_items = 3", '[publishers]\n"a" = ["b.example"]', "[collect]"]
)


@given(
    st.lists(LINES, max_size=5, unique=True),
    st.lists(LINES, max_size=5, unique=True),
    st.integers(0, 3),
    st.sampled_from(["\n", "\r\n"]),
)
def test_wherever_sources_stand_they_are_added_and_rested(
    head: list[str], tail: list[str], count: int, end: str
) -> None:
    tail = [line for line in tail if not line.startswith("[") or line not in head]
    tables = [f'[[sources]]\nid = "s{n}"\nurl = "https://s{n}.example/"\n' for n in range(count)]
    page = "\n".join([*head, *tables, *tail]).replace("\n", end)
    changed = with_sources(page, [ROW])
    assert tomllib.loads(changed)["sources"] == [*tomllib.loads(page).get("sources", ()), ROW]
    kept = [line for line in changed.splitlines() if line]
    added = block(ROW, "\n").splitlines()
    at = next(place for place in range(len(kept)) if kept[place : place + len(added)] == added)
    assert kept[:at] + kept[at + len(added) :] == [line for line in page.splitlines() if line]
    assert with_enabled(with_enabled(changed, "new", enabled=False), "new", enabled=True) == changed


def test_a_page_that_would_not_load_is_never_put_in_place(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("timezone = 'Asia/Seoul'\n", encoding="utf-8")
    path.chmod(0o640)
    with pytest.raises(ConfigError, match=f"{path}: timezone"):
        config_writing.replace_text(path, path.read_text(), "timezone = 'Seoul'\n")
    with pytest.raises(ConfigError, match="그사이"):
        config_writing.replace_text(path, "another text", "timezone = 'UTC'\n")
    assert path.read_text() == "timezone = 'Asia/Seoul'\n"
    config_writing.replace_text(path, path.read_text(), "timezone = 'UTC'\n")
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("timezone = 'UTC'\n", 0o640)
    assert list(tmp_path.iterdir()) == [path]


# Ids --------------------------------------------------------------------------------------------


def test_ids_come_from_the_site_then_from_what_tells_its_feeds_apart() -> None:
    assert mint_id("https://rss.etnews.com/Section901.xml", "전자신문", ()) == "etnews"
    assert mint_id("https://rss.etnews.com/Section902.xml", "전자신문", {"etnews"}) == "etnews-section902"
    assert mint_id("https://www.korea.kr/rss/policy.xml", "", {"korea"}) == "korea-policy"
    assert mint_id("https://raw.githubusercontent.com/a/b/main/feed_x.xml", "X News", ()) == "feed-x"
    assert mint_id("http://127.0.0.1:80/", "", ()) == "127-0-0-1"


@given(st.text(string.printable + "가나", max_size=30), st.text(max_size=20), st.integers(0, 12))
def test_an_id_is_always_new_and_always_one_that_loads(path: str, title: str, count: int) -> None:
    taken: set[str] = set()
    for _ in range(count + 1):
        minted = mint_id(f"https://한결.example/{path}", title, taken)
        assert minted not in taken
        assert set(minted) <= set(string.ascii_lowercase + string.digits + "-")
        assert minted[0] != "-"
        taken.add(minted)


# Looking a feed over ----------------------------------------------------------------------------

AT = datetime(2026, 2, 6, 9, tzinfo=UTC)


def rss(date: str, title: str = "A model", encoding: str = "utf-8") -> bytes:
    item = f"<item><title>{title}</title><link>https://a.example/1</link>{date}</item>"
    text = f'<?xml version="1.0" encoding="{encoding}"?><rss><channel><title>t</title>{item}</channel></rss>'
    return text.encode("cp949" if encoding == "cp949" else "utf-8")


def test_a_feed_is_looked_over_for_its_charset_and_its_clock() -> None:
    def looked(body: bytes, content_type: str = "") -> Any:
        return survey(body, url="https://a.example/rss", content_type=content_type, now=AT)

    fine = looked(rss(f"<pubDate>{format_datetime(AT - timedelta(hours=1))}</pubDate>"))
    assert (fine.title, len(fine.entries), fine.undated, fine.zoneless, fine.mislabelled) == ("t", 1, 0, 0, "")
    assert (fine.ahead, fine.newest) == (timedelta(0), AT - timedelta(hours=1))
    assert looked(rss("")).undated == 1
    assert looked(rss("<pubDate>2026-02-05 17:30</pubDate>")).zoneless == 1
    assert looked(rss(f"<pubDate>{format_datetime(AT + timedelta(hours=9))}</pubDate>")).ahead == timedelta(hours=9)
    assert looked(rss("", "인공지능 소식", "euc-kr")).mislabelled == "euc-kr"
    assert looked(rss("", "인공지능 소식", "cp949")).mislabelled == ""
    assert looked(rss("", "인공지능 소식").replace(b' encoding="utf-8"', b""), "text/xml; charset=euc-kr").mislabelled


# The commands -----------------------------------------------------------------------------------


def test_a_web_page_is_followed_to_its_feed(server: Loopback, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = small_world.feed(server, "hangyeol", list(small_world.LINES[:2])).replace(
        b"<title>hangyeol", "<title>새 신문 AI".encode()
    )
    server.at("/new/ai.xml", Scripted(body=body))
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{at}.xml">' for at in ("gone", "new/ai"))
    server.at(
        "/new", Scripted(body=f"<!doctype html><html><head>{links}</head></html>".encode(), content_type="text/html")
    )
    before = config.read_text(encoding="utf-8")
    assert call(config, "sources", "add", server.url("/new"), "--role", "lab", "--every", "6h") == 0
    said = capsys.readouterr().out
    assert server.url("/new/ai.xml") in said
    assert server.url("/gone.xml") in said
    assert "새 신문 AI" in said
    assert "2건" in said
    row = sources_of(config)["ai"]
    assert row == {"id": "ai", "name": "새 신문 AI", "url": server.url("/new/ai.xml"), "role": "lab", "every": "6h"}
    assert config.read_text(encoding="utf-8").startswith(before)

    assert call(config, "sources", "add", server.url("/new")) == 1
    assert "(ai)" in capsys.readouterr().err
    assert call(config, "run", "collect") == 0


REFUSED = {
    "known": (("/hangyeol.xml?utm_source=x",), 1, "hangyeol"),
    "absent": (("/nothing.xml",), 1, "--no-fetch"),
    "no feed": (("/hangyeol/10001",), 1, "HTML"),
    "id taken": (("/x.xml", "--no-fetch", "--id", "mirae"), 1, "--id"),
    "id wrong": (("/x.xml", "--no-fetch", "--id", "새 곳"), 2, "새 곳"),
    "role wrong": (("/x.xml", "--no-fetch", "--role", "paper"), 2, "government"),
    "clock wrong": (("/x.xml", "--no-fetch", "--clock", "Seoul"), 2, "Asia/Seoul"),
}


@pytest.mark.parametrize(("words", "code", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_added_is_told_and_changes_nothing(
    words: tuple[str, ...], code: int, said: str, server: Loopback, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = config.read_bytes()
    assert call(config, "sources", "add", server.url(words[0]), *words[1:]) == code
    assert said in capsys.readouterr().err
    assert config.read_bytes() == before
    assert [path.name for path in config.parent.iterdir() if path.name.startswith(".")] == []


def test_a_resting_source_is_not_read_and_not_forgotten(
    server: Loopback, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = config.read_bytes()
    assert call(config, "sources", "disable", "mirae") == 0
    assert call(config, "run", "collect") == 0
    assert "/mirae.xml" not in server.paths()
    assert "/hangyeol.xml" in server.paths()
    capsys.readouterr()
    assert call(config, "sources", "list", "--format", "json") == 0
    rows = {row["id"]: row for row in json.loads(capsys.readouterr().out)}
    assert (rows["mirae"]["enabled"], rows["mirae"]["last"]) == (False, None)
    assert call(config, "sources", "list") == 0
    assert "쉼" in capsys.readouterr().out
    assert call(config, "sources", "add", server.url("/mirae.xml")) == 1
    assert "sources enable mirae" in capsys.readouterr().err
    assert call(config, "sources", "enable", "mirae") == 0
    assert config.read_bytes() == before
    assert call(config, "sources", "enable", "mirae") == 0
    assert call(config, "sources", "disable", "nobody") == 1
    assert "hangyeol" in capsys.readouterr().err
    assert call(config, "run", "collect") == 0
    assert "/mirae.xml" in server.paths()


def test_lists_are_given_and_taken(server: Loopback, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(config, "run", "collect") == 0
    assert call(config, "sources", "disable", "bits") == 0
    out = config.parent / "feeds.opml"
    assert call(config, "sources", "export", str(out)) == 0
    feeds = {feed.title: feed for feed in read_opml(out.read_bytes())}
    assert feeds["디지털행정부"].category == "government"
    assert feeds["한결일보"].site == server.url("/")
    assert feeds["Bit & Byte"].paused
    capsys.readouterr()
    assert call(config, "sources", "export") == 0
    assert capsys.readouterr().out.encode() == out.read_bytes()

    other = config.parent / "other.toml"
    other.write_text('# 새 설정\n[[sources]]\nid = "a"\nurl = "' + server.url("/mirae.xml#x") + '"\n', encoding="utf-8")
    assert call(other, "sources", "import", str(out)) == 0
    told = capsys.readouterr()
    assert "(a)" in told.err
    assert "3곳" in told.out
    rows = list(sources_of(other).values())[1:]
    assert [(row["name"], row.get("role"), row.get("enabled", True)) for row in rows] == [
        ("한결일보", "press", True),
        ("디지털행정부", "government", True),
        ("Bit & Byte", "press", False),
    ]
    assert all("rights" not in row for row in rows)
    before = other.read_bytes()
    assert call(other, "sources", "import", str(out)) == 0
    assert other.read_bytes() == before


def test_a_list_that_is_none_gets_a_sentence(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(config, "sources", "import", str(config)) == 1
    assert "<opml>" in capsys.readouterr().err
    assert call(config, "sources", "import", str(config.parent / "none.opml")) == 1
    assert "none.opml" in capsys.readouterr().err


def test_hosts_for_the_firewall(server: Loopback, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Feeds, where they redirect to, and the pages they name; a source that rests asks for nothing."""
    item = "<item><title>t</title><link>https://pages.example:8443/1</link></item>"
    server.at("/far.xml", Scripted(body=f"<rss><channel><title>t</title>{item}</channel></rss>".encode()))
    assert call(config, "sources", "add", server.url("/far.xml"), "--id", "far") == 0
    assert call(config, "sources", "add", "https://rest.example/rss", "--id", "rest", "--no-fetch") == 0
    assert call(config, "sources", "disable", "rest") == 0
    assert call(config, "run", "collect") == 0
    capsys.readouterr()
    assert call(config, "sources", "hosts", "--format", "json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["host"], row["port"], row["what"]) for row in rows] == [
        ("127.0.0.1", server.port, ["feed", "page"]),
        ("pages.example", 8443, ["page"]),
    ]
    assert rows[1]["sources"] == ["far"]
    assert call(config, "sources", "hosts") == 0
    assert "pages.example" in capsys.readouterr().out
