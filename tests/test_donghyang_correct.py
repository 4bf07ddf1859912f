"""`correct`: said on the command line, obeyed by every later analysis, undone when taken back."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from donghyang.cli import main
from tests import small_world
from tests.loopback import Loopback

FRIDAY = "2026-02-06T18:00:00+09:00"
LATER = "2026-02-06T20:00:00+09:00"
MORE = (
    (
        "mirae",
        20010,
        "02-02",
        "온디바이스 AI 탑재한 보청기 나와",
        "귀에 꽂는 보청기가 온디바이스 AI로 소음을 걸러 낸다.",
    ),
    (
        "hangyeol",
        10010,
        "02-03",
        "농기계에도 온디바이스 AI…논에서 길 찾는다",
        "트랙터가 온디바이스 AI로 논두렁을 알아본다.",
    ),
    (
        "mirae",
        20011,
        "02-05",
        "은행 창구 태블릿, 온디바이스 AI로 바꾼다",
        "은행이 창구 태블릿을 온디바이스 AI로 바꾼다.",
    ),
)
LINES = small_world.LINES + tuple(
    replace(
        small_world.LINES[0], outlet=outlet, number=number, at=f"2026-{day}T08:30:00+09:00", title=title, text=text * 3
    )
    for outlet, number, day, title, text in MORE
)


class Desk:
    """A week read on Friday, and a person correcting it."""

    def __init__(self, server: Loopback, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._server, self._config, self._capsys = server, config, capsys

    def call(self, *words: str, now: str = FRIDAY) -> int:
        return main(["--config", str(self._config), "--now", now, *words])

    def say(self, *words: str) -> str:
        self._capsys.readouterr()
        assert self.call("correct", *words, "--who", "김주무관", "--reason", "확인함") == 0
        return self._capsys.readouterr().out

    def refused(self, code: int, *words: str) -> str:
        self._capsys.readouterr()
        assert self.call("correct", *words, "--who", "김주무관") == code
        return self._capsys.readouterr().err

    def told(self, *words: str) -> Any:
        self._capsys.readouterr()
        assert self.call(*words, "--format", "json", now=LATER) == 0
        return json.loads(self._capsys.readouterr().out)

    def analyse(self) -> None:
        assert self.call("run", "analyse", now=LATER) == 0

    def url(self, number: int) -> str:
        outlet = next(line.outlet for line in LINES if line.number == number)
        return self._server.url(f"/{outlet}/{number}")

    def stories(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.told("stories", "--week", "2026-W06")
        return found

    def story_of(self, number: int) -> dict[str, Any]:
        return next(story for story in self.stories() if self.url(number) in urls(story))

    def numbers(self) -> set[frozenset[int]]:
        """The week's stories as the numbers of their articles."""
        return {frozenset(int(url.rpartition("/")[2]) for url in urls(story)) for story in self.stories()}

    def states(self) -> list[str]:
        return [row["state"] for row in self.told("correct", "list", "--all")]


def urls(story: dict[str, Any]) -> list[str]:
    return [article["url"] for article in story["articles"]]


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Desk]:
    with Loopback() as server:
        small_world.serve(server, LINES)
        desk = Desk(server, small_world.write_config(server, tmp_path), capsys)
        assert desk.call("run") == 0
        yield desk


def test_stories_are_put_together_and_taken_apart_again(desk: Desk) -> None:
    """By story id and by address; obeyed twice over; as it was once both are taken back."""
    before = desk.numbers()
    civil, rules = desk.story_of(10001), desk.story_of(30001)
    assert civil["id"] != rules["id"]
    assert "run analyse" in desk.say("together", civil["id"], desk.url(30001))
    assert desk.numbers() == before  # nothing moves before the next analysis
    desk.analyse()
    joined = frozenset({10001, 20001, 30001, 10003})
    assert joined in desk.numbers()
    desk.say("apart", desk.url(10001) + "?utm_source=mail", desk.story_of(10001)["articles"][1]["id"])
    desk.analyse()
    parted = desk.numbers()
    assert all(not {10001, 20001} <= story for story in parted)
    desk.analyse()
    assert desk.numbers() == parted
    assert desk.states() == ["standing", "standing"]
    desk.say("withdraw", "2")
    desk.analyse()
    assert joined in desk.numbers()
    desk.say("withdraw", "1")
    desk.analyse()
    assert desk.numbers() == before
    assert desk.states() == ["withdrawn", "withdrawn"]


@pytest.mark.slow
def test_what_is_about_ai_can_be_said(desk: Desk) -> None:
    """Also of an article that was never thought worth reading."""
    before = desk.numbers()
    desk.say("ai", desk.url(10004), "yes")
    desk.say("ai", desk.story_of(10001)["id"], "no")
    desk.analyse()
    desk.analyse()
    assert desk.numbers() == (before - {frozenset({10001, 20001})}) | {frozenset({10004})}
    assert desk.states() == ["standing", "standing"]
    desk.say("withdraw", "1")
    desk.say("withdraw", "2")
    desk.analyse()
    assert desk.numbers() == before


