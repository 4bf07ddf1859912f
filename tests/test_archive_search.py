"""Search: Korean words however they are written, newest or best first, the same from both databases."""

from collections.abc import Iterable
from datetime import UTC, datetime
from random import Random
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from analysis.tokens import Tokenizer
from archive.intake import articles_in
from archive.query import parse
from archive.records.incoming import Tokens
from archive.records.words import ArticleId, Rights
from archive.schema import stories, story_articles
from archive.search import Sort, search
from archive.search_index import bigrams
from archive.spellings import spellings
from archive.store import Archive
from tests.shelf import Piece, put_on_shelf

RIGHTS: tuple[Rights, ...] = get_args(Rights)

PIECES = (
    Piece(name="welfare", title="서울시, 노인복지관에 돌봄로봇 보급", text="홀몸 어르신의 안부를 살핀다.", day=1),
    Piece(name="ministry", title="국토교통부, 자율주행버스 노선 확대", text="시민들은 환영했다.", day=2),
    Piece(name="joined", title="AI데이터센터 전력난", text="전국 데이터센터가 늘었다.", day=3),
    Piece(name="spaced", title="AI 데이터 센터 유치전", text="여러 시가 데이터 센터를 원한다.", day=4),
    Piece(name="chip", title="새 칩을 공개", text="반도체 업계는 이 칩이 빠르다고 말했다.", day=5),
    Piece(name="recluse", title="칩거에 들어간 작가", text="칩거가 길어진다.", day=5),
    Piece(name="quantum", title="양자컴퓨팅 연구소 개소", text="양자내성암호도 연구한다.", day=6),
    Piece(
        name="english", title="OpenAI ships GPT-4 to US cities", text="The Chips act: chips for AI.", day=6, lang="en"
    ),
    Piece(name="code", title="C++ 개발자를 위한 안내", text="파일 a.b 를 연다. C# 은 다음에.", day=7),
    Piece(name="series-c", title="스타트업 시리즈 C 투자", text="AI 기업이 투자를 받았다.", day=7),
    Piece(name="law", title="인공지능 기본법 시행", text="인공지능기본법은 고영향 AI를 다룬다. 'AI가 정한다'", day=8),
    Piece(name="hanja", title="美 정부, 수출 규제", text="반도체가 대상이다.", day=8),
    Piece(name="stocks", title="LG株 강세… 美中 갈등 완화", text="증시가 올랐다.", day=8),
)


class Shelf:
    """An archive with pieces in it, which answers a question with their names."""

    def __init__(self, archive: Archive, pieces: Iterable[Piece], tokenizer: Tokenizer) -> None:
        self.archive = archive
        self.named = put_on_shelf(archive, pieces, tokenizer.tokens)
        self._terms = tokenizer.terms

    def ask(
        self,
        question: str,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 20,
        sort: Sort = "newest",
    ) -> list[str]:
        with self.archive.reading() as db:
            found = search(db, parse(question), self._terms, since=since, until=until, limit=limit, sort=sort)
        assert found.total >= len(found.hits)
        return [self.named[hit.article.id] for hit in found.hits]


@pytest.fixture
def shelf(archive: Archive, tokenizer: Tokenizer) -> Shelf:
    return Shelf(archive, PIECES, tokenizer)


def march(day: int) -> datetime:
    return datetime(2026, 3, day, tzinfo=UTC)


WORDS = {
    "복지": "welfare",  # inside a word
    "노인복지관": "welfare",
    "교통": "ministry",
    "교통부가": "ministry",  # with a particle the text does not have
    "시민": "ministry",
    "자율주행 버스": "ministry",
    "데이터센터": "joined spaced",
    "데이터 센터": "joined spaced",
    "데이터센터를": "joined spaced",
    "AI데이터센터": "joined spaced",
    '"데이터 센터"': "joined spaced",
    "칩": "chip recluse",
    "칩을": "chip",
    "칩거": "recluse",
    "양자": "quantum",
    "미국": "hanja",  # headlines write 美
    "美": "hanja stocks",
    "美中": "stocks",
    "LG": "stocks",
    "LG株": "stocks",
    "인공지능기본법": "law",
    "인공지능은": "law",
    "AI": "english joined law series-c spaced",
    "ai": "english joined law series-c spaced",
    "AI가": "english joined law series-c spaced",
    "openai": "english",
    "GPT-4": "english",
    "gpt-4를": "english",
    "gpt-5": "",
    "ship": "",  # Latin words are whole
    "us": "english",
    "C++": "code",
    "C#": "code",
    "C": "code series-c",
    "a.b": "code",
    "없는말": "",
}


