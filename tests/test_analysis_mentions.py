"""The lexicon's concepts are found in Korean and English, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.mentions import Mentions
from archive.records.knowledge import Concept, Lexicon

LEXICON = Lexicon(
    version="1",
    concepts=(
        Concept(id="ai", kind="concept", label="인공지능", aliases=("AI", "인공 지능"), ai="core"),
        Concept(id="openai", kind="org", label="오픈AI", aliases=("OpenAI", "오픈에이아이"), ai="core"),
        Concept(id="meta", kind="org", label="메타", aliases=("Meta",)),
        Concept(id="gpt-5", kind="model", label="GPT-5", aliases=("GPT-5",), ai="core"),
        Concept(id="gpt-5.3", kind="model", label="GPT-5.3", aliases=("GPT-5.3",), ai="core"),
        Concept(id="us", kind="government", label="미국", aliases=("US",)),
        Concept(id="llm", kind="concept", label="거대언어모델", aliases=("LLM", "large language model"), ai="core"),
    ),
)


@pytest.fixture(scope="module")
def mentions() -> Mentions:
    return Mentions(LEXICON)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OpenAI trains models", ("openai",)),
        ("오픈AI가 GPT-5.3을 공개했다", ("openai", "gpt-5.3")),
        ("GPT5와 GPT 5", ("gpt-5",)),
        ("training airlines", ()),
        ("생성형인공지능 시대", ("ai",)),
        ("AI는 인공 지능이다", ("ai",)),
        ("메타가 밝혔다", ("meta",)),
        ("메타버스 열풍", ()),
        ("글로벌메타", ()),
        ("let us meet", ()),
        ("The US said", ("us",)),
        ("meta analysis by Meta", ("meta",)),
        ("two LLMs and large-language models", ("llm",)),
        ("ＡＩ 시대", ("ai",)),
        ("LLM2와 LLM-3.5", ("llm",)),
        ("AI2", ()),
        ("ai agents, llm tools", ("ai", "llm")),
    ],
)
def test_finds_concepts(mentions: Mentions, text: str, expected: tuple[str, ...]) -> None:
    assert mentions.find(text) == expected


def test_tells_the_words_used_and_where(mentions: Mentions) -> None:
    text = "메타와 OpenAI"
    assert [(m.words, m.start) for m in mentions.occurrences(text)] == [("메타", 0), ("OpenAI", 4)]


def test_an_empty_lexicon_finds_nothing() -> None:
    assert Mentions(Lexicon(concepts=(), version="0")).find("OpenAI 메타") == ()


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    found = list(Mentions(LEXICON).occurrences(text))
    assert [m.start for m in found] == sorted(m.start for m in found)


def test_every_label_finds_its_concept(mentions: Mentions) -> None:
    for concept in LEXICON.concepts:
        assert mentions.find(concept.label) == (concept.id,)
        assert mentions.label(concept.id) == concept.label


def test_one_syllable_behind_a_latin_word_ends_a_spelling() -> None:
    phone = Mentions(Lexicon(version="1", concepts=(Concept(id="p", kind="concept", label="AI폰", aliases=("AI폰",)),)))
    assert phone.find("AI폰이 팔린다, AI폰 시장") == ("p",)
    assert phone.find("삼성의 AI폰트") == ()


def test_a_name_that_begins_small_is_not_the_abbreviation() -> None:
    xai = Mentions(Lexicon(version="1", concepts=(Concept(id="x", kind="org", label="xAI", aliases=("xAI",)),)))
    assert xai.find("머스크의 xAI가 투자를 받았다") == ("x",)
    assert xai.find("부작용을 XAI로 막는다") == ()


def test_two_names_of_one_subject() -> None:
    concepts = (
        Concept(id="change", kind="concept", label="AI 전환", aliases=("AI 전환",)),
        Concept(id="ax", kind="concept", label="AX", aliases=("AX",), subject="change"),
        Concept(id="odd", kind="concept", label="홀로", aliases=("홀로",), subject="nowhere"),
    )
    known = Mentions(Lexicon(version="1", concepts=concepts))
    assert [known.subject(one) for one in ("change", "ax", "odd")] == ["AI 전환", "AI 전환", "홀로"]
    assert known.label("ax") == "AX"