@pytest.mark.slow
def test_section_and_duty_can_be_said(desk: Desk) -> None:
    before = desk.story_of(20002)
    civil = desk.story_of(10001)
    assert [duty["name"] for duty in civil["duties"]] == ["행정"]
    assert before["duties"] == []
    desk.say("section", before["id"], "people")
    desk.say("duty", before["id"], "행정")
    desk.say("duty", desk.url(20001), "-행정")
    desk.analyse()
    desk.analyse()
    after = desk.story_of(20002)
    assert (after["section"], [duty["name"] for duty in after["duties"]]) == ("people", ["행정"])
    assert desk.story_of(10001)["duties"] == []
    for number in ("1", "2", "3"):
        desk.say("withdraw", number)
    desk.analyse()
    assert (desk.story_of(20002)["section"], desk.story_of(20002)["duties"]) == (before["section"], [])
    assert desk.story_of(10001)["duties"] == civil["duties"]


def test_topics_can_be_named_and_joined(desk: Desk) -> None:
    topics = desk.told("topics", "--week", "2026-W06")
    topic = topics[0]
    desk.say("topic-name", topic["id"], "가온의 나날")
    desk.analyse()
    desk.analyse()
    assert [t["label"] for t in desk.told("topics", "--explain", topic["id"])] == ["가온의 나날"]
    story = next(story for story in desk.stories() if story["topic"] != topic["id"])
    desk.say("same-topic", story["id"], topic["stories"][0])
    desk.analyse()
    assert story["id"] in desk.told("topics", "--explain", topic["id"])[0]["stories"]
    assert desk.states() == ["standing", "standing"]
    desk.say("withdraw", "1")
    desk.analyse()
    assert desk.told("topics", "--explain", topic["id"])[0]["label"] != "가온의 나날"


@pytest.mark.slow
def test_the_list_tells_what_no_longer_applies(desk: Desk) -> None:
    assert desk.told("correct", "list") == []
    desk.say("together", desk.url(10001), desk.url(20001))
    desk.say("apart", desk.url(10001), desk.url(20001))
    desk.say("section", desk.url(20002), "people")
    assert desk.call("correct", "list") == 0
    desk.analyse()
    rows = desk.told("correct", "list")
    assert [(row["number"], row["state"]) for row in rows] == [(1, "idle"), (2, "standing"), (3, "standing")]
    assert (rows[0]["who"], rows[0]["reason"], rows[0]["kind"]) == ("김주무관", "확인함", "together")
    assert [article["url"] for article in rows[0]["articles"]] == [desk.url(10001), desk.url(20001)]
    assert (
        main(
            [
                "--config",
                str(desk._config),
                "--now",
                "2026-02-06T21:00:00+09:00",
                "correct",
                "ai",
                desk.url(20002),
                "no",
                "--who",
                "a",
            ]
        )
        == 0
    )
    desk.say("withdraw", "1")
    assert [row["number"] for row in desk.told("correct", "list")] == [2, 3, 4]
    assert desk.states() == ["withdrawn", "standing", "standing", "waiting"]
    desk._capsys.readouterr()
    assert desk.call("correct", "list", "--all") == 0
    table = desk._capsys.readouterr().out
    assert "한 스토리로" in table
    assert "거둠" in table
    assert "다음 분석부터" in table


def test_what_means_nothing_is_refused_with_a_sentence(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = desk.url(10001)
    assert "nothing.example" in desk.refused(1, "together", first, "https://nothing.example/1")
    assert "둘 이상" in desk.refused(2, "together", first, f"{first}#x")
    assert "둘 이상" in desk.refused(2, "same-topic", first)
    assert "yes" in desk.refused(2, "ai", first, "maybe")
    assert "people" in desk.refused(2, "section", first, "sports")
    assert "행정" in desk.refused(1, "duty", first, "-교통")
    assert "비어" in desk.refused(2, "topic-name", first, " ")
    assert "correct list" in desk.refused(1, "withdraw", "7")
    desk.say("apart", first)
    desk.say("withdraw", "1")
    assert "이미" in desk.refused(1, "withdraw", "1")
    monkeypatch.delenv("USER", raising=False)
    monkeypatch.delenv("LOGNAME", raising=False)
    assert desk.call("correct", "ai", first, "yes") == 2
    monkeypatch.setenv("USER", "kim")
    assert desk.call("correct", "ai", first, "yes") == 0
    assert [row["who"] for row in desk.told("correct", "list")] == ["kim"]
