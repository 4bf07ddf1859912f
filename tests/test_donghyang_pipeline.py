"""The whole pipeline through the command line, against a small world on loopback."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from donghyang.cli import main
from tests import small_world
from tests.loopback import Loopback, Scripted
from tests.postgres import Server

MONDAY = "2026-02-09T09:00:00+09:00"
FRIDAY = "2026-02-06T18:00:00+09:00"
PARTS = ("articles", "stories", "topics", "issues", "deliveries")


def call(config: Path, *words: str, now: str = MONDAY) -> int:
    return main(["--config", str(config), "--now", now, *words])


def told(capsys: pytest.CaptureFixture[str], config: Path, *words: str, now: str = MONDAY) -> Any:
    """What a reading command prints as JSON."""
    capsys.readouterr()
    assert call(config, *words, "--format", "json", now=now) == 0
    return json.loads(capsys.readouterr().out)


def archive_of(capsys: pytest.CaptureFixture[str], config: Path) -> dict[str, Any]:
    return {part: told(capsys, config, "export", part) for part in PARTS}


def test_from_feeds_to_a_weekly_issue(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A week is read on Friday; on Monday its issue is frozen, written and delivered; twice changes nothing."""
    assert call(config, "run", now=FRIDAY) == 0
    assert call(config, "run", now=MONDAY) == 0
    out = config.parent / "out" / "2026-W06"
    told_in = {"issue.html", "issue.txt", "issue.md", "issue.eml", "issue.json", "report.html"}
    assert {path.name for path in out.iterdir()} == {*told_in, "mail"}
    assert {path.name for path in out.parent.iterdir()} == {"2026-W06", "feed.xml", "feed.json"}
    assert [path.name for path in (out / "mail").iterdir()] == ["kim@city.example.eml"]

    issue = told(capsys, config, "issue", "show", "2026-W06")
    assert issue["week"] == "2026-W06"
    headlines = " ".join(item["headline"] for item in issue["items"])
    assert all(word in headlines for word in ("민원 상담", "가온-3", "고영향"))
    assert all(word not in headlines for word in ("이글스", "흐리고"))
    assert {source["n"] for source in issue["sources"]} >= {
        n for item in issue["items"] for s in item["sentences"] for n in s["sources"]
    }
    civil = next(item for item in issue["items"] if "민원" in item["headline"])
    assert civil["duties"] == [{"name": "행정", "words": ["민원 상담"]}]
    assert len(civil["articles"]) == 2

    before, files = archive_of(capsys, config), {path: path.read_bytes() for path in out.rglob("*.*")}
    assert call(config, "run", now=MONDAY) == 0
    assert call(config, "run", "collect", "extract", "analyse", "compose", "deliver", now=MONDAY) == 0
    assert archive_of(capsys, config) == before
    assert {path: path.read_bytes() for path in out.rglob("*.*")} == files

    assert call(config, "issue", "rebuild", "2026-W06") == 0
    assert "같은 바이트" in capsys.readouterr().out