def test_words_are_found_however_they_are_written(shelf: Shelf) -> None:
    assert {question: " ".join(sorted(shelf.ask(question))) for question in WORDS} == WORDS


QUESTIONS = {
    "AI 센터": "joined spaced",
    "AI -센터": "english law series-c",
    "칩 OR 양자": "chip quantum recluse",
    "AI (투자 OR 전력난)": "joined series-c",
    'AI -"데이터 센터" -openai': "law series-c",
    "AI -(센터 OR 투자)": "english law",
    "센터 OR -AI": "chip code hanja joined ministry quantum recluse spaced stocks welfare",
    "-AI": "chip code hanja ministry quantum recluse stocks welfare",
    "-(AI OR 칩)": "code hanja ministry quantum stocks welfare",
    "-(AI -센터) -칩": "code hanja joined ministry quantum spaced stocks welfare",
    '"chips for ai"': "english",
    '"for chips ai"': "",
    '"칩이 빠르"': "chip",
    "": "",
    "***": "",
}


def test_questions_join_words(shelf: Shelf) -> None:
    assert {question: " ".join(sorted(shelf.ask(question))) for question in QUESTIONS} == QUESTIONS


_SIGNS = r""" " "" ' '' ( ) * - -- : :* | \ \' % _ 😀 ﷺ İ ß Ⅳ ① {} [] <-> && !! ~ ^ """
_TRICKS = "a:b title_m:칩 {title_b}:칩 칩* ^칩 칩':* 칩😀 칩% 칩_ a.b.c.d.e C++++++ #해시 @이름 a'b OR AND NOT NEAR"
HOSTILE = (
    *_SIGNS.split(),
    *_TRICKS.split(),
    *("NEAR(칩 반도체)", "칩 AND", "NOT 칩", "칩 & !반도체", "칩\0반도체", "\ud800칩", "﻿칩", "칩\n반도체", 'a"b'),
    *("'; DROP TABLE articles; --", '" OR 1=1 --', "\u1112\u1161\u11ab\u1100\u1173\u11af"),
    *("가" * 3000, "a" * 3000, "가 " * 500, '"' + "가 나 " * 300, "AI" * 900, "(" * 2000, "-(" * 900),
)


@pytest.mark.parametrize("sort", ["newest", "best"])
def test_no_question_is_an_error(shelf: Shelf, sort: Sort) -> None:
    for question in HOSTILE:
        shelf.ask(question, sort=sort)
    assert "chip" in shelf.ask("칩\0을", sort=sort)


def test_the_newest_come_first_and_equal_ones_by_id(shelf: Shelf) -> None:
    with shelf.archive.reading() as db:
        held = articles_in(db, march(1), march(30), candidates=True)
    expected = sorted(held, key=lambda article: (article.moment, article.id), reverse=True)
    assert shelf.ask("-없는말") == [shelf.named[article.id] for article in expected]
    assert shelf.ask("-없는말", limit=3) == [shelf.named[article.id] for article in expected[:3]]


def test_total_counts_all_that_answer(shelf: Shelf, tokenizer: Tokenizer) -> None:
    with shelf.archive.reading() as db:
        found = search(db, parse("AI"), tokenizer.terms, limit=2)
    assert (found.total, len(found.hits)) == (5, 2)


def test_a_window_is_half_open(shelf: Shelf) -> None:
    assert sorted(shelf.ask("AI", since=march(4), until=march(7))) == ["english", "spaced"]
    assert sorted(shelf.ask("AI", since=march(4), until=march(7), sort="best")) == ["english", "spaced"]


RANKED = (
    Piece(
        name="passing",
        title="오늘의 소식",
        text="여러 일이 있었다. 반도체 이야기도 나왔다. " + "날씨는 맑았다. " * 20,
        day=5,
    ),
    Piece(name="headline", title="반도체 수출 늘어", text="반도체 수출이 늘었다. 반도체 업계는 반긴다.", day=3),
    Piece(name="other", title="농산물 수출 줄어", text="농산물 수출이 줄었다.", day=4),
    Piece(name="english", title="Chips and chips", text="Chips. Chips of AI. Chips chips chips.", day=2, lang="en"),
    Piece(name="english-once", title="Weather", text="Sun, rain, wind and then some chips.", day=6, lang="en"),
)


def test_the_best_is_about_what_was_asked(archive: Archive, tokenizer: Tokenizer) -> None:
    shelf = Shelf(archive, RANKED, tokenizer)
    assert shelf.ask("반도체", sort="best") == ["headline", "passing"]
    assert shelf.ask("반도체", sort="newest") == ["passing", "headline"]
    assert shelf.ask("chips", sort="best") == ["english", "english-once"]
    assert shelf.ask("수출 -농산물", sort="best") == ["headline"]
    assert shelf.ask("반도체", sort="best", limit=1) == ["headline"]


