"""Copies are found; look-alikes of a daily series are not."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import duplicates
from analysis.headlines import comparable, headline, in_series
from archive.records.incoming import Article, Document, Tokens
from archive.records.words import ArticleId, SourceId

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
TEXT = (
    "새솔시는 다음 달부터 시청 민원실에 인공지능 상담 창구를 둔다고 밝혔다. "
    "이 창구는 여권과 전입 신고처럼 자주 묻는 일을 먼저 안내하고, 어려운 물음은 담당 공무원에게 넘긴다. "
    "시는 석 달 동안 시범 운영한 뒤 동 주민센터로 넓힐 계획이다. "
    "이용한 시민의 만족도를 매주 살펴 고칠 점을 찾기로 했다."
)


def document(name: str, title: str, text: str = "", *, hours: float = 0, url: str = "") -> Document:
    article = Article(
        id=ArticleId(name),
        url=url or f"https://news.example/{name}",
        canonical=url or f"https://news.example/{name}",
        title=title,
        lang="ko",
        published=START + timedelta(hours=hours),
        published_from="feed",
        seen=START + timedelta(hours=hours),
        authors=(),
        outlet="새소식",
        family="새소식",
        source=SourceId("s"),
        role="press",
        rights="link",
        extractor="feed",
        candidate=True,
    )
    return Document(article=article, text=text, tokens=Tokens(version="1", title=(), text=()))


def test_the_same_address_is_a_copy_of_the_earlier() -> None:
    one = document("a", "새솔시, AI 상담 창구 연다", url="https://news.example/1")
    other = document("b", "AI 상담 창구를 여는 새솔시", url="https://news.example/1", hours=5)
    assert duplicates.find([other, one]) == {"b": ("a", "address")}


def test_tags_and_outlets_do_not_make_another_headline() -> None:
    one = document("a", "[속보] 새솔시, 민원실에 AI 상담 창구")
    other = document("b", "새솔시 민원실에 'AI 상담 창구'(종합) - 새소식신문", hours=3)
    assert duplicates.find([one, other]) == {"b": ("a", "title")}


def test_nearly_the_same_text_is_a_copy() -> None:
    one = document("a", "새솔시 AI 창구", TEXT)
    other = document("b", "민원실에 온 인공지능", "[새소식=홍길동 기자] " + TEXT.replace("매주", "날마다"), hours=30)
    third = document("c", "민원실 이야기", TEXT[::-1], hours=31)
    assert duplicates.find([third, other, one]) == {"b": ("a", "text")}


WIRE = (
    f"{TEXT} 시는 지난해 상담 기록 오만 건을 살펴 물음을 스무 갈래로 나누었다고 설명했다. "
    "개인정보는 창구 밖으로 나가지 않으며, 잘못된 답은 담당 공무원이 바로잡는다고 덧붙였다."
)
SENTENCES = WIRE.split(". ")
REWRITTEN = {
    "a brief of half the length": WIRE[: len(WIRE) // 2],
    "other endings": WIRE.replace("밝혔다", "전했다").replace("넘긴다", "넘깁니다").replace("계획이다", "예정이다"),
    "other spacing": WIRE.replace("인공지능 상담", "인공지능상담")
    .replace("시범 운영", "시범운영")
    .replace(" 한 ", "한 "),
    "a byline and a notice": f"(새솔=가온뉴스) 홍길동 기자 = {WIRE} 무단 전재 및 재배포 금지",
    "a sentence left out": ". ".join([*SENTENCES[:2], *SENTENCES[3:]]),
}


@pytest.mark.parametrize("copy", REWRITTEN.values(), ids=REWRITTEN)
def test_a_rewritten_wire_text_is_a_copy(copy: str) -> None:
    one = document("a", "새솔시, 민원실에 AI 상담 창구", WIRE)
    other = document("b", "이제 민원도 인공지능에게 묻는다", copy, hours=4)
    assert duplicates.find([one, other]) == {"b": ("a", "text")}


@pytest.mark.parametrize(
    "title",
    [
        "[속보] 새솔시 민원실에 AI 상담 창구 연다",
        "[종합] 새솔시, 민원실에 'AI 상담 창구' 연다",
        "[단독]새솔시 민원실에 AI 상담 창구 연다(종합2보)",
        "새솔시 민원실에 AI 상담 창구 연다 | 가온일보",
        "새솔시 민원실에 AI 상담 창구 연다 - 새소식",
    ],
)
def test_a_wire_headline_with_a_desks_marks_is_a_copy(title: str) -> None:
    one = document("a", "새솔시 민원실에 AI 상담 창구 연다")
    assert duplicates.find([one, document("b", title, hours=2)]) == {"b": ("a", "title")}


def test_ten_outlets_of_one_wire_text_are_one_article() -> None:
    papers = [document(f"p{n}", f"새솔시 AI 창구 소식, {n}번째 신문 제목", TEXT, hours=n) for n in range(10)]
    assert duplicates.find(papers) == {f"p{n}": ("p0", "text") for n in range(1, 10)}


TEMPLATES = {
    "[인사] 새솔시": "◇ 과장급 전보 ▲ 총무과장 {} ▲ 기획과장 {} ▲ 정보통신과장 {} ▲ 세정과장 {} " * 4,
    "[부고] 홍길동씨 부친상": "빈소 새솔의료원 장례식장 {}호실, 발인 {}일 오전 {}시, 장지 새솔추모공원, 연락처 {} " * 4,
    "오늘의 증시": "코스피는 전 거래일보다 {} 오른 {}에, 코스닥은 {} 내린 {}에 거래를 마쳤다고 한국거래소가 밝혔다 "
    * 4,
    "[표] 농산물 도매가격": "배추 10킬로그램 {}원, 무 20킬로그램 {}원, 양파 1킬로그램 {}원, 대파 1킬로그램 {}원 " * 4,
}


@pytest.mark.parametrize(("title", "text"), TEMPLATES.items(), ids=TEMPLATES)
def test_pages_of_one_template_are_no_copies(title: str, text: str) -> None:
    pages = [document(f"t{n}", title, text.format(*range(n, n + 16)), hours=24 * n) for n in range(5)]
    assert duplicates.find(pages) == {}


def test_what_every_article_of_an_outlet_says_is_no_text_of_its_own() -> None:
    notice = (
        "이 기사는 새소식의 기사 작성 준칙에 따라 쓰였으며 잘못된 곳이 있으면 고충처리인에게 알려 주시기 바랍니다. " * 3
    )
    articles = [document(f"n{n}", f"서로 다른 소식 {chr(0xAC00 + 97 * n)}", notice, hours=n / 10) for n in range(80)]
    assert duplicates.find(articles) == {}


def test_a_week_apart_is_no_copy() -> None:
    documents = [
        document("a", "새솔시 AI 창구를 연다", TEXT),
        document("b", "새솔시 AI 창구를 연다", TEXT, hours=24 * 8),
    ]
    assert duplicates.find(documents) == {}


def test_a_daily_series_is_not_its_own_copy() -> None:
    days = [document(f"d{day}", "코스피 상승 출발", TEXT, hours=24 * day) for day in range(3)]
    assert duplicates.find(days) == {}
    assert in_series("[인사] 새솔시")
    assert in_series("오늘의 운세")
    assert not in_series("새솔시, 인사에 AI 쓴다")


def test_short_headlines_meet_by_chance() -> None:
    assert duplicates.find([document("a", "AI 시대"), document("b", "AI 시대", hours=1)]) == {}


def test_nothing_in_nothing_out() -> None:
    assert duplicates.find([]) == {}


@settings(deadline=None, max_examples=20)  # the first example pays for loading scikit-learn
@given(st.permutations(range(6)))
def test_order_does_not_matter(order: list[int]) -> None:
    documents = [document(f"x{i}", f"새솔시 로봇 도입 계획 {i % 2}", hours=i) for i in range(6)]
    assert duplicates.find([documents[i] for i in order]) == duplicates.find(documents)


@given(st.text())
def test_a_headline_is_stable(title: str) -> None:
    assert isinstance(headline(title), str)
    assert comparable(comparable(title)) == comparable(title)
