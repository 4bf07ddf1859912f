"""Documents as sparse vectors: words of the title, words of title and lead, and character n-grams of the title.

Everything is TF-IDF over the documents given, so the same documents always make the same vectors.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from analysis.headlines import headline
from analysis.tokens import plain
from archive.records.incoming import Document

LEAD = 80  # terms of the text that are read: about three sentences
_SHARES = {"title": 0.3, "lead": 0.5, "characters": 0.2}  # of the mixed vector; even shares do nearly as well
_CHUNK = 512  # rows of similarities held at once: full rows of a product are dense

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Space:
    """Rows are documents; ``title``, ``lead``, ``characters`` and ``mixed`` have rows of length one."""

    title: sparse.csr_matrix  # words of the title
    lead: sparse.csr_matrix  # words of title (twice) and beginning of the text
    characters: sparse.csr_matrix  # character n-grams of the title
    mixed: sparse.csr_matrix  # the three side by side, weighed
    in_title: sparse.csr_matrix  # 1 where the title has the word
    in_lead: sparse.csr_matrix  # 1 where title or lead has it
    rarity: Floats  # of each word: 0 when every document has it, log of their number when one has
    column: Mapping[str, int]  # of each word


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of rows (first < second) and the cosine of their mixed vectors."""

    first: Integers
    second: Integers
    cosine: Floats


def space(documents: Sequence[Document], *, grams: tuple[int, int] = (2, 4)) -> Space:
    """Place documents in a space of their own words; there must be at least one."""
    titles = [headline_terms(document) or [_nothing(row)] for row, document in enumerate(documents)]
    leads = [[*title, *document.tokens.text[:LEAD]] for title, document in zip(titles, documents, strict=True)]
    column = {term: place for place, term in enumerate(sorted({term for lead in leads for term in lead}))}
    counted, named = _counts(leads, column), _counts(titles, column)
    in_lead, in_title = _flags(counted), _flags(named)
    rarity = np.log((len(documents) + 1) / (np.asarray(in_lead.sum(axis=0)).ravel() + 1))
    title = normalize(in_title @ sparse.diags(rarity + 1))
    lead = normalize(_damped(counted + named) @ sparse.diags(rarity + 1))
    characters = _characters([document.article.title for document in documents], grams)
    blocks = [share**0.5 * block for share, block in zip(_SHARES.values(), (title, lead, characters), strict=True)]
    mixed = sparse.hstack(blocks).tocsr()
    return Space(title, lead, characters, mixed, in_title, in_lead, rarity, column)


def near_pairs(rows: sparse.csr_matrix, *, least: float, ends: Integers | None = None) -> Pairs:
    """All pairs of rows with a cosine of at least ``least``, a few rows at a time.

    With ``ends``, which must not fall, row i is only held against the rows before ``ends[i]``: the time and memory
    then grow with the rows in a window, not with the square of all.
    """
    parts = list(_near(rows, least, np.full(rows.shape[0], rows.shape[0]) if ends is None else ends))
    first, second, cosine = (np.concatenate([part[i] for part in parts]) for i in range(3))
    return Pairs(first.astype(np.int64), second.astype(np.int64), cosine)


def row_dots(left: sparse.csr_matrix, first: Integers, right: sparse.csr_matrix, second: Integers) -> Floats:
    """The inner product of row ``first[i]`` of left with row ``second[i]`` of right, for every i."""
    products = [
        np.asarray(left[first[at : at + _CHUNK * 8]].multiply(right[second[at : at + _CHUNK * 8]]).sum(axis=1)).ravel()
        for at in range(0, len(first), _CHUNK * 8)
    ]
    return np.concatenate(products) if products else np.zeros(0)


def flagged(texts: Sequence[Sequence[str]], column: Mapping[str, int]) -> sparse.csr_matrix:
    """1 where a text has a term, which must have a column."""
    return _flags(_counts(texts, column))


def _near(rows: sparse.csr_matrix, least: float, ends: Integers) -> Iterator[tuple[Integers, Integers, Floats]]:
    for start in range(0, rows.shape[0], _CHUNK):
        some = rows[start : start + _CHUNK]
        product = (some @ rows[start : ends[start + some.shape[0] - 1]].T).tocoo()
        first, second = product.row + start, product.col + start
        keep = (product.data >= least) & (first < second) & (second < ends[first])
        yield first[keep], second[keep], product.data[keep]


def headline_terms(document: Document) -> list[str]:
    """The title's terms without those of its tags: a column's name ([특징주]) makes two articles alike, not one."""
    words = headline(document.article.title).lower()
    tags = plain(document.article.title).lower().replace(words, " ")
    return [term for term in document.tokens.title if term in words or term not in tags]


def _nothing(row: int) -> str:
    """A word for a title without words, like no other row's: no two such titles are alike."""
    return chr(0xF0000 + row)


def _counts(texts: Sequence[Sequence[str]], column: Mapping[str, int]) -> sparse.csr_matrix:
    """How often each text has each term."""
    places = [column[term] for text in texts for term in text]
    ends = np.cumsum([0, *(len(text) for text in texts)])
    counts = sparse.csr_matrix((np.ones(len(places)), places, ends), shape=(len(texts), len(column)))
    counts.sum_duplicates()
    return counts


def _flags(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    flags = counts.astype(np.float64)
    flags.data = np.ones_like(flags.data)
    return flags


def _damped(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    damped = counts.astype(np.float64)
    damped.data = 1 + np.log(damped.data)
    return damped


def _characters(titles: Sequence[str], grams: tuple[int, int]) -> sparse.csr_matrix:
    """TF-IDF of n-grams inside words."""
    words = [re.sub(r"\W+", " ", headline(title).lower()).strip() or _nothing(row) for row, title in enumerate(titles)]
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=grams, sublinear_tf=True)
    return sparse.csr_matrix(vectorizer.fit_transform(words))
