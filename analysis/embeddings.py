"""Vectors of headlines, where there are any: what the meaning of a text looks like to a small language model.

Analysis is given vectors and does not ask where they come from. They have length one and are centred for each
language, so that an unrelated pair has a cosine near nought whatever the two languages are.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from archive.records.incoming import Document
from archive.records.words import ArticleId

Floats = npt.NDArray[np.float64]
Vectors = Mapping[ArticleId, Floats]


def story_vectors(groups: Sequence[Sequence[Document]], vectors: Vectors) -> Floats | None:
    """The mean vector of each story's articles, of length one; None when nothing has a vector.

    A story none of whose articles has one gets nought, which is like nothing.
    """
    size = next((len(vector) for vector in vectors.values()), 0)
    if not size:
        return None
    rows = np.zeros((len(groups), size))
    for row, group in enumerate(groups):
        known = [vectors[document.id] for document in group if document.id in vectors]
        if known:
            rows[row] = np.mean(known, axis=0)
    return unit(rows)


def unit(rows: Floats) -> Floats:
    """Rows of length one; a row of noughts stays."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1.0), dtype=np.float64)
