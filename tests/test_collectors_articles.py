"""Article pages, all written for these tests, and whatever bytes hypothesis finds."""

import json
import pickle
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.records.incoming import Page
from collectors.arbitration import Candidate, best
from collectors.articles import read_page
from collectors.blocks import lines_of, parse, text_of_html
from collectors.boilerplate import cleaned
from collectors.page_dates import published
from collectors.page_facts import authors_of, canonical_of, title_of
from collectors.script_state import from_states, json_ld

SEOUL = ZoneInfo("Asia/Seoul")
KST = timezone(timedelta(hours=9))
URL = "https://www.hangang.example/news/articleView.html?idxno=1042"
BODY = [
    "(한강시=한강일보) 김하늘 기자 = 한강시가 내달부터 시내버스 정류장 백이십 곳에 인공지능 안내판을 단다.",
    "안내판은 승객이 한국어와 영어로 물으면 도착 시각과 갈아탈 노선을 소리로 알려 준다.",
    "시는 지난해 겨울 두 달 동안 정류장 다섯 곳에서 시험했고, 이용자 여든여덟 명 가운데 일흔한 명이 편리했다고 답했다.",
    "예산은 모두 십이억 원이며 유지 관리는 시 교통정보센터가 맡는다고 박두리 교통과장이 밝혔다.",
]
TITLE = "한강시, 버스 정류장에 인공지능 안내판"
TAIL = """<p>김하늘 기자 sky@hangang.example</p><p>#인공지능 #버스 #한강시</p>
<p>제보는 카카오톡 '한강일보', 전화 000-123-4567로 기다립니다.</p>
<p>저작권자 © 한강일보 무단전재 및 재배포 금지, AI 학습 이용 금지</p>"""
MENU = "".join(
    f'<li><a href="/s{n}">{name}</a></li>' for n, name in enumerate(["정치", "경제", "사회", "문화", "스포츠"])
)


def press_page(body: str = "", head: str = "") -> str:
    """A page as the publishing system of the regional press writes it."""
    paragraphs = body or "".join(f"<p>{line}</p>" for line in BODY)
    return f"""<!DOCTYPE html><html lang="ko"><head><title>{TITLE} - 한강일보</title>
<meta property="og:site_name" content="한강일보"><meta property="og:title" content="{TITLE} - 한강일보">{head}</head>
<body><nav><ul>{MENU}</ul></nav><h3>{TITLE}</h3>
<ul class="infomation"><li>기자명 김하늘 기자</li><li>입력 2026.02.19 17:30</li><li>수정 2026.02.20 09:12</li></ul>
<article id="article-view-content-div" itemprop="articleBody">{paragraphs}
<figure><img src="a.jpg"><figcaption>한강시청 앞 정류장</figcaption></figure>
<p><a href="/news/1">▶ 관련기사 한강시, 도서관 로봇 도입</a></p>{TAIL}</article>
<section><h4>많이 본 뉴스</h4><ul><li><a href="/2">눈 소식에 출근길 비상</a></li></ul></section>
<footer>등록번호: 한강 아 00012 | 등록(발행)일자: 2011년 07월 26일 | 발행인: 이대표</footer></body></html>"""


def read(text: str, url: str = URL) -> Page:
    return read_page(text.encode(), url=url)


def test_a_korean_press_page_gives_its_article_and_nothing_around_it() -> None:
    page = read(press_page(head=f'<link rel="canonical" href="{URL}&amp;utm_source=x">'))
    assert page.text == "\n".join(BODY)
    assert page.title == TITLE
    assert page.published == datetime(2026, 2, 19, 17, 30, tzinfo=KST)
    assert page.published_from == "visible"
    assert page.authors == ("김하늘",)
    assert page.lang == "ko"
    assert "idxno=1042" in page.canonical
    assert "utm_source" not in page.canonical
    assert page.extractor


