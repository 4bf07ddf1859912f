"""How likely two articles tell of one event.

A logistic regression over likenesses of titles and leads, fitted once on a week of labelled Korean IT news
(``benchmarks/stories.py --fit`` prints the weights) and written down here; tested on other weeks and on English.
Sparse words carry story clustering within one language: Miranda et al. 2018, Linger & Hajaiej 2020.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
from scipy import sparse

from analysis.headlines import in_series
from analysis.vectors import Floats, Pairs, Space, near_pairs, row_dots
from archive.records.incoming import Document

LEAST = 0.12  # cosine below which two articles are not looked at
WINDOW = 14.0  # days between two articles of one story, at most
_CHUNK = 4096
_SERIES_WINDOW = 0.5  # days, for market lines and the like

NAMES = ("lead", "characters", "rarest", "covered", "covered both", "gap")
WEIGHTS = np.array([6.5, 4.6, -3.1, 2.7, 2.6, -1.2])
BIAS = -2.5


def same_event(documents: Sequence[Document], space: Space) -> Pairs:
    """Pairs of documents with the probability that they tell of one event, in place of the cosine."""
    pairs = near_pairs(space.mixed, least=LEAST)
    gap = days_between(documents, pairs)
    series = np.array([in_series(document.article.title) for document in documents])
    daily = (series[pairs.first] | series[pairs.second]) & (gap > _SERIES_WINDOW)
    keep = (gap <= WINDOW) & ~daily
    kept = Pairs(pairs.first[keep], pairs.second[keep], pairs.cosine[keep])
    odds = likenesses(space, kept, gap[keep]) @ WEIGHTS + BIAS
    return Pairs(kept.first, kept.second, 1 / (1 + np.exp(-odds)))


def days_between(documents: Sequence[Document], pairs: Pairs) -> Floats:
    """Days between the two articles of each pair."""
    start = datetime(2000, 1, 1, tzinfo=UTC)
    days = np.array([(document.article.moment - start).total_seconds() / 86400 for document in documents])
    return np.asarray(np.abs(days[pairs.first] - days[pairs.second]))


def likenesses(space: Space, pairs: Pairs, gap: Floats) -> Floats:
    """The columns of ``NAMES`` for each pair.

    ``rarest`` is the rarity of the rarest word both titles have (its weight is negative: one rare name is less than
    the cosines make of it), ``covered`` how much of one title (by rarity) the other article's title and lead have:
    the greater of the two directions, and the lesser.
    """
    first, second = pairs.first, pairs.second
    root = sparse.diags(np.sqrt(space.rarity))
    title, lead = space.in_title @ root, space.in_lead @ root
    mass = np.asarray(space.in_title @ space.rarity).ravel() + 1e-9
    one = row_dots(title, first, lead, second) / mass[first]
    other = row_dots(lead, first, title, second) / mass[second]
    columns = (
        row_dots(space.lead, first, space.lead, second),
        row_dots(space.characters, first, space.characters, second),
        _rarest(space, pairs),
        np.maximum(one, other),
        np.minimum(one, other),
        np.log1p(gap),
    )
    return np.column_stack(columns)


def _rarest(space: Space, pairs: Pairs) -> Floats:
    """The rarity of the rarest word both titles have, as a share of the greatest possible."""
    weighed = sparse.csr_matrix(space.in_title @ sparse.diags(space.rarity))
    most = max(np.log(space.in_title.shape[0]), 1.0)
    parts = [
        weighed[pairs.first[at : at + _CHUNK]].multiply(space.in_title[pairs.second[at : at + _CHUNK]]).max(axis=1)
        for at in range(0, len(pairs.first), _CHUNK)
    ]
    return np.concatenate([part.toarray().ravel() for part in parts]) / most if parts else np.zeros(0)
