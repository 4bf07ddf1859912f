"""Terms of Korean and English texts."""

import pytest

from analysis.tokens import Tokenizer, body, plain
from archive.records.knowledge import Concept, Lexicon

LEXICON = Lexicon(
    version="abc",
    concepts=(
        Concept(id="openai", kind="org", label="오픈AI", aliases=("오픈AI", "OpenAI")),
        Concept(id="sovereign", kind="concept", label="독자 AI 파운데이션 모델", aliases=("독파모",)),
    ),
)


@pytest.fixture(scope="module")
def own_tokenizer() -> Tokenizer:
    return Tokenizer(LEXICON)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GPT-5와 GPT-5.3-Codex를 공개", ("gpt-5", "gpt-5.3", "codex", "공개")),
        ("H200·HBM4·M2.5 수요", ("h200", "hbm4", "m2.5", "수요")),
        ("오픈AI가 독파모에", ("오픈ai", "독파모")),
        ("美 반도체", ("미국", "반도체")),
        ("2026년 9억원 3명", ("2026",)),
        ("The company's AI-powered GPT-5 isn't new", ("company", "ai", "powered", "gpt-5", "isn")),
        ("", ()),
    ],
)
def test_terms(own_tokenizer: Tokenizer, text: str, expected: tuple[str, ...]) -> None:
    assert own_tokenizer.terms(text)[: len(expected)] == expected


def test_many_is_each_one_alone(own_tokenizer: Tokenizer) -> None:
    articles = [("삼성, 반도체 공개", "", "ko"), ("A model", "Comments on chips", "en"), ("", "한국 로봇", "ko")]
    assert own_tokenizer.many(articles) == [own_tokenizer.tokens(*article) for article in articles]


def test_the_version_names_rules_and_lexicon(own_tokenizer: Tokenizer) -> None:
    other = Tokenizer(Lexicon(concepts=(), version="def"))
    assert own_tokenizer.version != other.version
    assert own_tokenizer.tokens("a chip", "").version == own_tokenizer.version


def test_english_needs_no_kiwi() -> None:
    tokenizer = Tokenizer(LEXICON)
    assert tokenizer.tokens("Chips for robots", "Fast ones", "en").title == ("chips", "robots")
    assert tokenizer._kiwi is None


def test_bylines_and_boilerplate_are_no_text() -> None:
    assert body("[새소식신문=홍길동 기자] 시가 로봇을 들였다.") == "시가 로봇을 들였다."
    assert body("Models got faster. The post Faster appeared first on The Blog .") == "Models got faster. "
    assert plain("&amp;lsquo;ＡＩ&amp;rsquo;") == "‘AI’"
