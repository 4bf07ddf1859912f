"""Which things of the lexicon a title names."""

import re
from collections.abc import Iterable
from functools import cache

from archive.records.knowledge import Concept, Lexicon

_SHORT_CAPITALS = 4  # "AMD" and "IBM" are names, "amd" and "ibm" may be anything


@cache
def _patterns(lexicon: Lexicon) -> tuple[tuple[Concept, re.Pattern[str]], ...]:
    return tuple((concept, re.compile("|".join(map(spelling, concept.aliases)))) for concept in lexicon.concepts)


def spelling(alias: str) -> str:
    """A pattern for an alias: with the particle that may follow it, and never inside another word."""
    word = re.escape(alias)
    if not alias.isascii():
        return rf"(?<![가-힣A-Za-z0-9]){word}"  # Korean particles follow without a space
    case = "-i" if alias.isupper() and len(alias) <= _SHORT_CAPITALS else "i"
    flags = f"(?{case}:{word})" if case == "i" else word
    return rf"(?<![A-Za-z0-9]){flags}(?![A-Za-z0-9])"


def named(titles: Iterable[str], lexicon: Lexicon | None) -> tuple[Concept, ...]:
    """The organisations, people, products and models the titles name, most often named first."""
    if lexicon is None:
        return ()
    lines = tuple(titles)
    counts = {
        concept: sum(bool(pattern.search(line)) for line in lines)
        for concept, pattern in _patterns(lexicon)
        if concept.kind != "concept"
    }
    found = [concept for concept, count in counts.items() if count]
    return tuple(sorted(found, key=lambda concept: (-counts[concept], concept.id)))
