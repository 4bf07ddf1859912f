"""What pages keep back: directives to robots, and articles for subscribers."""

import pytest

from archive.records.incoming import Page
from collectors.articles import read_page
from collectors.page_terms import reserved_in

LINES = [
    "한빛시가 복지 상담 창구에 인공지능 도우미를 놓는다고 12일 밝혔다.",
    "도우미는 주민이 말로 물으면 받을 수 있는 지원과 필요한 서류를 찾아 알려 준다.",
]
STUB = "".join(f"<p>{line}</p>" for line in LINES)
WHOLE = "".join(
    f"<p>{line} {number}번째 동에서도 같은 방식으로 준비하고 있다.</p>" for number in range(8) for line in LINES
)


def page(body: str, head: str = "", robots: str = "") -> Page:
    html = (
        f'<html lang="ko"><head>{head}</head><body><article><div id="articleBody">{body}</div></article></body></html>'
    )
    return read_page(html.encode(), url="https://hanbit.example/1", robots=robots)


@pytest.mark.parametrize(
    ("directives", "reserved"),
    [
        ("", ""),
        ("index, follow", ""),
        ("NOARCHIVE, max-image-preview:large", "noarchive"),
        ("nocache", "noarchive"),
        ("noarchive,nosnippet", "nosnippet"),
        ("max-snippet:0", "nosnippet"),
        ("max-snippet:-1, max-video-preview:-1", ""),
        ("max-snippet:160", ""),
        ("googlebot: nosnippet", ""),
        ("donghyang: noarchive", "noarchive"),
        ("none", ""),
    ],
)
def test_directives_to_robots_are_read_as_search_engines_read_them(directives: str, reserved: str) -> None:
    assert reserved_in(directives) == reserved


def test_the_stricter_of_page_and_server_holds() -> None:
    head = '<meta name="robots" content="noarchive">'
    assert page(STUB, head).reserved == "noarchive"
    assert page(STUB, head, robots="nosnippet").reserved == "nosnippet"
    assert page(STUB, robots="googlebot: noarchive").reserved == ""


@pytest.mark.parametrize(
    "call",
    [
        "이 기사는 구독자 전용입니다.",
        "유료회원만 볼 수 있는 기사입니다.",
        "로그인 하시면 기사 전문을 보실 수 있습니다.",
        "전체 기사를 보려면 구독해 주세요.",
        "프리미엄 회원 전용 콘텐츠",
        "Subscribe to continue reading.",
        "This article is for subscribers",
        "Sign in to keep reading",
    ],
)
def test_a_stub_that_calls_for_subscribers_is_marked(call: str) -> None:
    assert page(f"{STUB}<p>{call}</p>").paywall
    assert not page(f"{WHOLE}<p>{call}</p>").paywall  # the whole article is there


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>',
        '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>',
        '<meta property="article:content_tier" content="locked">',
    ],
)
def test_a_page_that_says_so_itself_is_marked(head: str) -> None:
    assert page(WHOLE, head).paywall


@pytest.mark.parametrize(
    "line",
    [
        "회사는 유료 구독자가 백만 명을 넘었다고 밝혔다.",
        "구독 서비스를 해지하는 이용자도 늘었다.",
        "시는 회원 가입 없이 쓸 수 있다고 했다.",
        "The company said subscribers doubled.",
    ],
)
def test_news_about_subscriptions_is_not(line: str) -> None:
    assert not page(f"{STUB}<p>{line}</p>").paywall


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert('존재하지 않는 기사입니다.'); history.back();</script>",
        '<script>alert("삭제된 게시물입니다.");location.href="/";</script>',
        "<title>한빛일보</title><p>해당 기사는 삭제되었거나 존재하지 않습니다.</p>",
        "<title>페이지를 찾을 수 없습니다 - 한빛일보</title><p>요청하신 페이지를 찾을 수 없습니다.</p>",
        "<p>요청하신 기사가 존재하지 않습니다.</p><a href='/'>처음으로</a>",
        "<title>404 Not Found</title><h1>Not Found</h1>",
        "<title>Gaon Labs</title><h1>Page not found</h1><p>Try the search.</p>",
    ],
)
def test_a_page_that_says_there_is_no_article(body: str) -> None:
    assert read_page(f"<html><body>{body}</body></html>".encode(), url="https://a.example/1").missing


@pytest.mark.parametrize(
    "line",
    [
        "삭제된 게시물을 되살리는 인공지능 서비스가 나왔다고 회사는 밝혔다.",
        "시는 누리집에 없는 자료 300건을 새로 공개한다고 12일 밝혔다.",
        "Researchers found pages that no longer exist in most training sets, the paper says.",
        "이 사건의 기사는 지난해 처음 보도되었다.",
    ],
)
def test_news_about_missing_things_is_not_missing(line: str) -> None:
    page = read_page(
        f"<html><title>한빛일보</title><article><p>{line}</p></article></html>".encode(), url="https://a.example/1"
    )
    assert not page.missing
