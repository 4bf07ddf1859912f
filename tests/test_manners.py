"""How sources are asked: docs/manners.md names a test for each point, and here are those no other file holds."""

import json
import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from archive import intake
from donghyang.cli import main
from tests import small_world
from tests.asking import FEED, failure, get
from tests.loopback import Loopback, Scripted

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "manners.md").read_text(encoding="utf-8")
ROWS = [line.split("|")[1:-1] for line in PAGE.splitlines() if re.match(r"\| *\d+ *\|", line)]
FRIDAY = datetime.fromisoformat("2026-02-06T18:00:00+09:00")
HOUR = timedelta(hours=1)


def call(config: Path, *words: str, after: timedelta = timedelta()) -> int:
    return main(["--config", str(config), "--now", (FRIDAY + after).isoformat(), *words])


def told(capsys: pytest.CaptureFixture[str], config: Path, *words: str, after: timedelta = timedelta()) -> Any:
    capsys.readouterr()
    assert call(config, *words, "--format", "json", after=after) == 0
    return json.loads(capsys.readouterr().out)


def asked(server: Loopback, path: str) -> list[str | None]:
    """The validators that requests for a path came with."""
    return [one.headers.get("if-none-match") for one in server.requests if one.path == path]


def test_the_page_holds_all_points_in_order() -> None:
    assert [int(number) for number, *_ in ROWS] == list(range(1, 32))


@pytest.mark.parametrize("row", ROWS, ids=[row[0].strip() for row in ROWS])
def test_each_point_names_tests_that_exist(row: list[str]) -> None:
    named = re.findall(r"`(test_\w+)::(test_\w+)`", row[3])
    assert named
    for file, test in named:
        text = (ROOT / "tests" / f"{file}.py").read_text(encoding="utf-8")
        assert re.search(rf"^def {test}\(", text, flags=re.MULTILINE), test


def test_a_first_request_knows_no_validator_and_a_later_one_sends_both_as_they_came(
    server: Loopback, config: Path
) -> None:
    given = {"ETag": 'W/"a b-1\'"', "Last-Modified": "Fri,  6 Feb 2026 08:00:00 +0000"}
    body = server.take("/mirae.xml").body
    server.at("/mirae.xml", Scripted(body=body, headers=given))
    for hours in (0, 1, 2):
        call(config, "run", "collect", after=hours * HOUR)
    first, *later = [one.headers for one in server.requests if one.path == "/mirae.xml"]
    assert not {"if-none-match", "if-modified-since"} & first.keys()
    assert [(one["if-none-match"], one["if-modified-since"]) for one in later] == [tuple(given.values())] * 2


def test_validators_follow_the_latest_answer_and_are_never_invented(server: Loopback, config: Path) -> None:
    body = server.take("/mirae.xml").body
    answers = [Scripted(body=body + b"<!-- 1 -->", headers={"ETag": '"1"'}), Scripted(body=body + b"<!-- 2 -->")]
    server.at("/mirae.xml", *answers, Scripted(body=body, headers={"ETag": '"3"'}), Scripted(status=304))
    for hours in range(5):
        call(config, "run", "collect", after=hours * HOUR)
    assert asked(server, "/mirae.xml") == [None, '"1"', None, '"3"', '"3"']


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_honoured_in_both_forms(server: Loopback, config: Path, status: int, form: str) -> None:
    """A date is measured by the server's own clock, which need not be ours."""
    header = "10800" if form == "seconds" else format_datetime(datetime.now(UTC) + 3 * HOUR, usegmt=True)
    server.at("/mirae.xml", Scripted(status=status, headers={"Retry-After": header}))
    error = failure(server.url("/mirae.xml"))
    assert (error.status, error.retry_after is not None) == (status, True)
    server.requests.clear()
    for minutes in (0, 70, 170):
        call(config, "run", "collect", after=timedelta(minutes=minutes))
    waited = len(asked(server, "/mirae.xml"))
    call(config, "run", "collect", after=timedelta(minutes=185))
    assert (waited, len(asked(server, "/mirae.xml"))) == (1, 2)


