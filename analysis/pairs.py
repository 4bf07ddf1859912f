"""How likely two articles of one language tell of one event.

A logistic regression over a few kinds of evidence, fitted once on a week of labelled Korean news, for English on ECB+,
and written down here (``benchmarks/stories.py --fit`` prints the weights); tested on other weeks and headlines. Sparse
words carry story clustering within one language: Miranda et al. 2018, Linger & Hajaiej 2020. What tells most is whether
two articles have the same neighbours (shared nearest neighbours: Jarvis & Patrick 1973): words that many unlike
articles have make two articles alike, but not their neighbourhoods.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.preprocessing import normalize

from analysis.headlines import in_series, numbered, tells_new_york
from analysis.vectors import Floats, Integers, Pairs, Space, flagged, headline_terms, near_pairs, row_dots
from archive.records.incoming import Document

Flags = npt.NDArray[np.bool_]

WINDOW = 14.0  # days between two articles of one story, at most
_SESSION = 0.5  # days: of one day's trading, of one edition of a series
_HEAD = 2  # terms of a title that name who or what it is about
_TEXT = 8  # terms of a text, more than which are a lead to compare
_NUMBER = re.compile(r"\d[\d.,]*[a-z]*|[a-z]+-?\d[\d.]*[a-z]*")  # 300억, gpt-5, h200

NAMES = ("lead", "told", "letters", "gap", "neighbours", "title", "texts", "head", "numbers", "session")


@dataclass(frozen=True, slots=True)
class Model:
    """What the evidence weighs in one language."""

    weights: tuple[float, ...]  # of ``NAMES``
    bias: float
    least: float  # cosine below which two articles are not looked at


KOREAN = Model((6.7, 5.7, 3.3, -1.6, 8.2, -3.6, -2.0, 1.1, 0.4, 6.9), -5.9, least=0.12)
ENGLISH = Model((13.6, 6.6, 0.0, -2.9, 3.4, -2.6, -1.8, 0.4, 2.3, 0.0), -4.0, least=0.08)


def same_event(documents: Sequence[Document], space: Space, model: Model) -> Pairs:
    """Pairs of documents, given by moment, with the probability that they tell of one event in place of the cosine."""
    pairs, gap = candidates(documents, space, model.least)
    odds = likenesses(documents, space, pairs, gap) @ np.array(model.weights) + model.bias
    odds[editions(documents, pairs, gap)] = -np.inf
    return Pairs(pairs.first, pairs.second, 1 / (1 + np.exp(-odds)))


def candidates(documents: Sequence[Document], space: Space, least: float) -> tuple[Pairs, Floats]:
    """Pairs of documents, given by moment, that are worth a look, and the days between them.

    Those that are alike enough, and those that report one day of trading in whatever words.
    """
    days = _days(documents)
    ends = np.searchsorted(days, days + WINDOW, side="right")
    near = near_pairs(space.mixed, least=least, ends=ends)
    first, second = _one_session(documents, days)
    unlike = row_dots(space.mixed, first, space.mixed, second) < least
    first, second = np.append(near.first, first[unlike]), np.append(near.second, second[unlike])
    pairs = Pairs(first, second, np.append(near.cosine, np.zeros(unlike.sum())))
    return pairs, days[second] - days[first]


def _one_session(documents: Sequence[Document], days: Floats) -> tuple[Integers, Integers]:
    """Pairs of documents that report one day of trading."""
    rows = np.flatnonzero([tells_new_york(document.article.title) for document in documents])
    one, other = np.triu_indices(len(rows), 1)
    near = days[rows[other]] - days[rows[one]] <= _SESSION
    return rows[one[near]], rows[other[near]]


def editions(documents: Sequence[Document], pairs: Pairs, gap: Floats) -> Flags:
    """Which pairs are two editions of one series: the next day's market line, the next part of a numbered column."""
    series = np.array([in_series(document.article.title) for document in documents])
    column = _codes([f"{document.article.outlet}\n{numbered(document.article.title)}" for document in documents])
    title = _codes([document.article.title for document in documents])
    known = np.array([bool(document.article.outlet) for document in documents])
    first, second = pairs.first, pairs.second
    next_part = known[first] & (column[first] == column[second]) & (title[first] != title[second])
    return np.asarray(((series[first] | series[second]) & (gap > _SESSION)) | next_part)