def test_snippets_stay_within_rights(archive: Archive, tokenizer: Tokenizer) -> None:
    text = "로봇이 안내를 맡았다. " + "시민은 편해졌다고 말했다. " * 40
    pieces = [Piece(name=rights, title="로봇 안내", text=text, rights=rights) for rights in RIGHTS]
    shelf = Shelf(archive, pieces, tokenizer)
    with archive.reading() as db:
        hits = search(db, parse("로봇"), tokenizer.terms).hits
    snippets = {shelf.named[hit.article.id]: hit.snippet for hit in hits}
    assert snippets["link"] == ""
    assert snippets["excerpt"].startswith("로봇이 안내를 맡았다.")
    assert len(snippets["excerpt"]) <= 200
    assert len(snippets["full"]) < len(text)


def test_a_hit_names_its_story(shelf: Shelf) -> None:
    id_ = next(id_ for id_, name in shelf.named.items() if name == "chip")
    with shelf.archive.writing() as db:
        db.execute(insert(stories).values(**_story("s-old", id_, day=1)))
        db.execute(insert(stories).values(**_story("s-new", id_, day=5)))
        db.execute(insert(story_articles), [{"story": name, "article": id_} for name in ("s-new", "s-old")])
    with shelf.archive.reading() as db:
        hits = search(db, parse("칩 OR 양자"), lambda _: ()).hits
    assert {shelf.named[hit.article.id]: hit.story for hit in hits} == {
        "chip": "s-new",
        "quantum": None,
        "recluse": None,
    }


def _story(name: str, lead: ArticleId, day: int) -> dict[str, object]:
    seen = {"first_seen": march(day), "last_seen": march(day)}
    plain: dict[str, object] = {
        "label": name,
        "section": None,
        "score": {},
        "rank": 1,
        "duties": [],
        "terms": [],
        "topic": None,
    }
    return {"id": name, "lead": lead, "ai": True, "politics": False, **seen, **plain}


def test_korean_of_two_syllables_or_more_is_found_like_a_substring(archive: Archive) -> None:
    """Against truth by plain substring, on words made at random: nothing missed, nothing more."""
    chance = Random(7)  # noqa: S311 -- the same words every time
    words = ["".join(chance.choices("가나다라", k=chance.randint(1, 5))) for _ in range(400)]
    texts = {f"p{number}": "·".join(chance.sample(words, 6)) for number in range(80)}
    pieces = [Piece(name=name, title=text) for name, text in texts.items()]
    named = put_on_shelf(archive, pieces, lambda _, __: Tokens(version="", title=(), text=()))
    with archive.reading() as db:
        for word in {"".join(chance.choices("가나다라", k=size)) for size in (1, 2, 3) for _ in range(12)}:
            found = search(db, parse(word), lambda _: (), limit=100)
            assert {named[hit.article.id] for hit in found.hits} == {n for n, text in texts.items() if word in text}


def test_a_term_repeated_without_end_keeps_its_phrases(archive: Archive) -> None:
    """PostgreSQL keeps 256 places of a term, so SQLite must not know more."""
    pieces = [Piece(name="long", title="반복", text="ai 로봇 " * 300 + "ai 번역")]
    named = put_on_shelf(archive, pieces, lambda _, __: Tokens(version="", title=(), text=()))
    with archive.reading() as db:
        asked = {
            question: search(db, parse(question), lambda _: ()).total for question in ('"ai 로봇"', '"ai 번역"', "번역")
        }
    assert set(named.values()) == {"long"}
    assert asked == {'"ai 로봇"': 1, '"ai 번역"': 0, "번역": 1}


@settings(deadline=None)
@given(st.text(max_size=60).filter(lambda text: any(character.isalnum() for character in text)))
def test_a_term_has_spellings_the_index_could_hold(text: str) -> None:
    for term in parse(text).terms:
        ways = spellings(term, lambda _: ("x",)).ways
        assert ways
        for way in ways:
            assert way.terms
            assert all(one and not one.isspace() and len(one.split()) == 1 for one in way.terms)


@settings(deadline=None)
@given(st.text("가나다abc1 .+", min_size=1, max_size=30))
def test_what_is_indexed_is_found_by_its_own_words(text: str) -> None:
    """Every word of a text asks for terms that stand in the text's index in that order."""
    indexed = " " + " ".join(bigrams(text)) + " "
    for word in text.split():
        for term in parse(word).terms:
            ways = [way for way in spellings(term, lambda _: ()).ways if not way.morphemes]
            assert any(" " + " ".join(way.terms) + ("" if way.prefix else " ") in indexed for way in ways)
