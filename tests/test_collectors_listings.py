"""List pages: lines of every family of boards, links out of scripts, dates, further pages, and named failures."""

import asyncio
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.records.incoming import Board, Fetch, Source
from archive.records.words import SourceId
from collectors.answers import Timeouts, WebSettings
from collectors.http import Web
from collectors.list_dates import listed
from collectors.list_links import plain_address
from collectors.listings import NotAList, page_address, read_listing
from collectors.not_feeds import NotAFeed
from collectors.script_links import calls_in, filled, literal_in
from collectors.visits import Harvest, visit
from donghyang.boards import boards
from tests.boards import NOW, body, line_of, pages
from tests.loopback import Loopback, Scripted

SEOUL = ZoneInfo("Asia/Seoul")
BOARD = Board(row="li", page="page={page}")


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as loopback:
        yield loopback


def source(url: str, board: Board = BOARD) -> Source:
    return Source(id=SourceId("board"), url=url, name="게시판", kind="listing", lang="ko", board=board)


def go(asked: Source, last: Fetch | None = None, known: Collection[str] = (), since: datetime | None = None) -> Harvest:
    async def ask() -> Harvest:
        using = WebSettings(allow_hosts=("127.0.0.1",), timeouts=Timeouts(read=0.5))
        async with Web(using, now=NOW) as web:
            return await visit(asked, web, last, NOW, known=frozenset(known), since=since)

    return asyncio.run(ask())


def sheet(*numbers: int, day: str = "") -> bytes:
    """A list page with a line for each number."""
    lines = "".join(
        f'<li><a href="/news/{n}?page=3">소식 {n}호</a> <span>{day or f"2026-02-{n:02}"}</span></li>' for n in numbers
    )
    return f'<!doctype html><meta charset="utf-8"><title>소식</title><ul>{lines}</ul>'.encode()


# Shapes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", pages())
def test_the_page_of_each_board_is_read_over_http(name: str, server: Loopback) -> None:
    page = pages()[name]
    server.at(page.at, Scripted(body=page.body, content_type="text/html; charset=utf-8"))
    harvest = go(source(server.url(page.at), replace(boards()[name], page="")))
    assert [line_of(entry, server.url("")) for entry in harvest.entries] == page.lines
    assert (harvest.fetch.outcome, harvest.fetch.found) == ("new", len(page.lines))
    assert server.paths() == ["/robots.txt", page.at]
    assert {entry.lang for entry in harvest.entries} == {"ko"}
    assert len({entry.key for entry in harvest.entries}) == len(page.lines)


def test_every_packaged_board_has_a_page_in_the_tests() -> None:
    assert set(pages()) == set(boards())


def test_a_list_in_a_korean_charset_is_read(server: Loopback) -> None:
    text = sheet(3).decode().replace("utf-8", "euc-kr")
    server.at("/list", Scripted(body=text.encode("cp949"), content_type="text/html"))
    assert [entry.title for entry in go(source(server.url("/list"))).entries] == ["소식 3호"]


def test_selectors_of_ones_own_are_obeyed() -> None:
    page = """<div class=card><a href=/tag/ai>AI</a><h3>제목 하나</h3><i>2026-02-01</i><b>2026-02-03</b>
    <a class=go href=/1>보기</a></div><div class=card><h3>제목 둘</h3><a class=go href=/2>보기</a></div>"""
    own = Board(row="div.card", link="a.go", title="h3", date="b")
    read = read_listing(page.encode(), url="https://a.example/l", source=source("https://a.example/l", own), now=NOW)
    assert [(entry.url, entry.title) for entry in read.entries] == [
        ("https://a.example/1", "제목 하나"),
        ("https://a.example/2", "제목 둘"),
    ]
    assert [entry.published for entry in read.entries] == [datetime(2026, 2, 3, tzinfo=SEOUL), None]


# Named failures ---------------------------------------------------------------------------------

