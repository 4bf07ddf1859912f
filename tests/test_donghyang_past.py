"""The past: BigKinds' spreadsheets and `run collect --since`, marked, within rights, never a trend or a first."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from donghyang.cli import main
from tests import small_world
from tests.loopback import Loopback, Scripted
from tests.spreadsheets import FIRST, TEXT, book, row

FRIDAY = "2026-02-06T18:00:00+09:00"
MONDAY = "2026-02-09T09:00:00+09:00"


def call(config: Path, *words: str, now: str = FRIDAY) -> int:
    return main(["--config", str(config), "--now", now, *words])


def told(capsys: pytest.CaptureFixture[str], config: Path, *words: str) -> Any:
    capsys.readouterr()
    assert call(config, *words, "--format", "json") == 0
    return json.loads(capsys.readouterr().out)


def save(folder: Path, *rows: dict[str, object]) -> str:
    path = folder / "NewsResult.xlsx"
    path.write_bytes(book(rows))
    return str(path)


# Spreadsheets -----------------------------------------------------------------------------------


def test_a_spreadsheet_is_filed_once_found_and_no_trend(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    named = '[publishers]\n"한결일보" = ["hangyeol.example"]\n[digest]'
    config.write_text(config.read_text(encoding="utf-8").replace("[digest]", named), encoding="utf-8")
    file = save(config.parent, row(1), row(2, "둘째 AI 소식", 언론사="다른일보"), row(3, **{"분석제외 여부": "예외"}))
    assert call(config, "import", "bigkinds", file) == 0
    assert "새 기사 2건" in capsys.readouterr().out
    assert call(config, "run") == 0
    found = told(capsys, config, "search", "에이전트 도입 검토")
    assert [(hit["title"], hit["outlet"]) for hit in found["results"]] == [(FIRST, "한결일보")]
    assert found["results"][0]["snippet"] == ""
    articles = {article["title"]: article for article in told(capsys, config, "export", "articles")}
    assert articles[FIRST]["rights"] == "link"
    assert articles[FIRST]["backfill"] is True
    assert TEXT.split(".")[0] not in json.dumps(articles, ensure_ascii=False)
    before = told(capsys, config, "export", "articles"), told(capsys, config, "stories", "--week", "2026-W06")
    assert all(FIRST not in story["label"] for story in before[1])
    assert told(capsys, config, "stories", "--week", "2025-W45") == []
    assert call(config, "import", "bigkinds", file) == 0
    assert "새 기사 0건, 이미 있던 기사 2건" in capsys.readouterr().out
    assert call(config, "run") == 0
    assert (told(capsys, config, "export", "articles"), told(capsys, config, "stories", "--week", "2026-W06")) == before
    # the outlets of a spreadsheet are no sources anybody configured
    assert len(told(capsys, config, "sources", "list")) == len(small_world.OUTLETS)


@pytest.mark.slow
def test_an_imported_past_makes_no_issue_and_no_day_of_reading(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Weeks before the first reading stay weeks nobody read in, whatever is imported of them."""
    plain, imported = config.parent / "plain", config.parent / "imported"
    kept = []
    for folder in (plain, imported):
        folder.mkdir()
        own = folder / "config.toml"
        own.write_bytes(config.read_bytes())
        if folder == imported:
            assert (
                call(own, "import", "bigkinds", save(folder, *(row(n, f"AI 소식 {n}호 도입") for n in range(1, 9))))
                == 0
            )
        assert call(own, "run") == 0
        assert call(own, "run", now=MONDAY) == 0
        issues = told(capsys, own, "export", "issues")
        kept.append(json.dumps(issues, ensure_ascii=False, sort_keys=True))
        assert [issue["week"] for issue in told(capsys, own, "issue", "list")] == ["2026-W06"]
    assert kept[0] == kept[1]


