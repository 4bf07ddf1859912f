"""Copies of one article: the same address, the same headline, or nearly the same text within a week.

Nearly the same text is containment of character 5-grams (Broder 1997): how much of the shorter text the longer one has.
Phrases found in very many documents are how an outlet writes, not what it says, and are left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Literal

import numpy as np
from scipy import sparse

from analysis.headlines import comparable, in_series
from analysis.tokens import body
from analysis.vectors import Floats, Integers
from archive.records.incoming import Document
from archive.records.words import ArticleId

Reason = Literal["address", "title", "text"]
Link = tuple[int, int, Reason]  # two documents by position, and why they are one

WINDOW = timedelta(days=7)
_SERIES_WINDOW = timedelta(hours=12)  # the next day's market line is another article
_CONTAINED = 0.8
_SHORTEST_TITLE = 10  # letters; shorter headlines ("AI 시대") are the same by chance
_SHORTEST_TEXT = 80  # 5-grams, about two sentences
_READ = 1500  # characters of a text
_COMMON = 50  # documents that share a phrase before it counts as boilerplate, at least
_COMMON_SHARE = 0.05
_CHUNK = 512
_GRAM = 5
_BUCKETS = 2**20
_SHIFT = np.uint64(64 - 20)  # the upper bits of a product are the well mixed ones (Knuth, multiplicative hashing)
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


def find(documents: Sequence[Document]) -> Mapping[ArticleId, tuple[ArticleId, Reason]]:
    """Every copy with its original (the earliest) and the strongest reason; the order of the input does not matter."""
    ordered = sorted(documents, key=lambda document: (document.article.moment, document.id))
    links = [*_same_address(ordered), *_same_title(ordered), *_same_text(ordered)]
    original = _originals(len(ordered), links)
    reasons: dict[int, Reason] = {}
    for first, second, reason in links:  # strongest reasons come first
        for position in (first, second):
            reasons.setdefault(position, reason)
    return {
        ordered[position].id: (ordered[original[position]].id, reasons[position])
        for position in range(len(ordered))
        if original[position] != position
    }


def _same_address(documents: Sequence[Document]) -> Iterator[Link]:
    yield from _alike(documents, [document.article.canonical for document in documents], "address")


def _same_title(documents: Sequence[Document]) -> Iterator[Link]:
    titles = [comparable(document.article.title) for document in documents]
    keys = [title if len(title) >= _SHORTEST_TITLE else "" for title in titles]
    for first, second, reason in _alike(documents, keys, "title"):
        if _near(documents[first], documents[second]):
            yield first, second, reason


def _alike(documents: Sequence[Document], keys: Sequence[str], reason: Reason) -> Iterator[Link]:
    """Links between neighbours in time that share a key that is not empty."""
    groups: dict[str, list[int]] = defaultdict(list)
    for position in range(len(documents)):
        if keys[position]:
            groups[keys[position]].append(position)
    for group in groups.values():
        yield from ((first, second, reason) for first, second in pairwise(group))


def _near(one: Document, other: Document) -> bool:
    series = in_series(one.article.title) or in_series(other.article.title)
    gap = abs(one.article.moment - other.article.moment)
    return gap <= (_SERIES_WINDOW if series else WINDOW)


def _same_text(documents: Sequence[Document]) -> Iterator[Link]:
    if not documents:
        return
    series = [in_series(document.article.title) for document in documents]
    grams, sizes = _grams([_letters(document) for document in documents])
    for first, second, shared in _overlaps(grams, sizes):
        contained = shared >= _CONTAINED * min(sizes[first], sizes[second])
        if contained and not (series[first] or series[second]) and _near(documents[first], documents[second]):
            yield first, second, "text"


def _letters(document: Document) -> str:
    return re.sub(r"\W+", "", body(document.text))[:_READ].lower()


def _grams(texts: Sequence[str]) -> tuple[sparse.csr_matrix, Floats]:
    """1 where a text has a (hashed) 5-gram that another has too, and how many each has; boilerplate aside."""
    hashed = [_hashes(text) for text in texts]
    rows = np.repeat(np.arange(len(texts)), [len(one) for one in hashed])
    columns = np.concatenate(hashed)
    spread = np.bincount(columns, minlength=_BUCKETS)[columns]
    telling = spread <= max(_COMMON, _COMMON_SHARE * len(texts))
    sizes = np.bincount(rows[telling], minlength=len(texts)).astype(np.float64)
    kept = telling & (spread > 1)
    shape = (len(texts), _BUCKETS)
    return sparse.csr_matrix((np.ones(kept.sum()), (rows[kept], columns[kept])), shape=shape), sizes


def _hashes(text: str) -> Integers:
    """The 5-grams of a text, each as a bucket, in order and once."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    count = max(len(codes) - _GRAM + 1, 0)
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(_GRAM):
        mixed = (mixed + codes[place : place + count]) * _MULTIPLIER
    return np.unique(mixed >> _SHIFT).astype(np.int64)


def _overlaps(grams: sparse.csr_matrix, sizes: Floats) -> Iterator[tuple[int, int, float]]:
    """Pairs of long enough texts that share enough 5-grams to be worth a look."""
    columns = grams.T.tocsc()
    for start in range(0, grams.shape[0], _CHUNK):
        shared = (grams[start : start + _CHUNK] @ columns).tocoo()
        rows = shared.row + start
        long = (sizes[rows] >= _SHORTEST_TEXT) & (sizes[shared.col] >= _SHORTEST_TEXT)
        keep = long & (rows < shared.col) & (shared.data >= _CONTAINED * _SHORTEST_TEXT)
        yield from zip(rows[keep].tolist(), shared.col[keep].tolist(), shared.data[keep].tolist(), strict=True)


def _originals(count: int, links: Sequence[Link]) -> list[int]:
    """For each position the earliest one it is linked with, over any number of links (union-find)."""
    parent = list(range(count))

    def root(position: int) -> int:
        while parent[position] != position:
            parent[position] = parent[parent[position]]
            position = parent[position]
        return position

    for first, second, _ in links:
        one, other = sorted((root(first), root(second)))
        parent[other] = one
    return [root(position) for position in range(count)]
