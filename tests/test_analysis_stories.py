"""Articles of one event come together; others stay apart."""

from datetime import UTC, datetime, timedelta
from typing import Literal

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from analysis import duplicates, stories
from analysis.mentions import Mentions
from analysis.tokens import Tokenizer
from analysis.vectors import Pairs
from archive.records.incoming import Article, Document
from archive.records.knowledge import Lexicon
from archive.records.words import ArticleId, SourceId

START = datetime(2026, 3, 2, tzinfo=UTC)
Written = tuple[str, str, str, float]  # id, title, text, hours after the start

EVENT_A: list[Written] = [
    ("a1", "새솔시, 민원실에 AI 상담 창구 연다", "새솔시는 민원실에 인공지능 상담 창구를 연다.", 0),
    ("a2", "민원실 온 AI…새솔시 상담 창구 시범 운영", "새솔시가 민원실에 AI 상담 창구를 시범 운영한다.", 3),
    ("a3", "새솔시 'AI 상담 창구' 민원실서 운영 시작", "민원실 AI 상담 창구를 새솔시가 시작했다.", 20),
]
EVENT_B: list[Written] = [
    ("b1", "가람전자, 냉각 반도체 공장 증설에 2조 투자", "가람전자가 반도체 공장을 증설한다.", 5),
    ("b2", "가람전자 2조 들여 반도체 공장 증설한다", "2조원을 투자해 공장을 늘린다고 가람전자가 밝혔다.", 6),
]
ALONE: list[Written] = [
    ("c1", "로봇이 배달하는 도서관 책, 주민 반응은", "도서관에서 로봇이 책을 배달한다.", 7),
    ("d1", "교사 절반 '수업에 생성형 도구 쓴다'", "교사 설문 결과가 나왔다.", 8),
]
SERIES: list[Written] = [(f"s{day}", "코스피, 반도체 강세에 상승 출발", "", 24 * day) for day in range(3)]


def documents(written: list[Written], tokenizer: Tokenizer, lang: Literal["ko", "en"] = "ko") -> list[Document]:
    def article(name: str, title: str, hours: float) -> Article:
        at = START + timedelta(hours=hours)
        return Article(
            id=ArticleId(name),
            url=f"https://news.example/{name}",
            canonical=f"https://news.example/{name}",
            title=title,
            lang=lang,
            published=at,
            published_from="feed",
            seen=at,
            authors=(),
            outlet="새소식",
            family="새소식",
            source=SourceId("s"),
            role="press",
            rights="link",
            extractor="feed",
            candidate=True,
        )

    return [
        Document(article=article(name, title, hours), text=text, tokens=tokenizer.tokens(title, text, lang))
        for name, title, text, hours in written
    ]


@pytest.fixture(scope="module")
def mentions(lexicon: Lexicon) -> Mentions:
    return Mentions(lexicon)


def clustered(found: list[Document], mentions: Mentions) -> list[tuple[str, ...]]:
    return [tuple(story) for story in stories.cluster(found, duplicates.find(found), mentions)]


def test_events_come_together(tokenizer: Tokenizer, mentions: Mentions) -> None:
    found = documents([*EVENT_A, *EVENT_B, *ALONE], tokenizer)
    assert clustered(found, mentions) == [("a1", "a2", "a3"), ("b1", "b2"), ("c1",), ("d1",)]


def test_the_order_of_the_input_does_not_matter(tokenizer: Tokenizer, mentions: Mentions) -> None:
    found = documents([*EVENT_A, *EVENT_B, *ALONE], tokenizer)
    assert clustered(found[::-1], mentions) == clustered(found, mentions)


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(len([*EVENT_A, *EVENT_B, *ALONE, *SERIES]))))
def test_any_order_gives_the_same_stories(tokenizer: Tokenizer, mentions: Mentions, order: list[int]) -> None:
    found = documents([*EVENT_A, *EVENT_B, *ALONE, *SERIES], tokenizer)
    assert clustered([found[place] for place in order], mentions) == clustered(found, mentions)


def test_an_article_that_comes_in_late_joins_its_story(tokenizer: Tokenizer, mentions: Mentions) -> None:
    first = documents([*EVENT_A[:2], *EVENT_B, *ALONE], tokenizer)
    late = documents([*EVENT_A, *EVENT_B, *ALONE], tokenizer)
    assert ("a1", "a2") in clustered(first, mentions)
    assert ("a1", "a2", "a3") in clustered(late, mentions)


def test_one_day_of_trading_is_one_story_whatever_the_papers_call_it(tokenizer: Tokenizer, mentions: Mentions) -> None:
    told: list[Written] = [
        ("m1", "[뉴욕증시] 고용 지표 부진에 동반 하락", "", 0),
        ("m2", "반도체주 매도 쏟아져…나스닥 약세 [데일리국제금융시장]", "", 1),
        ("m3", "[뉴욕증시] 저가 매수 들어와 반등", "", 24),
    ]
    found = clustered(documents([*told, *EVENT_A, *ALONE], tokenizer), mentions)
    assert ("m1", "m2") in found
    assert ("m3",) in found


def test_the_parts_of_a_numbered_column_are_stories_of_their_own(tokenizer: Tokenizer, mentions: Mentions) -> None:
    column: list[Written] = [(f"n{n}", f"가람이 본 인공지능 세상 {n}편", "", n) for n in range(3)]
    found = clustered(documents([*column, *EVENT_A, *ALONE], tokenizer), mentions)
    assert {("n0",), ("n1",), ("n2",)} <= set(found)