def test_no_source_is_asked_twice_within_an_hour_by_any_number_of_runs(server: Loopback, config: Path) -> None:
    config.write_text(config.read_text("utf-8").replace('role = "press"', 'role = "press"\nevery = "1m"'), "utf-8")
    for minutes in (0, 1, 15, 30, 58):
        call(config, "run", "collect", after=timedelta(minutes=minutes))
    assert len(asked(server, "/mirae.xml")) == 1
    call(config, "run", "collect", after=timedelta(minutes=60))
    assert len(asked(server, "/mirae.xml")) == 2


def test_an_empty_answer_and_entries_that_vanish_take_nothing_away(
    server: Loopback, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(config, "run", "collect", "extract") == 0
    before = told(capsys, config, "export", "articles")
    small = small_world.feed(server, "mirae", [line for line in small_world.LINES if line.number == 20003])
    server.at("/hangyeol.xml", Scripted(body=b""))
    server.at("/mirae.xml", Scripted(body=small))
    assert call(config, "run", "collect", "extract", after=HOUR) == 3  # done in part: one source failed
    assert told(capsys, config, "export", "articles", after=HOUR) == before


def test_a_day_that_has_not_come_and_one_that_is_missing_count_as_seen(
    server: Loopback, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = server.take("/mirae.xml").body
    dates = iter([b"<pubDate>Fri, 01 Jan 2099 00:00:00 GMT</pubDate>", b"", b""])
    server.at("/mirae.xml", Scripted(body=re.sub(rb"<pubDate>[^<]*</pubDate>", lambda _: next(dates), body)))
    server.at("/mirae/20001", Scripted(status=404))
    server.at("/mirae/20002", Scripted(status=404))
    call(config, "run", "collect", "extract", "analyse")
    mine = told(capsys, config, "search", "한빛시 OR 가온랩스", "--since", "1d")["results"]
    assert {row["url"] for row in mine} >= {server.url("/mirae/20001"), server.url("/mirae/20002")}


def test_a_crash_before_the_entries_are_kept_keeps_no_validator_either(
    server: Loopback, config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def crash(*_: Any, **__: Any) -> int:
        raise RuntimeError("the power fails")

    with monkeypatch.context() as broken:
        broken.setattr(intake, "record_fetches", crash)
        assert call(config, "run", "collect") == 1
    assert call(config, "run", "collect", "extract", after=HOUR) == 0
    assert asked(server, "/mirae.xml") == [None, None]
    assert told(capsys, config, "status", after=HOUR)["counts"]["articles"] == len(small_world.LINES)


def test_a_hub_that_a_feed_names_is_not_asked(server: Loopback, config: Path) -> None:
    hub = f'<link xmlns="http://www.w3.org/2005/Atom" rel="hub" href="{server.url("/hub")}"/>'
    server.at(
        "/mirae.xml", Scripted(body=server.take("/mirae.xml").body.replace(b"<item>", hub.encode() + b"<item>", 1))
    )
    call(config, "run", "collect")
    assert "/hub" not in server.paths()


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("/기사/침수 예보.xml", "/%EA%B8%B0%EC%82%AC/%EC%B9%A8%EC%88%98%20%EC%98%88%EB%B3%B4.xml"),
        ("/a%2Fb/c%20d?q=%EA%B0%80", "/a%2Fb/c%20d?q=%EA%B0%80"),
    ],
)
def test_addresses_with_blanks_hangul_and_percents_are_asked_as_browsers_ask_them(
    server: Loopback, written: str, sent: str
) -> None:
    server.at(sent, Scripted(body=FEED))
    assert get(server.url(written)).body == FEED


def test_every_request_of_a_run_says_who_asks(server: Loopback, config: Path) -> None:
    call(config, "run", "collect", "extract")
    agents = {one.headers["user-agent"] for one in server.requests}
    (agent,) = agents
    assert re.fullmatch(r"donghyang/[\d.]+ \(\+mailto:ai@city\.example\)", agent)
    assert not any({"cookie", "referer", "authorization"} & one.headers.keys() for one in server.requests)
