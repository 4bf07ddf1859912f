"""Anchors that survive translation, and the links they carry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import crosslingual
from analysis.anchors import anchors, skeleton
from analysis.mentions import Mentions
from archive.records.knowledge import Lexicon


@pytest.fixture(scope="module")
def mentions(lexicon: Lexicon) -> Mentions:
    return Mentions(lexicon)


@pytest.mark.parametrize(
    ("korean", "english"), [("컴파일러", "compiler"), ("플랫폼", "platform"), ("바이든", "Biden"), ("리델", "Liddell")]
)
def test_borrowed_words_have_one_skeleton(korean: str, english: str) -> None:
    assert skeleton(korean) == skeleton(english)


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        ("300억 달러", "$30 billion"),
        ("1조2000억", "1.2 trillion"),
        ("3,800억달러", "$380B"),
        ("GPT-5 공개", "unveils GPT-5"),
        ("오픈AI 소송", "lawsuit against OpenAI"),
    ],
)
def test_amounts_names_and_plain_words_meet(korean: str, english: str, mentions: Mentions) -> None:
    assert anchors(korean, mentions) & anchors(english, mentions)


def test_small_numbers_and_years_are_no_anchors(mentions: Mentions) -> None:
    assert not [a for a in anchors("2026년 3명", mentions) if a.startswith("#")]


def test_best_partners_both_ways(mentions: Mentions) -> None:
    korean = ["오픈AI, 앤트로픽에 소송", "엔비디아 주가 17% 폭락", "삼성전자 로봇 300억 달러 투자"]
    english = ["Samsung invests $30 billion in robots", "Anthropic is sued by OpenAI"]
    forth, back = crosslingual.best_partners(korean, english, mentions)
    assert {(link.korean, link.english) for link in forth} == {(0, 1), (2, 0)}
    assert {(link.korean, link.english) for link in back} == {(0, 1), (2, 0)}
    assert all(0 <= link.score <= 1 for link in forth)


def test_nothing_to_link(mentions: Mentions) -> None:
    assert crosslingual.best_partners([], ["OpenAI"], mentions) == ([], [])
    assert crosslingual.join([], mentions) == []


@given(st.text())
def test_any_text_has_anchors(text: str) -> None:
    found = anchors(text, Mentions(Lexicon(concepts=(), version="0")))
    assert all(anchor[0] in "cw#sg" for anchor in found)
