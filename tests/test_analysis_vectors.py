"""The sparse vectors stories are made from."""

import numpy as np
from scipy import sparse

from analysis import vectors


def rows(*values: list[float]) -> sparse.csr_matrix:
    return sparse.csr_matrix(np.array(values))


def test_near_pairs_are_listed_once_with_their_cosine() -> None:
    pairs = vectors.near_pairs(rows([1, 0], [0.8, 0.6], [0, 1]), least=0.5)
    listed = list(zip(pairs.first.tolist(), pairs.second.tolist(), pairs.cosine.round(3).tolist(), strict=True))
    assert listed == [(0, 1, 0.8), (1, 2, 0.6)]


def test_row_dots_are_those_of_the_pairs() -> None:
    one, other = rows([1, 2], [3, 4]), rows([5, 6], [7, 8])
    assert vectors.row_dots(one, np.array([0, 1]), other, np.array([1, 0])).tolist() == [23.0, 39.0]
    assert vectors.row_dots(one, np.array([], dtype=int), other, np.array([], dtype=int)).tolist() == []


def test_a_window_leaves_out_what_lies_behind_it_and_nothing_else() -> None:
    chance = np.random.default_rng(1)
    many = sparse.csr_matrix(chance.random((1200, 6)))
    ends = np.minimum(np.arange(1200) + 40, 1200)
    every, near = vectors.near_pairs(many, least=1.5), vectors.near_pairs(many, least=1.5, ends=ends)
    inside = [(a, b) for a, b in zip(every.first.tolist(), every.second.tolist(), strict=True) if b < a + 40]
    assert sorted(zip(near.first.tolist(), near.second.tolist(), strict=True)) == sorted(inside)
    assert 0 < len(inside) < len(every.first)
