"""Pages of articles already filed are looked at again: edits replace the text, what is gone is not shown any more."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from donghyang.cli import main
from tests import small_world
from tests.loopback import Loopback, Scripted

FRIDAY = "2026-02-06T18:00:00+09:00"  # when everything is read
SATURDAY = "2026-02-07T18:30:00+09:00"
SUNDAY = "2026-02-08T18:40:00+09:00"
MONDAY = "2026-02-09T19:00:00+09:00"  # three days after
CIVIL = small_world.LINES[0]
PATH = f"/{CIVIL.outlet}/{CIVIL.number}"


def call(config: Path, *words: str, now: str) -> int:
    return main(["--config", str(config), "--now", now, *words])


def told(capsys: pytest.CaptureFixture[str], config: Path, *words: str, now: str) -> Any:
    capsys.readouterr()
    assert call(config, *words, "--format", "json", now=now) == 0
    return json.loads(capsys.readouterr().out)


def the_article(capsys: pytest.CaptureFixture[str], config: Path, now: str) -> Any:
    """What a search finds of the civil service article at its own address."""
    found = told(capsys, config, "search", "민원", now=now)["results"]
    return next(one for one in found if one["url"].endswith(PATH))


def asked(server: Loopback) -> list[str]:
    """The article pages asked for since the last call."""
    paths = [path for path in server.paths() if path.count("/") == 2]
    server.requests.clear()
    return paths


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Loopback, Path]]:
    """A server, and a config whose world was read from it and thought about on Friday."""
    with Loopback() as running:
        small_world.serve(running)
        config = small_world.write_config(running, tmp_path_factory.mktemp("world"))
        assert call(config, "run", now=FRIDAY) == 0
        yield running, config


@pytest.fixture
def server(world: tuple[Loopback, Path]) -> Iterator[Loopback]:
    """The server with the world as it was on Friday."""
    running, _ = world
    small_world.serve(running)
    running.requests.clear()
    yield running
    for path in ("/", "/robots.txt"):
        running.at(path)


@pytest.fixture
def read(world: tuple[Loopback, Path], server: Loopback, tmp_path: Path) -> Path:
    """A copy of what was read on Friday."""
    shutil.copytree(world[1].parent, tmp_path / "read")
    return tmp_path / "read" / "config.toml"


def page(*, text: str = CIVIL.text, title: str = CIVIL.title) -> Scripted:
    body = small_world.page(replace(CIVIL, text=text, title=title))
    return Scripted(body=body, content_type="text/html; charset=utf-8")


def test_pages_of_stories_are_looked_at_again_after_some_days_and_not_before(
    read: Path, server: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(read, "run", "collect", "extract", now="2026-02-07T17:00:00+09:00") == 0
    assert asked(server) == []
    assert the_article(capsys, read, FRIDAY)["page_checked"] is None
    assert call(read, "run", "extract", now=SATURDAY) == 0
    again = asked(server)
    assert PATH in again
    assert len(again) == len(set(again))
    assert all(f"/{line.outlet}/{line.number}" not in again for line in small_world.LINES if "이글스" in line.title)
    one = the_article(capsys, read, SATURDAY)
    assert (one["page_state"], one["page_checked"][:16], one["page_noticed"]) == ("same", "2026-02-07T09:30", None)
    assert call(read, "run", "extract", now=SATURDAY) == 0
    assert call(read, "run", "extract", now=SUNDAY) == 0
    assert asked(server) == []


def test_a_page_is_asked_with_the_validators_it_gave(server: Loopback, tmp_path: Path) -> None:
    config = small_world.write_config(server, tmp_path)
    headers = {"ETag": 'W/"a-1"', "Last-Modified": "Tue, 03 Feb 2026 00:10:00 GMT"}
    server.at(PATH, replace(page(), headers=headers, conditional=True))
    assert call(config, "run", now=FRIDAY) == 0
    server.requests.clear()
    assert call(config, "run", "extract", now=SATURDAY) == 0
    (request,) = [one for one in server.requests if one.path == PATH]
    assert request.headers["if-none-match"] == 'W/"a-1"'
    assert request.headers["if-modified-since"] == "Tue, 03 Feb 2026 00:10:00 GMT"


def test_an_edited_page_replaces_the_text_and_says_so(
    read: Path, server: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    before = the_article(capsys, read, FRIDAY)
    text = CIVIL.text.replace("41%", "14%") + " 시는 앞선 발표의 숫자를 바로잡았다고 덧붙였다."
    server.at(PATH, page(text=text, title=CIVIL.title.replace("41%", "14%")))
    assert call(read, "run", "extract", now=SATURDAY) == 0
    one = the_article(capsys, read, SATURDAY)
    assert "14%" in one["snippet"]
    assert "14%" in one["title"]
    assert (one["id"], one["published"]) == (before["id"], before["published"])
    assert (one["page_state"], one["page_noticed"][:16]) == ("edited", "2026-02-07T09:30")
    assert told(capsys, read, "search", "바로잡았다고", now=SATURDAY)["total"] == 1
    assert call(read, "run", "extract", now=MONDAY) == 0
    later = the_article(capsys, read, MONDAY)
    assert (later["page_state"], later["page_noticed"]) == ("edited", one["page_noticed"])
    assert call(read, "search", "민원", now=MONDAY) == 0
    assert "원문 수정, 2026-02-07 확인" in capsys.readouterr().out


@pytest.mark.parametrize(
    "answer",
    [
        Scripted(status=404, body=b"not here"),
        pytest.param(Scripted(status=410, body=b"gone"), marks=pytest.mark.slow),
        Scripted(body="<script>alert('존재하지 않는 기사입니다.');history.back();</script>".encode()),
        pytest.param(Scripted(status=302, headers={"Location": "/"}), marks=pytest.mark.slow),
    ],
    ids=["404", "410", "alert", "front page"],
)
def test_a_page_missing_on_two_days_is_gone_and_its_text_is_shown_no_more(
    read: Path, server: Loopback, capsys: pytest.CaptureFixture[str], answer: Scripted
) -> None:
    server.at("/", Scripted(body="<html><title>한결일보</title><p>오늘의 소식</p></html>".encode()))
    server.at(PATH, answer)
    assert the_article(capsys, read, FRIDAY)["snippet"]
    assert call(read, "run", "extract", now=SATURDAY) == 0
    once = the_article(capsys, read, SATURDAY)
    assert (once["page_state"], bool(once["snippet"])) == ("same", True)
    asked(server)
    assert call(read, "run", "extract", now="2026-02-08T18:00:00+09:00") == 0
    assert asked(server) == []  # not yet a day
    assert call(read, "run", "extract", now=SUNDAY) == 0
    assert PATH in asked(server)
    gone = the_article(capsys, read, SUNDAY)
    assert (gone["page_state"], gone["page_noticed"][:16], gone["snippet"]) == ("gone", "2026-02-08T09:40", "")
    assert gone["title"] == CIVIL.title
    rows = told(capsys, read, "export", "articles", now=SUNDAY)
    assert next((row["page_state"], row["rights"]) for row in rows if row["id"] == gone["id"]) == ("gone", "link")
    story = told(capsys, read, "stories", "--explain", gone["story"], now=SUNDAY)[0]
    assert "gone" in {article["page_state"] for article in story["articles"]}
    assert call(read, "stories", "--explain", gone["story"], now=SUNDAY) == 0
    assert "원문 삭제, 2026-02-08 확인" in capsys.readouterr().out

    assert call(read, "run", now=MONDAY) == 0
    issue = told(capsys, read, "issue", "show", "2026-W06", now=MONDAY)
    assert [source["gone"] for source in issue["sources"] if source["url"].endswith(PATH)] == [True]
    quoted = [s["text"] for item in issue["items"] for s in item["sentences"] if not s["own"]]
    assert not any("복지 상담으로 넓힐 계획" in text for text in quoted)
    out = read.parent / "out" / "2026-W06"
    assert all("원문 삭제됨" in (out / name).read_text("utf-8") for name in ("issue.html", "issue.txt"))


def test_a_page_that_is_back_is_shown_again(read: Path, server: Loopback, capsys: pytest.CaptureFixture[str]) -> None:
    server.at(PATH, Scripted(status=404))
    for now in (SATURDAY, SUNDAY):
        assert call(read, "run", "extract", now=now) == 0
    assert the_article(capsys, read, SUNDAY)["page_state"] == "gone"
    server.at(PATH, page())
    assert call(read, "run", "extract", now=MONDAY) == 0
    back = the_article(capsys, read, MONDAY)
    assert (back["page_state"], bool(back["snippet"])) == ("same", True)


@pytest.mark.parametrize(
    "answer",
    [
        Scripted(status=500),
        Scripted(status=403),
        Scripted(hang_up=True),
        Scripted(body="<html><title>로그인</title><p>아이디와 비밀번호를 입력해 주십시오.</p></html>".encode()),
        Scripted(body=b"<html>" + b"<div>" * 5000),
    ],
    ids=["500", "403", "hang up", "log-in", "deep"],
)
def test_what_is_no_answer_changes_nothing_and_is_not_asked_again_that_day(
    read: Path, server: Loopback, capsys: pytest.CaptureFixture[str], answer: Scripted
) -> None:
    before = the_article(capsys, read, FRIDAY)
    server.at(PATH, answer)
    assert call(read, "run", "extract", now=SATURDAY) == 0
    after = the_article(capsys, read, SATURDAY)
    assert after["page_checked"][:16] == "2026-02-07T09:30"
    assert after | {"page_checked": None} == before
    asked(server)
    assert call(read, "run", "extract", now=SUNDAY) == 0
    assert asked(server) == []


def test_robots_txt_is_obeyed_on_the_second_look_too(read: Path, server: Loopback) -> None:
    server.at("/robots.txt", Scripted(body=f"User-agent: *\nDisallow: /{CIVIL.outlet}/".encode()))
    assert call(read, "run", "extract", now=SATURDAY) == 0
    assert not any(path.startswith(f"/{CIVIL.outlet}/") for path in asked(server))


def test_the_budget_of_a_run_and_its_switch(server: Loopback, tmp_path: Path) -> None:
    config = small_world.write_config(server, tmp_path, extra="[collect]\nrecheck_pages = 2\n")
    assert call(config, "run", now=FRIDAY) == 0
    asked(server)
    seen: list[str] = []
    for minute in range(30, 35):
        assert call(config, "run", "extract", now=SATURDAY.replace("30:00", f"{minute}:00")) == 0
        some = asked(server)
        assert len(some) <= 2
        seen += some
    assert len(seen) == len(set(seen)) >= 6
    config.write_text(config.read_text("utf-8").replace("recheck_pages = 2", "recheck = []"), "utf-8")
    assert call(config, "run", "extract", now=MONDAY) == 0
    assert asked(server) == []


def test_a_frozen_issue_keeps_what_it_said(read: Path, server: Loopback, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(read, "run", now="2026-02-09T09:00:00+09:00") == 0
    before = told(capsys, read, "issue", "show", "2026-W06", now=MONDAY)
    server.at(PATH, Scripted(status=410))
    for now in ("2026-02-10T09:30:00+09:00", "2026-02-11T09:40:00+09:00"):
        assert call(read, "run", now=now) == 0
    assert the_article(capsys, read, "2026-02-11T10:00:00+09:00")["page_state"] == "gone"
    assert told(capsys, read, "issue", "show", "2026-W06", now=MONDAY) == before
    assert call(read, "issue", "rebuild", "2026-W06", now=MONDAY) == 0
    assert "같은 바이트" in capsys.readouterr().out
