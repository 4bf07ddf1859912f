"""Articles into stories: one event, however many outlets tell it.

    documents ─▶ pairs with a probability ─▶ events ─▶ stories in one language ─▶ Korean and English joined

Events are average linkage inside the connected components of the graph of likely pairs, so that one chance likeness
does not chain two events; events whose centres are close are then merged, which brings together what one event's
later articles say in other words. Each language has thresholds of its own. Nothing here is random, and the order of
the input does not matter.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform
from sklearn.preprocessing import normalize

from analysis import crosslingual
from analysis.embeddings import Vectors
from analysis.mentions import Mentions
from analysis.pairs import same_event
from analysis.vectors import Floats, Integers, Pairs, Space, near_pairs, space
from archive.records.incoming import Document
from archive.records.words import ArticleId


@dataclass(frozen=True, slots=True)
class Setting:
    """The thresholds of one language."""

    event: float  # mean probability within an event, at least
    merge: float  # cosine of the centres of two events that are one story, at least
    grams: tuple[int, int]  # lengths of the character n-grams


KOREAN = Setting(event=0.35, merge=0.40, grams=(2, 4))
ENGLISH = Setting(event=0.20, merge=0.45, grams=(3, 5))

_LARGE = 40  # articles; a larger story is cut again at a stricter threshold
_STRICTER = 0.15
_MERGE_DAYS = 7.0  # between the mean moments of two events of one story, at most


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
    groups = crosslingual.join(_in_each_language(originals), mentions, vectors)
    stories = {document.id: number for number, group in enumerate(groups) for document in group}
    members: list[list[ArticleId]] = [[] for _ in groups]
    for document in ordered:
        original = copies.get(document.id, (document.id, ""))[0]
        members[stories[original]].append(document.id)
    return [tuple(story) for story in sorted(members, key=lambda story: place[story[0]])]


def _in_each_language(documents: Sequence[Document]) -> list[tuple[Document, ...]]:
    korean = [document for document in documents if document.article.lang == "ko"]
    others = [document for document in documents if document.article.lang != "ko"]
    return [*in_one_language(korean, KOREAN), *in_one_language(others, ENGLISH)]


def in_one_language(documents: Sequence[Document], setting: Setting) -> list[tuple[Document, ...]]:
    """Stories among documents of one language, given by moment."""
    if not documents:
        return []
    place = space(documents, grams=setting.grams)
    pairs = same_event(documents, place)
    labels = linked(len(documents), pairs, setting.event)
    labels = _merged(labels, place, documents, setting.merge)
    labels = _cut_large(labels, pairs, setting.event + _STRICTER)
    return [tuple(documents[position] for position in group) for group in grouped(labels)]


def linked(count: int, pairs: Pairs, least: float) -> Integers:
    """Labels by average linkage of the pairs' likeness, at least ``least``; pairs not listed are not alike at all."""
    weights = sparse.coo_matrix((pairs.cosine, (pairs.first, pairs.second)), shape=(count, count)).tocsr()
    _, components = connected_components(weights, directed=False)
    labels = np.arange(count, dtype=np.int64)
    following = count
    for group in grouped(np.asarray(components, dtype=np.int64)):
        if len(group) > 1:
            found = _average(weights[group][:, group].toarray(), least)
            labels[group] = following + found
            following += int(found.max()) + 1
    return labels


def _average(upper: Floats, least: float) -> Integers:
    """Labels, from 1, of one component given the upper triangle of its likenesses."""
    distances = 1 - squareform(upper + upper.T, checks=False)
    tree = linkage(np.clip(distances, 0.0, 1.0), "average")
    return np.asarray(fcluster(tree, 1 - least, "distance"), dtype=np.int64)


def _merged(labels: Integers, place: Space, documents: Sequence[Document], least: float) -> Integers:
    """Labels after joining events whose centres are near in words and time; two single articles are not joined."""
    _, numbers = np.unique(labels, return_inverse=True)
    member = sparse.csr_matrix((np.ones(len(numbers)), (numbers, np.arange(len(numbers)))))
    sizes = np.bincount(numbers)
    moments = np.array([document.article.moment.timestamp() / 86400 for document in documents])
    middle = np.bincount(numbers, weights=moments) / sizes
    near = near_pairs(sparse.csr_matrix(normalize(member @ place.mixed)), least=least)
    apart = np.abs(middle[near.first] - middle[near.second]) > _MERGE_DAYS
    single = (sizes[near.first] == 1) & (sizes[near.second] == 1)
    keep = ~apart & ~single
    kept = Pairs(near.first[keep], near.second[keep], near.cosine[keep])
    return linked(len(sizes), kept, least)[numbers]


def _cut_large(labels: Integers, pairs: Pairs, least: float) -> Integers:
    """Labels after cutting very large groups once more, more strictly: they tend to be sagas, not events."""
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
