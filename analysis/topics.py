"""Long-lived subjects over the stories: what belongs together for weeks.

A topic is a group of stories that name the same things. Stories are compared by their terms alone (concepts of the
lexicon weigh more), because terms are kept with each story: weeks later it can still be compared.

A story once in a topic stays in it, whatever its id becomes; so identity is carried by members, never by a label.
Only a topic whose stories have come to be about quite different things splits: the largest part keeps the id. Each
analysis then repeats, until nothing changes: stories without a topic join the one they are most alike, those that are
alike among themselves found new ones (what has no name in common is tried again in smaller groups), and topics that
have become alike merge (the older one stays, the other leaves a redirect). Likeness is the mean cosine between members
(average linkage), so no chain of pairs makes a blob. Merges and splits of topics already known are told.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Literal, NamedTuple

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
CLOSE = 0.35  # for the groups in which a company's stories are about one thing
APART = 0.05  # parts of a topic less alike than this split; far below JOIN and MERGE, or topics would go to and fro
_FEW, _PAIR = 3, 2  # stories that make a topic: three that belong, or two that are as alike as topics that merge
_FIRST = 3  # terms by which a topic out of sight is known
_FADE = 6  # the place in a story's terms at which a term weighs half
_USUAL, _USUAL_FEWEST = 0.01, 3  # of all stories, as many as name a usual subject
_LEVELS = ((JOIN, _FEW), (MERGE, _PAIR), (CLOSE, _PAIR))  # how alike, and how many at least
SUBJECT = 2.0  # the weight from which a term is a subject by itself, however many stories name it

Name = Callable[[Sequence[Sequence[str]]], tuple[str, ...]]


class Change(NamedTuple):
    """A topic already known that another went into, or that another left."""

    kind: Literal["merge", "split"]
    topic: TopicId  # stays
    other: TopicId
    stories: int  # that went over, as far as they are in sight


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Which story belongs to which topic now, in order of the topics' ages, and the topics that merged or split."""

    stories: Mapping[TopicId, tuple[StoryId, ...]]
    redirects: Mapping[TopicId, TopicId]
    changes: tuple[Change, ...] = ()


def gather(
    stories: Sequence[Story],
    known: Sequence[Topic],
    *,
    weights: Mapping[str, float],
    name: Name,
    same: Iterable[Sequence[str]] = (),
) -> Gathered:
    """Gather stories (those of the window and those remembered) into topics.

    ``known`` are the earlier topics, whose stories stay with them; ``weights`` how much the lexicon's labels weigh
    beside other words; ``name`` gives the phrases that name stories by their terms (none: they have no name in common);
    ``same`` are groups of stories that somebody said are one topic.
    """
    ordered = sorted(stories, key=lambda story: (story.first_seen, story.id))
    older = sorted(known, key=lambda topic: (topic.first_seen, topic.id))
    work = _Gathering(ordered, older, weights, name)
    united = [work.unite(group) for group in same]
    while work.join() or any(work.found(*level) for level in _LEVELS) or work.merge() or work.split(keep=united):
        pass
    return Gathered(stories=work.grouped(), redirects=work.redirects, changes=tuple(work.changes))