FAILURES = {
    "blocked": (body("blocked"), "block page titled 'Access Denied' instead of a list"),
    "maintenance": (body("maintenance"), "maintenance"),
    "no rows": (
        "<html><title>새 누리집</title><body><p>옮겼습니다</p></body></html>".encode(),
        "row = 'li' finds nothing",
    ),
    "no links": (b"<html><body><ul><li><a href='#'>x</a></li><li>y</li></ul></body></html>", "finds 2 elements"),
    "binary": (b"%PDF-1.7 abc", "a PDF instead of a list page"),
    "text": (b"nothing to see", "plain text"),
    "json": (b'{"list": []}', "JSON"),
}


@pytest.mark.parametrize(("page", "says"), FAILURES.values(), ids=FAILURES)
def test_a_page_without_lines_is_a_failure_that_says_what_it_was(page: bytes, says: str, server: Loopback) -> None:
    server.at("/list", Scripted(body=page, headers={"ETag": '"1"'}))
    fetch = go(source(server.url("/list"))).fetch
    assert (fetch.outcome, fetch.status, fetch.etag, fetch.body_hash) == ("failed", 200, "", "")
    assert says in fetch.error
    assert fetch.error.startswith(server.url("/list"))


def test_robots_txt_is_asked_and_obeyed(server: Loopback) -> None:
    server.at("/robots.txt", Scripted(body=b"User-agent: *\nDisallow: /list"))
    server.at("/list", Scripted(body=sheet(1)))
    fetch = go(source(server.url("/list"))).fetch
    assert fetch.outcome == "failed"
    assert "robots.txt" in fetch.error
    assert server.paths() == ["/robots.txt"]


def test_a_list_that_did_not_change_is_not_read_again(server: Loopback) -> None:
    server.at("/list", Scripted(body=sheet(1), headers={"ETag": '"1"'}, conditional=True))
    asked = source(server.url("/list"), Board(row="li"))
    first = go(asked).fetch
    assert go(asked, first).fetch.status == 304
    server.at("/list", Scripted(body=sheet(1)))
    assert go(asked, first).fetch.outcome == "unchanged"


# Further pages ----------------------------------------------------------------------------------


def at_pages(server: Loopback, *sheets: bytes) -> None:
    server.at("/list", Scripted(body=sheets[0]))
    for number, one in enumerate(sheets[1:], start=2):
        server.at(f"/list?page={number}", Scripted(body=one))


def asked_pages(server: Loopback) -> list[str]:
    return [path for path in server.paths() if path != "/robots.txt"]


def test_a_first_visit_reads_so_many_pages_and_no_more(server: Loopback) -> None:
    at_pages(server, sheet(9, 8), sheet(7, 6), sheet(5, 4), sheet(3))
    harvest = go(source(server.url("/list")))
    assert [entry.title for entry in harvest.entries] == [f"소식 {n}호" for n in (9, 8, 7, 6, 5, 4)]
    assert asked_pages(server) == ["/list", "/list?page=2", "/list?page=3"]


def test_later_visits_stop_where_everything_is_known(server: Loopback) -> None:
    at_pages(server, sheet(9, 8), sheet(7, 6), sheet(5, 4))
    keys = {entry.title: entry.key for entry in go(source(server.url("/list"))).entries}
    server.requests.clear()
    go(source(server.url("/list")), known=[keys["소식 8호"]])
    assert asked_pages(server) == ["/list"]
    server.requests.clear()
    # a pinned line on top is known from the first day and stops nobody
    go(source(server.url("/list")), known=[keys["소식 9호"], keys["소식 6호"]])
    assert asked_pages(server) == ["/list", "/list?page=2"]


def test_a_board_that_gives_its_last_page_again_ends_the_walk(server: Loopback) -> None:
    at_pages(server, sheet(2), sheet(2), sheet(1))
    assert len(go(source(server.url("/list"))).entries) == 1
    assert asked_pages(server) == ["/list", "/list?page=2"]


def test_a_further_page_that_fails_is_named_keeps_what_was_found_and_is_made_up_for(server: Loopback) -> None:
    at_pages(server, sheet(9, 8), body("maintenance"))
    harvest = go(source(server.url("/list")))
    assert (harvest.fetch.outcome, harvest.fetch.body_hash, len(harvest.entries)) == ("failed", "", 2)
    assert "/list?page=2: a maintenance" in harvest.fetch.error
    at_pages(server, sheet(9, 8), sheet(7, 6), sheet(5))
    known = [entry.key for entry in harvest.entries]
    assert len(go(source(server.url("/list")), harvest.fetch, known).entries) == 5