def likenesses(documents: Sequence[Document], space: Space, pairs: Pairs, gap: Floats) -> Floats:
    """The columns of ``NAMES`` for each pair, each from 0 to about 1 but ``gap`` (log of days).

    ``told``: the likeness of leads again, where there are two; ``letters``: that of the titles letter by letter, which
    other endings and spacing hardly change; ``neighbours``: the likeness of what each is like; ``title``: how much of
    one title the other title has, the greater; ``texts``: whether both have a lead; ``head``: how much of a title's
    first words the other has; ``numbers``: rarity of the numbers and names of models shared; ``session``: both report
    one day of trading.
    """
    first, second = pairs.first, pairs.second
    root = sparse.diags(np.sqrt(space.rarity))
    title, lead = space.in_title @ root, space.in_lead @ root
    terms = [headline_terms(document) for document in documents]
    head = flagged([one[:_HEAD] for one in terms], space.column) @ root
    numbers = flagged([[t for t in one if _NUMBER.fullmatch(t)] for one in terms], space.column) @ root
    texts = np.array([len(document.tokens.text) > _TEXT for document in documents])
    new_york = np.array([tells_new_york(document.article.title) for document in documents])
    alike, both = row_dots(space.lead, first, space.lead, second), texts[first] & texts[second]
    columns = (
        alike,
        alike * both,
        row_dots(space.characters, first, space.characters, second),
        np.log1p(gap),
        _neighbours(pairs, len(documents)),
        np.maximum(*_shares(title, title, pairs)),
        both,
        np.maximum(*_shares(head, lead, pairs)),
        np.maximum(*_both_ways(numbers, lead, pairs)) / max(np.log(len(documents)), 1.0),
        new_york[first] & new_york[second] & (gap <= _SESSION),
    )
    return np.column_stack(columns).astype(np.float64)


def _both_ways(part: sparse.csr_matrix, whole: sparse.csr_matrix, pairs: Pairs) -> tuple[Floats, Floats]:
    """Rarity of what one's part shares with the other's whole, in both directions."""
    return row_dots(part, pairs.first, whole, pairs.second), row_dots(whole, pairs.first, part, pairs.second)


def _shares(part: sparse.csr_matrix, whole: sparse.csr_matrix, pairs: Pairs) -> tuple[Floats, Floats]:
    """The same as shares of all the part has; a part of words that everybody uses is had by everybody."""
    mass = np.asarray(part.power(2).sum(axis=1)).ravel()
    one, other = _both_ways(part, whole, pairs)
    empty = 1e-9
    return (
        np.where(mass[pairs.first] < empty, 1.0, one / np.maximum(mass[pairs.first], empty)),
        np.where(mass[pairs.second] < empty, 1.0, other / np.maximum(mass[pairs.second], empty)),
    )


def _neighbours(pairs: Pairs, count: int) -> Floats:
    """The cosine of the two articles' likenesses to all articles, themselves included."""
    upper = sparse.coo_matrix((pairs.cosine, (pairs.first, pairs.second)), shape=(count, count)).tocsr()
    rows = sparse.csr_matrix(normalize(upper + upper.T + sparse.eye(count)))
    return row_dots(rows, pairs.first, rows, pairs.second)


def _days(documents: Sequence[Document]) -> Floats:
    start = datetime(2000, 1, 1, tzinfo=UTC)
    return np.array([(document.article.moment - start).total_seconds() / 86400 for document in documents])


def _codes(words: Sequence[str]) -> Integers:
    """A number for each word, the same for equal ones."""
    seen: dict[str, int] = {}
    return np.array([seen.setdefault(word, len(seen)) for word in words], dtype=np.int64)
