"""Long-lived subjects over the stories: what belongs together for weeks.

A topic is a group of stories that name the same things. Stories are compared by their terms alone (concepts of the
lexicon weigh more), because terms are kept with each story: weeks later it can still be compared.

A story once in a topic stays in it, whatever its id becomes; so identity is carried by members, never by a label.
Each analysis then repeats, until nothing changes: stories without a topic join the one they are most alike, those
that are alike among themselves found new ones, and topics that have become alike merge (the older one stays, the
other leaves a redirect). Likeness is the mean cosine between members (average linkage), so no chain of pairs makes
a blob.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from analysis.telling import COMMON, COMMON_FEWEST, PRIOR
from analysis.tracking import mint
from archive.records.findings import Story, Topic
from archive.records.words import StoryId, TopicId

JOIN = 0.15  # mean cosine from which a story belongs; in two recorded weeks lower ones mix subjects
MERGE = 0.25
_FEW, _PAIR = 3, 2  # stories that make a topic: three that belong, or two that are as alike as topics that merge
_FADE = 6  # the place in a story's terms at which a term weighs half
_USUAL, _USUAL_FEWEST = 0.01, 3  # of all stories, as many as name a usual subject
SUBJECT = 2.0  # the weight from which a term is a subject by itself, however many stories name it


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Which story belongs to which topic now, in order of the topics' ages, and the topics that merged."""

    stories: Mapping[TopicId, tuple[StoryId, ...]]
    redirects: Mapping[TopicId, TopicId]


def gather(
    stories: Sequence[Story],
    known: Sequence[Topic],
    *,
    weights: Mapping[str, float],
    nameable: Callable[[Sequence[Sequence[str]]], bool],
    same: Iterable[Sequence[str]] = (),
) -> Gathered:
    """Gather stories (those of the window and those remembered) into topics.

    ``known`` are the earlier topics, whose stories stay with them; ``weights`` how much the lexicon's labels weigh
    beside other words; ``nameable`` says whether the terms of some stories have a name in common; ``same`` are groups
    of stories that somebody said are one topic.
    """
    ordered = sorted(stories, key=lambda story: (story.first_seen, story.id))
    older = sorted(known, key=lambda topic: (topic.first_seen, topic.id))
    work = _Gathering([story.terms for story in ordered], [story.id for story in ordered], older, weights)
    for group in same:
        work.unite(group)
    while work.join() or work.found(JOIN, _FEW, nameable) or work.found(MERGE, _PAIR, nameable) or work.merge():
        pass
    return Gathered(stories=work.grouped(), redirects=work.redirects)


class _Gathering:
    """Topics in the making. Rows are stories, then topics of which no story is in sight any more, by their terms."""

    def __init__(
        self, terms: list[tuple[str, ...]], ids: list[StoryId], known: Sequence[Topic], weights: Mapping[str, float]
    ) -> None:
        self._ids = ids
        self._row = {story: row for row, story in enumerate(ids)}
        self.members: dict[TopicId, list[int]] = {}
        self.redirects: dict[TopicId, TopicId] = {}
        claimed: set[int] = set()
        rows = list(terms)
        for topic in known:
            seen = [row for story in topic.stories if (row := self._row.get(story)) is not None and row not in claimed]
            claimed.update(seen)
            self.members[topic.id] = seen or [len(rows)]
            rows += [] if seen else [topic.terms]
        self._taken = set(self.members)
        self._loose = [row for row in range(len(ids)) if row not in claimed]
        self._terms = rows
        self._vectors = _vectors(rows, len(ids), weights)

    def grouped(self) -> dict[TopicId, tuple[StoryId, ...]]:
        """The stories in sight of each topic."""
        return {
            topic: tuple(self._ids[row] for row in sorted(rows) if row < len(self._ids))
            for topic, rows in self.members.items()
        }

    def join(self) -> bool:
        """Let each story without a topic join the one it is most like; whether any did."""
        if not self._loose or not self.members:
            return False
        topics = list(self.members)
        likeness = (self._vectors[self._loose] @ self._centres().T).toarray()
        best = likeness.argmax(axis=1)
        joined = [place for place in range(len(self._loose)) if likeness[place, best[place]] >= JOIN]
        for place in joined:
            self.members[topics[best[place]]].append(self._loose[place])
        gone = {self._loose[place] for place in joined}
        self._loose = [row for row in self._loose if row not in gone]
        return bool(joined)

    def found(self, least: float, fewest: int, nameable: Callable[[Sequence[Sequence[str]]], bool]) -> bool:
        """Found topics of stories that are alike among themselves and have a name; whether there were any."""
        groups = _linked(self._vectors[self._loose], least)
        rows = [[self._loose[place] for place in group] for group in groups if len(group) >= fewest]
        new = [group for group in rows if nameable([self._terms[row] for row in group])]
        for group in new:
            self._open(group)
        return bool(new)

    def merge(self) -> bool:
        """Merge the two topics that are most alike; whether there were such."""
        topics = list(self.members)
        centres = self._centres()
        likeness = np.triu((centres @ centres.T).toarray(), 1) if topics else np.zeros((1, 1))
        older, younger = (int(place) for place in np.unravel_index(likeness.argmax(), likeness.shape))
        if likeness[older, younger] < MERGE:
            return False
        self._absorb(topics[older], topics[younger])
        return True

    def unite(self, stories: Sequence[str]) -> None:
        """Make one topic of the stories named, whatever they are like."""
        rows = [row for story in stories if (row := self._row.get(StoryId(story))) is not None]
        owners = [topic for topic, members in self.members.items() if not set(rows).isdisjoint(members)]
        loose = [row for row in rows if row in self._loose]
        if not owners:
            self._open(rows)
            return
        self.members[owners[0]] += loose
        self._loose = [row for row in self._loose if row not in loose]
        for other in owners[1:]:
            self._absorb(owners[0], other)

    def _open(self, rows: list[int]) -> None:
        topic = TopicId(mint(self._ids[min(rows)], self._taken))
        self._taken.add(topic)
        self.members[topic] = list(rows)
        self._loose = [row for row in self._loose if row not in rows]

    def _absorb(self, stays: TopicId, goes: TopicId) -> None:
        self.members[stays] += self.members.pop(goes)
        self.redirects = {old: stays if new == goes else new for old, new in self.redirects.items()} | {goes: stays}

    def _centres(self) -> csr_array:
        """The mean vector of each topic: its product with a story is the mean cosine to the members."""
        sizes = [len(rows) for rows in self.members.values()]
        places = np.repeat(np.arange(len(sizes)), sizes)
        columns = [row for rows in self.members.values() for row in sorted(rows)]
        weights = np.repeat([1 / size for size in sizes], sizes)
        means = csr_array((weights, (places, columns)), shape=(len(sizes), self._vectors.shape[0]))
        return csr_array(means @ self._vectors)