class _Gathering:
    """Topics in the making. Rows are stories, then topics of which no story is in sight any more, by their terms."""

    def __init__(
        self, stories: Sequence[Story], known: Sequence[Topic], weights: Mapping[str, float], name: Name
    ) -> None:
        self._ids = ids = [story.id for story in stories]
        self._row = {story: row for row, story in enumerate(ids)}
        self._weights = weights
        self._name = name
        self.members: dict[TopicId, list[int]] = {}
        self.redirects: dict[TopicId, TopicId] = {}
        claimed: set[int] = set()
        rows = [story.terms for story in stories]
        for topic in known:
            seen = [row for story in topic.stories if (row := self._row.get(story)) is not None and row not in claimed]
            claimed.update(seen)
            self.members[topic.id] = seen or [len(rows)]
            rows += [] if seen else [topic.terms]
        self._taken = set(self.members)
        self._known = frozenset(self.members)
        self.changes: list[Change] = []
        self._left: set[int] = set()
        self._loose = [row for row in range(len(ids)) if row not in claimed]
        self._terms = rows
        self._vectors = vectors(rows, len(ids), weights)

    def grouped(self) -> dict[TopicId, tuple[StoryId, ...]]:
        """The stories in sight of each topic."""
        return {
            topic: tuple(self._ids[row] for row in sorted(rows) if row < len(self._ids))
            for topic, rows in self.members.items()
        }

    def join(self) -> bool:
        """Let stories without a topic join the one it is most like, of those whose name it shares; whether any did."""
        if not self._loose or not self.members:
            return False
        topics = list(self.members)
        likeness = (self._vectors[self._loose] @ self._centres().T).tocsr()
        names = {topic: self._called(topic) for topic in topics}
        joined: dict[int, TopicId] = {}
        for place, row in enumerate(self._loose):
            near = slice(likeness.indptr[place], likeness.indptr[place + 1])
            for value, column in sorted(zip(-likeness.data[near], likeness.indices[near], strict=True)):
                if -value >= JOIN and self._shares(row, names[topics[column]]):
                    joined[row] = topics[column]
                    break
        for row, topic in joined.items():
            self.members[topic].append(row)
        self._loose = [row for row in self._loose if row not in joined]
        return bool(joined)

    def _called(self, topic: TopicId) -> tuple[str, ...]:
        """The phrases that name a topic; of one that is out of sight, by the first of its terms."""
        rows = self.members[topic]
        if rows[0] >= len(self._ids):
            return self._name([self._terms[rows[0]][:_FIRST]] * _FEW)
        return self._name([self._terms[row] for row in rows])

    def _shares(self, row: int, name: tuple[str, ...]) -> bool:
        """Whether a story shares a topic's name: its subject, or, of a company or place, what it is about besides."""
        told = self._terms[row]
        if not name or self._weights.get(name[0], 0.0) >= SUBJECT:
            return not name or name[0] in told
        return all(part in told for part in name)

    def found(self, least: float, fewest: int) -> bool:
        """Found topics of stories that are alike among themselves and have a name; whether there were any."""
        groups = [[self._loose[place] for place in group] for group in _linked(self._vectors[self._loose], least)]
        new = [named for group in groups if len(group) >= fewest and len(named := self._sharing(group)) >= fewest]
        for group in new:
            self._open(group)
        return bool(new)

    def _sharing(self, rows: list[int]) -> list[int]:
        """Those of some stories that share the name of all; none when there is no such name."""
        name = self._name([self._terms[row] for row in rows])
        return [row for row in rows if name and self._shares(row, name)]

    def merge(self) -> bool:
        """Merge the two topics that are most alike, or two of one name; whether there were such."""
        topics = list(self.members)
        centres = self._centres()
        likeness = np.triu((centres @ centres.T).toarray(), 1) if topics else np.zeros((1, 1))
        older, younger = (int(place) for place in np.unravel_index(likeness.argmax(), likeness.shape))
        pair = (topics[older], topics[younger]) if likeness[older, younger] >= MERGE else self._namesakes()
        if pair:
            self._absorb(*pair)
        return bool(pair)

    def _namesakes(self) -> tuple[TopicId, TopicId] | None:
        """Two topics that would be called the same."""
        called: dict[tuple[str, ...], TopicId] = {}
        for topic in self.members:
            name = self._called(topic)
            if name and name in called:
                return called[name], topic
            called[name] = topic
        return None

    def split(self, *, keep: Collection[TopicId]) -> bool:
        """Let the parts of a topic that have nothing to do with its largest part, and a name of their own, leave it.

        ``keep`` are the topics (or what they merged into) that stay whole; no story leaves twice. Whether any did.
        """
        kept = {self.redirects.get(topic, topic) for topic in keep}
        parts = [(topic, part) for topic in self.members if topic not in kept for part in self._strangers(topic)]
        for topic, leaving in parts:
            self.members[topic] = [row for row in self.members[topic] if row not in leaving]
            self._left.update(leaving)
            self.changes.append(Change("split", topic, self._open(leaving), len(leaving)))
        return bool(parts)

    def _strangers(self, topic: TopicId) -> Iterable[list[int]]:
        """The parts of a topic that may leave it."""
        rows = [row for row in self.members[topic] if row < len(self._ids) and row not in self._left]
        parts = [[rows[place] for place in part] for part in _linked(self._vectors[rows], APART)]
        parts.sort(key=lambda part: (-len(part), part[0]))
        own = self._called(topic)
        for part in parts[1:]:
            if len(part) >= _FEW and self._name([self._terms[row] for row in part]) not in {(), own}:
                yield part

    def unite(self, stories: Sequence[str]) -> TopicId:
        """Make one topic of the stories named, whatever they are like."""
        rows = [row for story in stories if (row := self._row.get(StoryId(story))) is not None]
        owners = [topic for topic, members in self.members.items() if not set(rows).isdisjoint(members)]
        loose = [row for row in rows if row in self._loose]
        if not owners:
            return self._open(rows)
        self.members[owners[0]] += loose
        self._loose = [row for row in self._loose if row not in loose]
        for other in owners[1:]:
            self._absorb(owners[0], other)
        return owners[0]

    def _open(self, rows: list[int]) -> TopicId:
        topic = TopicId(mint(self._ids[min(rows)], self._taken))
        self._taken.add(topic)
        self.members[topic] = list(rows)
        self._loose = [row for row in self._loose if row not in rows]
        return topic

    def _absorb(self, stays: TopicId, goes: TopicId) -> None:
        moved = self.members.pop(goes)
        self.members[stays] += moved
        if goes in self._known:
            self.changes.append(Change("merge", stays, goes, sum(row < len(self._ids) for row in moved)))
        self.redirects = {old: stays if new == goes else new for old, new in self.redirects.items()} | {goes: stays}

    def _centres(self) -> csr_array:
        """The mean vector of each topic: its product with a story is the mean cosine to the members."""
        sizes = [len(rows) for rows in self.members.values()]
        places = np.repeat(np.arange(len(sizes)), sizes)
        columns = [row for rows in self.members.values() for row in sorted(rows)]
        weights = np.repeat([1 / size for size in sizes], sizes)
        means = csr_array((weights, (places, columns)), shape=(len(sizes), self._vectors.shape[0]))
        return csr_array(means @ self._vectors)


def likeness(terms: Sequence[tuple[str, ...]], weights: Mapping[str, float]) -> list[float]:
    """How like the others each of some stories is: the mean cosine of its terms, 0 to 1; one alone is like itself."""
    if len(terms) < 2:  # noqa: PLR2004 -- one alone has no company
        return [1.0] * len(terms)
    made = vectors(terms, len(terms), weights)
    sums = np.asarray((made @ made.T).sum(axis=1)).ravel()
    own = np.asarray(made.multiply(made).sum(axis=1)).ravel()
    return [float(share) for share in (sums - own) / (len(terms) - 1)]


def vectors(rows: Sequence[tuple[str, ...]], stories: int, extra: Mapping[str, float]) -> csr_array:
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
