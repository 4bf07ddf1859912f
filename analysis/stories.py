"""Articles into stories: one event, however many outlets tell it.

    documents ─▶ pairs with a probability ─▶ events ─▶ stories in one language ─▶ Korean and English joined

Events are average linkage inside the connected components of the graph of likely pairs, so that one chance likeness
does not chain two events. What is averaged is how strongly each pair speaks for one event or against it, not its
probability, and no pair speaks louder than odds of seven to one: a long story's first and last articles have little in
common, which is weak evidence against it, not proof. Each language has weights and a threshold of its own. Nothing here
is random, and the order of the input does not matter.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform
from scipy.special import logit

from analysis import crosslingual, pairs
from analysis.closeness import closer
from analysis.embeddings import Vectors
from analysis.mentions import Mentions
from analysis.pairs import Model, same_event
from analysis.vectors import Floats, Integers, Pairs, space
from archive.records.incoming import Document
from archive.records.words import ArticleId


@dataclass(frozen=True, slots=True)
class Setting:
    """How one language is read."""

    model: Model
    event: float  # mean belief within a story, at least: 0 surely two events, 0.5 undecided, 1 surely one
    grams: tuple[int, int]  # lengths of the character n-grams


KOREAN = Setting(pairs.KOREAN, event=0.26, grams=(2, 4))
ENGLISH = Setting(pairs.ENGLISH, event=0.22, grams=(3, 5))

_LARGE = 40  # articles; a larger story is looked at again, more and more strictly
_STRICTER = (0.15, 0.3, 0.45)  # above the threshold
_ROUNDING = 1e-9
_SURE = 1e-9
_LOUDEST = 2.0  # log odds that one pair may say, for or against; what says more against is not listed at all


def cluster(
    documents: Sequence[Document],
    copies: Mapping[ArticleId, tuple[ArticleId, Any]],
    mentions: Mentions,
    vectors: Vectors | None = None,
) -> list[tuple[ArticleId, ...]]:
    """A partition of the documents into stories, each by moment, the earliest story first.

    ``copies`` is what ``duplicates.find`` gave: a copy follows its original. ``vectors`` of headlines help if given.
    """
    ordered = sorted(documents, key=lambda document: (document.article.moment, document.id))
    place = {document.id: position for position, document in enumerate(ordered)}
    originals = [document for document in ordered if document.id not in copies]
    groups = crosslingual.join(_in_each_language(originals, vectors), mentions, vectors)
    stories = {document.id: number for number, group in enumerate(groups) for document in group}
    members: list[list[ArticleId]] = [[] for _ in groups]
    for document in ordered:
        original = copies.get(document.id, (document.id, ""))[0]
        members[stories[original]].append(document.id)
    return [tuple(story) for story in sorted(members, key=lambda story: place[story[0]])]


def _in_each_language(documents: Sequence[Document], vectors: Vectors | None = None) -> list[tuple[Document, ...]]:
    korean = [document for document in documents if document.article.lang == "ko"]
    others = [document for document in documents if document.article.lang != "ko"]
    return [*in_one_language(korean, KOREAN), *in_one_language(others, ENGLISH, vectors)]


def in_one_language(
    documents: Sequence[Document], setting: Setting, vectors: Vectors | None = None
) -> list[tuple[Document, ...]]:
    """Stories among documents of one language, given by moment."""
    if not documents:
        return []
    found = same_event(documents, space(documents, grams=setting.grams), setting.model)
    found = believed(closer(found, documents, vectors or {}))
    labels = linked(len(documents), found, setting.event)
    for stricter in _STRICTER:
        labels = _cut_large(labels, found, setting.event + stricter)
    return [tuple(documents[position] for position in group) for group in grouped(labels)]


def believed(likely: Pairs) -> Pairs:
    """The pairs' probability as belief from 0 to 1, even in log odds and cut at ``_LOUDEST``; without those at 0."""
    odds = logit(np.clip(likely.cosine, _SURE, 1 - _SURE))
    belief = (np.clip(odds / _LOUDEST, -1.0, 1.0) + 1) / 2
    some = belief > 0
    return Pairs(likely.first[some], likely.second[some], belief[some])


def linked(count: int, pairs: Pairs, least: float) -> Integers:
    """Labels by average linkage of the pairs' likeness, at least ``least``; pairs not listed are not alike at all.

    A mean reaches ``least`` only where some pair does, so what no such pair connects is never one group: only what
    they connect is held against each other. (All listed pairs together connect nearly everything, once there are many.)
    """
    weights = _graph(count, pairs)
    strong = pairs.cosine >= least - _ROUNDING
    bonds = _graph(count, Pairs(pairs.first[strong], pairs.second[strong], pairs.cosine[strong]))
    _, components = connected_components(bonds, directed=False)
    labels = np.arange(count, dtype=np.int64)
    following = count
    for group in grouped(np.asarray(components, dtype=np.int64)):
        if len(group) > 1:
            found = _average(weights[group][:, group].toarray(), least)
            labels[group] = following + found
            following += int(found.max()) + 1
    return labels


def _graph(count: int, pairs: Pairs) -> sparse.csr_matrix:
    """The upper triangle of a matrix of likenesses."""
    return sparse.coo_matrix((pairs.cosine, (pairs.first, pairs.second)), shape=(count, count)).tocsr()


def _average(upper: Floats, least: float) -> Integers:
    """Labels, from 1, of one component given the upper triangle of its likenesses."""
    distances = 1 - squareform(upper + upper.T, checks=False)
    tree = linkage(np.clip(distances, 0.0, 1.0), "average")
    return np.asarray(fcluster(tree, 1 - least, "distance"), dtype=np.int64)


def _cut_large(labels: Integers, pairs: Pairs, least: float) -> Integers:
    """Labels after cutting very large groups at a stricter threshold: they tend to be sagas, not events."""
    if np.unique(labels, return_counts=True)[1].max() <= _LARGE:
        return labels
    stricter = linked(len(labels), pairs, least)
    cut = labels.copy()
    for group in grouped(labels):
        if len(group) > _LARGE:
            cut[group] = labels.max() + 1 + stricter[group]
    return cut


def grouped(labels: Integers) -> Iterator[Integers]:
    """The positions that share a label, in order."""
    order = np.argsort(labels, kind="stable")
    borders = np.flatnonzero(np.diff(labels[order])) + 1
    yield from np.split(order, borders)
