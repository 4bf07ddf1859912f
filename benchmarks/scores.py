"""How well a grouping of documents into stories agrees with labels.

BCubed: Bagga & Baldwin 1998, in the form of Amigó et al. 2009. Pairwise: over pairs put together. Story F: stories of
two or more, matched one to one at a Jaccard overlap of at least one half. BCubed alone flatters a stream in which most
stories are single articles, so the score of "every article alone" belongs beside it.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple

Labels = Mapping[str, Hashable]  # document → story

_OVERLAP = 0.5


class Score(NamedTuple):
    """Precision, recall and their harmonic mean, each 0 to 1."""

    precision: float
    recall: float
    f: float

    @classmethod
    def of(cls, precision: float, recall: float) -> "Score":
        """Fill in F, 0 when nothing is right."""
        both = precision + recall
        return cls(precision, recall, 2 * precision * recall / both if both else 0.0)

    def __str__(self) -> str:
        return f"P {self.precision:.3f} R {self.recall:.3f} F {self.f:.3f}"


def bcubed(gold: Labels, found: Labels) -> Score:
    """BCubed over the documents of gold; one that was not grouped counts alone."""
    found = _completed(gold, found)
    both = Counter((gold[i], found[i]) for i in gold)
    golds, founds = Counter(gold.values()), Counter(found.values())
    precision = sum(n * n / founds[b] for (_, b), n in both.items()) / len(gold)
    recall = sum(n * n / golds[a] for (a, _), n in both.items()) / len(gold)
    return Score.of(precision, recall)


def pairwise(gold: Labels, found: Labels) -> Score:
    """Over pairs of documents put together."""
    found = _completed(gold, found)
    right = _pairs(Counter((gold[i], found[i]) for i in gold).values())
    golds, founds = _pairs(Counter(gold.values()).values()), _pairs(Counter(found.values()).values())
    return Score.of(right / founds if founds else 0.0, right / golds if golds else 0.0)


def story_f(gold: Labels, found: Labels) -> Score:
    """Over stories of two or more documents, matched one to one, best overlap first."""
    golds, founds = _groups(gold), _groups(_completed(gold, found))
    overlaps = sorted(
        ((len(a & b) / len(a | b), x, y) for x, a in enumerate(golds) for y, b in enumerate(founds) if a & b),
        reverse=True,
    )
    used_x, used_y = set(), set()
    for overlap, x, y in overlaps:
        if overlap >= _OVERLAP and x not in used_x and y not in used_y:
            used_x.add(x)
            used_y.add(y)
    return Score.of(len(used_x) / len(founds) if founds else 0.0, len(used_x) / len(golds) if golds else 0.0)


def binary(gold: Mapping[str, bool], found: Mapping[str, bool]) -> Score:
    """Precision and recall of a yes."""
    right = sum(gold[i] and found[i] for i in gold)
    said, true = sum(found[i] for i in gold), sum(gold.values())
    return Score.of(right / said if said else 0.0, right / true if true else 0.0)


def alone(gold: Labels) -> dict[str, str]:
    """Every document a story of its own: the grouping any other must beat."""
    return {i: i for i in gold}


def grouped(stories: Iterable[Iterable[str]]) -> dict[str, int]:
    """Labels from groups."""
    return {document: number for number, story in enumerate(stories) for document in story}


def report(gold: Labels, found: Labels) -> str:
    """The three scores and the sizes of the largest groups in one line."""
    largest = [n for _, n in Counter(found.values()).most_common(3)]
    return f"BCubed {bcubed(gold, found)} | pairs {pairwise(gold, found)} | stories {story_f(gold, found)} | {largest}"


def _completed(gold: Labels, found: Labels) -> dict[str, Hashable]:
    return {i: found.get(i, ("alone", i)) for i in gold}


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)


def _groups(labels: Labels) -> list[set[str]]:
    groups: dict[Hashable, set[str]] = defaultdict(set)
    for document, story in labels.items():
        groups[story].add(document)
    return [group for group in groups.values() if len(group) > 1]
