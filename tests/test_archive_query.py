"""The search grammar: every text is a question, and no term gets lost."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.query import LONGEST, MOST_TERMS, All, Either, Node, Not, Term, parse

A, B, C = Term("가나"), Term("bee"), Term("씨")


def _terms(node: Node | None) -> list[Term]:
    if node is None or isinstance(node, Term):
        return [node] if node else []
    parts = (node.part,) if isinstance(node, Not) else node.parts
    return [term for part in parts for term in _terms(part)]


def _depth(node: Node | None) -> int:
    if node is None or isinstance(node, Term):
        return 0
    parts = (node.part,) if isinstance(node, Not) else node.parts
    return 1 + max(map(_depth, parts))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", None),
        ("가나", A),
        ("가나 bee", All((A, B))),
        ("가나 AND bee", All((A, B))),
        ("가나 OR bee", Either((A, B))),
        ("가나 bee OR 씨", Either((All((A, B)), C))),
        ("가나 (bee OR 씨)", All((A, Either((B, C))))),
        ("가나 -bee", All((A, Not(B)))),
        ("-가나", Not(A)),
        ("가나 -(bee 씨)", All((A, Not(All((B, C)))))),
        ('"가나 bee" 씨', All((Term("가나 bee", phrase=True), C))),
        ("“가나 bee” 씨", All((Term("가나 bee", phrase=True), C))),
        ('가나 -"bee 씨"', All((A, Not(Term("bee 씨", phrase=True))))),
        ("(((가나)))", A),
        ("가나（bee）", All((A, B))),
    ],
)
def test_questions(text: str, tree: Node | None) -> None:
    assert parse(text).tree == tree


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("GPT-4", ["GPT-4"]),
        ("C++ C# a.b", ["C++", "C#", "a.b"]),
        ("OR", ["OR"]),
        ("OR 가나", ["OR", "가나"]),
        ("가나 OR", ["가나", "OR"]),
        ("가나 (OR) bee", ["가나", "OR", "bee"]),
        ("가나 or bee", ["가나", "or", "bee"]),
        ('"열린 따옴표', ["열린 따옴표"]),
        ("(열린 괄호", ["열린", "괄호"]),
        ("닫힌) 괄호", ["닫힌", "괄호"]),
        ("() 가나", ["가나"]),
        ("--가나", ["가나"]),
        ("제목:인공지능 NEAR/2 col*", ["제목:인공지능", "NEAR/2", "col*"]),
        ("'; DROP TABLE articles; --", ["TABLE", "articles;", "DROP"]),
        ("가\0나", ["가나"]),
        ("\ud800가나", ["가나"]),
    ],
)
def test_unfinished_and_hostile_questions_keep_their_terms(text: str, terms: list[str]) -> None:
    assert sorted(term.text for term in _terms(parse(text).tree)) == sorted(terms)


def test_what_cannot_be_searched_is_named() -> None:
    query = parse("인공지능 *** 😀")
    assert query.tree == Term("인공지능")
    assert query.ignored == ("***", "😀")


def test_terms_after_the_last_that_is_taken_are_named() -> None:
    words = [f"말{number}" for number in range(MOST_TERMS + 3)]
    query = parse(" ".join(words))
    assert [term.text for term in _terms(query.tree)] == words[:MOST_TERMS]
    assert query.ignored == tuple(words[MOST_TERMS:])


def test_excluded_terms_are_not_wanted() -> None:
    assert parse("가나 -bee (씨 OR -디)").terms == (A, C)


@settings(deadline=None)
@given(st.text(st.characters(codec=None), max_size=200))
def test_any_text_is_a_question(text: str) -> None:
    query = parse(text)
    assert query.text == text
    assert _depth(query.tree) < 100


@settings(deadline=None)
@given(st.text('가나 abOR AND()-"“”|*:^\0', max_size=80))
def test_every_word_is_a_term_or_is_named(text: str) -> None:
    query = parse(text)
    kept = " ".join([term.text for term in _terms(query.tree)] + list(query.ignored))
    operators = {"OR", "AND"}
    for word in re.findall(r"[가나abORND]+", text.replace("\0", "")):
        assert word in operators or word in kept


@pytest.mark.parametrize("depth", [1, 19, 20, 21, 500, LONGEST - 2])
def test_brackets_may_nest_however_deep(depth: int) -> None:
    assert parse("(" * depth + "가나" + ")" * depth).tree == A


def test_what_follows_too_long_a_question_is_named() -> None:
    query = parse("(" * LONGEST + "가나 bee")
    assert query.tree is None
    assert query.ignored == ("가나", "bee")


@settings(deadline=None)
@given(st.lists(st.text("가나다라abc123", min_size=1, max_size=6).filter(lambda word: word[0] != "-"), max_size=12))
def test_plain_words_are_all_asked_for_in_their_order(words: list[str]) -> None:
    assert [term.text for term in parse(" ".join(words)).terms] == words
