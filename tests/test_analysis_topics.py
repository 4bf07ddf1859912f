from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corrections import Corrections
from analysis.mentions import Mentions
from analysis.subjects import Subjects, follow
from analysis.topics import Gathered, gather
from analysis.tracking import Traced
from archive.records.findings import Story, Topic, TopicChange
from archive.records.words import ArticleId, StoryId, TopicId
from tests.newsroom import CORRECTION, LEXICON, at, story

WEIGHTS = {"오픈클로": 2.0, "소버린 AI": 2.0, "앤트로픽": 1.2}
CLAW = [story(f"c{n}", (f"ca{n}",), days=n, terms=("오픈클로", f"낱말{n}")) for n in range(3)]
SOVEREIGN = [story(f"s{n}", (f"sa{n}",), days=n + 0.5, terms=("소버린 AI", f"다른{n}")) for n in range(3)]
OTHERS = [story(f"o{n}", (f"oa{n}",), days=n, terms=(f"혼자{n}", f"따로{n}")) for n in range(6)]
ALL = [*CLAW, *SOVEREIGN, *OTHERS]


def _name(stories: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The subject most of some stories tell of."""
    count = Counter(term for terms in stories for term in set(terms) if term in WEIGHTS)
    return tuple(term for term, n in count.most_common(1) if n >= len(stories) / 2)


def _gather(stories: list[Story], known: tuple[Topic, ...] = (), same: tuple[tuple[str, ...], ...] = ()) -> Gathered:
    return gather(stories, known, weights=WEIGHTS, name=_name, same=same)


def _topic(
    name: str, stories: tuple[str, ...], *, days: float = -30, label: str = "", terms: tuple[str, ...] = ()
) -> Topic:
    return Topic(
        id=TopicId(name),
        label=label or name,
        terms=terms,
        first_seen=at(days),
        stories=tuple(map(StoryId, stories)),
    )


def _follow(
    stories: list[Story], before: tuple[Topic, ...] = (), said: Corrections | None = None, traced: Traced | None = None
) -> Subjects:
    nothing = Traced(groups=(), redirects={}, remembered=(), gone=frozenset())
    return follow(stories, traced or nothing, before, Mentions(LEXICON), said or Corrections(()), until=at(7))


def test_stories_that_name_the_same_thing_are_a_topic_and_the_rest_are_none() -> None:
    found = set(_gather(ALL).stories.values())
    assert found == {("c0", "c1", "c2"), ("s0", "s1", "s2")}


def test_two_that_share_little_are_no_topic() -> None:
    pair = [story("a", terms=(*"가나다라", "함께")), story("b", terms=(*"마바사아", "함께"))]
    assert _gather([*pair, *OTHERS]).stories == {}


def test_what_cannot_be_named_is_no_topic() -> None:
    assert gather(ALL, (), weights=WEIGHTS, name=lambda _: ()).stories == {}


def test_a_story_once_in_a_topic_stays_in_it_whatever_it_is_like() -> None:
    found = _gather(ALL, (_topic("old", ("o1", "c0")),))
    assert {"o1", "c0"} <= set(found.stories[TopicId("old")])


def test_new_stories_join_a_topic_of_which_none_is_in_sight_by_its_terms() -> None:
    found = _gather([CLAW[0], *OTHERS], (_topic("old", ("long-ago",), terms=("오픈클로",)),))
    assert found.stories[TopicId("old")] == ("c0",)


def test_topics_that_became_alike_merge_into_the_older() -> None:
    known = (_topic("young", ("c0",), days=-3), _topic("old", ("c1",), days=-9))
    found = _gather(ALL, known)
    assert found.redirects == {"young": "old"}
    assert set(found.stories[TopicId("old")]) == {"c0", "c1", "c2"}


def test_topics_of_one_name_are_one() -> None:
    far = [story(f"f{n}", days=n, terms=(*(f"먼말{n}{m}" for m in range(5)), "오픈클로")) for n in range(3)]
    found = _gather([*ALL, *far], (_topic("old", ("f0", "f1", "f2")),))
    assert {"c0", "c1", "c2", "f0", "f1", "f2"} <= set(found.stories[TopicId("old")])


def test_a_topic_whose_stories_have_come_to_be_about_two_things_splits_and_says_so() -> None:
    mixed = _topic("old", ("c0", "c1", "c2", "s0", "s1", "s2", "c3"))
    stories = [*ALL, story("c3", days=3, terms=("오픈클로", "낱말3"))]
    found = _gather(stories, (mixed,))
    assert found.stories[TopicId("old")] == ("c0", "c1", "c2", "c3")
    (change,) = found.changes
    assert (change.kind, change.topic, change.stories) == ("split", "old", 3)
    assert found.stories[change.other] == ("s0", "s1", "s2")


def test_what_somebody_put_together_does_not_split() -> None:
    found = _gather(ALL, (_topic("old", ("c0", "c1", "c2", "s0", "s1", "s2")),), same=(("c0", "s0"),))
    assert len(found.stories[TopicId("old")]) == 6
    assert found.changes == ()


def test_merges_are_told_with_the_name_that_went() -> None:
    known = (_topic("young", ("c0",), days=-3, label="집게"), _topic("old", ("c1",), days=-9))
    (change,) = _follow(ALL, known).changes
    assert change == TopicChange(
        kind="merge", topic=TopicId("old"), other=TopicId("young"), label="집게", stories=1, at=at(7)
    )
    assert _follow(ALL, (_topic("old", ("c0", "c1")),)).changes == ()


def test_a_company_alone_is_no_topic() -> None:
    company = [story(f"a{n}", days=n, terms=("앤트로픽", f"일{n}")) for n in range(4)]
    assert _follow([*company, *OTHERS]).topics == ()
    about = [story(f"a{n}", days=n, terms=("앤트로픽", "사무소", f"일{n}")) for n in range(4)]
    assert [topic.label for topic in _follow([*about, *OTHERS]).topics] == ["앤트로픽·사무소"]


def test_a_story_that_does_not_tell_of_a_topics_subject_does_not_join_it() -> None:
    near = story("n", days=4, terms=("낱말0", "낱말1", "낱말2"))
    assert all("n" not in stories for stories in _gather([*ALL, near]).stories.values())


def test_what_somebody_called_the_same_topic_is_one() -> None:
    found = _gather(ALL, same=(("o1", "o2"), ("c0", "s0")))
    assert ("o1", "o2") in found.stories.values()
    assert any({"c0", "s0"} <= set(stories) for stories in found.stories.values())


@settings(max_examples=30, deadline=None)
@given(st.permutations(ALL))
def test_the_order_of_stories_does_not_matter_and_gathering_again_changes_nothing(stories: list[Story]) -> None:
    first = _follow(stories)
    assert first == _follow(ALL)
    again = _follow(stories, first.topics)
    assert again.topics == first.topics
    assert again.topic_of == first.topic_of
    assert again.redirects == {}


def test_a_topic_is_named_by_what_its_stories_share() -> None:
    assert {topic.label for topic in _follow(ALL).topics} == {"오픈클로", "소버린 AI"}


def test_a_name_stays_while_it_holds() -> None:
    known = (_topic("old", ("c0", "c1", "c2", "c3"), label="낱말0"),)
    other = [story("c3", days=3, terms=("오픈클로", "낱말0")), *ALL]
    assert [topic.label for topic in _follow(other, known).topics if topic.id == "old"] == ["낱말0"]
    lost = _follow(ALL, (_topic("old", ("c1", "c2"), label="옛말"),)).topics
    assert [topic.label for topic in lost if topic.id == "old"] == ["오픈클로"]


def test_two_topics_never_have_one_name() -> None:
    both = [story(f"b{n}", days=n + 0.2, terms=("오픈클로", "소버린 AI", f"둘{n}")) for n in range(3)]
    known = (_topic("old", ("c0", "c1", "c2"), label="오픈클로"), _topic("new", ("b0", "b1", "b2"), label="오픈클로"))
    names = [topic.label for topic in _follow([*CLAW, *both, *OTHERS], known).topics]
    assert len(set(names)) == len(names)


def test_a_name_is_written_as_headlines_write_it() -> None:
    told = [replace(one, label=f"OpenClaw 소식 {one.id}") for one in CLAW]
    assert [topic.label for topic in _follow([*told, *OTHERS]).topics] == ["OpenClaw"]
    once = [replace(told[0], label="오픈클로, 오늘"), *told[1:]]
    assert [topic.label for topic in _follow([*once, *OTHERS]).topics] == ["오픈클로"]


def test_what_somebody_named_keeps_that_name_even_when_the_article_is_out_of_sight() -> None:
    for article in ("ca0", "long-gone"):
        said = Corrections([replace(CORRECTION, kind="topic-name", articles=(ArticleId(article),), value="집게발")])
        named = _follow(ALL, (_topic("old", ("c0", "c1"), label="집게발"),), said).topics
        assert "집게발" in {topic.label for topic in named}
        assert said.idle() == ()


def test_stories_that_merged_are_followed_and_those_gone_are_dropped() -> None:
    traced = Traced(
        groups=(), redirects={StoryId("x"): StoryId("c0")}, remembered=(), gone=frozenset({StoryId("dead")})
    )
    found = _follow(ALL, (_topic("old", ("far", "x", "dead")),), traced=traced)
    topic = next(topic for topic in found.topics if topic.id == "old")
    assert topic.stories == ("far", "c0", "c1", "c2")
    assert topic.first_seen == at(-30)
