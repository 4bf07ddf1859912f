"""`make demo` from the folder to the last letter: the real steps, real HTTP on loopback, eight issues."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from donghyang.demo.world import load_world
from tests.editors_desk import EditorsDesk

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
WEEKS = tuple(f"2026-W{week}" for week in range(33, 41))
TWENTY = 20
AFTERWARDS = "2026-10-06T09:00:00+09:00"


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


def donghyang(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "donghyang", "--config", str(folder / "config.toml"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def export(folder: Path, what: str) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads(donghyang(folder, "export", what, "--format", "json"))
    return read


def state(folder: Path) -> dict[str, object]:
    """All that counts as the archive's content, and every file that went out."""
    kinds = ("articles", "stories", "topics", "issues", "deliveries")
    files = {str(path): path.read_bytes() for path in sorted((folder / "out").rglob("*")) if path.is_file()}
    return {**{kind: export(folder, kind) for kind in kinds}, **files}


def test_eight_issues_in_every_form_and_a_letter_for_each_reader(folder: Path) -> None:
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
    for week, english in (("2026-W35", "Plainsong"), ("2026-W37", "Heron 4"), ("2026-W38", "Gaon-3")):
        items = issue(folder, week)["items"]
        told = next(item for item in items if any(english in one["title"] for one in item["articles"]))
        assert {article["lang"] for article in told["articles"]} == {"ko", "en"}


def test_what_was_taken_back_stands_with_its_correction(folder: Path) -> None:
    items = issue(folder, "2026-W34")["items"]
    titles = [[article["title"] for article in item["articles"]] for item in items]
    told = next(those for those in titles if any("정정보도]" in title for title in those))
    assert any("[단독]" in title or "얼굴 석 달간 저장했다" in title for title in told)


def test_wire_texts_are_known_as_copies(folder: Path) -> None:
    filed = {one["title"] + one["outlet"]: one for one in export(folder, "articles") if one["ai"]}
    copies = [
        filed[piece.title + piece.outlet.name]
        for piece in load_world().pieces
        if piece.copied and piece.title + piece.outlet.name in filed
    ]
    assert len(copies) >= 18
    assert all(copy["duplicate_of"] for copy in copies)


def test_the_text_in_the_script_is_read(folder: Path) -> None:
    news = {piece.title for piece in load_world().pieces if piece.event and piece.outlet.id == "hanui"}
    told = [one for one in export(folder, "articles") if one["source"] == "hanui" and one["title"] in news]
    assert len(told) == len(news) >= 15
    assert {one["extractor"] for one in told} == {"page:state:arc"}


def trends(folder: Path, week: str) -> dict[str, dict[str, Any]]:
    return {signal["label"]: signal["trend"] for signal in issue(folder, week)["signals"]}


def trend(folder: Path, week: str, word: str) -> dict[str, Any]:
    return next((trend for label, trend in trends(folder, week).items() if word in label), {"class": None})


def test_the_rising_topic_rises_with_margin(folder: Path) -> None:
    assert trend(folder, "2026-W39", "민원")["class"] == "rising"
    last = trend(folder, "2026-W40", "민원")
    assert last["class"] == "rising"
    assert last["z"] > 3


def test_the_fading_topic_fades_with_margin(folder: Path) -> None:
    fading = [trend(folder, week, "딥페이크") for week in ("2026-W38", "2026-W39")]
    assert [one["class"] for one in fading] == ["fading"] * 2
    assert max(one["z"] for one in fading) < -2.2  # -2 is the line


def test_the_subject_of_the_seventh_week_is_new(folder: Path) -> None:
    assert trend(folder, "2026-W39", "신분증")["class"] == "new"


def calls(folder: Path, week: str) -> dict[str, dict[str, Any]]:
    return {call["name"]: call for call in issue(folder, week)["calls"]}


def test_calls_for_funding_stand_in_every_issue_and_none_past_its_deadline(folder: Path) -> None:
    """The city's own first; every issue's deadlines lie ahead of its delivery, in the calendar beside it, too."""
    for week in WEEKS:
        read, lists = issue(folder, week), [call["list"] for call in issue(folder, week)["calls"]]
        assert lists
        assert lists == sorted(lists, key=["city", "check", "others"].index)
        ends = [window["closes"]["day"] for call in read["calls"] for window in call["windows"] if window["closes"]]
        assert all(day >= read["delivery"][:10] for day in ends)
        body = (folder / "out" / week / "calls.ics").read_text(encoding="utf-8")
        assert body.count("BEGIN:VEVENT") == len(ends)
    assert (
        calls(folder, "2026-W33")["2026년 하반기 AI 바우처 지원사업 수요기업 모집"]["days"] == 24
    )  # letters on Tuesday


def test_a_call_that_was_extended_is_one_call_and_says_so(folder: Path) -> None:
    name = "시·군 지능형 하천 감시 시범사업 공모"
    before, after = calls(folder, "2026-W36")[name], calls(folder, "2026-W37")[name]
    assert before["id"] == after["id"]
    assert (before["list"], before["days"], before["changes"]) == ("city", 4, [])
    (change,) = after["changes"]
    assert (change["before"]["day"], change["after"]["day"], change["noticed"]) == (
        "2026-09-11",
        "2026-09-18",
        "2026-09-09",
    )
    assert "마감 연장: 2026. 9. 11.(금) 18:00" in (folder / "out" / "2026-W37" / "issue.txt").read_text(
        encoding="utf-8"
    )
    assert name not in calls(folder, "2026-W38")


def test_running_again_changes_nothing(folder: Path) -> None:
    donghyang(folder, "--now", AFTERWARDS, "run", "analyse", "compose", "deliver")
    before = state(folder)
    donghyang(folder, "--now", AFTERWARDS, "run", "analyse", "compose", "deliver")
    assert state(folder) == before


def test_the_dead_and_the_broken_source_are_named(folder: Path) -> None:
    failing = {week: issue(folder, week)["coverage"]["failing"] for week in WEEKS}
    assert set(failing["2026-W38"]) == {"모두의 인공지능", "옛날신문"}
    assert set(failing["2026-W39"]) == {"옛날신문"}


def test_twenty_corrections_hold_through_the_eight_weeks_thought_again(folder: Path, tmp_path: Path) -> None:
    """Said afterwards of stories of every week, obeyed by the analysis of each, and still held by the last."""
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    desk = EditorsDesk(copy, AFTERWARDS)
    for week in range(33, 41):
        desk.correct(week)
    assert len(desk.said) == TWENTY
    assert {one.kind for one in desk.said} == {"together", "apart", "topic-name", "same-topic", "ai", "section", "duty"}
    before = desk.broken()
    assert len(before) == TWENTY  # each says what analysis did not think by itself
    desk.contradict()
    desk.forget_the_ledger()
    for week in range(34, 42):
        desk.analyse(f"2026-W{week}-1T09:00+09:00")
        assert desk.broken(until=week - 1) == []
    desk.analyse(AFTERWARDS)
    assert desk.broken() == []
    assert desk.states() == {one.number: "standing" for one in desk.said} | {TWENTY + 1: "idle", TWENTY + 2: "standing"}
