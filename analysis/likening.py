"""How alike the items of two languages are, pair by pair, and which suit each other best.

Some items are alike to everything (hubs: a headline that only says OpenAI). Partners are therefore chosen by likeness
less how alike each of the two is to its nearest neighbours in the other language: cross-domain similarity local
scaling (CSLS), Lample et al. 2018.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

_NEIGHBOURS = 5
_CLOSE = 0.15  # closeness of two vectors below which they are no reason to look at a pair
_CHUNK = 256  # rows of dense products held at once

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Times:
    """When rows and columns begin and end, in seconds; pairs further apart than ``reach`` are not looked at."""

    rows: Floats  # two columns: first and last
    columns: Floats
    reach: float

    def order(self) -> Integers:
        """The rows by when they begin: neighbours then have the same columns to be held against."""
        return np.argsort(self.rows[:, 0], kind="stable").astype(np.int64)

    def near(self, rows: Integers) -> Integers:
        """The columns that any of some rows may be paired with."""
        first, last = self.rows[rows, 0].min() - self.reach, self.rows[rows, 1].max() + self.reach
        return np.flatnonzero((self.columns[:, 0] <= last) & (self.columns[:, 1] >= first)).astype(np.int64)

    def possible(self, rows: Integers, columns: Integers) -> Flags:
        """Which pairs are near enough."""
        after = self.rows[rows, 0] - self.columns[columns, 1]
        before = self.columns[columns, 0] - self.rows[rows, 1]
        return np.asarray(np.maximum(after, before) <= self.reach)


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
        self,
        left: sparse.csr_matrix,
        right: sparse.csr_matrix,
        vectors: tuple[Floats, Floats] | None = None,
        times: Times | None = None,
    ) -> None:
        """``left`` and ``right`` have rows of length one, or nought; ``vectors`` a row for each of theirs."""
        rows, columns, values, closeness = _pairs(left, right, vectors, times)
        total = values + np.maximum(closeness, 0.0) if vectors else values
        near_rows, near_columns = _near(rows, total, left.shape[0]), _near(columns, total, right.shape[0])
        adjusted = 2 * total - near_rows[rows] - near_columns[columns]
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
    left: sparse.csr_matrix, right: sparse.csr_matrix, vectors: tuple[Floats, Floats] | None, times: Times | None
) -> tuple[Integers, Integers, Floats, Floats]:
    """Rows, columns, cosines and closeness of the pairs with a cosine above nought or close vectors.

    A few rows at a time, and only against what is near them in time: time and memory grow with the items of a window.
    """
    parts = list(_parts(left, right, vectors, times))
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        return none, none, np.zeros(0), np.zeros(0)
    rows, columns, values, closeness = (np.concatenate(column) for column in zip(*parts, strict=True))
    return rows, columns, values, closeness


def _parts(
    left: sparse.csr_matrix, right: sparse.csr_matrix, vectors: tuple[Floats, Floats] | None, times: Times | None
) -> Iterator[tuple[Integers, Integers, Floats, Floats]]:
    order = np.arange(left.shape[0], dtype=np.int64) if times is None else times.order()
    every = np.arange(right.shape[0], dtype=np.int64)
    for start in range(0, len(order), _CHUNK):
        rows = order[start : start + _CHUNK]
        columns = every if times is None else times.near(rows)
        cosines = sparse.csr_matrix(left[rows] @ right[columns].T)
        if vectors is None:
            one, other, values = _alike(cosines)
            closeness = np.zeros(len(values))
        else:
            one, other, values, closeness = _close(cosines, vectors[0][rows] @ vectors[1][columns].T)
        one, other = rows[one], columns[other]
        keep = np.full(len(one), fill_value=True) if times is None else times.possible(one, other)
        yield one[keep], other[keep], values[keep], closeness[keep]


def _alike(cosines: sparse.csr_matrix) -> tuple[Integers, Integers, Floats]:
    found = cosines.tocoo()
    keep = found.data > 0
    return found.row[keep].astype(np.int64), found.col[keep].astype(np.int64), found.data[keep].astype(np.float64)


def _close(cosines: sparse.csr_matrix, near: Floats) -> tuple[Integers, Integers, Floats, Floats]:
    dense = cosines.toarray()
    rows, columns = np.nonzero((dense > 0) | (near >= _CLOSE))
    return rows.astype(np.int64), columns.astype(np.int64), dense[rows, columns], near[rows, columns]


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