def test_daily_lines_are_a_story_each(tokenizer: Tokenizer, mentions: Mentions) -> None:
    found = documents([*SERIES, *ALONE], tokenizer)
    assert {("s0",), ("s1",), ("s2",)} <= set(clustered(found, mentions))


def test_a_copy_follows_its_original(tokenizer: Tokenizer, mentions: Mentions) -> None:
    copy = ("z9", "[속보] " + EVENT_B[0][1], "", 30.0)
    found = documents([*EVENT_A, *EVENT_B, copy], tokenizer)
    assert ("b1", "b2", "z9") in clustered(found, mentions)


def test_events_weeks_apart_stay_apart(tokenizer: Tokenizer, mentions: Mentions) -> None:
    later = [(f"{name}-later", title, text, hours + 24 * 20) for name, title, text, hours in EVENT_B]
    found = documents([*EVENT_B, *later, *ALONE], tokenizer)
    assert ("b1", "b2") in clustered(found, mentions)


@pytest.mark.parametrize("count", [0, 1])
def test_few_documents(tokenizer: Tokenizer, mentions: Mentions, count: int) -> None:
    assert clustered(documents(EVENT_A[:count], tokenizer), mentions) == [("a1",)] * count


def test_documents_without_words_are_stories_of_their_own(tokenizer: Tokenizer, mentions: Mentions) -> None:
    found = documents([("x", "???", "", 0), ("y", "", "", 1)], tokenizer)
    assert clustered(found, mentions) == [("x",), ("y",)]


def test_every_document_is_in_one_story(tokenizer: Tokenizer, mentions: Mentions) -> None:
    found = documents([*EVENT_A, *EVENT_B, *ALONE, *SERIES], tokenizer)
    members = [member for story in clustered(found, mentions) for member in story]
    assert sorted(members) == sorted(document.id for document in found)


def test_korean_and_english_of_one_event_are_one_story(tokenizer: Tokenizer, mentions: Mentions) -> None:
    filler = [
        (f"f{n}", f"{place} 도서관 로봇 안내원 {n}호 배치", "", float(n))
        for n, place in enumerate(["가온", "나래", "다솜", "라온", "마루", "바람", "사랑", "아라"])
    ]
    korean = [("k1", "오픈AI, 300억 달러 투자 유치…GPT-5 개발 플랫폼 퀀텀브리지 인수", "", 5.0), *filler, *ALONE]
    english = [
        ("e1", "OpenAI raises $30 billion and buys Quantumbridge, a GPT-5 developer platform", "", 9.0),
        ("e2", "A small town library lends garden tools", "", 10.0),
    ]
    found = [*documents(korean, tokenizer), *documents(english, tokenizer, "en")]
    result = clustered(found, mentions)
    assert ("k1", "e1") in result
    assert ("e2",) in result


def test_a_very_large_group_is_cut_again() -> None:
    count = 50
    half = count // 2
    rows, columns = zip(*((i, j) for i in range(count) for j in range(i + 1, count)), strict=True)
    first, second = np.array(rows), np.array(columns)
    same_half = (first < half) == (second < half)
    pairs = Pairs(first, second, np.where(same_half, 0.9, 0.4))
    loose = stories.linked(count, pairs, 0.35)
    assert len(set(loose.tolist())) == 1
    assert len(set(stories._cut_large(loose, pairs, 0.5).tolist())) == 2


def test_no_pair_speaks_louder_than_another_that_is_nearly_sure() -> None:
    places = np.arange(5)
    found = stories.believed(Pairs(places, places + 1, np.array([0.0, 0.1, 0.5, 0.95, 1.0])))
    assert found.first.tolist() == [2, 3, 4]  # what speaks strongly against one event is not listed
    assert found.cosine.tolist() == [0.5, 1.0, 1.0]


def test_the_late_articles_of_a_long_story_stay_with_the_early_ones() -> None:
    """One day's articles are alike; those days apart are linked by some pairs only, the others say little."""
    first, second = np.triu_indices(8, 1)
    early, late = first < 4, second >= 4
    linking = (second - first) <= 4
    probability = np.where(early & late, np.where(linking, 0.4, 0.2), 0.95)
    believed = stories.believed(Pairs(first, second, probability))
    assert len(set(stories.linked(8, believed, stories.KOREAN.event).tolist())) == 1


@pytest.mark.parametrize("seed", range(6))
def test_groups_are_those_of_average_linkage_over_everything_at_once(seed: int) -> None:
    """Looking only at what strong pairs connect leaves nothing out."""
    chance = np.random.default_rng(seed)
    first, second = np.triu_indices(30, 1)
    cosine = np.where(chance.random(len(first)) < 0.3, chance.random(len(first)) ** 2, 0.0)
    listed = cosine >= 0.05
    likeness = np.zeros((30, 30))
    likeness[first[listed], second[listed]] = cosine[listed]
    tree = linkage(1 - squareform(likeness + likeness.T, checks=False), "average")
    for least in (0.15, 0.36, 0.6):
        found = stories.linked(30, Pairs(first[listed], second[listed], cosine[listed]), least)
        expected = fcluster(tree, 1 - least, "distance")
        assert {tuple(group) for group in stories.grouped(found)} == {
            tuple(group) for group in stories.grouped(np.asarray(expected, dtype=np.int64))
        }
