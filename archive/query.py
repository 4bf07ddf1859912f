"""The search grammar: any text in, a question out, never an error and never a term lost in silence.

    question   = all { "OR" all }           any of them
    all        = one { one }                all of them (AND may be written, it changes nothing)
    one        = "-" one                    without it
               | "(" question ")"
               | '"' phrase '"'             these words side by side
               | word

A blank binds closer than OR, as in FTS5, FreshRSS and PostgreSQL's web search: ``AI 서울 OR 부산`` is (AI and 서울) or
부산. An operator that has nothing to join is a word; a bracket or quote left open is closed at the end. What cannot
be searched (signs alone, terms after the 32nd, what follows 2,000 characters) is named in ``ignored``.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from archive.rows import plain

MOST_TERMS: Final = 32  # more make a statement no person meant
LONGEST: Final = 2_000  # characters of a question that are read
_DEEPEST: Final = 20  # brackets within brackets

# “ ” „ and the other double quotes people paste all mean a phrase.
_QUOTES: Final = '"“”„‟«»『』「」'
_TOKEN: Final = re.compile(rf"""-*[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]?|-*\(|\)|[^\s(){_QUOTES}]+""")
_SEARCHABLE: Final = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or a phrase whose words stand side by side."""

    text: str
    phrase: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """Without this."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """Every part."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part."""

    parts: tuple["Node", ...]


Node = Term | Not | All | Either


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question put to the search; ``tree`` is None when there is nothing to search for."""

    text: str
    tree: Node | None
    ignored: tuple[str, ...] = ()  # what was written but cannot be searched

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms to be found (those excluded are left out), in order."""
        return tuple(_wanted(self.tree)) if self.tree else ()


def parse(text: str) -> Query:
    """Read a question; total: every text is one."""
    cleaned = unicodedata.normalize("NFKC", plain(text))
    reader = _Reader(_TOKEN.findall(cleaned[:LONGEST]))
    tree = reader.question()
    return Query(text=text, tree=tree, ignored=tuple(dict.fromkeys([*reader.ignored, *cleaned[LONGEST:].split()])))


def _wanted(node: Node) -> Iterator[Term]:
    if isinstance(node, Term):
        yield node
    elif isinstance(node, All | Either):
        for part in node.parts:
            yield from _wanted(part)


class _Reader:
    """Reads tokens once, left to right."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self._terms = 0
        self.ignored: list[str] = []

    def question(self) -> Node | None:
        """Everything up to the bracket that closes this one, or to the end."""
        choices = [self._all()]
        while self._operator("OR"):
            choices.append(self._all())
        return _joined(Either, choices)

    def _all(self) -> Node | None:
        parts = [self._one()]
        while self._next is not None and not self._closes() and not (self._next == "OR" and self._operand_follows()):
            if not self._operator("AND"):
                parts.append(self._one())
        return _joined(All, parts)

    def _one(self) -> Node | None:
        if self._next is None or self._closes():
            return None
        word = self._next
        self._at += 1
        bare = word.lstrip("-")
        part = self._bracketed() if bare == "(" else self._term(bare)
        return Not(part) if part and bare != word else part

    def _bracketed(self) -> Node | None:
        if self._depth >= _DEEPEST:
            return None  # the bracket alone goes; what it holds is read as if without it
        self._depth += 1
        part = self.question()
        self._depth -= 1
        self._at += self._next == ")"
        return part

    def _term(self, bare: str) -> Node | None:
        words = bare.strip(_QUOTES).strip()
        if self._terms < MOST_TERMS and _SEARCHABLE.search(words):
            self._terms += 1
            return Term(words, phrase=bare[0] in _QUOTES)
        if words and words != ")":
            self.ignored.append(words)
        return None

    @property
    def _next(self) -> str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _closes(self) -> bool:
        return self._next == ")" and self._depth > 0

    def _operator(self, name: str) -> bool:
        """Step over an operator that has something before and behind it to join."""
        found = self._next == name and self._operand_follows()
        self._at += found
        return found

    def _operand_follows(self) -> bool:
        return self._at > 0 and self._tokens[self._at + 1 : self._at + 2] not in ([], [")"], ["OR"], ["AND"])


def _joined(kind: type[All] | type[Either], parts: list[Node | None]) -> Node | None:
    there = tuple(part for part in parts if part)
    return kind(there) if len(there) > 1 else next(iter(there), None)