def _vectors(rows: Sequence[tuple[str, ...]], stories: int, extra: Mapping[str, float]) -> csr_array:
    """Unit vectors of terms: squared rarity, falling with their place, times what the lexicon gives them."""
    frequency = Counter(term for terms in rows[:stories] for term in terms)
    column = {term: place for place, term in enumerate(sorted({term for terms in rows for term in terms}))}
    most = max(COMMON_FEWEST, COMMON * stories)
    # A subject much written about must not lose its own name: it counts as no more common than a usual one.
    usual = max(_USUAL_FEWEST, _USUAL * stories)
    counted = {term: min(n, usual) if extra.get(term, 0.0) >= SUBJECT else n for term, n in frequency.items()}
    counted |= {term: 0 for term in column if term not in counted}
    values: list[float] = []
    where: tuple[list[int], list[int]] = ([], [])
    for row, terms in enumerate(rows):
        told = [term for term in terms if frequency[term] <= most or extra.get(term, 0.0) >= SUBJECT]
        weights = [_rarity(counted[t], stories) * extra.get(t, 1.0) / (1 + at / _FADE) for at, t in enumerate(told)]
        length = sum(weight**2 for weight in weights) ** 0.5
        values += [weight / length for weight in weights]
        where[0].extend([row] * len(told))
        where[1].extend(column[term] for term in told)
    return csr_array((values, where), shape=(len(rows), max(1, len(column))))


def _rarity(count: float, stories: int) -> float:
    return log(1 + (stories + PRIOR) / max(1, count)) ** 2


def _linked(vectors: csr_array, least: float) -> list[list[int]]:
    """Groups by average linkage with a mean cosine of ``least``, within the components such links can reach."""
    if vectors.shape[0] < 2:  # noqa: PLR2004 -- one alone has no company
        return []
    likeness = (vectors @ vectors.T).tocsr()
    edges = likeness.copy()
    edges.data[edges.data < least] = 0
    edges.eliminate_zeros()
    count, label = connected_components(edges, directed=False)
    order = np.argsort(label, kind="stable")
    parts = np.split(order, np.cumsum(np.bincount(label, minlength=count))[:-1])
    return [group for part in parts if len(part) > 1 for group in _divided(likeness, part, least)]


def _divided(likeness: csr_array, part: NDArray[np.intp], least: float) -> list[list[int]]:
    distance = 1 - np.clip(likeness[part][:, part].toarray(), 0, 1)
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(distance, checks=False), "average")
    label = fcluster(tree, 1 - least, "distance")
    return [sorted(int(row) for row in part[label == number]) for number in range(1, int(label.max()) + 1)]
