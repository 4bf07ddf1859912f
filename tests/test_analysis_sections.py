"""The section of an article."""

import pytest

from analysis.mentions import Mentions
from analysis.sections import NAMES, SECTIONS, evidence_of, learnt, section_of
from archive.records.knowledge import Lexicon
from archive.records.words import Section
from tests.test_analysis_relevance import document


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("새 언어모델 성능 겨룬 논문, 벤치마크 공개", "연구진이 오픈소스 모델의 추론 성능을 쟀다.", "tech"),
        ("가람전자, 로봇 스타트업 인수…3000억 투자", "기업 인수 계약을 맺었다. 시장 점유율을 높인다.", "industry"),
        ("정부, AI 기본법 시행령 규제 유예", "장관은 법률 시행과 규제 정책을 국회에 알렸다.", "policy"),
        ("새솔시, 민원 행정에 AI 도입…버스·하수 관리도", "시민 복지와 공공 행정에 쓴다.", "public"),
        ("AI 인재 양성 캠프, 대학생 취업 교육 수강생 모집", "학생에게 교육을 하고 채용을 돕는다.", "people"),
    ],
)
def test_section(title: str, text: str, expected: Section, lexicon: Lexicon) -> None:
    assert section_of([document(title, text)], Mentions(lexicon)) == expected


@pytest.mark.parametrize(
    "title",
    [
        "AI 기본법 시행령 개정…채용 심사 사전 고지 의무화",
        "AI 면접 기준 고시…신입 채용·대출 심사 대상",
        "AI 교과서 활용 지침 개정, 학교 현장에 적용",
    ],
)
def test_an_act_with_legal_force_is_policy_whatever_it_regulates(title: str, lexicon: Lexicon) -> None:
    assert section_of([document(title, "")], Mentions(lexicon)) == "policy"


def test_hiring_without_an_act_is_about_people(lexicon: Lexicon) -> None:
    assert section_of([document("AI 면접 본 취업 준비생, 신입 채용 불안", "")], Mentions(lexicon)) == "people"


def test_something_without_words_has_a_section_too(lexicon: Lexicon) -> None:
    assert section_of([document("", "")], Mentions(lexicon)) in SECTIONS


def test_every_piece_of_evidence_weighs_every_section() -> None:
    weights = learnt()
    assert {*NAMES, "bias"} == set(weights.facts)
    assert {len(row) for row in (*weights.facts.values(), *weights.words.values())} == {len(SECTIONS)}


def test_every_piece_of_evidence_has_a_name(lexicon: Lexicon) -> None:
    assert len(evidence_of(document("AI", ""), Mentions(lexicon))) == len(NAMES)