def test_the_past_is_read_back_to_a_day(server: Loopback) -> None:
    at_pages(server, *(sheet(n, n - 1) for n in range(28, 0, -2)))
    harvest = go(source(server.url("/list")), since=datetime(2026, 2, 10, tzinfo=SEOUL))
    assert [entry.title for entry in harvest.entries] == [f"소식 {n}호" for n in range(28, 9, -1)]
    assert asked_pages(server)[-1] == "/list?page=11"


def test_a_past_without_days_ends_with_the_board(server: Loopback) -> None:
    at_pages(server, sheet(9, day="-"), sheet(8, day="-"), b"<html><body><p>nothing more</p></body></html>")
    harvest = go(source(server.url("/list")), since=datetime(2026, 2, 10, tzinfo=SEOUL))
    assert (harvest.fetch.outcome, len(harvest.entries)) == ("new", 2)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("pageIndex={page}", "https://a.example/list.do?key=1&pageIndex=2"),
        ("key={page}", "https://a.example/list.do?key=2"),
        ("mode=list&page={page}", "https://a.example/list.do?key=1&mode=list&page=2"),
        ("/news/{page}.html", "https://a.example/news/2.html"),
        ("", ""),
    ],
)
def test_further_pages_have_addresses(page: str, expected: str) -> None:
    assert page_address(Board(page=page), "https://a.example/list.do?key=1#top", 2) == expected


# Dates ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-02-03", "2026-02-03T00:00"),
        ("2026.02.03.", "2026-02-03T00:00"),
        ("26.02.03", "2026-02-03T00:00"),
        ("2026년 2월 3일(화) 오후 2:05", "2026-02-03T14:05"),
        ("등록일 : 2026/02/03", "2026-02-03T00:00"),
        ("작성일시 2026-02-03 09:10:11", "2026-02-03T09:10"),
        ("14:20", "2026-02-12T14:20"),
        ("02-03", "2026-02-03T00:00"),
        ("12.30", "2025-12-30T00:00"),
        ("2월 3일 08:00", "2026-02-03T08:00"),
        ("3시간 전", "2026-02-12T12:00"),
        ("5분 전", "2026-02-12T14:55"),
        ("2일 전", "2026-02-10T00:00"),
        ("어제", "2026-02-11T00:00"),
        ("오늘 09:05", "2026-02-12T09:05"),
        ("방금 전", "2026-02-12T15:00"),
        ("02-29", "2024-02-29T00:00"),
    ],
)
def test_dates_as_lists_write_them(text: str, expected: str) -> None:
    found = listed(text, now=NOW, zone=SEOUL)
    assert found is not None
    assert found.strftime("%Y-%m-%dT%H:%M") == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1,234",
        "2026-02-01 ~ 2026-02-20",
        "마감일 2026-02-20",
        "수정일 2026-02-03",
        "25:00",
        "99-99",
        "제목",
        "13.40",
    ],
)
def test_deadlines_and_numbers_are_no_dates(text: str) -> None:
    assert listed(text, now=NOW, zone=SEOUL) is None


# Scripts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "arguments"),
    [
        ("fn_view('123')", ("123",)),
        ("javascript:goView( 123 , 'A' );", ("123", "A")),
        ("return fn_view(&quot;12&quot;,&#39;3&#39;)", ("12", "3")),
        ("event.preventDefault(); board.view('7','', 'x y')", ("7", "", "x y")),
        ("fn('a,b', \"c'd\")", ("a,b", "c'd")),
    ],
)
def test_arguments_of_a_call(script: str, arguments: tuple[str, ...]) -> None:
    assert calls_in(script)[0].arguments == arguments


def test_templates_take_arguments_attributes_and_parameters() -> None:
    assert filled("view.do?id={2}&b={1}", ("P", "3"), {}) == "view.do?id=3&b=P"
    assert filled("v?n={data-id}&mi={?mi}", (), {"data-id": "7", "?mi": "1"}) == "v?n=7&mi=1"
    assert filled("v?n={3}", ("1",), {}) == ""
    assert filled("v/{1}", ("../../etc?x=//evil",), {}) == "v/..%2F..%2Fetc%3Fx%3D%2F%2Fevil"


