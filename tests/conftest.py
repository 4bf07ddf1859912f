"""What several tests share."""

import pytest

from analysis.tokens import Tokenizer
from archive.records.knowledge import Concept, Lexicon


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """A small lexicon of our own; the packaged one is tested apart."""
    return Lexicon(
        version="tests",
        concepts=(
            Concept(id="ai", kind="concept", label="인공지능", aliases=("인공지능", "AI"), ai="core"),
            Concept(id="llm", kind="concept", label="거대언어모델", aliases=("거대언어모델", "LLM"), ai="core"),
            Concept(id="chip", kind="concept", label="반도체", aliases=("반도체", "chips")),
            Concept(id="robot", kind="concept", label="로봇", aliases=("로봇", "robots")),
            Concept(id="openai", kind="org", label="오픈AI", aliases=("오픈AI", "OpenAI"), ai="core"),
            Concept(
                id="anthropic", kind="org", label="앤트로픽", aliases=("앤트로픽", "앤스로픽", "Anthropic"), ai="core"
            ),
            Concept(id="nvidia", kind="org", label="엔비디아", aliases=("엔비디아", "Nvidia")),
            Concept(id="samsung", kind="org", label="삼성전자", aliases=("삼성전자", "Samsung"), ai="none"),
            Concept(id="gpt-5", kind="model", label="GPT-5", aliases=("GPT-5",), ai="core"),
            Concept(id="claude", kind="model", label="클로드", aliases=("클로드", "Claude"), ai="core"),
            Concept(id="altman", kind="person", label="샘 올트먼", aliases=("샘 올트먼", "Sam Altman"), ai="core"),
        ),
    )


@pytest.fixture(scope="session")
def tokenizer(lexicon: Lexicon) -> Tokenizer:
    """Kiwi takes seconds to load: once for all tests."""
    return Tokenizer(lexicon)