def test_reading_commands(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What analysts ask once a week has been read."""
    assert call(config, "run", now=FRIDAY) == 0
    found = told(capsys, config, "search", "민원", now=FRIDAY)
    assert found["total"] == 2
    assert {"id", "title", "url", "outlet", "published", "lang", "snippet", "story"} <= found["results"][0].keys()
    assert told(capsys, config, "search", "없는낱말", now=FRIDAY)["total"] == 0
    stories = told(capsys, config, "stories", "--week", "2026-W06", now=FRIDAY)
    assert [story["rank"] for story in stories] == sorted(story["rank"] for story in stories)
    one = told(capsys, config, "stories", "--explain", stories[0]["id"], now=FRIDAY)
    assert one[0]["score"] == stories[0]["score"]
    assert call(config, "stories", "--explain", stories[0]["id"], now=FRIDAY) == 0
    shown = capsys.readouterr().out
    assert all(article["id"] in shown and article["url"] in shown for article in one[0]["articles"])
    why = one[0]["why"]
    assert [bond["article"] for bond in why["together"]] == [article["id"] for article in one[0]["articles"]]
    views = why["rank"]["perspectives"]
    for view in views.values():
        adds = sum(part["value"] * part["weight"] for part in view["parts"].values())
        assert adds == pytest.approx(view["score"], abs=1e-2)
    total = sum(view["share"] * view["score"] for view in views.values())
    assert total == pytest.approx(one[0]["score"]["total"], abs=1e-2)
    assert re.search(rf"합계 +{re.escape(format(views['city']['score'], '+.2f'))}", shown)
    assert isinstance(told(capsys, config, "topics", now=FRIDAY), list)
    assert told(capsys, config, "status", now=FRIDAY)["counts"]["articles"] == len(small_world.LINES)
    assert len(told(capsys, config, "sources", "list", now=FRIDAY)) == len(small_world.OUTLETS)
    assert call(config, "issue", "preview", now=FRIDAY) == 0
    assert (config.parent / "out" / "preview" / "issue.html").is_file()
    assert told(capsys, config, "issue", "list", now=FRIDAY) == []
    assert call(config, "issue", "show", "2026-W06", now=FRIDAY) == 1
    assert call(config, "issue", "show", "W6", now=FRIDAY) == 2
    assert call(config, "run", "colect", now=FRIDAY) == 2
    assert call(config, "search", "민원", "--sort", "oldest", now=FRIDAY) == 2


@pytest.mark.slow
def test_an_earlier_moment_adds_nothing_and_is_told_when_it_is_days_back(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(config, "run", now=FRIDAY) == 0
    assert call(config, "run", now=MONDAY) == 0
    before = archive_of(capsys, config)
    assert call(config, "run", now="2026-02-08T12:00:00+09:00") == 0
    assert archive_of(capsys, config) == before
    for steps in ((), ("collect",)):
        capsys.readouterr()
        assert call(config, "run", *steps, now=FRIDAY) == 0
        assert "하루 넘게 이릅니다" in capsys.readouterr().out
    assert archive_of(capsys, config) == before
    assert call(config, "run", now="2026-01-30T09:00:00+09:00") == 0
    assert archive_of(capsys, config) == before
    assert call(config, "run", now="2026-02-16T09:00:00+09:00") == 0  # no week before the first reading gets an issue
    assert call(config, "issue", "show", "2026-W05", now=MONDAY) == 1


@pytest.mark.slow
def test_letters_that_wait_for_a_holiday_to_end_are_told(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(config, "run", now="2026-02-13T18:00:00+09:00") == 0
    assert call(config, "run", now="2026-02-16T09:00:00+09:00") == 0
    assert "2026-W07호 편지는 2026-02-19 08:30에" in capsys.readouterr().out
    assert call(config, "status", now="2026-02-17T09:00:00+09:00") == 0
    assert "2026-02-19 08:30" in capsys.readouterr().out
    assert call(config, "run", now="2026-02-19T09:00:00+09:00") == 0
    assert call(config, "status", now="2026-02-19T09:01:00+09:00") == 0
    assert "호 편지는" not in capsys.readouterr().out


def test_a_weeks_stories_are_counted_from_one_and_a_week_without_says_so(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(config, "run", now=FRIDAY) == 0
    for week in ("2026-W05", "2026-W06"):
        ranks = [story["rank"] for story in told(capsys, config, "stories", "--week", week, now=FRIDAY)]
        assert ranks == list(range(1, len(ranks) + 1))
    for what in ("stories", "topics"):
        assert call(config, what, "--week", "2026-W40") == 0
        assert "2026-W40" in capsys.readouterr().out


BAD = {
    "html": (Scripted(body=b"<!doctype html><title>x</title><p>blocked</p>", content_type="text/html"), "HTML"),
    "empty": (Scripted(body=b"", content_type="application/rss+xml"), "empty"),
    "broken": (Scripted(status=500, body=b"oops"), "500"),
    "gone": (Scripted(status=404), "404"),
    "silent": (Scripted(hang_up=True), "connection"),
}


def test_bad_feeds_are_named_and_cost_nothing_else(
    server: Loopback, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each bad source has a sentence of its own; everything else is filed, and the exit code says "in part"."""
    for name, (answer, _) in BAD.items():
        server.at(f"/{name}.xml", answer)
    server.redirect("/inside.xml", "http://10.1.2.3/feed.xml")
    names = [*BAD, "inside"]
    extra = "".join(f'[[sources]]\nid = "{name}"\nurl = "{server.url(f"/{name}.xml")}"\n' for name in names)
    config = small_world.write_config(server, tmp_path, sources=extra)
    assert call(config, "run", "collect", "extract", now=FRIDAY) == 3
    sources = {row["id"]: row for row in told(capsys, config, "sources", "list", now=FRIDAY)}
    for name, (_, word) in BAD.items():
        assert sources[name]["outcome"] == "failed"
        assert word.lower() in sources[name]["error"].lower(), sources[name]["error"]
    assert "10.1.2.3" in sources["inside"]["error"]
    assert "allow_hosts" in sources["inside"]["error"]
    assert told(capsys, config, "status", now=FRIDAY)["counts"]["articles"] == len(small_world.LINES)


def test_a_feed_that_breaks_off_gives_what_it_holds(
    server: Loopback, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = small_world.feed(server, "hangyeol", [line for line in small_world.LINES if line.outlet == "hangyeol"])
    server.at("/cut.xml", Scripted(body=whole[: whole.rindex(b"<item>") + 60]))
    config = small_world.write_config(
        server, tmp_path, sources=f'[[sources]]\nid = "cut"\nurl = "{server.url("/cut.xml")}"\n'
    )
    assert call(config, "run", "collect", now=FRIDAY) == 0
    row = next(row for row in told(capsys, config, "sources", "list", now=FRIDAY) if row["id"] == "cut")
    assert (row["outcome"], row["new"]) == ("new", 3)


def test_no_network_at_all_fails_and_loses_nothing(
    server: Loopback, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(config, "run", now=FRIDAY) == 0
    before = archive_of(capsys, config)["articles"]
    server.__exit__()
    assert call(config, "run", now="2026-02-07T09:00:00+09:00") == 1
    assert archive_of(capsys, config)["articles"] == before


@pytest.mark.slow
def test_postgresql_keeps_the_same_archive(
    server: Loopback,
    tmp_path: Path,
    postgres: Server,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same week read into both databases: equal by export, and alike to search."""
    kept: dict[str, Any] = {}
    with postgres.database() as address:
        for name, url in (("sqlite", f"sqlite:///{tmp_path}/a.db"), ("postgresql", address)):
            folder = tmp_path / name
            folder.mkdir()
            config = small_world.write_config(server, folder)
            monkeypatch.setenv("DONGHYANG_DATABASE_URL", url)
            assert call(config, "run", now=FRIDAY) == 0
            assert call(config, "run", now=MONDAY) == 0
            kept[name] = archive_of(capsys, config) | {"search": told(capsys, config, "search", "AI 에이전트")}
    assert kept["postgresql"]["issues"]
    assert kept["postgresql"]["search"]["total"] == 2
    assert kept["postgresql"] == kept["sqlite"]


def test_what_a_run_froze_but_did_not_write_is_written_by_the_next(config: Path) -> None:
    """As after a kill between freezing an issue and writing it, or a lost out/ folder."""
    assert call(config, "run", now=FRIDAY) == 0
    assert call(config, "run", now=MONDAY) == 0
    out = config.parent / "out" / "2026-W06"
    before = {path.name: path.read_bytes() for path in out.glob("issue.*")}
    for path in out.glob("issue.*"):
        path.unlink()
    assert call(config, "run", now=MONDAY) == 0
    assert {path.name: path.read_bytes() for path in out.glob("issue.*")} == before


def test_list_pages_and_sitemaps_are_read_like_feeds(
    server: Loopback, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A board and a news sitemap bring title and day, a plain sitemap an address: the page tells the rest."""
    line, other, third = small_world.LINES[0], small_world.LINES[2], small_world.LINES[4]
    row = f'<tr><td><a href="/hangyeol/{line.number}">{line.title}</a></td><td>2026-02-03</td></tr>'
    server.at("/board", Scripted(body=f"<!doctype html><table><tbody>{row}</tbody></table>".encode()))
    urls = (
        f"<url><loc>{server.url(f'/mirae/{other.number}')}</loc><news:news><news:publication_date>{other.at}"
        f"</news:publication_date><news:title>{other.title}</news:title></news:news></url>"
        f"<url><loc>{server.url(f'/ministry/{third.number}')}</loc><lastmod>2026-02-06</lastmod></url>"
    )
    server.at("/map.xml", Scripted(body=f"<urlset>{urls}</urlset>".encode()))
    feeds = small_world.write_config(server, tmp_path).read_text(encoding="utf-8").partition("[[sources]]")[0]
    own = f'[[sources]]\nid = "board"\nurl = "{server.url("/board")}"\nkind = "listing"\nboard = "table"\nlang = "ko"\n'
    own += f'[[sources]]\nid = "map"\nurl = "{server.url("/map.xml")}"\nkind = "sitemap"\n'
    config = tmp_path / "config.toml"
    config.write_text(feeds + own, encoding="utf-8")
    assert call(config, "run", "collect", "extract", now=FRIDAY) == 0
    articles = {row["title"]: row for row in told(capsys, config, "export", "articles", now=FRIDAY)}
    assert set(articles) == {line.title, other.title, third.title}
    assert {row["published"][:16] for row in articles.values()} == {
        datetime.fromisoformat(one.at).astimezone(UTC).isoformat()[:16] for one in (line, other, third)
    }
    assert {row["candidate"] for row in articles.values()} == {True}
