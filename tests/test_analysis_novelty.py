"""Terms nobody wrote before: which are asked for, and which of those are new."""

from collections.abc import Sequence

import pytest

from analysis.mentions import Mentions
from analysis.novelty import Candidate, candidates, judged, ordered
from archive.records.findings import NewTerm, Sighting
from archive.records.incoming import Article
from archive.records.knowledge import Concept, Lexicon
from archive.records.words import ArticleId, StoryId
from tests.builders import a_story, ago, an_article

LEXICON = Lexicon(
    version="tests",
    concepts=(
        Concept(id="glimmer", label="글리머", aliases=("Glimmer",), kind="model", ai="core"),
        Concept(id="hanbit", label="한빛시", aliases=("한빛",), kind="government", ai="none"),
    ),
)
MENTIONS = Mentions(LEXICON)


def told_by(*titles: str, lang: str = "ko") -> dict[ArticleId, Article]:
    """Articles of as many publishers as titles."""
    made = [an_article(f"a{n}", title=title, family=f"paper{n}", lang=lang) for n, title in enumerate(titles)]
    return {one.id: one for one in made}


def asked(terms: Sequence[str], articles: dict[ArticleId, Article], known: Sequence[str] = ()) -> list[str]:
    story = a_story("one", list(articles), terms=tuple(terms))
    return [one.term for one in candidates([story], articles, known, MENTIONS)]


def test_a_term_of_two_publishers_with_a_headline_is_asked_for() -> None:
    told = told_by("노래봇 공개", "새 노래봇이 나왔다")
    assert asked(["노래봇", "부대행사"], told) == ["노래봇"]
    assert asked(["노래봇"], told_by("노래봇 공개")) == []


def test_a_term_of_earlier_stories_is_not_asked_for() -> None:
    assert asked(["노래봇"], told_by("노래봇 공개", "노래봇"), known=["노래봇"]) == []


def test_a_latin_word_must_look_like_a_name_or_stand_in_a_korean_headline() -> None:
    english = told_by("Trusted GLM-5 and XYZ ship", "Trusted GLM-5 again", lang="en")
    assert asked(["Trusted", "GLM-5", "XYZ"], english) == ["GLM-5", "XYZ"]
    assert asked(["Songbird"], told_by("Songbird 공개", "Songbird 써 보니")) == ["Songbird"]


def test_a_concept_is_asked_for_under_all_its_names_and_a_place_never() -> None:
    told = told_by("Glimmer 공개한 한빛시", "글리머 나왔다")
    story = a_story("one", list(told), terms=("글리머", "한빛시"))
    (found,) = candidates([story], told, (), MENTIONS)
    assert (found.term, found.kind, found.written) == ("글리머", "model", ("글리머", "Glimmer"))


def test_stories_not_about_ai_ask_for_nothing() -> None:
    told = told_by("노래봇 공개", "노래봇")
    assert candidates([a_story("one", list(told), terms=("노래봇",), ai=False)], told, (), MENTIONS) == []


def sighted(name: str, family: str, hours: float, *, backfill: bool = False) -> Sighting:
    return Sighting(article=ArticleId(name), moment=ago(hours=hours), family=family, backfill=backfill)


CANDIDATE = Candidate(
    term="노래봇",
    kind="",
    written=("노래봇",),
    stories=(StoryId("one"),),
    articles=frozenset((ArticleId("a"), ArticleId("b"))),
)


def test_who_had_it_first_may_stand_outside_the_stories_but_is_no_back_catalogue() -> None:
    seen = [
        sighted("old", "lab", 30, backfill=True),
        sighted("z", "blog", 20),
        sighted("a", "x", 9),
        sighted("b", "y", 3),
    ]
    found = judged(CANDIDATE, seen)
    assert found is not None
    assert (found.first, found.at, found.families) == ("z", ago(hours=20), ("x", "y"))


@pytest.mark.parametrize(
    "seen",
    [
        [sighted("a", "x", 9), sighted("b", "x", 3)],
        [sighted("a", "x", 9), sighted("z", "y", 3)],
        [sighted("a", "x", 9), sighted("b", "y", 3, backfill=True)],
        [],
    ],
)
def test_one_publisher_makes_nothing_new(seen: list[Sighting]) -> None:
    assert judged(CANDIDATE, seen) is None


def new_term(term: str, *families: str, stories: Sequence[str] = ("one",), kind: str = "") -> NewTerm:
    return NewTerm(
        term=term,
        kind=kind,
        first=ArticleId("a"),
        at=ago(hours=9),
        families=families,
        stories=tuple(map(StoryId, stories)),
    )


def test_most_publishers_come_first_and_parts_of_longer_terms_are_left_out() -> None:
    found = [
        new_term("노래", "x", "y"),
        new_term("노래봇", "x", "y"),
        new_term("춤봇", "x", "y", "z"),
        new_term("노래방", "x", "y", kind="concept"),
        new_term("봇", "x", "y", stories=("two",)),
    ]
    assert [one.term for one in ordered(found)] == ["춤봇", "노래방", "노래봇", "봇"]