@pytest.mark.parametrize(
    ("script", "address"),
    [
        ("location.href='/view.do?id=1'", "/view.do?id=1"),
        ('javascript:window.open("view.do?id=2","","width=1")', "view.do?id=2"),
        ("document.location = '#none'", ""),
        ("fn_view('1')", ""),
    ],
)
def test_an_address_that_stands_in_a_script_needs_no_template(script: str, address: str) -> None:
    assert literal_in(script) == address


SCRIPT = st.text("fn_view('1\",) (;{}\\&#39가 .", max_size=200)


@given(SCRIPT, st.text("{}123data-?id/=& ", max_size=40))
def test_no_script_and_no_template_break_the_reader(script: str, template: str) -> None:
    calls_in(script)
    literal_in(script)
    for call in calls_in(script):
        made = filled(template, call.arguments, {"id": script})
        assert "\n" not in made


@given(st.lists(st.text(max_size=20), max_size=4))
def test_an_argument_never_leaves_its_place(arguments: list[str]) -> None:
    made = filled("https://a.example/v?a={1}&b={2}", arguments, {})
    if made:
        parts = urlsplit(made)
        assert (parts.netloc, parts.path, parts.fragment) == ("a.example", "/v", "")
        assert parts.query.count("&") == 1


HOSTILE = st.lists(
    st.sampled_from(
        (
            "<li> </li> <ul> <a|href='/1'> <a|onclick=\"fn('1')\"> </a> <table><tr><th>등록일</th></tr> <td> "
            "2026-02-01 마감 <a|href='http://[::1'> <base|href='//x'> 가 \0 <input|value='x'|onclick='f(1)'>"
        )
        .replace("|", "\t")
        .split(" ")
    ),
    max_size=60,
)


@settings(deadline=None)
@given(HOSTILE, st.sampled_from(["", "li", "tr"]))
def test_any_page_gives_lines_or_a_named_failure(parts: list[str], row: str) -> None:
    board = Board(row=row, link="a, input", address="v?n={1}")
    with suppress(NotAFeed):
        read = read_listing("".join(parts).encode(), url="https://a.example/l", source=source("x", board), now=NOW)
        assert read.entries
        assert all(urlsplit(entry.url).scheme in ("http", "https") for entry in read.entries)


def test_a_large_page_of_links_is_read_in_time_that_grows_with_it() -> None:
    """Three thousand nested lines and a deep tail: bounded work, not a hang."""
    page = "<div>" * 200 + "".join(f"<p><a href='/n/{n}'>소식 {n}</a><i>2026-02-01</i></p>" for n in range(4000))
    read = read_listing(page.encode(), url="https://a.example/", source=source("x", Board()), now=NOW)
    assert len(read.entries) == 3000


def test_a_selector_that_is_none_is_told() -> None:
    with pytest.raises(NotAList, match="no CSS"):
        read_listing(sheet(1), url="https://a.example/", source=source("x", Board(row="li[")), now=NOW)


def test_addresses_lose_what_belongs_to_the_reader() -> None:
    assert (
        plain_address("https://a.example/v.do;jsessionid=1F?id=1&pageIndex=2&searchWrd=#c")
        == "https://a.example/v.do?id=1"
    )
    in_korean = "https://a.example/v.do?cat=%BA%B8%B5%B5%C0%DA%B7%E1&id=1"  # in EUC-KR, as old boards write it
    assert plain_address(f"{in_korean}&page=3") == in_korean
    assert page_address(BOARD, in_korean, 2) == f"{in_korean}&page=2"
    assert plain_address("https://a.example/v.do?id=%EA%B0%80&b=+") == "https://a.example/v.do?id=%EA%B0%80&b=+"


def test_a_day_without_a_year_is_the_latest_that_has_come() -> None:
    assert listed("02-13", now=NOW, zone=SEOUL) == datetime(2026, 2, 13, tzinfo=SEOUL)
    assert listed("02-14", now=NOW, zone=SEOUL) == datetime(2025, 2, 14, tzinfo=SEOUL)