def test_a_page_in_cp949_is_read_whatever_it_calls_itself() -> None:
    text = press_page(head='<meta charset="euc-kr">').replace("백이십 곳", "똠방각하 곳")
    page = read_page(
        text.encode("cp949", "xmlcharrefreplace"), url=URL, content_type="text/html; charset=ks_c_5601-1987"
    )
    assert "똠방각하 곳에 인공지능 안내판" in page.text
    assert page.title == TITLE


def test_a_short_article_is_found_without_the_page_around_it() -> None:
    short = "오늘 새벽 한강시의 한 데이터센터에서 불이 나 이십 분 만에 꺼졌습니다.<br>다친 사람은 없었습니다."
    page = read(f"<html><body><ul>{MENU}</ul><div class='news_txt'>{short}</div><ul>{MENU}</ul></body></html>")
    assert page.text.startswith("오늘 새벽 한강시의")
    assert "정치" not in page.text
    assert len(page.text) < 80


@pytest.mark.parametrize("form", ["arc", "next", "flight", "flight-text", "json-ld"])
def test_an_article_that_only_a_script_knows_is_found(form: str) -> None:
    html = "".join(f"<p>{line}</p>" for line in BODY)
    scripts = {
        "arc": "<script>window.Fusion={};Fusion.globalContent="
        + json.dumps({"content_elements": [{"type": "text", "content": line} for line in BODY]})
        + ";Fusion.x={}</script>",
        "next": '<script id="__NEXT_DATA__" type="application/json">'
        + json.dumps({"props": {"pageProps": {"article": {"title": TITLE, "contentHtml": html}}}})
        + "</script>",
        "flight": "<script>self.__next_f.push("
        + json.dumps([1, "5:" + json.dumps(["$", "div", None, {"contentHtml": html}]) + "\n"])
        + ")</script>",
        "flight-text": "<script>self.__next_f.push("
        + json.dumps([1, f"1a:T{len(html.encode()):x},"])
        + ")</script><script>self.__next_f.push("
        + json.dumps([1, html + '2b:{"content":"$1a"}\n'])
        + ")</script>",
        "json-ld": '<script type="application/ld+json">'
        + json.dumps({"@graph": [{"@type": "NewsArticle", "articleBody": "\n".join(BODY)}]})
        + "</script>",
    }
    page = read(f"<html><head>{scripts[form]}</head><body><div id='root'></div></body></html>")
    assert page.text == "\n".join(BODY)
    assert page.extractor.startswith(("state:", "json-ld"))


def test_an_english_page_is_read() -> None:
    paragraphs = [
        "The city of Hangang will fit one hundred and twenty bus stops with signs that talk in two languages.",
        "A trial last winter ran at five stops, and seventy-one of the eighty-eight people asked called it useful.",
        "The budget is 1.2 billion won, and the transport information centre will maintain the signs, officials said.",
    ]
    data = {
        "@type": "NewsArticle",
        "headline": "Talking bus stops",
        "datePublished": "2026-02-19T08:30:00Z",
        "author": [{"@type": "Person", "name": "Ann Example"}, {"name": "Bo Sample"}],
    }
    page = read(
        f"<html lang=en><head><script type='application/ld+json'>{json.dumps(data)}</script></head><body><main>"
        f"<article><h1>Talking bus stops</h1>{''.join(f'<p>{text}</p>' for text in paragraphs)}</article></main>",
        url="https://news.example/1",
    )
    assert all(text in page.text for text in paragraphs)
    assert (page.title, page.lang) == ("Talking bus stops", "en")
    assert page.published == datetime(2026, 2, 19, 8, 30, tzinfo=UTC)
    assert page.published_from == "json-ld"
    assert page.authors == ("Ann Example", "Bo Sample")


