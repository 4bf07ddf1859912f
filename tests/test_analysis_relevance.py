"""What is about AI, and what only mentions it."""

from datetime import UTC, datetime
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import cues, relevance
from analysis.mentions import Mentions
from archive.records.incoming import Article, Document, Tokens
from archive.records.knowledge import Lexicon
from archive.records.words import ArticleId, SourceId

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def document(title: str, text: str = "", lang: Literal["ko", "en"] = "ko") -> Document:
    article = Article(
        id=ArticleId("a"),
        url="",
        canonical="",
        title=title,
        lang=lang,
        published=NOW,
        published_from="",
        seen=NOW,
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


@pytest.fixture(scope="module")
def mentions(lexicon: Lexicon) -> Mentions:
    return Mentions(lexicon)


@pytest.mark.parametrize(
    ("title", "summary", "expected"),
    [
        ("새솔시, 민원실에 AI 상담 창구", "", True),
        ("가람전자 반도체 로봇 공정 공개", "", True),
        ("자율주행 버스 다음 달 달린다", "", True),
        ("시의회, 조례 다듬는다", "인공지능 조례를 고친다", True),
        ("Training for a marathon", "", False),
        ("오늘의 운세", "", False),
        ("새솔시 벚꽃 축제 열린다", "주말에 벚꽃 축제가 열린다.", False),
        ("OpenAI ships a model", "", True),
    ],
)
def test_worth_reading(title: str, summary: str, *, expected: bool, mentions: Mentions) -> None:
    assert relevance.worth_reading(title, summary, mentions) is expected


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("새솔시, 민원실에 AI 상담 창구 연다", "새솔시는 인공지능 상담 창구를 민원실에 둔다고 밝혔다."),
        ("OpenAI releases GPT-5 for developers", "OpenAI released GPT-5, its new model."),
        ("앤트로픽, 클로드 새 판 공개", "앤트로픽이 인공지능 모델 클로드를 공개했다."),
    ],
)
def test_about_ai(title: str, text: str, mentions: Mentions) -> None:
    verdict = relevance.judge(document(title, text, "en" if title.isascii() else "ko"), mentions)
    assert verdict.ai
    assert verdict.score >= 0.5
    assert verdict.reasons[0].startswith("+")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("[특징주] 가람전자, AI 기대감에 주가 급등", "가람전자 주가가 강세다. 증권사는 목표가를 올렸다. 매수 의견."),
        ("AI 시대 아파트 분양, 단지 안에서 다 된다", "청약 일정과 분양가를 알아본다. 입주는 내년이다."),
        ("가람전자, 홍길동 전무 선임 인사", "인공지능 사업을 맡는다."),
        ("새솔시 벚꽃 축제 열린다", "벚꽃 축제가 열린다."),
        ("오늘의 운세", ""),
    ],
)
def test_only_mentions_ai(title: str, text: str, mentions: Mentions) -> None:
    assert not relevance.judge(document(title, text), mentions).ai


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "가람도, 고병원성 AI 확진에 방역 강화",
            "가람도는 조류인플루엔자(AI) 방역을 강화했다. AI 방역대를 정하고 이동을 막았다.",
        ),
        ("조류독감(AI) 의심 신고…살처분 시작", "조류인플루엔자(H5N1형 AI) 의심 신고가 들어왔다."),
    ],
)
def test_the_other_ai_is_a_disease_of_birds(title: str, text: str, mentions: Mentions) -> None:
    assert not relevance.judge(document(title, text), mentions).ai


@pytest.mark.parametrize(
    ("text", "market"),
    [
        ("딥페이크 피해 신고가 1만 건", False),
        ("코스피 52주 신고가", True),
        ("연일 신고가 경신", True),
        ("지난주 새솔시에서", False),
        ("반도체주 강보합", True),
        ("수혜자 3천 명", False),
        ("AI 수혜 기대", True),
    ],
)
def test_words_of_the_market_are_not_parts_of_others(text: str, *, market: bool) -> None:
    assert bool(cues.MARKET.search(text.lower())) is market


def test_an_industrial_complex_is_no_housing_estate() -> None:
    assert cues.PROPERTY.search("아파트 단지")
    assert not cues.PROPERTY.search("새솔 산업단지")


def test_reasons_are_words_of_the_text(mentions: Mentions) -> None:
    verdict = relevance.judge(document("오픈AI 주가 급등", "오픈AI 이야기"), mentions)
    assert "+오픈AI" in verdict.reasons
    assert "-주가" in verdict.reasons


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("홍길동 예비후보, AI 공약 발표", True),
        ("새솔시, AI 상담 창구 연다", False),
        ("OpenAI backs candidates before the midterms", True),
    ],
)
def test_politics_is_marked(title: str, *, expected: bool, mentions: Mentions) -> None:
    assert relevance.judge(document(title), mentions).politics is expected


@settings(deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_judged(title: str, text: str) -> None:
    verdict = relevance.judge(document(title, text), Mentions(Lexicon(concepts=(), version="0")))
    assert 0 <= verdict.score <= 1
    assert not verdict.ai
