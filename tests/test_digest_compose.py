"""What an issue carries, for whom, in which order, and on which sources."""

import random
from dataclasses import replace
from typing import Any

import pytest

from archive.records.editing import IssueStory, Related, Told
from archive.records.issue import Issue
from archive.records.words import Section
from archive.weeks import Week
from digest.choice import choose, eligible, perspectives_of, stands, weigh
from tests.builders_digest import (
    COVERAGE,
    EDITION,
    GUIDE,
    TOPICS,
    article,
    full_week,
    issue_of,
    quiet_week,
    story,
    topic,
)

SECTIONS: tuple[Section, ...] = ("tech", "industry", "policy", "public", "people")


@pytest.fixture(scope="module")
def issue() -> Issue:
    return issue_of(full_week())


def pair(rank: int, title: str, *, section: Section = "tech", **changes: Any) -> IssueStory:
    """A story of two outlets."""
    return story(
        rank, section, [(f"매체{rank}가", title, rank), (f"매체{rank}나", f"{title} 소식", rank + 1)], **changes
    )


def test_a_full_week_fills_its_places_and_no_more(issue: Issue) -> None:
    assert len(issue.items) == 12
    assert [item.rank for item in issue.items] == list(range(1, 13))


def test_every_sentence_highlight_and_signal_has_a_known_source(issue: Issue) -> None:
    known = {source.n for source in issue.sources}
    lines = [line.sources for line in issue.highlights]
    lines += [sentence.sources for item in issue.items for sentence in item.sentences]
    lines += [signal.sources for signal in issue.signals]
    assert all(numbers and set(numbers) <= known for numbers in lines)


def test_sources_are_numbered_in_order_of_appearance(issue: Issue) -> None:
    met: list[int] = [n for line in issue.highlights for n in line.sources]
    for item in issue.items:
        met += [item.sources[0], *(n for sentence in item.sentences for n in sentence.sources)]
    met += [n for signal in issue.signals for n in signal.sources]
    assert list(dict.fromkeys(met)) == [source.n for source in issue.sources] == list(range(1, len(issue.sources) + 1))


def test_the_order_of_input_does_not_matter(issue: Issue) -> None:
    shuffled = list(full_week())
    random.Random(7).shuffle(shuffled)  # noqa: S311 - not a secret
    assert issue_of(shuffled, TOPICS[::-1]) == issue


def test_duties_come_first_then_the_sections_of_the_edition(issue: Issue) -> None:
    order = ["duty" if item.duties else item.section for item in issue.items]
    wanted = ["duty", *EDITION.sections]
    assert order == sorted(order, key=lambda key: wanted.index(str(key)))


def test_politics_stock_tips_old_stories_and_other_subjects_stay_out(issue: Issue) -> None:
    told = " ".join(item.headline for item in issue.items)
    assert not any(word in told for word in ("특징주", "공약", "가로등", "가전"))


def test_places_are_kept_for_each_perspective(issue: Issue) -> None:
    count = [sum(item.perspective == view for item in issue.items) for view in ("city", "technology", "talk")]
    assert count == [5, 4, 3]


def test_highlights_are_three_and_speak_from_each_perspective(issue: Issue) -> None:
    assert len(issue.highlights) == 3
    heads = {line.text for line in issue.highlights}
    assert {item.perspective for item in issue.items if item.headline in heads} == {"city", "technology", "talk"}


def test_quoted_sentences_are_word_for_word_and_ours_are_marked(issue: Issue) -> None:
    told = {line.text for given in full_week() for line in given.told}
    for item in issue.items:
        for sentence in item.sentences:
            assert sentence.own != ((sentence.original or sentence.text) in told)


def test_a_link_only_story_says_who_told_it_since_when_and_on_what_ground() -> None:
    (given,) = (one for one in full_week() if one.story.label.startswith("한솔반도체"))
    (item,) = issue_of([given], ()).items
    assert [sentence.text for sentence in item.sentences] == [
        "전자누리: 「한솔반도체 HBM 조기 양산」",
        "경제나루: 「한솔반도체, HBM 양산 3분기에서 2분기로」",
        "2.17.(화) 3개 매체 보도 · 첫 보도 새벽경제 · 1차 자료 미확인",
    ]