DATES = [
    ('<meta property="article:published_time" content="2026-02-19T17:30:00+09:00">', "", "meta"),
    ('<meta name="pubdate" content="20260219173000">', "", "meta"),
    (
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-02-19T08:30:00Z"}</script>',
        "",
        "json-ld",
    ),
    (
        "",
        '<time class="updated" datetime="2026-02-20T01:00Z"></time><time datetime="2026-02-19T17:30+09:00"></time>',
        "time",
    ),
    ("", "<p>입력 2026-02-19 17:30</p>", "visible"),
    ("", "<p>최초입력: 2026.02.19. 오후 5:30 | 수정 2026.02.20. 오전 9:00</p>", "visible"),
    ("", "<p>최종수정 2026.02.20 09:00</p><p>송고시간 2026년 2월 19일 17시 30분</p>", "visible"),
    ("", "<p>2026.02.19 (목) 17:30</p>", "visible"),
    # A machine that writes Seoul time and calls it UTC is corrected by the stamp readers see.
    (
        '<meta property="article:published_time" content="2026-02-19T17:30:00Z">',
        "<p>등록 2026-02-19 17:30:00</p>",
        "visible",
    ),
    # A date alone is made exact by a later source of that day.
    (
        """<script type="application/ld+json">{"@type":"Article","datePublished":"2026-02-19"}</script>
        <meta property="article:published_time" content="2026-02-19T17:30:00+09:00">""",
        "",
        "meta",
    ),
]


@pytest.mark.parametrize(("head", "body", "place"), DATES)
def test_the_date_is_found_to_the_minute(head: str, body: str, place: str) -> None:
    page = read(f"<html><head>{head}</head><body><p>{BODY[0]}</p><p>{BODY[1]}</p>{body}</body></html>")
    assert page.published == datetime(2026, 2, 19, 17, 30, tzinfo=KST)
    assert page.published_from == place


@pytest.mark.parametrize(
    "body",
    [
        "<p>수정 2026.02.20 09:12</p>",
        "<p>최종편집 2026-02-20 09:12</p>",
        "<footer>등록(발행)일자: 2011년 07월 26일</footer>",
        "<p>등록일자: 2021.10.28</p>",
        "<time datetime='2026-02-20T09:12' class='updated'></time>",
        "<meta name='date' content='not a date'>",
    ],
)
def test_what_is_no_date_of_publication_is_not_taken(body: str) -> None:
    page = read(f"<html><body><p>{BODY[0]}</p>{body}</body></html>")
    assert (page.published, page.published_from) == (None, "")


def test_a_date_without_zone_is_read_where_the_page_is_at_home() -> None:
    root = parse("<html><head><meta name='date' content='2026-02-19 17:30'></head><body>x</body></html>")
    assert root is not None
    assert published(root, [], [], zone=SEOUL)[0] == datetime(2026, 2, 19, 17, 30, tzinfo=KST)
    assert published(root, [], [], zone=ZoneInfo("UTC"))[0] == datetime(2026, 2, 19, 17, 30, tzinfo=UTC)


TAILS = [
    "무단전재 및 재배포 금지",
    "[ⓒ 한강일보, 무단 전재-재배포 금지]",
    "Copyright © 한강일보. All rights reserved.",
    "저작권자(c) 한강방송 무단전재, 재배포 및 AI 학습 이용 금지",
    "※ '당신의 제보가 뉴스가 됩니다'",
    "[카카오톡] 한강방송 검색해 채널 추가",
    "▷ 전화 02-000-0000",
    "▷ 이메일 tip@hangang.example",
    "한강방송 뉴스는 24시간 여러분의 제보를 기다립니다.",
    "#인공지능 #버스정류장 #한강시",
    "김하늘 기자 sky@hangang.example",
    "(한강=한강통신) 박두리 특파원",
    "sky@hangang.example",
    "(끝)",
    "(사진=한강시 제공)",
    "영상편집: 최세찬",
    "▶ 한강시, 도서관 로봇도 들인다",
    "☞ 기사 원문 보기",
    "관련기사",
    "https://hangang.example/1",
]


@pytest.mark.parametrize("tail", TAILS)
def test_what_follows_a_korean_article_is_cut(tail: str) -> None:
    assert cleaned("\n".join([*BODY, tail, "(끝)"])) == "\n".join(BODY)


