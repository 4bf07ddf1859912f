"""What an issue says beside headlines: whose word it is, where figures differ, what words mean, what is left out."""

from dataclasses import replace
from typing import Any

import pytest

from archive.records.editing import IssueStory
from archive.records.issue import Issue
from archive.records.knowledge import Concept, Lexicon
from archive.weeks import Week
from digest.abroad import kind_of, made_headline
from digest.claims import claimant
from digest.cleaning import short_headline
from digest.compose import Before
from digest.differing import differing
from digest.layout import left_out, single_share
from digest.length import FRAME, MOST_WORDS, Measured, quotes_allowed, words_in
from digest.render import render_files
from tests.builders_digest import COVERAGE, EDITION, LEXICON, full_week, issue_of, story, topic

SAID = "누리랩은 새 모형의 속도가 두 배라고 20일 밝혔다."
NPU = Concept(
    id="npu",
    kind="concept",
    label="신경망처리장치",
    aliases=("신경망처리장치", "NPU"),
    note="학습한 모형을 빠르게 돌리는 칩",
)
WORDS = Lexicon(concepts=(*LEXICON.concepts, NPU), version="words")
LONG = "그 뒤에 오는 말이 아주 길어서 마흔 자를 훌쩍 넘기고도 한참을 더 간다"


def told(titles: list[tuple[str, str, float]], **changes: Any) -> IssueStory:
    """A story of the industry, with parts of a score when they are given."""
    score = changes.pop("score", {})
    given = story(1, changes.pop("section", "industry"), titles, **changes)
    return replace(given, story=replace(given.story, score=score))


def test_a_company_s_word_alone_begins_with_whose_it_is() -> None:
    alone = told([("전자누리", "누리랩 새 모형", 1)])
    assert claimant(alone, SAID) == "company"
    assert claimant(alone, "새 모형은 값이 싸다는 평가가 많다.") is None
    printed = told([("가", "누리랩 새 모형", 1), ("나", "누리랩 새 모형 공개", 2)], score={"release": 0.8})
    assert claimant(printed, "새 모형은 두 배 빠르다.") == "company"
    assert claimant(told([("가", "누리랩 새 모형", 1), ("나", "새 모형을 보니", 2)]), SAID) is None


def test_a_public_body_and_researchers_are_no_companies() -> None:
    assert claimant(told([("과학기술부", "AI 예산 확정", 1)], section="policy"), "예산을 늘린다.") == "body"
    assert (
        claimant(told([("가", "다온시 로봇 도입", 1)], score={"public": 1.0}), "다온시는 로봇을 들였다고 밝혔다.")
        == "body"
    )
    assert (
        claimant(told([("arXiv", "A study of robots", 1)], section="tech"), "We show that robots learn.")
        == "researchers"
    )


def test_what_became_known_is_nobody_s_claim() -> None:
    assert claimant(told([("전자누리", "합성 사진 소동", 1)]), "소문은 사실이 아닌 것으로 밝혀졌다.") is None


def test_the_mark_stands_before_the_first_sentence_and_the_source_s_words_are_kept() -> None:
    given = story(
        1, "industry", [("전자누리", "누리랩 새 모형 공개", 1)], told=[(0, SAID), (0, "값은 그대로라고 밝혔다.")]
    )
    plain, office = (
        issue_of([given], (), edition=replace(EDITION, style=style)).items[0] for style in ("원문", "개조식")
    )
    assert [line.text for line in plain.sentences[:2]] == [f"(업체 발표) {SAID}", "값은 그대로라고 밝혔다."]
    assert [line.original for line in plain.sentences[:2]] == [SAID, ""]
    assert [line.text for line in office.sentences[:2]] == [
        "(업체 발표) 누리랩은 새 모형의 속도가 두 배라고 20일 밝힘",
        "값은 그대로라고 밝힘",
    ]
    assert [line.original for line in office.sentences[:2]] == [SAID, "값은 그대로라고 밝혔다."]