def test_a_foreign_story_takes_the_korean_headline_when_there_is_one(issue: Issue) -> None:
    item = next(item for item in issue.items if "40억" in item.headline)
    assert item.headline == "오빗AI, 40억 달러 투자 유치…데이터센터 세 곳 짓는다"
    assert "한국어 첫 보도 2.17.(화) 경제나루" in item.sentences[-1].text


def test_a_foreign_only_story_keeps_its_title_beside_a_korean_line(issue: Issue) -> None:
    item = next(item for item in issue.items if item.title.startswith("Introducing"))
    assert item.headline == "오빗AI, 오빗-4 출시"
    title = "Introducing Orbit-4: longer context at a third of the price"
    assert item.title == title
    assert item.sentences[0].text == f"자동 구성: 오빗AI · 출시 · 오빗-4 · 2.18.(수) · 원제 「{title}」"
    assert "한국어 보도 미확인 · 1차 자료 Orbit AI Blog" in item.sentences[-1].text


def test_copies_are_counted_apart(issue: Issue) -> None:
    item = next(item for item in issue.items if item.headline.startswith("다온시"))
    assert "5개 매체 보도" in item.sentences[-1].text
    assert item.sentences[-1].text.endswith("같은 글을 옮긴 기사 1건")


def test_an_issued_story_returns_only_when_it_moved() -> None:
    old = pair(1, "다온시 민원 로봇 시험", issued=(Week(2026, 7),), fresh=0)
    assert not eligible(old)
    assert not eligible(replace(old, fresh=1))
    new = tuple(one.id for one in old.articles)
    (moved,) = issue_of([replace(old, fresh=2, new=new, told_as="다온시, 민원 창구에 로봇")], ()).items
    assert moved.sentences[0].text == "지난 호 이후 새 기사 2건 · 그때 제목 「다온시, 민원 창구에 로봇」"
    assert moved.moved == (Week(2026, 7),)
    earlier = issue_of([replace(old, issued=(Week(2026, 5),), fresh=2, new=new)], ()).items[0]
    assert earlier.sentences[0].text == "1.26.~2.1. 호 이후 새 기사 2건"


def test_more_of_the_same_is_no_news() -> None:
    titles = [
        ("가", "다온시 민원 로봇 시험", 1.0),
        ("나", "다온시, 민원 로봇 시험", 30.0),
        ("다", "다온시 민원로봇 시험", 31.0),
    ]
    again = story(1, "public", titles, issued=(Week(2026, 7),))
    new = tuple(one.id for one in again.articles[1:])
    assert not eligible(replace(again, new=new, told_as="다온시 민원 로봇 시험"))
    grown = story(1, "public", [*titles[:2], ("다", "로봇 상담 넉 달, 대기 줄었다", 31.0)], issued=(Week(2026, 7),))
    new = tuple(one.id for one in grown.articles[1:])
    assert eligible(replace(grown, new=new, told_as="다온시 민원 로봇 시험"))
    assert not eligible(replace(grown, new=new, duplicates={new[1]: new[0]}))


def test_one_topic_one_section_and_one_company_do_not_fill_the_page() -> None:
    names = ["가나다", "라마바", "사아자", "차카타", "파하거", "너더러", "머버서", "어저처"]
    many = [pair(n, f"{name} 모형 {name * 3}", topic=GUIDE) for n, name in enumerate(names, 1)]
    assert len(choose(many, EDITION)) == 3
    firm = [pair(n, f"{name} 새 기능 {name * 3}") for n, name in enumerate(names, 1)]
    assert len(choose(firm, EDITION, lambda _: frozenset({"orbit"}))) == 2
    assert len(choose(firm, EDITION)) == 8  # one section alone fills the usual fewest, not the page


