"""`make demo` from the folder to the last letter: the real steps, real HTTP on loopback, four issues."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from donghyang.demo.world import load_world

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
WEEKS = ("2026-W37", "2026-W38", "2026-W39", "2026-W40")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "demo-out"
    done = subprocess.run(
        [sys.executable, "-m", "donghyang.demo", "--out", str(folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert all(f"{folder}/out/{week}/issue.html" in done.stdout for week in WEEKS)
    return folder


def issue(folder: Path, week: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "out" / week / "issue.json").read_text(encoding="utf-8"))
    return read


def articles(folder: Path, week: str) -> list[dict[str, Any]]:
    return [article for item in issue(folder, week)["items"] for article in item["articles"]]


def test_four_issues_in_every_form_and_a_letter_for_each_reader(folder: Path) -> None:
    for week in WEEKS:
        files = {path.name for path in (folder / "out" / week).iterdir()}
        assert files >= {"issue.html", "issue.txt", "issue.json", "issue.eml"}
        assert len(list((folder / "out" / week / "mail").glob("*.eml"))) == 2


def test_every_issue_is_worth_a_meeting(folder: Path) -> None:
    for week in WEEKS:
        items = issue(folder, week)["items"]
        assert len(items) >= 6
        assert any(len({article["publisher"] for article in item["articles"]}) >= 3 for item in items)


def test_nothing_but_ai_news_reaches_an_issue(folder: Path) -> None:
    everyday = {piece.title for piece in load_world().pieces if not piece.event}
    assert not [article for week in WEEKS for article in articles(folder, week) if article["title"] in everyday]


def test_no_article_stands_in_two_items(folder: Path) -> None:
    for week in WEEKS:
        ids = [article["id"] for article in articles(folder, week)]
        assert len(ids) == len(set(ids))


def test_korean_and_english_tell_one_story(folder: Path) -> None:
    languages = [{article["lang"] for article in item["articles"]} for item in issue(folder, "2026-W37")["items"]]
    assert {"ko", "en"} in languages


def test_one_topic_is_said_to_fade_and_one_to_rise(folder: Path) -> None:
    trends = {
        week: {signal["trend"]["class"]: signal["label"] for signal in issue(folder, week)["signals"]}
        for week in ("2026-W39", "2026-W40")
    }
    assert "딥페이크" in trends["2026-W39"]["fading"]
    assert "민원" in trends["2026-W40"]["rising"]


def test_the_dead_and_the_broken_source_are_named(folder: Path) -> None:
    failing = {week: issue(folder, week)["coverage"]["failing"] for week in WEEKS}
    assert set(failing["2026-W38"]) == {"모두의 인공지능", "옛날신문"}
    assert set(failing["2026-W39"]) == {"옛날신문"}
