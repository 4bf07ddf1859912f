"""Whether two titles may stand over the same article."""

import re
from itertools import pairwise
from typing import Final

_NO_LETTERS: Final = re.compile(r"[\W_]+")
_SHARE: Final = 0.5  # of the shorter title's letter pairs; titles of different articles seldom share a third


def letter_pairs(text: str) -> frozenset[str]:
    """Each letter or digit with its neighbour, spaces and punctuation aside."""
    plain = _NO_LETTERS.sub("", text).lower()
    return frozenset(map("".join, pairwise(plain)))


def titles_agree(one: str, other: str) -> bool:
    """Whether the shorter title says, in large part, what the longer says; never where one says nothing."""
    pairs = letter_pairs(one), letter_pairs(other)
    shorter = min(map(len, pairs))
    return shorter > 0 and len(pairs[0] & pairs[1]) >= _SHARE * shorter
