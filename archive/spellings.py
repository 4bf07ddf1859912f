"""How a searched word may stand in a text: the sequences of index terms that count as it.

A word is found as it was typed (any place inside a Korean word, so 복지 in 노인복지관), without its particles (칩을 as
칩), and with a blank where Korean allows one (데이터센터 as 데이터 센터). Latin words are found whole, whatever their
case. Pure: morphemes come from the caller.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from archive.query import Term
from archive.search_index import LONGEST_TERM, SYLLABLES, bigrams, folded, runs

Morphemes = Callable[[str], tuple[str, ...]]

_PARTICLES: Final = (
    "은|는|이|가|을|를|의|와|과|도|만|로|으로|에|에서|에게|에선|에는|에도|에서는|서|로서|로써|으로서|으로써|까지|부터|보다|처럼|마다|"
    "조차|마저|한테|께서|이나|나|이라|라|이며|며|이고|이란|란|들"
)
_ENDED: Final = re.compile(rf"(?:{_PARTICLES}){{1,2}}")
_KOREAN: Final = re.compile(f"[{SYLLABLES}]")
_SHORTEST_PART: Final = 2  # syllables on either side of a blank
_LONGEST_SPLIT: Final = 12  # syllables of a word tried with a blank; longer ones are not compounds
_SAFE_PHRASE: Final = 6  # syllables: morphemes this long in all do not stand side by side by chance


@dataclass(frozen=True, slots=True)
class Way:
    """Terms that stand one behind the other in the index's morphemes, or in its bigrams."""

    terms: tuple[str, ...]
    morphemes: bool = False
    prefix: bool = False  # the last one may be the beginning of a longer term


@dataclass(frozen=True, slots=True)
class Spellings:
    """A term with the ways it may be written; ``stem`` is what counts as one occurrence."""

    stem: str
    ways: tuple[Way, ...]


def spellings(term: Term, morphemes: Morphemes) -> Spellings:
    """The ways a term may stand in a text."""
    typed = list(runs(term.text))
    if term.phrase:
        return Spellings(" ".join(typed), tuple(dict.fromkeys(_phrases(typed))))
    stem, own = _stem(term.text, morphemes)
    ways = [_as_bigrams(typed), *_spaced(typed)]
    if stem != typed and not _is_syllable(stem):
        ways += [_as_bigrams(stem), *_spaced(stem)]
    if len(own) == 1 or (own and len("".join(own)) >= _SAFE_PHRASE):
        ways.append(Way(own, morphemes=True))
    return Spellings(" ".join(stem), tuple(dict.fromkeys(ways)))


def _phrases(typed: Sequence[str]) -> Iterator[Way]:
    """A phrase as typed, and with its Korean words joined: blanks between them are a matter of taste."""
    yield _as_bigrams(typed)
    joined = re.sub(rf"(?<=[{SYLLABLES}]) (?=[{SYLLABLES}])", "", " ".join(typed)).split(" ")
    yield _as_bigrams(joined)


def _stem(text: str, morphemes: Morphemes) -> tuple[list[str], tuple[str, ...]]:
    """The runs of a word without its particles, and its morphemes when they tell (nearly) all of it."""
    typed = list(runs(text))
    if not any(map(_KOREAN.match, typed)):
        return typed, ()
    if len(typed) > 1 and _ENDED.fullmatch(typed[-1]) and not _KOREAN.match(typed[-2]):
        return typed[:-1], ()
    own = tuple(folded(morphemes(text)))
    whole, told = "".join(typed), "".join(own)
    rest = whole.removeprefix(told)
    if not told or not whole.startswith(told) or (rest and not _ENDED.fullmatch(rest)):
        return typed, ()
    return list(runs(told)), own


def _is_syllable(stem: Sequence[str]) -> bool:
    """Whether only one syllable is left: as a prefix it would find too much, as a morpheme it does not."""
    return len(stem) == 1 and len(stem[0]) == 1 and bool(_KOREAN.match(stem[0]))


def _as_bigrams(typed: Sequence[str]) -> Way:
    """The index terms of runs; the last Korean one may go on."""
    *front, last = typed
    before = [term for run in front for term in (bigrams(run) if _KOREAN.match(run) else [run[:LONGEST_TERM]])]
    if not _KOREAN.match(last):
        return Way((*before, last[:LONGEST_TERM]))
    pairs = [*bigrams(last)][:-1] or [last]
    return Way((*before, *pairs), prefix=len(last) == 1)


def _spaced(typed: Sequence[str]) -> Iterator[Way]:
    """The word with one blank inside one of its Korean runs."""
    for place, run in enumerate(typed):
        if _KOREAN.match(run) and len(run) <= _LONGEST_SPLIT:
            for cut in range(_SHORTEST_PART, len(run) - _SHORTEST_PART + 1):
                yield _as_bigrams([*typed[:place], run[:cut], run[cut:], *typed[place + 1 :]])