@pytest.mark.parametrize(
    ("one", "other", "figures"),
    [
        ("오빗AI, 3조원 투자 유치", "오빗AI 3.5조원 투자 받는다", ["3조원", "3.5조원"]),
        ("오빗AI, 2조 9,800억원 투자 유치", "오빗AI 3조원 투자 받는다", []),  # rounded
        ("오빗AI, 3조원 투자 유치", "오빗AI 4조원대 투자 받는다", []),  # about so much
        ("오빗AI, 3조원 투자 유치", "누리랩 4조원 투자 유치", []),  # of somebody else
        ("오빗AI, 3조원 투자 유치", "오빗AI 4조원 매출 전망", []),  # another matter
        ("누리 연합 15개 기관과 출범", "누리 연합에 53개 기관 참여", ["15개", "53개"]),
        ("누리 연합 15개 기관과 출범", "누리 연합, 4개팀 경쟁", []),
    ],
)
def test_figures_that_differ_are_told_with_their_sources(one: str, other: str, figures: list[str]) -> None:
    given = told([("가", one, 1), ("나", other, 2)])
    assert [figure.words for figure in differing(given)] == figures
    made = issue_of([given], ())
    lines = [line for line in made.items[0].sentences if line.text.startswith("매체마다 수치가 다릅니다")]
    if figures:
        (line,) = lines
        assert line.text == "매체마다 수치가 다릅니다: " + ", ".join(
            f"{words}[{n}]" for words, n in zip(figures, line.sources, strict=True)
        )
    else:
        assert lines == []


def test_copies_and_one_publisher_alone_do_not_differ() -> None:
    titles = [("가", "오빗AI, 3조원 투자 유치", 1.0), ("나", "오빗AI, 4조원 투자 유치", 2.0)]
    assert differing(told(titles, copies=[(1, 0)])) == ()
    assert differing(told([("가", title, hour) for _, title, hour in titles])) == ()


@pytest.mark.parametrize(
    ("title", "kind", "headline"),
    [
        ("Orbit AI launches Orbit-4", "release", "오빗AI, 오빗-4 출시"),
        ("Orbit AI raises $40 billion at record valuation", "funding", "오빗AI 투자 소식"),
        ("NuriLab sued over training data", "regulation", "누리랩 규제 소식"),
        ("Robots are everywhere now", None, ""),
        ("Somebody launches something", "release", ""),
    ],
)
def test_a_korean_line_for_what_nobody_told_in_korean(title: str, kind: str | None, headline: str) -> None:
    given = told([("Harbor Times", title, 1), ("Tern Post", f"Report: {title}", 2)])
    assert kind_of(given) == kind
    assert made_headline(given, LEXICON) == headline
    (item,) = issue_of([given], ()).items
    assert item.headline == (headline or title)
    if headline:
        assert item.title == title
        assert item.sentences[0].text.startswith("자동 구성: ")
        assert title in item.sentences[0].text
    if "$40 billion" in title:
        assert "$40 billion" in item.sentences[0].text


def test_a_story_told_in_korean_gets_no_line_of_ours() -> None:
    given = told([("Orbit AI Blog", "Introducing Orbit-4", 1), ("가", "오빗AI, 새 모형 공개", 2)])
    assert made_headline(given, LEXICON) == ""
    item = issue_of([given], ()).items[0]
    assert item.headline == "오빗AI, 새 모형 공개"


def test_who_speaks_for_themselves_leads_and_press_follows() -> None:
    made = issue_of([told([("가", "오빗AI, 새 모형 공개", 2), ("Orbit AI Blog", "Introducing Orbit-4", 1)])], ())
    outlets = {source.n: source.outlet for source in made.sources}
    assert [outlets[n] for n in made.items[0].sources] == ["Orbit AI Blog", "가"]


def explained(known: frozenset[str] = frozenset()) -> Issue:
    titles = [("가", "한솔반도체, NPU 양산", 1.0), ("나", "한솔반도체 NPU 내놓는다", 2.0)]
    return issue_of([story(1, "tech", titles)], (), lexicon=WORDS, before=Before(explained=known))


def test_a_word_is_explained_once_with_the_items_that_use_it() -> None:
    (term,) = explained().terms
    assert (term.label, term.note, term.items) == ("신경망처리장치", "학습한 모형을 빠르게 돌리는 칩", (1,))
    assert explained(frozenset({"npu"})).terms == ()
    page = render_files(explained(), EDITION)
    assert "신경망처리장치: 학습한 모형을 빠르게 돌리는 칩 (소식 1)" in page["issue.txt"].decode()
    assert "용어 풀이" in page["issue.html"].decode()


def test_a_word_of_every_day_is_not_explained() -> None:
    many = [story(n, "tech", [("가", f"NPU 소식 {n}", 1), ("나", f"NPU 이야기 {n}", 2)]) for n in range(1, 15)]
    assert issue_of(many, (), lexicon=WORDS).terms == ()


