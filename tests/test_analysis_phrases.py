"""What a document names: concepts as the lexicon writes them, other words as they are written."""

from analysis.mentions import Mentions
from analysis.phrases import nouns_of, phrases
from archive.records.knowledge import Concept, Lexicon
from tests.newsroom import document

CONCEPTS = (
    Concept(id="change", kind="concept", label="AI 전환", aliases=("AI 전환",)),
    Concept(id="ax", kind="concept", label="AX", aliases=("AX",), subject="change"),
    Concept(id="protocol", kind="concept", label="도구 규약", aliases=("도구 규약",)),
    Concept(id="coder", kind="product", label="코딩봇", aliases=("코딩봇",)),
)
MENTIONS = Mentions(Lexicon(version="1", concepts=CONCEPTS))


def named(title: str, text: str) -> tuple[str, ...]:
    made = document("one", title, text=text)
    return phrases(made, MENTIONS, nouns_of(made))


def test_two_names_of_one_subject_are_one_phrase() -> None:
    assert named("한빛전자 AX 속도", "한빛전자 AI 전환 속도")[0] == "AI 전환"
    assert "AX" not in named("한빛전자 AX 속도", "")


def test_a_list_of_changes_is_about_its_product_only() -> None:
    assert named("v2.0.71", "코딩봇 이 도구 규약 을 고쳤다") == ("코딩봇",)
    assert "도구 규약" in named("코딩봇 2.0 공개", "도구 규약 을 고쳤다")
