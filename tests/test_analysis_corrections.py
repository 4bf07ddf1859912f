from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from analysis.corrections import Corrections
from archive.records.findings import DutyMatch
from archive.records.knowledge import Correction
from archive.records.words import ArticleId

Kind = Literal["together", "apart", "topic-name", "same-topic", "ai", "section", "duty"]
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def _say(number: int, kind: Kind, *articles: str, value: str = "", withdrawn: bool = False) -> Correction:
    return Correction(
        number=number,
        at=NOW,
        who="김주무관",
        kind=kind,
        articles=tuple(map(ArticleId, articles)),
        value=value,
        reason="",
        withdrawn=NOW if withdrawn else None,
    )


def _regroup(said: Corrections, *groups: str, copies: dict[str, str] | None = None) -> set[frozenset[str]]:
    """Groups written as words, an article a letter; letters near in the alphabet are alike."""
    made = [tuple(map(ArticleId, group)) for group in groups]
    known = {ArticleId(copy): ArticleId(original) for copy, original in (copies or {}).items()}
    return {frozenset(group) for group in said.regroup(made, known, lambda a, b: -abs(ord(a) - ord(b)))}


def _sets(*groups: str) -> set[frozenset[str]]:
    return {frozenset(group) for group in groups}


def test_together_joins_whole_stories() -> None:
    said = Corrections([_say(1, "together", "b", "c")])
    assert _regroup(said, "ab", "cd", "e") == _sets("abcd", "e")
    assert said.idle() == ()


def test_apart_divides_and_what_stood_with_both_goes_where_it_is_more_alike() -> None:
    assert _regroup(Corrections([_say(1, "apart", "a", "z")]), "abcxyz") == _sets("abc", "xyz")


def test_a_single_article_apart_stands_alone_with_its_copies() -> None:
    said = Corrections([_say(1, "apart", "c")])
    assert _regroup(said, "abcd", copies={"d": "c"}) == _sets("ab", "cd")


def test_the_later_of_two_contrary_ones_wins_and_the_other_is_idle() -> None:
    said = Corrections([_say(1, "apart", "a", "b"), _say(2, "together", "a", "b")])
    assert _regroup(said, "ab") == _sets("ab")
    assert said.idle() == (1,)


def test_both_hold_when_both_can() -> None:
    said = Corrections([_say(1, "apart", "a", "b"), _say(2, "together", "a", "c")])
    assert _regroup(said, "ab", "c") == _sets("ac", "b")
    assert _regroup(said, "abc") == _sets("ac", "b")


def test_what_concerns_articles_out_of_sight_is_idle() -> None:
    said = Corrections([_say(1, "together", "a", "gone"), _say(2, "apart", "gone"), _say(3, "ai", "gone", value="no")])
    assert _regroup(said, "ab") == _sets("ab")
    assert said.idle() == (1, 2, 3)


def test_what_is_out_of_sight_is_unseen_and_what_was_obeyed_is_told() -> None:
    said = Corrections([_say(1, "together", "x", "y"), _say(2, "section", "a", value="tech"), _say(3, "ai", "a", "x")])
    assert said.section([ArticleId("a")]) == "tech"
    assert said.obeyed() == (2,)
    assert said.idle() == (1, 3)
    assert said.unseen({ArticleId("a")}) == (1,)


def test_who_says_where_an_article_belongs_says_that_it_is_news() -> None:
    placing = [_say(1, "together", "a", "b"), _say(2, "duty", "c", value="교통"), _say(3, "apart", "d", "e")]
    said = Corrections([*placing, _say(4, "section", "f", value="tech", withdrawn=True)])
    assert [name for name in "abcdef" if said.keeps(ArticleId(name))] == ["a", "b", "c"]


def test_a_withdrawn_one_is_neither_obeyed_nor_idle() -> None:
    said = Corrections([_say(1, "together", "a", "b", withdrawn=True)])
    assert _regroup(said, "a", "b") == _sets("a", "b")
    assert said.idle() == ()


def test_ai_takes_the_latest_answer_and_ignores_what_is_none() -> None:
    said = Corrections([_say(1, "ai", "a", value="no"), _say(2, "ai", "a", value="예"), _say(3, "ai", "b", value="?")])
    assert said.ai(ArticleId("a")) is True
    assert said.ai(ArticleId("b")) is None
    assert said.idle() == (3,)


def test_section_must_be_one() -> None:
    said = Corrections([_say(1, "section", "a", value="policy"), _say(2, "section", "b", value="sports")])
    assert said.section((ArticleId("x"), ArticleId("a"))) == "policy"
    assert said.section((ArticleId("b"),)) is None
    assert said.idle() == (2,)


def test_duties_are_added_taken_away_and_cleared() -> None:
    found = (DutyMatch(name="교통", words=("버스",)), DutyMatch(name="복지", words=("돌봄",)))
    said = Corrections([_say(1, "duty", "a", value="-교통"), _say(2, "duty", "a", value="안전"), _say(3, "duty", "b")])
    assert [match.name for match in said.duties((ArticleId("a"),), found)] == ["복지", "안전"]
    assert said.duties((ArticleId("b"),), found) == ()
    assert said.duties((ArticleId("c"),), found) == found


def test_same_topic_needs_two_stories() -> None:
    said = Corrections([_say(1, "same-topic", "a", "b"), _say(2, "same-topic", "a", "gone")])
    assert said.same_topic({ArticleId("a"): "s1", ArticleId("b"): "s2"}) == (("s1", "s2"),)
    assert said.topic_name((ArticleId("a"),)) == ""


_LETTERS = st.text("abcdefgh", min_size=1, max_size=4).map(lambda word: "".join(dict.fromkeys(word)))


def _holds(one: Correction, groups: set[frozenset[str]]) -> bool:
    if one.kind == "together":
        return any(group.issuperset(one.articles) for group in groups)
    if len(one.articles) == 1:
        return frozenset(one.articles) in groups
    return not any(len(group.intersection(one.articles)) > 1 for group in groups)


@given(st.lists(st.tuples(st.sampled_from(["together", "apart"]), _LETTERS), max_size=6), _LETTERS)
def test_whatever_was_said_holds_or_is_reported(orders: Sequence[tuple[Kind, str]], group: str) -> None:
    said = [_say(number, kind, *articles) for number, (kind, articles) in enumerate(orders)]
    corrections = Corrections(said)
    rest = [letter for letter in "abcdefgh" if letter not in group]
    groups = _regroup(corrections, group, *rest)
    assert sorted("".join(sorted(letter for one in groups for letter in one))) == sorted("abcdefgh")
    told = [one for one in said if one.number not in corrections.idle()]
    assert all(_holds(one, groups) for one in told)
