from hypothesis import given
from hypothesis import strategies as st

from analysis.tracking import carry, mint, trace
from archive.records.incoming import Document
from archive.records.words import ArticleId
from tests.newsroom import at, document, story

_PARTITIONS = st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=6, unique=True), max_size=8).map(
    lambda groups: [
        [f"a{n}" for n in group if n not in {m for earlier in groups[:place] for m in earlier}]
        for place, group in enumerate(groups)
    ]
)


def _ids(letters: str) -> list[ArticleId]:
    return [ArticleId(letter) for letter in letters]


def _present(*names: str) -> dict[ArticleId, Document]:
    return {ArticleId(name): document(name, name, days=place) for place, name in enumerate(names)}


def test_a_new_group_gets_the_digest_of_its_first_member() -> None:
    assert carry([["a", "b"]], {}).ids == (mint("a", ()),)
    assert len(mint("a", ())) == 12


def test_a_taken_id_is_counted_on() -> None:
    first = mint("a", ())
    assert mint("a", {first}) != first
    assert mint("a", {first}) == mint("a", {first})


def test_the_group_that_shares_most_keeps_the_id() -> None:
    carried = carry([["a"], ["b", "c"]], {"old": ["a", "b", "c"]})
    assert carried.ids[1] == "old"
    assert carried.ids[0] == mint("a", {"old"})
    assert carried.redirects == {}


def test_a_merged_story_leaves_a_redirect() -> None:
    carried = carry([["a", "b", "c"]], {"one": ["a"], "two": ["b", "c"]})
    assert carried.ids == ("two",)
    assert carried.redirects == {"one": "two"}


def test_a_story_out_of_sight_is_neither_carried_nor_redirected() -> None:
    carried = carry([["x"]], {"old": ["a"]})
    assert carried.redirects == {}
    assert carried.ids[0] != "old"


@given(_PARTITIONS, _PARTITIONS)
def test_ids_are_unique_and_repeat_themselves(today: list[list[str]], yesterday: list[list[str]]) -> None:
    today = [group for group in today if group]
    first = carry(today, {f"s{place}": group for place, group in enumerate(yesterday) if group})
    assert len(set(first.ids)) == len(today)
    assert not set(first.redirects) & set(first.ids)
    again = carry(today, dict(zip(first.ids, today, strict=True)))
    assert again.ids == first.ids
    assert again.redirects == {}


def test_members_older_than_the_window_stay_with_their_story() -> None:
    present = _present("b", "c")
    old = story("s", ("a", "b"), days=-20)
    traced = trace([_ids("bc")], [old], present)
    assert traced.groups[0].id == "s"
    assert traced.groups[0].older == ("a",)
    assert traced.groups[0].first_seen == at(-20)


def test_a_member_taken_away_does_not_stay() -> None:
    present = _present("a", "c")
    traced = trace([_ids("ac")], [story("s", ("a", "removed", "c"))], present)
    assert traced.groups[0].older == ()
    assert [one.id for one in traced.groups[0].documents] == ["a", "c"]


def test_a_story_without_articles_at_hand_is_remembered_and_one_that_dissolved_is_gone() -> None:
    present = _present("a", "b")
    before = [story("far", ("z",)), story("dissolved", ("b",))]
    traced = trace([_ids("a")], before, present)
    assert [one.id for one in traced.remembered] == ["far"]
    assert traced.gone == {"dissolved"}
