"""The one gate for text: never more than the rights allow, and always the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records.editing import Shown
from archive.records.words import Rights
from archive.rights import EXCERPT, permitted, show
from archive.sentences import is_whole, sentences
from tests.builders import an_article

PIECES = st.sampled_from(
    [
        "시는 밝혔다.",
        "3.5% 늘었다. ",
        '"된다."라고',
        "\n",
        " ",
        "[서울=뉴시스] ",
        "U.S. ",
        "Dr. Kim said so. ",
        "(사진=시청)",
        "가" * 250,
        "a word " * 40,
        "…",
        "정말?",
        "“닫히지 않는",
        "□ 안건",
        "\u200b",
        "\0",
        "2026. 2. 8. ",
    ]
)  # fmt: skip - a palette
TEXTS = st.one_of(st.text(max_size=600), st.lists(PIECES, max_size=30).map("".join))


@given(TEXTS)
def test_an_excerpt_is_never_over_its_limit(text: str) -> None:
    excerpt = permitted("excerpt", text)
    assert len(" ".join(excerpt)) <= EXCERPT
    assert permitted("excerpt", text) == excerpt


@given(TEXTS)
def test_a_link_shows_no_text_at_all(text: str) -> None:
    assert permitted("link", text) == ()


@given(TEXTS)
def test_what_is_shown_is_word_for_word(text: str) -> None:
    """But for blanks and what nobody sees, each sentence stands in the text; all of them in their order."""
    flat = "".join("".join(sentences(text)).split())
    whole = iter("".join(text.split()))
    assert all(sign in whole for sign in flat)
    excerpt = permitted("excerpt", text)
    assert all(one in sentences(text) for one in excerpt if not one.endswith("…"))
    assert permitted("full", text) == sentences(text)


@given(TEXTS)
def test_sentences_of_sentences_are_no_empty_ones(text: str) -> None:
    assert all(one.strip() == one and one for one in sentences(text))


def test_an_excerpt_is_the_leading_whole_sentences() -> None:
    text = "소제목\n시는 버스를 바꾼다. " + "내년부터 모든 노선에서 " * 8 + "달린다. " + "다음 문장이다. " * 20
    excerpt = permitted("excerpt", text)
    assert excerpt[0] == "시는 버스를 바꾼다."
    assert excerpt[1].endswith("달린다.")
    assert set(excerpt[2:]) == {"다음 문장이다."}
    assert EXCERPT - len("다음 문장이다. ") < len(" ".join(excerpt)) <= EXCERPT


def test_one_long_sentence_is_cut_at_a_word() -> None:
    (shown,) = permitted("excerpt", "아주 길고 " * 60 + "끝난다. 다음 문장이다.")
    assert shown.endswith(("아주…", "길고…"))
    assert EXCERPT - len("아주 길고 ") < len(shown) <= EXCERPT


def test_a_text_the_feed_broke_off_is_shown_up_to_its_last_whole_sentence() -> None:
    assert permitted("excerpt", "시는 버스를 바꾼다. 내년부터 모든 노선에..") == ("시는 버스를 바꾼다.",)
    assert permitted("excerpt", "내년부터 모든 노선에") == ("내년부터 모든 노선에",)


@pytest.mark.parametrize(("rights", "excerpt"), [("link", ()), ("excerpt", ("본문이다.",)), ("full", ("본문이다.",))])
def test_an_article_is_shown_as_its_rights_allow(rights: Rights, excerpt: tuple[str, ...]) -> None:
    article = an_article(rights=rights)
    assert show(article, "본문이다.") == Shown(
        article=article.id, title=article.title, url=article.url, excerpt=excerpt
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("매출은 3.5% 늘었다. GPT-4.1은 빠르다.", ["매출은 3.5% 늘었다.", "GPT-4.1은 빠르다."]),
        ("발표는 2026. 2. 8. 열린다. 장소는 시청이다.", ["발표는 2026. 2. 8. 열린다.", "장소는 시청이다."]),
        (
            '"바꾼다. 곧 한다."라고 했다. 이어 "된다." 라며 웃었다.',
            ['"바꾼다. 곧 한다."라고 했다.', '이어 "된다." 라며 웃었다.'],
        ),
        ("“끝났다.” 그는 떠났다.", ["“끝났다.”", "그는 떠났다."]),
        ("바꾼다.이어 늘린다.그리고 끝낸다.", ["바꾼다.", "이어 늘린다.", "그리고 끝낸다."]),
        ("촉구했다.19일(현지시간) 회의가 열렸다.□첫째다.", ["촉구했다.", "19일(현지시간) 회의가 열렸다.", "첫째다."]),
        ("누리집은 city.example.kr이다. 버전은 v2.0.1이다.", ["누리집은 city.example.kr이다.", "버전은 v2.0.1이다."]),
        ("정말 될까? 된다! 그렇다.", ["정말 될까?", "된다!", "그렇다."]),
        ("삼성전자… 2분기 실적을 냈다.", ["삼성전자… 2분기 실적을 냈다."]),
        (
            "시(市)가 정했다(조례 제3조. 2025년 개정). 곧 시행한다.",
            ["시(市)가 정했다(조례 제3조. 2025년 개정).", "곧 시행한다."],
        ),
        ("첫째 항목임\n둘째 항목함", ["첫째 항목임", "둘째 항목함"]),
        ("□ 시는 정했다.\n ㅇ 예산은 1.5억 원임\n - 곧 시행", ["시는 정했다.", "예산은 1.5억 원임", "곧 시행"]),
        ("The U.S. will act. It met Mr. Kim vs. Dr. Lee.", ["The U.S. will act.", "It met Mr. Kim vs. Dr. Lee."]),
        (
            "He works at Apple Inc. The firm grew 2.5%. J. K. Park left.",
            ["He works at Apple Inc.", "The firm grew 2.5%.", "J. K. Park left."],
        ),
        (
            '"Is it?" he asked. "Yes." She left, e.g. by car.',
            ['"Is it?" he asked.', '"Yes."', "She left, e.g. by car."],
        ),
        ("It has a 5 p.m. deadline. No. 1 won.", ["It has a 5 p.m. deadline.", "No. 1 won."]),
    ],
)  # fmt: skip - pairs read best beside each other
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert list(sentences(text)) == expected


@pytest.mark.parametrize(
    "byline",
    [
        "[서울=뉴시스] 홍길동 기자 = ",
        "(서울=연합뉴스) 홍길동 김철수 기자 = ",
        "[데일리안 = 홍길동 기자] ",
        "[가온일보 홍길동 기자]",
        "【하노이(베트남)=부 튀 통신원】",
        "【가온=새소식】 홍길동 선임기자 = ",
        "[파이낸셜뉴스] ",
        "홍길동 기자 gildong@daily.example = ",
        "(가온=새소식) 홍길동 특파원 | ",
        "SEOUL, Feb. 10 (Yonhap) -- ",
        "홍길동 기자\n",
        "▲ 시청 앞에 선 버스 (사진=시청)\n",
        "[사진=시청 제공]\n",
    ],
)
def test_a_byline_is_left_out(byline: str) -> None:
    assert sentences(f"{byline}시는 버스를 바꾼다. 곧 한다.") == ("시는 버스를 바꾼다.", "곧 한다.")


@pytest.mark.parametrize(
    "text",
    ["홍길동 기자가 상을 받았다.", "(주)가온은 문을 열었다.", "[속보] 시가 움직였다."],
)
def test_a_sentence_that_begins_like_a_byline_is_kept(text: str) -> None:
    assert "".join(sentences(text))[-5:] == text[-5:]


def test_credits_and_captions_within_a_text_are_left_out() -> None:
    text = (
        "시는 버스를 바꾼다. 시청 앞 버스. (사진=시청)내년부터 달린다.\n사진=뉴스통신\n"
        "곧 시행한다. 무단전재 및 재배포 금지\nⓒ 가온일보"
    )
    assert sentences(text) == ("시는 버스를 바꾼다.", "내년부터 달린다.", "곧 시행한다.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("시청 전경 [사진=가온시] 시는 버스를 바꾼다.", ("시는 버스를 바꾼다.",)),
        ("시가 바꾼다.[사진=가온시] 시는 버스를 바꾼다고 밝혔다.", ("시가 바꾼다.", "시는 버스를 바꾼다고 밝혔다.")),
        ("시는 (자료: 통계청)에 따라 버스를 바꾼다.", ("시는 (자료: 통계청)에 따라 버스를 바꾼다.",)),
    ],
)
def test_a_photograph_in_the_middle_ends_its_caption_and_nothing_else(text: str, told: tuple[str, ...]) -> None:
    assert sentences(text) == told


@pytest.mark.parametrize(
    "caption",
    [
        "19일 가온시에서 열린 회의에서 김가온 대표가 연설하고 있다.",
        "김가온 가온전자 대표(왼쪽)와 이하늘 시장이 협약서를 들고 있다.",
        "행사에 온 사람들이 기념 촬영을 하고 있다.",
        "김가온 대표가 서울 사무실에서 본지와 인터뷰하고 있다.",
        "west@daily.example 김가온 기자",
    ],
)
def test_what_a_picture_shows_is_no_news(caption: str) -> None:
    assert sentences(f"{caption}\n시는 버스를 바꾼다.") == ("시는 버스를 바꾼다.",)


@pytest.mark.parametrize(
    "text",
    ["시는 버스를 늘리고 있다.", "가온시에서는 로봇을 시험하고 있다.", "두 회사는 서울에서 협력을 논의하고 있다."],
)
def test_what_goes_on_is_news(text: str) -> None:
    assert sentences(text) == (text,)


def test_an_outlet_named_within_a_text_is_left_out_too() -> None:
    assert sentences("소제목\n[가온일보] 시는 버스를 바꾼다.") == ("소제목", "시는 버스를 바꾼다.")


@pytest.mark.parametrize(
    ("sentence", "whole"),
    [
        ("시는 밝혔다.", True),
        ("시는 밝혔다", True),
        ("예산은 1억 원임", True),
        ('"그렇다."', True),
        ("Is it so?", True),
        ("시가 바꾼 버스", False),
        ("내년부터 모든 노선에..", False),
        ("내년부터…", False),
    ],
)
def test_a_sentence_is_whole_that_has_an_end(sentence: str, *, whole: bool) -> None:
    assert is_whole(sentence) is whole


@pytest.mark.parametrize("part", [". ", "그렇다.", "“", "A.", "다. "])
def test_a_text_of_any_length_ends_in_sentences(part: str) -> None:
    """Nothing but ends and openings: minutes to hours for a long one, were each looked at with all that follows."""
    assert "".join("".join(sentences(part * 50_000)).split()) == "".join((part * 50_000).split())
