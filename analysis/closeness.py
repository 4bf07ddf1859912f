"""How likely two foreign articles tell of one event, once the meaning of their headlines is known as well.

English headlines of one event share few words (different papers, no bodies in most feeds); Korean ones share many, and
there vectors add nothing (measured on two labelled weeks). What one outlet writes is rarely told by it twice: within an
outlet near headlines are its beat, not its event, and vectors only count against them.
"""

from collections.abc import Sequence

import numpy as np

from analysis.embeddings import Vectors
from analysis.vectors import Floats, Pairs
from archive.records.incoming import Document

_WEIGHT = 6.0  # nats of odds for a closeness of 1
_NEITHER = 0.30  # closeness that says nothing either way
_CHUNK = 4096
_SURE = 1e-9


def closer(pairs: Pairs, documents: Sequence[Document], vectors: Vectors) -> Pairs:
    """The pairs with their probability after a look at the vectors; pairs without both vectors stay as they are."""
    if not vectors or not len(pairs.first):
        return pairs
    outlets = {outlet: number for number, outlet in enumerate({document.article.family for document in documents})}
    outlet = np.array([outlets[document.article.family] for document in documents])
    gain = _WEIGHT * (_closeness(pairs, documents, vectors) - _NEITHER)
    gain = np.where(outlet[pairs.first] == outlet[pairs.second], np.minimum(gain, 0.0), gain)
    likely = np.clip(pairs.cosine, _SURE, 1 - _SURE)
    odds = np.log(likely / (1 - likely)) + np.nan_to_num(gain)
    return Pairs(pairs.first, pairs.second, np.asarray(1 / (1 + np.exp(-odds))))


def _closeness(pairs: Pairs, documents: Sequence[Document], vectors: Vectors) -> Floats:
    """Cosine of the vectors of each pair; not a number where one is missing."""
    size = len(next(iter(vectors.values())))
    missing = np.full(size, np.nan)
    rows = np.array([vectors.get(document.id, missing) for document in documents])
    places = range(0, len(pairs.first), _CHUNK)
    parts = [
        np.einsum("ij,ij->i", rows[pairs.first[at : at + _CHUNK]], rows[pairs.second[at : at + _CHUNK]])
        for at in places
    ]
    return np.concatenate(parts)