@pytest.mark.parametrize(
    "last",
    [
        "저작권자의 동의 없이 무단 전재하고 배포한 혐의로 회사 대표가 재판에 넘겨졌다.",
        "그는 구독과 광고를 함께 파는 전략이 인공지능 시대에도 통한다고 말했다.",
        "시민 제보 전화가 하루 이백 통을 넘었다고 경찰은 밝혔다.",
        "▶ 앞으로 계획은? 올해 안에 다른 도시에도 안내판을 놓을 생각입니다.",
        "이 앱 다운로드는 석 달 만에 백만 건을 넘어섰다.",
    ],
)
def test_a_last_sentence_about_such_things_stays(last: str) -> None:
    text = "\n".join([*BODY, last])
    assert cleaned(text) == text


def test_lines_in_the_middle_are_never_touched() -> None:
    text = "\n".join([BODY[0], "#인공지능 #버스", "▶ 어떻게 시작했나", "무단전재 및 재배포 금지", *BODY[1:]])
    assert cleaned(text) == text


def test_title_and_stamps_before_the_text_are_cut() -> None:
    text = "\n".join([TITLE, "입력 2026-02-19 17:30:00", "수정2026-02-20 09:00", *BODY])
    assert cleaned(text, TITLE) == "\n".join(BODY)


def test_an_article_is_never_cleaned_away() -> None:
    text = "\n".join(["#가", *TAILS])
    assert cleaned(text) == text
    assert cleaned("") == ""


@given(
    st.lists(st.sampled_from([*TAILS, *BODY, TITLE, "", "  ", "입력 2026-02-19 17:30"]), max_size=12),
    st.text(max_size=200),
)
@settings(max_examples=60, deadline=None)
def test_cleaning_takes_lines_from_the_ends_only_and_once(lines: list[str], more: str) -> None:
    text = "\n".join([*lines, more])
    result = cleaned(text, TITLE)
    kept = [line for line in text.split("\n") if line.strip()]
    assert result == text or result.split("\n") in [
        kept[start:end] for start in range(len(kept)) for end in range(start, len(kept) + 1)
    ]


def test_the_text_most_agreed_with_wins_and_a_page_s_own_data_only_alone() -> None:
    article, whole, state = "\n".join(BODY), "\n".join([*BODY, "정치 경제 사회 " * 60]), "다른 글이다. " * 40
    assert best([]) is None
    three = [Candidate("container", article), Candidate("readability", article), Candidate("trafilatura", whole)]
    assert best(three) == three[0]
    alone = [
        Candidate("state:arc", state),
        Candidate("readability", "정치 경제"),
        Candidate("trafilatura", "사회 문화"),
    ]
    assert best(alone) == alone[0]
    against = [Candidate("state:arc", state), Candidate("readability", article), Candidate("trafilatura", article)]
    assert best(against) == against[1]


def test_titles() -> None:
    def title(head: str, body: str = "") -> str:
        root = parse(f"<html><head>{head}</head><body>{body}x</body></html>")
        assert root is not None
        return title_of(root, json_ld(root))

    assert title("<title>안내판 단다 | 한강일보</title>") == "안내판 단다"
    assert title("<title>안내판</title>", "<h1>버스 <b>안내판</b> 단다</h1>") == "버스 안내판 단다"
    assert title('<title>x</title><meta property="og:title" content="안내판 &lt;1&gt;">') == "안내판 <1>"
    data = {"@type": "NewsArticle", "headline": "시장 &quot;안내판 단다&quot;"}
    assert title(f'<script type="application/ld+json">{json.dumps(data)}</script>') == '시장 "안내판 단다"'
    assert title("") == ""