def test_what_may_be_shown_of_it_is_for_config_to_say(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = config.read_text(encoding="utf-8").replace("[digest]", '[collect]\nimported = "excerpt"\n[digest]')
    config.write_text(text, encoding="utf-8")
    assert call(config, "import", "bigkinds", save(config.parent, row(1))) == 0
    assert call(config, "run", "extract") == 0
    hit = told(capsys, config, "search", "에이전트")["results"][0]
    assert hit["snippet"]


def test_an_article_already_read_stays_what_it_was(
    server: Loopback, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(config, "run", "collect", "extract") == 0
    line = small_world.LINES[0]
    again = row(1, line.title, 일자=20260203, URL=server.url(f"/hangyeol/{line.number}"))
    before = {one["id"]: one for one in told(capsys, config, "export", "articles")}
    assert call(config, "import", "bigkinds", save(config.parent, again)) == 0
    assert call(config, "run", "extract") == 0
    after = {one["id"]: one for one in told(capsys, config, "export", "articles")}
    assert after.keys() == before.keys()
    same = next(one for one in after.values() if one["title"] == line.title)
    assert (same["backfill"], same["published"]) == (False, before[same["id"]]["published"])


def test_a_wrong_file_is_named(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path, says in ((str(config), "no .xlsx file"), (str(config.parent / "none.xlsx"), "none.xlsx")):
        assert call(config, "import", "bigkinds", path) == 1
        assert says in capsys.readouterr().err


def test_lists_of_feeds_come_in_by_the_same_door(config: Path) -> None:
    listed = config.parent / "feeds.opml"
    listed.write_text(
        '<opml version="2.0"><body><outline type="rss" text="새 신문" xmlUrl="https://new.example/rss"/></body></opml>',
        encoding="utf-8",
    )
    assert call(config, "import", "opml", str(listed)) == 0
    assert tomllib.loads(config.read_text(encoding="utf-8"))["sources"][-1]["url"] == "https://new.example/rss"


# List pages and sitemaps ------------------------------------------------------------------------


def board_page(*days: str) -> bytes:
    rows = "".join(f'<tr><td><a href="/press/{day}">AI 소식 {day}</a></td><td>{day}</td></tr>' for day in days)
    return f'<!doctype html><meta charset="utf-8"><table><tbody>{rows}</tbody></table>'.encode()


def test_the_past_of_a_board_is_read_back_to_a_day_and_marked(
    server: Loopback, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = 'kind = "listing"\nlang = "ko"\nlist = {row = "tr", page = "page={page}", pages = 1}\n'
    source = f'[[sources]]\nid = "board"\nurl = "{server.url("/board")}"\n{own}'
    config = small_world.write_config(server, tmp_path, sources=source)
    server.at("/board", Scripted(body=board_page("2026-02-05", "2026-02-04")))
    server.at("/board?page=2", Scripted(body=board_page("2026-01-10", "2025-12-20")))
    server.at("/board?page=3", Scripted(body=board_page("2025-12-10", "2025-11-20")))
    server.at("/board?page=4", Scripted(body=board_page("2025-10-10")))
    assert call(config, "run", "collect") == 0
    assert server.paths().count("/board?page=2") == 0
    server.requests.clear()
    assert call(config, "run", "collect", "--since", "2025-12-01") == 0
    assert "새 항목 3건" in capsys.readouterr().out
    asked = [path for path in server.paths() if path.startswith("/board")]
    assert asked == ["/board", "/board?page=2", "/board?page=3", "/board?page=4"]
    assert not any(path.endswith(".xml") for path in server.paths())
    assert call(config, "run", "extract") == 3  # the pages of the two latest are not there
    board = [one for one in told(capsys, config, "export", "articles") if one["title"].startswith("AI 소식")]
    assert {one["title"][-10:]: one["backfill"] for one in board} == {
        "2026-02-05": False,
        "2026-02-04": False,
        "2026-01-10": True,
        "2025-12-20": True,
        "2025-12-10": True,
    }
    assert "/press/2026-02-05" in server.paths()
    assert "/press/2026-01-10" not in server.paths()
    assert call(config, "run", "collect", "--since", "2025-12-01") == 0
    assert "새 항목 0건" in capsys.readouterr().out


WRONG = {
    "another step": (("extract", "--since", "2026-01-01"), 2, "run collect --since"),
    "no step": (("--since", "2026-01-01"), 2, "run collect --since"),
    "no day": (("collect", "--since", "soon"), 2, "soon"),
    "a day to come": (("collect", "--since", "2027-01-01"), 2, "2027-01-01"),
    "only feeds": (("collect", "--since", "2026-01-01"), 1, "listing"),
}


@pytest.mark.parametrize(("words", "code", "says"), WRONG.values(), ids=WRONG)
def test_a_past_that_cannot_be_asked_for_is_told(
    words: tuple[str, ...], code: int, says: str, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(config, "run", *words) == code
    assert says in capsys.readouterr().err
