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