def test_every_story_that_is_out_has_its_reason() -> None:
    names = ["가나다", "라마바", "사아자", "차카타", "파하거", "너더러", "머버서", "어저처", "커터퍼"]
    fill = [pair(n, f"{name} 소식 {name * 3}", section=SECTIONS[n % 5]) for n, name in enumerate(names, 1)]
    party = pair(20, "다온시장 후보 AI 공약", politics=True)
    tip = pair(21, "특징주 누리랩 강세")
    old = pair(22, "옛 소식 다시", issued=(Week(2026, 7),), fresh=0)
    twin = pair(23, "가나다 소식 가나다가나다가나다")
    lone = story(24, "tech", [("한 매체", "어느 회사 이야기", 3)])
    low = pair(25, "고노도로 모보소오", section="people")
    dropped = replace(pair(26, "뺀 소식"), hand="drop")
    edition = replace(EDITION, max_items=9, places={})
    choice = weigh([*fill, party, tip, old, twin, lone, low, dropped], edition)
    assert {story.story.rank: reason.fate for story, reason in choice.out} == {
        20: "politics",
        21: "stock",
        22: "told",
        23: "same",
        24: "single",
        25: "room",
        26: "dropped",
    }
    assert [reason.against for _, reason in choice.out if reason.fate == "same"] == [fill[0].story.id]


def test_what_an_editor_pins_is_in_and_takes_a_place_of_its_perspective() -> None:
    names = ["가나다", "라마바", "사아자", "차카타"]
    tech = [scored(n, f"{name} 모형 {name * 2}", 3, SECTIONS[n % 4]) for n, name in enumerate(names, 1)]
    party = replace(pair(40, "다온시장 후보 AI 공약", politics=True), hand="pin")
    edition = replace(EDITION, max_items=3, places={"talk": 1, "technology": 1})
    picks = choose([*tech, party], edition)
    assert [(pick.story.story.rank, pick.perspective, pick.fate, pick.place) for pick in picks] == [
        (1, "talk", "reserved", 1),
        (2, "city", "ranked", 0),
        (40, "technology", "pinned", 0),
    ]


def test_two_clusters_of_one_event_are_told_once() -> None:
    twins = [pair(1, "누리랩 소형 한국어 모델 공개"), pair(2, "누리랩, 소형 한국어 모델 공개했다")]
    assert len(choose(twins, EDITION)) == 1


def scored(rank: int, title: str, families: int, section: Section = "industry", **score: float) -> IssueStory:
    """A story told by so many families, with these parts of a score."""
    given = story(rank, section, [(f"매체{rank}{n}", f"{title} {n}", n) for n in range(families)])
    return replace(given, story=replace(given.story, score=score))


def test_the_talk_is_what_many_told_and_no_release() -> None:
    printed = scored(1, "가나다 행사 개최", 6, release=0.8)
    few = scored(2, "라마바 소식", 2)
    talk = scored(3, "사아자 논란", 3)
    edition = replace(EDITION, max_items=2, places={"talk": 1})
    assert [pick.story for pick in choose([printed, few, talk], edition)] == [printed, talk]


def test_a_place_goes_to_what_its_own_perspective_scores_highest() -> None:
    def told(rank: int, name: str, technology: float) -> IssueStory:
        one = scored(rank, name, 2, "tech")
        return replace(one, story=replace(one.story, score={**one.story.score, "technology": technology}))

    first, second = told(1, "가나다 모형", 0.5), told(2, "라마바 연구", 2.5)
    edition = replace(EDITION, max_items=1, places={"technology": 1})
    assert [pick.story for pick in choose([first, second], edition)] == [second]


def test_places_are_not_kept_for_what_stands_far_down() -> None:
    names = ["가나다", "라마바", "사아자", "차카타", "파하거", "고노도", "로모보"]
    first = [scored(n, name * 3, 2, SECTIONS[1 + n % 4]) for n, name in enumerate(names, 1)]
    late = scored(9, "너더러 모형", 2, "tech")
    edition = replace(EDITION, max_items=2, places={"technology": 2})
    assert late not in [pick.story for pick in choose([*first, late], edition)]


def test_a_public_act_or_a_launch_stands_on_one_publisher() -> None:
    assert stands(scored(1, "다온시 민원 로봇 도입", 1, public=1.0))
    assert stands(scored(1, "누리 4 공개", 1, model=1.0))
    assert not stands(scored(1, "누리랩 소식", 1, public=0.3, model=0.3))


