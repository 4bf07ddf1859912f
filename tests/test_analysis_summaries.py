import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.summaries import is_whole, summarise
from archive.records.editing import Shown
from archive.records.incoming import Document
from archive.records.words import ArticleId
from tests.newsroom import document


def _shown(**excerpts: tuple[str, ...]) -> dict[ArticleId, Shown]:
    return {
        ArticleId(name): Shown(article=ArticleId(name), title=name, url="", excerpt=excerpt)
        for name, excerpt in excerpts.items()
    }


def _members(*names: str) -> list[Document]:
    return [document(name, "", days=place) for place, name in enumerate(names)]


def _told(names: str, limit: int = 3, **excerpts: tuple[str, ...]) -> list[tuple[str, str]]:
    told = summarise(_members(*names), _shown(**excerpts), limit)
    return [(one.article, one.text) for one in told]


BUS = "성남시는 26일부터 자율주행 버스를 무료로 운행한다고 밝혔다."
BUS_AGAIN = "성남시는 26일부터 자율주행 버스를 무료로 운행한다고 9일 밝혔다."
ROUTE = "버스는 판교역과 시청 사이 열 개 정류장에 선다."
FEE = "요금은 내년 봄까지 받지 않을 예정이다."


def test_nothing_may_be_shown_so_nothing_is_told() -> None:
    assert _told("ab", a=()) == []
    assert _told("") == []


def test_sentences_are_word_for_word_and_in_reading_order() -> None:
    assert _told("ab", a=(BUS, ROUTE), b=(FEE,)) == [("a", BUS), ("a", ROUTE), ("b", FEE)]


def test_the_same_is_not_told_twice() -> None:
    assert _told("ab", a=(BUS,), b=(BUS_AGAIN, FEE)) == [("a", BUS), ("b", FEE)]


def test_the_lead_comes_before_what_others_add() -> None:
    assert _told("ab", limit=1, a=(ROUTE,), b=(FEE,)) == [("a", ROUTE)]


def test_what_others_say_too_is_worth_more() -> None:
    aside = "이 밖에 회사는 새 사옥을 짓기 시작했다고 전했다."
    central = "성남시 자율주행 버스가 26일 무료로 운행을 시작한다."
    told = _told("abc", limit=1, a=(aside,), b=(central,), c=(BUS,))
    assert told[0][0] == "b"


def test_korean_is_told_when_there_is_any() -> None:
    english = "Seongnam will run robot buses free of charge."
    assert _told("ab", a=(english,), b=(BUS,)) == [("b", BUS)]
    assert _told("a", a=(english,)) == [("a", english)]


@pytest.mark.parametrize(
    "sentence",
    [
        "[사진 제공: 연합뉴스] 성남시가 버스를 운행한다고 밝혔다.",
        "김철수 기자 = 성남시가 버스를 운행한다고 밝혔다.",
        "(성남=가나뉴스) 성남시가 버스를 운행한다고 밝혔다.",
        "성남시는 26일부터 자율주행 버스를 무료로 운행한다고…",
        "성남시는 26일부터 자율주행 버스를 무료로",
        "버스를 탔다.",
        "성남시는 26일부터 자율주행 버스를 무료로 운행한다..",
        "“버스가 이렇게 빨리 달라질 줄은 몰랐어요.”",
        "시청 앞 시승 현장 가보니“지금 타면 됩니다” 하는 말이 들렸다.",
        '"기쁩니다. (참가자)""꿈만 같았습니다. (참가자)" 성남시가 버스를 바꿨다.',
        "무단 전재 및 재배포 금지 규정을 지켜 주시기 바랍니다.",
        "reporter@news.example 로 제보해 주시기 바랍니다.",
        "시장은 “버스를 무료로 운행하겠다고 밝혔다.",
        "The post Robots everywhere appeared first on The Blog.",
    ],
)
def test_credits_bylines_and_fragments_are_not_sentences(sentence: str) -> None:
    assert not is_whole(sentence)
    assert _told("a", a=(sentence,)) == []


def test_a_sentence_is_one() -> None:
    assert all(map(is_whole, (BUS, ROUTE, FEE, 'He said: "We will test every model."')))
    assert is_whole('시장은 "버스를 바꾼다."라고 말하고 웃었다.')
    assert is_whole("시장은 “버스를 바꾼다.”며 웃어 보였다고 한다.")


def test_what_points_back_follows_what_it_points_to() -> None:
    back = "이는 버스를 타는 시민이 석 달 새 두 배로 늘었기 때문이다."
    assert _told("ab", a=(back, ROUTE), b=(FEE,)) == [("a", ROUTE), ("b", FEE)]
    assert _told("a", a=(BUS, back)) == [("a", BUS), ("a", back)]
    assert _told("a", a=(back,)) == [("a", back)]


@given(st.lists(st.lists(st.text(max_size=60), max_size=4).map(tuple), max_size=4), st.integers(0, 4))
def test_only_what_is_shown_is_told_whatever_it_says(excerpts: list[tuple[str, ...]], limit: int) -> None:
    names = "abcd"[: len(excerpts)]
    shown = dict(zip(names, excerpts, strict=True))
    told = _told(names, limit, **shown)
    assert len(told) <= limit
    assert all(text in shown[article] for article, text in told)


@pytest.mark.parametrize(
    "sentence",
    [
        "지난 10일 찾아간 성남시 자율주행 관제센터.",
        "현장 의견을 듣겠다며 “제도를 정착시켜야 한다”성남시는 9일 조례를 냈다.",
        "좋은 글이라 읽어 보시라고 공유드립니다.",
    ],
)
def test_what_says_nothing_by_itself_is_no_sentence(sentence: str) -> None:
    assert not is_whole(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "코딩과 검색에서 가장 높은 수준의 성능을 기록",
        "성남시는 “버스를 늘리겠다”고 9일 밝혔다.",
        "성남시는 “버스를 늘린다”라는 계획을 9일 밝혔다.",
        "유료 구독 고객이 한 해 사이 두 배로 늘었다.",
    ],
)
def test_notes_quotations_and_subscriptions_are_news(sentence: str) -> None:
    assert is_whole(sentence)


def test_who_speaks_for_themselves_comes_first() -> None:
    city = document("b", "b", days=1, role="government")
    shown = _shown(a=(ROUTE,), b=(FEE,))
    assert [one.article for one in summarise([document("a", "a"), city], shown, 1)] == ["b"]


def test_a_lead_that_tells_the_headline_is_better_than_a_scene() -> None:
    scene = "출근길에 만난 김 씨는 요즘 마음이 한결 가볍다고 했다."
    told = summarise([document("a", "자율주행 버스 26일 무료 운행")], _shown(a=(scene, BUS)), 1)
    assert [one.text for one in told] == [BUS]


def test_a_scene_that_says_nothing_of_its_headline_is_not_told() -> None:
    scene = ("출근길에 만난 김 씨는 요즘 마음이 한결 가볍다고 했다.", "그는 지난달 이사를 왔다.")
    assert summarise([document("a", "자율주행 버스 26일 무료 운행")], _shown(a=scene)) == ()


def test_the_article_that_tells_its_headline_is_read_first() -> None:
    aside = "요금은 내년 봄까지 받지 않고 이후 시의회가 정한다."
    members = [document(name, "성남시 자율주행 버스 봄까지 무료 운행") for name in "ab"]
    told = summarise(members, _shown(a=(aside,), b=(BUS,)))
    assert [(one.article, one.text) for one in told] == [("b", BUS), ("a", aside)]