def test_authors_are_people() -> None:
    def authors(head: str, text: str = "") -> tuple[str, ...]:
        root = parse(f"<html><head>{head}</head><body>x</body></html>")
        assert root is not None
        return authors_of(root, json_ld(root), text)

    assert authors('<meta name="author" content="By Ann Example, Bo Sample">') == ("Ann Example", "Bo Sample")
    assert authors('<meta name="author" content="https://facebook.com/hangang">', "글.\n김하늘·박두리 기자") == (
        "박두리",
    )
    assert authors("", "(한강=한강일보) 김하늘 기자 = 글") == ("김하늘",)
    assert authors("", "취재기자가 본 한강") == ()
    assert authors('<script type="application/ld+json">{"@type":"Article","author":"김하늘 기자"}</script>') == (
        "김하늘",
    )


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<link rel="canonical" href="/news/1?utm_source=a">', "https://hangang.example/news/1"),
        ('<meta property="og:url" content="https://m.hangang.example/news/2">', "https://hangang.example/news/2"),
        ('<link rel="canonical" href="https://hangang.example/">', ""),
        ('<link rel="canonical" href="javascript:void(0)">', ""),
        ('<link rel="canonical" href="http://[bad">', ""),
        ("", ""),
    ],
)
def test_the_address_a_page_calls_its_own(head: str, expected: str) -> None:
    root = parse(f"<html><head>{head}</head><body>x</body></html>")
    assert root is not None
    assert canonical_of(root, URL) == expected


def test_lines_follow_blocks_and_leave_out_what_is_not_text() -> None:
    root = parse(
        "<div>가<b>나</b><p hidden>x</p>다<br>라<script>y</script><p><a href=1>링크</a></p>"
        "<p>마 <a href=2>바</a></p></div>"
    )
    assert root is not None
    assert lines_of(root) == ["가나", "다", "라", "마 바"]
    assert text_of_html("가 &amp; 나\n\n 다") == "가 & 나\n다"


@pytest.mark.parametrize(
    "script",
    [
        "Fusion.globalContent={",
        "Fusion.globalContent=" + "[" * 5000,
        "self.__next_f.push([1," * 20_000,
        "window.state={" * 20_000,
        'self.__next_f.push([1,"1a:Tffffffff,x"])',
        'window.__DATA__={"body": 5, "content": ["a", 1], "text": "\\ud800' + "긴 글 " * 60 + '"}',
    ],
)
def test_broken_states_are_no_trouble(script: str) -> None:
    root = parse(f"<html><body><script>{script}</script></body></html>")
    assert root is not None
    found = from_states(root)
    assert found is None or found.text.encode()
    assert read(f"<html><body><script>{script}</script></body></html>").title == ""


PIECES = [
    *("<html>", "<p>", "</div>", "<div>", "<article>", "<time datetime=", "<meta property='og:title' content='"),
    *('<script type="application/ld+json">', '{"@type":"Article","datePublished":', "</script>", "'>", '"}', "<!--"),
    *("입력 2026-13-45 99:99", "&#0;", "&#xd800;", "<title>", "<base href='http://['>", "\x00", "\ufffe", *BODY),
]
HTML = st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=25).map("".join)


@given(HTML.map(str.encode) | st.binary(max_size=400))
@example(b"")
@example(b"\xff\xfe")
@example(b"<?xml version='1.0' encoding='utf-16'?><html><body>x</body></html>")
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_a_page_and_can_be_stored(body: bytes) -> None:
    page = read_page(body, url="https://hangang.example/x", content_type="text/html; charset=nonsense")
    for text in (page.title, page.text, page.canonical, *page.authors):
        assert "\0" not in text
        assert text.encode() is not None
    assert page.published is None or page.published.tzinfo is not None
    assert bool(page.text) <= bool(page.extractor)


def test_a_monstrous_page_is_read_in_bounds() -> None:
    deep = "<div>" * 30_000 + BODY[0]
    wide = f"<div id='articleBody'>{BODY[0]}</div>" + "<i>x</i>" * 60_000
    long = f"<p>{BODY[0]}</p>" + "<!-- -->" + "글 " * 250_000
    assert read(deep).lang in {"ko", "other"}
    assert read(wide).text == BODY[0]
    assert len(read(long).text) <= 200_000


def test_a_page_can_be_read_in_another_process() -> None:
    assert pickle.loads(pickle.dumps(read_page)) is read_page  # noqa: S301 - our own bytes
    assert pickle.loads(pickle.dumps(read(press_page()))) == read(press_page())  # noqa: S301 - our own bytes
