"""Korean and English stories of one event, joined by anchors that survive translation, and by vectors if there are any.

Two stories are likened by the anchors they share, each weighed by its rarity, as a cosine. They are called one only
when each is the other's best partner, the two were written within three days, and what they share is evidence enough
(``agreement``). Precision comes first: a missed link leaves two stories that are both right, a false one makes a story
that is wrong. What is likely but not sure is told as related.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from scipy import sparse
from sklearn.preprocessing import normalize

from analysis.agreement import Agreement, Weights, is_likely, is_one_event
from analysis.anchors import anchors
from analysis.embeddings import Floats, Vectors, story_vectors
from analysis.headlines import headline
from analysis.likening import Likenesses, Pair, Times
from analysis.mentions import Mentions
from analysis.tokens import body
from archive.records.incoming import Document

WINDOW = timedelta(days=3)

_LEAD = 400  # characters of the text that are read, as many as relevance reads: names are looked up once
_KINDS = {
    "v": 1.0,
    "c": 1.0,
    "w": 1.0,
    "#": 1.0,
    "₩": 1.0,
    "p": 0.8,
    "s": 0.8,
    "g": 0.4,
}  # weight of an anchor by its kind
_BACKGROUND = 300  # stories; among fewer, rarity is judged as if there were so many
_LONE = 0.3  # weight of a word that only one language has
_OF_LEAD = 0.4  # weight of an anchor found in the text only
_FORUM = re.compile(r"^(?:Show|Ask|Tell|Launch) (?:HN|GN)\s?[:–-]\s*")
_READ = 1000  # characters of a text in which ordinary words are looked for
_WORD = re.compile(r"[A-Za-z][A-Za-z']+[A-Za-z]")
_USES = 3  # texts that write a word small before it is ordinary

Group = tuple[Document, ...]
Sides = tuple[Floats, Floats]  # vectors of the Korean and of the other items


@dataclass(frozen=True, slots=True)
class Link:
    """A Korean and an English item by position, how alike they are, and whether we say they are one event."""

    korean: int
    english: int
    score: float
    asserted: bool


@dataclass(frozen=True, slots=True)
class Related:
    """Stories by position that probably tell of one matter in two languages, and what says so."""

    korean: int
    foreign: int
    score: float
    evidence: tuple[str, ...]  # names, versions and amounts both have, the rarest first


def join(groups: Sequence[Group], mentions: Mentions, vectors: Vectors | None = None) -> list[Group]:
    """Stories after putting Korean and other-language stories of one event together, members by moment."""
    korean = [group for group in groups if group[0].article.lang == "ko"]
    others = [group for group in groups if group[0].article.lang != "ko"]
    if not korean or not others:
        return list(groups)
    likened = _likened(korean, others, mentions, vectors or {})
    partner = {link.korean: link.english for link in likened.of_korean() if link.asserted}
    taken = set(partner.values())
    joined = [_by_moment(group, others[partner[n]] if n in partner else ()) for n, group in enumerate(korean)]
    return [*joined, *(group for n, group in enumerate(others) if n not in taken)]


def related(groups: Sequence[Group], mentions: Mentions, vectors: Vectors | None = None) -> list[Related]:
    """For each Korean story without foreign articles the foreign one that probably tells of the same, if any."""
    korean = [place for place, group in enumerate(groups) if all(one.article.lang == "ko" for one in group)]
    others = [place for place, group in enumerate(groups) if all(one.article.lang != "ko" for one in group)]
    if not korean or not others:
        return []
    sides = [groups[place] for place in korean], [groups[place] for place in others]
    likened = _likened(*sides, mentions, vectors or {})
    found = (Related(korean[k], others[f], round(score, 4), words) for k, f, score, words in likened.likely())
    return sorted(found, key=lambda one: (one.korean, one.foreign))


def best_partners(
    korean: Sequence[str], english: Sequence[str], mentions: Mentions, vectors: Sides | None = None
) -> tuple[list[Link], list[Link]]:
    """For every Korean text its best English one, and for every English text its best Korean one.

    ``vectors`` has a row for each text of either side.
    """
    sides = [[dict.fromkeys(anchors(text, mentions), 1.0) for text in side] for side in (korean, english)]
    likened = _Likened(sides[0], sides[1], ordinary(english), mentions, vectors)
    return likened.of_korean(), likened.of_english()


def ordinary(texts: Iterable[str]) -> frozenset[str]:
    """Words that English texts mostly write small: no names, however rare they are among Korean stories."""
    small: Counter[str] = Counter()
    written: Counter[str] = Counter()
    for text in texts:
        words = set(_WORD.findall(text))
        written.update({word.lower() for word in words})
        small.update(word for word in words if word.islower())
    return frozenset(word for word, uses in small.items() if uses >= _USES and 2 * uses >= written[word])


def story_anchors(story: Sequence[Document], mentions: Mentions) -> Weights:
    """Anchors of a story: an article's title counts fully, the beginning of its text less; the mean over articles."""
    total: Counter[str] = Counter()
    for document in story:
        title = anchors(_FORUM.sub("", headline(document.article.title)), mentions)
        lead = anchors(body(document.text)[:_LEAD], mentions)
        total.update(dict.fromkeys(title, 1.0) | dict.fromkeys(lead - title, _OF_LEAD))
    return {anchor: weight / len(story) for anchor, weight in total.items()}