def test_topics_say_what_changed_since_the_last_issue() -> None:
    def with_topic(count: int, last: Issue | None, title: str) -> Issue:
        one = topic("민원 상담 AI", "rising", count, (2.0, 2.0, 2.0, 2.0), 4.0)
        given = story(1, "public", [("가", title, 1), ("나", f"{title} 보도", 2)], topic=one)
        return issue_of([given], [one], before=Before(last=last))

    first = with_topic(5, None, "다온시 상담 로봇")
    assert (first.signals[0].words, first.signals[0].change) == ("이번 주 5건, 평소 2건", "")
    grown = with_topic(9, first, "라온시 전화 상담에 AI")
    assert grown.signals[0].change == "지난 호 5건에서 9건으로 늘어남"
    assert with_topic(5, first, "다온시 상담 로봇").signals[0].change == "지난 호와 같은 5건"
    assert with_topic(3, first, "다온시 상담 로봇").signals[0].change == "지난 호 5건에서 3건으로 줄어듦"
    other = replace(first, signals=(), end=Week(2026, 1).end(first.end.tzinfo))  # type: ignore[arg-type] # it has one
    assert with_topic(5, other, "다온시 상담 로봇").signals[0].change == "이번 주 처음 나타남"
    assert "지난 호 5건에서 9건으로" in render_files(grown, EDITION)["issue.txt"].decode()


def test_what_is_left_out_is_counted_by_reason() -> None:
    made = issue_of(full_week())
    counts = made.coverage.left_out
    assert sum(counts.values()) + len(made.items) == COVERAGE.stories
    assert {"politics", "stock", "told"} <= counts.keys()
    assert [count for _, count in left_out(made)] == [
        counts[f] for f in ("told", "single", "stock", "politics", "room") if f in counts
    ]
    assert single_share(made) == round(100 * COVERAGE.single / COVERAGE.stories)
    text = render_files(made, EDITION)["issue.txt"].decode()
    assert "싣지 않은 까닭: 지난 호에 이미 실음" in text


def test_an_item_of_the_city_s_duties_has_an_empty_line_for_what_it_means() -> None:
    made = issue_of(full_week())
    duties = sum(bool(item.duties) for item in made.items)
    text = render_files(made, EDITION)["issue.txt"].decode()
    assert text.count("※ 시사점: ___") == duties > 0
    filled = replace(made, items=(replace(made.items[0], implication="상담 창구에 시험할 만함"), *made.items[1:]))
    assert "※ 시사점: 상담 창구에 시험할 만함" in render_files(filled, EDITION)["issue.txt"].decode()


def test_the_issue_keeps_why_each_story_is_in_and_the_next_five_are_not() -> None:
    made = issue_of(full_week())
    inside = [one for one in made.weighed if one.item]
    assert [one.item for one in inside] == [item.rank for item in made.items]
    assert all(one.fate in {"reserved", "ranked", "filled"} for one in inside)
    assert sorted(one.place for one in inside if one.perspective == "city" and one.place) == [1, 2, 3, 4, 5]
    assert 0 < len(made.weighed) - len(inside) <= 5
    assert made.places == EDITION.places


def test_long_stories_give_up_their_last_sentences_first() -> None:
    long = [Measured(f"s{n}", 40, (30, 30, 30)) for n in range(12)]
    allowed, fits = quotes_allowed(long, 100)
    assert list(allowed.values()) == [2, 2, 2, *[1] * 9]
    assert fits
    assert 100 + sum(40 + 30 * count for count in allowed.values()) <= MOST_WORDS - FRAME
    assert quotes_allowed(long[:4], 100) == ({f"s{n}": 3 for n in range(4)}, True)
    assert quotes_allowed(long, 900) == ({f"s{n}": 1 for n in range(12)}, False)
    assert quotes_allowed([], 100) == ({}, True)


def test_a_full_week_is_read_in_five_minutes() -> None:
    text = render_files(issue_of(full_week()), replace(EDITION, links="none"))["issue.txt"].decode()
    assert words_in(text) <= MOST_WORDS


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("한솔반도체, 차세대 메모리 양산을 앞당긴다", "한솔반도체, 차세대 메모리 양산을 앞당긴다"),
        (
            "판사까지 속인 이십대 남성, 잔고 증명서도 AI로 만들었다…경찰 수사 확대",
            "판사까지 속인 이십대 남성, 잔고 증명서도 AI로 만들었다…",
        ),
        (
            "마두로 체포, AI가 지휘했다…누리랩 모형 실전 투입 [강경주의 테크X]",
            "마두로 체포, AI가 지휘했다…누리랩 모형 실전 투입",
        ),
        (f"짧다…{LONG}", f"짧다…{LONG}"),
    ],
)
def test_a_headline_is_short_where_a_clause_ends(title: str, short: str) -> None:
    assert short_headline(title) == short
