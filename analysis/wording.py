"""The words an article is judged by, each with how much it counts: the headline's once, the lead's by half.

What single words and families of words say was learnt from headlines the project wrote itself and from labelled weeks
(``benchmarks.lessons``), and is written down in ``learnt_weights`` as tables a reader can look things up in; only
words of our own headlines are in them, so none that belongs to the events of a labelled week.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from archive.records.incoming import Document

_LEAD_TERMS = 70  # terms of the text that are read
_IN_LEAD = 0.5


class Weights(NamedTuple):
    """What was learnt: a weight, or one for each section, by the name of a piece of evidence and by word."""

    facts: Mapping[str, tuple[float, ...]]
    words: Mapping[str, tuple[float, ...]]


def wording(document: Document) -> Mapping[str, float]:
    """The different terms of headline and lead."""
    lead = dict.fromkeys(document.tokens.text[:_LEAD_TERMS], _IN_LEAD)
    return lead | dict.fromkeys(document.tokens.title, 1.0)


def weights_of(facts: str, words: str) -> Weights:
    """Read two tables: lines of ``name: weight …``, and lines of ``which of these weights, how much | word word``."""
    named = {
        name.strip(): _numbers(row) for name, _, row in (line.rpartition(":") for line in facts.splitlines() if line)
    }
    width = max(map(len, named.values()), default=0)
    said: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * width)
    for line in filter(None, words.splitlines()):
        row, _, alike = line.partition("|")
        column, weight = row.split()
        for word in alike.split():
            said[word][int(column)] = float(weight)
    return Weights(facts=named, words={word: tuple(row) for word, row in said.items()})


def _numbers(row: str) -> tuple[float, ...]:
    return tuple(float(number) for number in row.split())