def test_whose_story_it_is() -> None:
    assert perspectives_of(scored(1, "다온시 로봇 도입", 2, "policy", public=1.0)) == ("city", "talk")
    assert perspectives_of(scored(1, "먼 나라 규제", 2, "policy", public=0.3)) == ("talk",)
    assert perspectives_of(scored(1, "누리 4 공개", 2, "industry", model=1.0)) == ("technology", "talk")
    assert perspectives_of(scored(1, "누리 4 이야기", 2, "tech")) == ("technology", "talk")


def test_one_version_of_one_thing_is_told_once() -> None:
    twins = [
        pair(1, "누리 4.6 공개, 더 빨라졌다"),
        pair(2, "Introducing Nuri 4.6"),
        pair(3, "누리 4.7 시험판을 써 보니"),
    ]
    chosen = choose(twins, EDITION, lambda _: frozenset({"nuri"}))
    assert [pick.story for pick in chosen] == [twins[0], twins[2]]
    assert len(choose(twins, EDITION)) == 3  # versions of different things


def test_single_publisher_stories_do_not_pad_an_issue() -> None:
    names = [
        "가나다라",
        "마바사아",
        "자차카타",
        "파하거너",
        "더러머버",
        "서어저처",
        "커터퍼허",
        "고노도로",
        "모보소오",
        "조초코토",
    ]
    lone = [story(n, SECTIONS[n % 5], [(f"매체{n}", f"{name} {name[::-1]}", n)]) for n, name in enumerate(names, 1)]
    assert len(choose(lone, EDITION)) == 8
    same_paper = [
        story(n, SECTIONS[n % 5], [("한 매체", f"{name} {name[::-1]}", n)]) for n, name in enumerate(names, 1)
    ]
    assert len(choose(same_paper, EDITION)) == 2


def test_signals_speak_in_counts_and_skip_topics_without_a_story(issue: Issue) -> None:
    labels = [signal.label for signal in issue.signals]
    assert labels[:4] == ["민원 상담 AI", "AI 기본법 시행", "AI 데이터센터와 전력", "자율주행 버스"]
    silent = issue_of(full_week(), [*TOPICS, topic("아무도 안 쓴 주제", "rising", 30, (1.0, 1.0, 1.0, 1.0), 9.0)])
    assert [signal.label for signal in silent.signals] == labels


def test_a_quiet_week_is_short_and_an_empty_one_is_an_issue_too() -> None:
    assert len(issue_of(quiet_week(), ()).items) == 2
    nothing = issue_of((), (), coverage=replace(COVERAGE, stories=0))
    assert (nothing.items, nothing.highlights, nothing.sources, nothing.signals) == ((), (), (), ())


def test_a_sentence_from_an_unknown_article_is_not_told() -> None:
    given = pair(1, "누리랩 새 모형")
    stray = replace(given, told=(Told(text="없는 문장이다.", article=article("남", "남의 글").id),))
    assert all(sentence.own for sentence in issue_of([stray], ()).items[0].sentences)


def test_hostile_titles_lose_their_invisible_characters() -> None:
    item = issue_of([pair(1, "누리랩\u202e 새\x00 모형\r\n공개")], ()).items[0]
    assert item.headline == "누리랩 새 모형 공개"


def _with_related(days: float, title: str, outlet: str) -> list[str]:
    told = pair(1, "누리랩, 새 모형 공개")
    made = issue_of([replace(told, related=(Related(article=article(outlet, title), days=days),))])
    (item,) = made.items
    line = next(one for one in item.sentences if "관련" in one.text)
    assert line.own
    assert [made.sources[n - 1].title for n in line.sources] == [title]
    return line.text.split(" · ")


def test_what_another_language_tells_stands_below_in_one_line_with_its_source() -> None:
    abroad = _with_related(2.2, "NuriLab opens its model", "Harbor Times")
    assert abroad == ["관련 해외 보도 Harbor Times: 「NuriLab opens its model」", "해외 첫 보도 2일 뒤 국내 첫 보도"]
    assert _with_related(-1.0, "NuriLab opens its model", "Harbor Times")[1] == "국내 첫 보도 1일 뒤 해외 첫 보도"
    assert _with_related(0.1, "누리랩이 모형을 열었다", "새별일보") == [
        "관련 국내 보도 새별일보: 「누리랩이 모형을 열었다」"
    ]
