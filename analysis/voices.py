"""How many told a story in words of their own.

Outlets that print a company's release are many families and one voice. A family whose text stands, nearly word for
word, in another family's text adds little; the measure is containment of character 5-grams (Broder 1997) of the first
letters of the texts, the highest against any family counted before. In a recorded week rewritten releases share .4 to
.8, news that outlets reported themselves .0 to .4.
"""

import re
from collections.abc import Sequence

from analysis.tokens import body
from archive.records.incoming import Document

_GRAM = 5
_READ = 600  # letters of a text
_LEAST = 80  # 5-grams, about two sentences; less is no text to compare


def voices(documents: Sequence[Document]) -> float:
    """Families that told it, each counted by how much of its text is its own: from 1 to their number.

    A family whose text is not known counts as its fellows do on average.
    """
    first: dict[str, frozenset[str]] = {}
    for one in sorted(documents, key=lambda one: (one.article.moment, one.id)):
        if len(first.get(one.article.family, ())) < _LEAST:
            first[one.article.family] = _grams(one)
    texts = [grams for grams in first.values() if len(grams) >= _LEAST]
    own = [1 - max(_contained(text, other) for other in texts[:place]) for place, text in enumerate(texts) if place]
    usual = sum(own) / len(own) if own else 1.0
    return 1 + usual * (len(first) - 1) if first else 0.0


def _grams(document: Document) -> frozenset[str]:
    letters = re.sub(r"\W+", "", body(document.text))[:_READ].lower()
    return frozenset(letters[at : at + _GRAM] for at in range(len(letters) - _GRAM + 1))


def _contained(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other))
