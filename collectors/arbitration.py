"""Which of several extracted texts is the article: the one the others agree with most.

Trafilatura leads on the world's press, readability on Korean broadcasters, and either may bring the whole page; a text
that another found by other means is rarely wrong. Measured with benchmarks/extraction.py.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from collectors import languages

SAME: Final = 0.95  # overlap from which two candidates confirm each other, so that no third need be asked
_WEIGHT: Final = 1.5  # of trafilatura's voice outside Korean, where it is the best single extractor
_AGREED: Final = 0.5  # overlap below which nobody agrees with a candidate
_SURE: Final = 200  # characters from which a page's own data is believed when nobody agrees
_OWN_DATA: Final = ("state:", "json-ld")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that may be the article's, and who found it."""

    extractor: str
    text: str
    bag: Counter[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Count the words once."""
        object.__setattr__(self, "bag", Counter(self.text.split()))

    def overlap(self, other: "Candidate") -> float:
        """F1 of two bags of words."""
        return 2 * (self.bag & other.bag).total() / max(self.bag.total() + other.bag.total(), 1)


def is_korean(candidates: Sequence[Candidate]) -> bool:
    """Whether what was found is Korean for the most part."""
    return languages.of("".join(candidate.text for candidate in candidates)) == "ko"


def confirmed(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether another candidate says the same."""
    return any(candidate.overlap(other) >= SAME for other in others if other is not candidate)


def best(candidates: Sequence[Candidate]) -> Candidate | None:
    """The candidate most agreed with, the earlier of two; when nobody agrees, the longest of the page's own data."""
    if not candidates:
        return None
    korean = is_korean(candidates)
    chosen = max(candidates, key=lambda each: _agreement(each, candidates, korean=korean))
    own = [each for each in candidates if each.extractor.startswith(_OWN_DATA) and len(each.text) >= _SURE]
    if own and all(chosen.overlap(other) < _AGREED for other in candidates if other is not chosen):
        return max(own, key=lambda each: len(each.text))
    return chosen


def _agreement(one: Candidate, candidates: Sequence[Candidate], *, korean: bool) -> float:
    return sum(one.overlap(other) * _voice(other, korean=korean) for other in candidates)


def _voice(candidate: Candidate, *, korean: bool) -> float:
    return _WEIGHT if candidate.extractor == "trafilatura" and not korean else 1.0
