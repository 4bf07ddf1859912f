"""How alike the items of two languages are, pair by pair, and which suit each other best.

Some items are alike to everything (hubs: a headline that only says OpenAI). Partners are therefore chosen by likeness
less how alike each of the two is to its nearest neighbours in the other language: cross-domain similarity local
scaling (CSLS), Lample et al. 2018.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

_NEIGHBOURS = 5
_CLOSE = 0.15  # closeness of two vectors below which they are no reason to look at a pair
_CHUNK = 256  # rows of dense products held at once

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Possible = Callable[[Integers, Integers], npt.NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of one language and one of the other: the cosine of their anchors and that of their vectors, if any."""

    row: int
    column: int
    cosine: float
    closeness: float | None

    @property
    def likeness(self) -> float:
        """Both in one figure, at most 1."""
        return self.cosine if self.closeness is None else (self.cosine + max(self.closeness, 0.0)) / 2


class Likenesses:
    """All pairs worth a look, and the best partner of each row and column."""

    def __init__(
        self, cosines: sparse.csr_matrix, vectors: tuple[Floats, Floats] | None = None, possible: Possible | None = None
    ) -> None:
        rows, columns, values, closeness = _pairs(cosines, vectors)
        if possible is not None:
            keep = possible(rows, columns)
            rows, columns, values, closeness = rows[keep], columns[keep], values[keep], closeness[keep]
        total = values + np.maximum(closeness, 0.0) if vectors else values
        adjusted = (
            2 * total - _near(rows, total, cosines.shape[0])[rows] - _near(columns, total, cosines.shape[1])[columns]
        )
        self._made = (rows, columns, values, closeness, vectors is not None)
        self._of_row = _first_by(rows, adjusted, columns)
        self._of_column = _first_by(columns, adjusted, rows)

    def of_rows(self) -> Iterator[Pair]:
        """The best pair of each row that has any."""
        return map(self._pair, self._of_row.values())

    def of_columns(self) -> Iterator[Pair]:
        """The best pair of each column that has any."""
        return map(self._pair, self._of_column.values())

    def mutual(self, pair: Pair) -> bool:
        """Whether each is the other's best."""
        row, column = self._of_row.get(pair.row), self._of_column.get(pair.column)
        return row is not None and row == column

    def _pair(self, place: int) -> Pair:
        rows, columns, values, closeness, measured = self._made
        near = float(closeness[place]) if measured else None
        return Pair(int(rows[place]), int(columns[place]), float(values[place]), near)


def _pairs(
    cosines: sparse.csr_matrix, vectors: tuple[Floats, Floats] | None
) -> tuple[Integers, Integers, Floats, Floats]:
    """Rows, columns, cosines and closeness of the pairs with a cosine above nought or close vectors."""
    if vectors is None:
        found = cosines.tocoo()
        keep = found.data > 0
        values = found.data[keep].astype(np.float64)
        return found.row[keep].astype(np.int64), found.col[keep].astype(np.int64), values, np.zeros(len(values))
    parts = list(_close(cosines, *vectors))
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        return none, none, np.zeros(0), np.zeros(0)
    rows, columns, values, closeness = (np.concatenate(column) for column in zip(*parts, strict=True))
    return rows.astype(np.int64), columns.astype(np.int64), values, closeness


def _close(
    cosines: sparse.csr_matrix, left: Floats, right: Floats
) -> Iterator[tuple[Integers, Integers, Floats, Floats]]:
    for start in range(0, cosines.shape[0], _CHUNK):
        dense = cosines[start : start + _CHUNK].toarray()
        near = left[start : start + _CHUNK] @ right.T
        rows, columns = np.nonzero((dense > 0) | (near >= _CLOSE))
        yield rows + start, columns, dense[rows, columns], near[rows, columns]


def _near(places: Integers, values: Floats, count: int) -> Floats:
    """The mean of the greatest likenesses of each place; what is not listed is nought."""
    order = np.lexsort((-values, places))
    firsts = np.searchsorted(places[order], np.arange(count))
    rank = np.arange(len(order)) - firsts[places[order]]
    most = rank < _NEIGHBOURS
    sums = np.bincount(places[order][most], weights=values[order][most], minlength=count)
    return np.asarray(sums / _NEIGHBOURS, dtype=np.float64)


def _first_by(places: Integers, values: Floats, other: Integers) -> Mapping[int, int]:
    """For each place the number of its pair with the greatest value; of equals the one with the first partner."""
    order = np.lexsort((other, -values, places))
    _, firsts = np.unique(places[order], return_index=True)
    return {int(places[order[at]]): int(order[at]) for at in firsts}
