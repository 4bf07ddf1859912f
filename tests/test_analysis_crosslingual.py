"""Anchors that survive translation, and the links they carry."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from analysis import crosslingual
from analysis.abroad import story_links
from analysis.agreement import contradictory
from analysis.anchors import anchors, skeleton
from analysis.arrival import days_to_korea
from analysis.likening import Likenesses, Times
from analysis.mentions import Mentions
from analysis.tracking import Group
from archive.records.incoming import Document, Tokens
from archive.records.knowledge import Concept, Lexicon
from archive.records.words import Lang
from tests.builders import a_story, ago, an_article

MODELS = (
    Concept(id="gemini", kind="model", label="제미나이", aliases=("Gemini", "제미나이"), ai="core"),
    Concept(id="claude-sonnet", kind="model", label="클로드 소네트", aliases=("Claude Sonnet",), ai="core"),
    Concept(id="claude-opus", kind="model", label="클로드 오퍼스", aliases=("Claude Opus",), ai="core"),
    Concept(id="gpt", kind="model", label="GPT", aliases=("GPT-5",), ai="core"),
    Concept(id="qwen", kind="model", label="큐원", aliases=("Qwen",), ai="core"),
    Concept(id="chatgpt", kind="product", label="챗GPT", aliases=("ChatGPT",), ai="core"),
    Concept(id="seedance", kind="product", label="시댄스", aliases=("Seedance",), ai="core"),
)


@pytest.fixture(scope="module")
def mentions(lexicon: Lexicon) -> Mentions:
    known = [concept for concept in lexicon.concepts if concept.id != "gpt-5"]
    return Mentions(Lexicon(version="models", concepts=(*known, *MODELS)))


@pytest.mark.parametrize(
    ("korean", "english"), [("컴파일러", "compiler"), ("플랫폼", "platform"), ("바이든", "Biden"), ("리델", "Liddell")]
)
def test_borrowed_words_have_one_skeleton(korean: str, english: str) -> None:
    assert skeleton(korean) == skeleton(english)


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        ("300억 달러", "$30 billion"),
        ("1조2000억 달러", "1.2 trillion"),
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
    assert all(anchor[0] in "cvw#₩sgp<" for anchor in found)


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("구글, 제미나이 3.1 프로 공개", "v:gemini:3.1"),
        ("Gemini 3.1 Pro", "v:gemini:3.1"),
        ("제미나이3 대규모 업데이트", "v:gemini:3"),
        ("클로드 소네트 4.6", "v:claude-sonnet:4.6"),
        ("GPT‑5.3‑Codex", "v:gpt:5.3"),
        ("시댄스 2.0", "v:seedance:2"),
        ("Qwen-Image-2.0", "v:qwen:2"),
    ],
)
def test_a_name_keeps_its_version(text: str, version: str, mentions: Mentions) -> None:
    assert version in anchors(text, mentions)


@pytest.mark.parametrize("text", ["챗GPT 5개 요금제", "Gemini 2026", "Claude 3 ways", "제미나이 30% 할인"])
def test_a_count_is_no_version(text: str, mentions: Mentions) -> None:
    assert not [a for a in anchors(text, mentions) if a.startswith("v:")]


def _sure(korean: str, english: str, mentions: Mentions) -> bool:
    """Whether two headlines are asserted to be one event among some of other events."""
    other = ["시립도서관, 야간 개방 확대", "농업기술원 새 벼 품종 보급"]
    forth, _ = crosslingual.best_partners([korean, *other], [english, "Rain expected on Sunday"], mentions)
    return any(link.korean == 0 and link.english == 0 and link.asserted for link in forth)


def test_a_version_and_its_maker_are_evidence(mentions: Mentions) -> None:
    assert _sure("앤트로픽, 클로드 소네트 4.6 공개", "Anthropic introduces Claude Sonnet 4.6", mentions)


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        ("앤트로픽, 클로드 소네트 4.5 공개", "Anthropic introduces Claude Sonnet 4.6"),
        ("앤트로픽, 클로드 오퍼스 4.6 공개", "Anthropic introduces Claude Sonnet 4.6"),
        ("앤트로픽, 300억 달러 투자 유치…제미나이 추격", "Anthropic raises $13 billion to chase Gemini"),
    ],
)
def test_other_versions_and_amounts_contradict(korean: str, english: str, mentions: Mentions) -> None:
    assert not _sure(korean, english, mentions)


def test_plain_words_and_an_idea_are_no_evidence(mentions: Mentions) -> None:
    assert not _sure(
        "코딩 agent 위한 AI 도구 platform 공개", "Launching a platform of AI tools for a coding agent", mentions
    )


def test_a_word_mostly_written_small_is_no_name() -> None:
    texts = ["The problem is Jemini", "a problem with Jemini", "Problem solved", "one more problem"]
    assert crosslingual.ordinary(texts) == {"problem"}


@pytest.mark.parametrize(
    ("korean", "english", "anchor"),
    [
        ("이탈리아 법원", "Italian court", "p:italy"),
        ("美 의회", "US lawmakers", "p:america"),
        ("신작 공개에 기대", "Unveiling the new work", "g:launch"),
        ("공장 증설", "to expand its plants", "g:plant"),
        ("노조, 파업 예고", "union calls strike", "g:strike"),
    ],
)
def test_plain_words_and_places_mean_the_same_in_both(
    korean: str, english: str, anchor: str, mentions: Mentions
) -> None:
    assert anchor in anchors(korean, mentions)
    assert anchor in anchors(english, mentions)


@pytest.mark.parametrize(
    ("text", "anchor"),
    [("users of the bank", "p:america"), ("a ban on billions", "g:law"), ("banking", "g:ban"), ("warned", "g:war")],
)
def test_a_short_word_is_not_found_inside_another(text: str, anchor: str, mentions: Mentions) -> None:
    assert anchor not in anchors(text, mentions)


def test_won_are_not_dollars(mentions: Mentions) -> None:
    """Sums in two currencies neither agree nor contradict."""
    assert "₩3.4e+10" in anchors("340억원 송금", mentions)
    assert "₩1e+10" in anchors("100억 투자 유치", mentions)
    assert "#3e+10" in anchors("$300억 투자", mentions)
    assert "#1e+08" in anchors("이용자 1억명", mentions)
    assert "#3.4e+10" in anchors("340억 달러", mentions)
    assert not contradictory({"₩3.4e+10": 1.0}, {"#2.5e+07": 1.0})


def test_other_actors_contradict() -> None:
    google = {"<:google": 1.0, "c:google": 1.0, "c:gpt": 1.0}
    anthropic = {"<:anthropic": 1.0, "c:anthropic": 1.0, "c:gpt": 1.0}
    assert contradictory(google, anthropic)
    assert not contradictory(google, anthropic | {"c:google": 0.4})


_EACH = sparse.csr_matrix(np.eye(3))  # so that a row of the other side is a row of cosines


def test_a_hub_is_nobodys_best_partner() -> None:
    """What is alike to everything gives way to what is alike to one (CSLS)."""
    cosines = sparse.csr_matrix(np.array([[0.60, 0.55, 0.0], [0.60, 0.0, 0.5], [0.62, 0.0, 0.0]]))
    best = [(pair.row, pair.column) for pair in Likenesses(cosines, _EACH).of_rows()]
    assert best == [(0, 1), (1, 2), (2, 0)]


def test_vectors_find_what_shares_no_word() -> None:
    none = sparse.csr_matrix((2, 3))
    korean, english = np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[0.1, 0.99], [0.99, 0.1], [0.0, 0.0]])
    pairs = Likenesses(none, _EACH, (korean, english)).of_rows()
    found = [(pair.row, pair.column, round(pair.closeness or 0, 2)) for pair in pairs]
    assert found == [(0, 1, 0.99), (1, 0, 0.99)]
    assert list(Likenesses(none, _EACH).of_rows()) == []
    assert list(Likenesses(none[:0], _EACH, (korean[:0], english)).of_columns()) == []


def test_what_is_far_apart_in_time_is_no_pair_in_whatever_order_it_comes() -> None:
    cosines = sparse.csr_matrix(np.array([[0.9, 0.5, 0.5], [0.9, 0.5, 0.0]]))
    rows, columns = np.array([[100.0, 101.0], [0.0, 1.0]]), np.array([[0.0, 5.0], [104.0, 104.0], [98.0, 99.0]])
    pairs = Likenesses(cosines, _EACH, times=Times(rows, columns, reach=3.0)).of_rows()
    assert [(pair.row, pair.column) for pair in pairs] == [(0, 1), (1, 0)]


def _told(title: str, lang: Lang, hours: float) -> tuple[Document, ...]:
    article = an_article(title, title=title, lang=lang, published=ago(hours=hours), family=title[:3])
    return (Document(article=article, text="", tokens=Tokens(version="", title=(), text=())),)


def test_what_is_likely_but_not_sure_is_told_as_related_with_its_evidence(mentions: Mentions) -> None:
    groups = [
        _told("시립도서관, 야간 개방 확대", "ko", 3),
        _told("오픈AI 매출 급증…엔비디아 추격", "ko", 4),
        _told("OpenAI wins over customers as Nvidia stumbles", "en", 40),
        _told("Rain expected on Sunday", "en", 5),
        _told("OpenAI and Nvidia, a year ago", "en", 24 * 9),
    ]
    assert crosslingual.join(groups, mentions) == groups
    (found,) = crosslingual.related(groups, mentions)
    assert (found.korean, found.foreign) == (1, 2)
    assert 0 < found.score < 1
    assert {"오픈AI", "엔비디아"} <= set(found.evidence)
    assert crosslingual.related(groups[:2], mentions) == []


def test_links_carry_the_stories_ids_and_the_days_between_them(mentions: Mentions) -> None:
    korean, foreign = (
        _told("오픈AI 매출 급증…엔비디아 추격", "ko", 4),
        _told("OpenAI wins over customers as Nvidia stumbles", "en", 40),
    )
    stories = [a_story(name, [group[0].id], ai=True) for name, group in (("k", korean), ("f", foreign))]
    groups = [
        Group(id=story.id, documents=group, older=(), first_seen=group[0].article.moment)
        for story, group in zip(stories, (korean, foreign), strict=True)
    ]
    (link,) = story_links(stories, groups, mentions, None)
    assert (link.korean, link.foreign, link.days) == ("k", "f", 1.5)
    assert days_to_korea(one.article for one in (*korean, *foreign)) == 1.5
    assert days_to_korea(one.article for one in korean) is None
    assert story_links([replace(story, ai=False) for story in stories], groups, mentions, None) == ()
