"""What is about AI, and what only mentions it."""

from dataclasses import replace
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
    assert verdict.ai <= bool(cues.AGENTS.search(title.lower()))  # the one cue that needs no lexicon


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("가람시장 후보, AI 버스 공약 발표", True),
        ("[6·3 지방선거] 새솔시장 예비후보들 AI 도시 경쟁", True),
        ("구청장 후보 토론회서 AI 돌봄 놓고 설전", True),
        ("민주당 “AI 기본사회” 공약 1호로", True),
        ("국민의힘, AI 인재 영입…비례대표 공천 검토", True),
        ("교육감 출마 선언 “AI 교육청 만들겠다”", True),
        ("후보 단일화 결렬…AI 딥페이크 영상도 변수", True),
        ("Mayoral candidates clash over AI policing", True),
        ("정부, AI 인재 종합계획 발표", False),
        ("AI 데이터센터 특별법 국회 본회의 통과", False),
        ("대통령, AI 전략회의 주재", False),
        ("AI로 신약 후보물질 찾는 기간 줄였다", False),
        ("데이터센터 후보지 세 곳으로 압축", False),
        ("AI 저작권, 정당한 이용의 기준은", False),
        ("올해의 AI 기업상 후보 명단 공개", False),
        ("AI finds drug candidates faster", False),
        ("Release candidate for the new model API", False),
    ],
)
def test_candidates_parties_and_pledges_are_politics_and_what_a_state_enacts_is_not(
    title: str, *, expected: bool, mentions: Mentions
) -> None:
    assert relevance.judge(document(title), mentions).politics is expected


@pytest.mark.parametrize(
    "title",
    [
        "ASF·AI까지 번져…축산농가 비상",
        "구제역 이어 AI 항원 검출",
        "우리 동네 산책길 [홍길동의 AI 이야기]",
    ],
)
def test_ai_that_is_a_disease_or_the_name_of_a_column(title: str, mentions: Mentions) -> None:
    assert not relevance.judge(document(title), mentions).ai


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("AI 광고 표시 의무화 법안 국회 통과", "광고에 인공지능 영상을 쓰면 표시해야 한다. 어기면 과징금을 문다."),
        ("가짜 의사 AI 광고 처벌한다…개정안 본회의 통과", "인공지능으로 만든 광고를 규제한다."),
    ],
)
def test_a_law_about_advertising_is_no_advertisement(title: str, text: str, mentions: Mentions) -> None:
    assert relevance.judge(document(title, text), mentions).ai


def test_a_name_of_a_company_alone_is_not_about_ai(mentions: Mentions) -> None:
    assert not relevance.judge(document("SK하이닉스 성과급 소송 판결", "SK하이닉스 직원들이 낸 소송이다."), mentions).ai


def test_what_a_laboratory_posts_is_about_ai_even_unsaid(mentions: Mentions) -> None:
    made = document("Introducing our summer programme", "We invite applications.", "en")
    posted = Document(article=replace(made.article, role="lab"), text=made.text, tokens=made.tokens)
    assert relevance.judge(posted, mentions).ai
    assert relevance.worth_reading(posted.article.title, "", mentions, posted.article.role)
    assert not relevance.judge(made, mentions).ai


def test_words_that_decided_are_among_the_reasons(mentions: Mentions) -> None:
    word = min(relevance.learnt().words, key=lambda one: relevance.learnt().words[one])
    made = document(f"AI {word}", "인공지능 이야기")
    told = Document(article=made.article, text=made.text, tokens=Tokens(version="1", title=(word,), text=()))
    assert any(reason == f"-{word}" for reason in relevance.judge(told, mentions).reasons)


def verdict(score: float) -> relevance.Verdict:
    return relevance.Verdict(ai=score >= 0.5, score=score, reasons=(), politics=False)


def test_the_articles_of_one_event_agree() -> None:
    drawn = relevance.together([verdict(0.45), verdict(0.9), verdict(0.95)])
    assert [one.ai for one in drawn] == [True, True, True]
    assert drawn[0].score < drawn[1].score < drawn[2].score


def test_an_article_alone_keeps_its_judgement() -> None:
    assert relevance.together([verdict(0.2)]) == (verdict(0.2),)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_agreement_stays_between_the_surest_of_both_sides(scores: list[float]) -> None:
    drawn = [one.score for one in relevance.together([verdict(score) for score in scores])]
    assert min(scores) - 0.011 <= min(drawn) <= max(drawn) <= max(scores) + 0.011