def _likened(korean: Sequence[Group], others: Sequence[Group], mentions: Mentions, vectors: Vectors) -> "_Likened":
    """Stories of two languages, likened where they are near in time."""
    left, right = story_vectors(korean, vectors), story_vectors(others, vectors)
    return _Likened(
        [story_anchors(group, mentions) for group in korean],
        [story_anchors(group, mentions) for group in others],
        ordinary(document.article.title + "\n" + document.text[:_READ] for group in others for document in group),
        mentions,
        None if left is None or right is None else (left, right),
        Times(_spans(korean), _spans(others), WINDOW.total_seconds()),
    )


class _Likened:
    """Korean and English items, and what is said of every pair."""

    def __init__(
        self,
        korean: Sequence[Weights],
        english: Sequence[Weights],
        common: AbstractSet[str],
        mentions: Mentions,
        vectors: Sides | None = None,
        times: Times | None = None,
    ) -> None:
        both = {a for weights in korean for a in weights} & {a for weights in english for a in weights}
        self._korean, self._english = ([_less_lone_words(one, both) for one in side] for side in (korean, english))
        stories = max(len(korean) + len(english), _BACKGROUND)
        rarity = _rarity([*self._korean, *self._english], stories)
        column = {anchor: place for place, anchor in enumerate(sorted(rarity))}
        sides = [_vectors(side, rarity, column) for side in (self._korean, self._english)]
        self._agreement = Agreement(rarity, stories, common, mentions)
        self._likenesses = Likenesses(sides[0], sides[1], vectors, times)

    def of_korean(self) -> list[Link]:
        """The best English partner of each Korean item that is like any."""
        return [self._link(pair) for pair in self._likenesses.of_rows()]

    def of_english(self) -> list[Link]:
        """The best Korean partner of each English item that is like any."""
        return [self._link(pair) for pair in self._likenesses.of_columns()]

    def likely(self) -> Iterator[tuple[int, int, float, tuple[str, ...]]]:
        """The best partners of Korean items that are probably about the same, with what both name."""
        for pair in self._likenesses.of_rows():
            found = self._agreement.evidence(self._korean[pair.row], self._english[pair.column])
            if is_likely(pair, found):
                yield pair.row, pair.column, pair.likeness, self._agreement.told(found)

    def _link(self, pair: Pair) -> Link:
        found = self._agreement.evidence(self._korean[pair.row], self._english[pair.column])
        sure = self._likenesses.mutual(pair) and is_one_event(pair, found)
        return Link(pair.row, pair.column, pair.likeness, sure)


def _less_lone_words(weights: Weights, both: AbstractSet[str]) -> Weights:
    """Words (not concepts or amounts) that only one language has at all say little about the other: they count less."""
    return {a: weight if a in both or a[0] not in "ws" else weight * _LONE for a, weight in weights.items()}


def _rarity(items: Sequence[Weights], stories: int) -> dict[str, float]:
    """Inverse document frequency among so many stories, less for weak kinds of anchors."""
    spread = Counter(anchor for weights in items for anchor in weights if anchor[0] in _KINDS)
    return {anchor: _KINDS[anchor[0]] * float(np.log((stories + 1) / n)) for anchor, n in spread.items()}


def _vectors(items: Sequence[Weights], rarity: Weights, column: Mapping[str, int]) -> sparse.csr_matrix:
    """Rows of length one; a row without anchors is nought."""
    cells = [
        (row, column[a], weight * rarity[a])
        for row, one in enumerate(items)
        for a, weight in sorted(one.items())
        if a in column
    ]
    rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
    shape = (len(items), max(len(column), 1))
    vectors = sparse.csr_matrix((np.array(values, float), (rows, columns)), shape=shape)
    return sparse.csr_matrix(normalize(vectors)) if items else vectors


def _spans(groups: Sequence[Group]) -> Floats:
    """First and last moment of each story, in seconds."""
    return np.array([[group[0].article.moment.timestamp(), group[-1].article.moment.timestamp()] for group in groups])


def _by_moment(one: Sequence[Document], other: Sequence[Document]) -> tuple[Document, ...]:
    return tuple(sorted([*one, *other], key=lambda document: (document.article.moment, document.id)))
