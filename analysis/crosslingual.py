"""Korean and English stories of one event, joined by anchors that survive translation.

Two stories are likened by the anchors they share, each weighed by its rarity, as a cosine. They are called one only
when the cosine is high, each is the other's best partner, the two were written within three days, and what they
share is evidence enough (``agreement``). Precision comes first: a missed link leaves two stories that are both right,
a false one makes a story that is wrong.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from scipy import sparse
from sklearn.preprocessing import normalize

from analysis.agreement import Agreement, Weights
from analysis.anchors import anchors
from analysis.headlines import headline
from analysis.mentions import Mentions
from analysis.tokens import body
from archive.records.incoming import Document

COSINE = 0.30
WINDOW = timedelta(days=3)

_LEAD = 400  # characters of the text that are read, as many as relevance reads: names are looked up once
_KINDS = {"v": 1.0, "c": 1.0, "w": 1.0, "#": 1.0, "s": 0.8, "g": 0.4}  # weight of an anchor by its kind
_BACKGROUND = 300  # stories; among fewer, rarity is judged as if there were so many
_LONE = 0.3  # weight of a word that only one language has
_OF_LEAD = 0.4  # weight of an anchor found in the text only
_FORUM = re.compile(r"^(?:Show|Ask|Tell|Launch) (?:HN|GN)\s?[:–-]\s*")
_READ = 1000  # characters of a text in which ordinary words are looked for
_WORD = re.compile(r"[A-Za-z][A-Za-z']+[A-Za-z]")
_USES = 3  # texts that write a word small before it is ordinary


@dataclass(frozen=True, slots=True)
class Link:
    """A Korean and an English item by position, how alike they are, and whether we say they are one event."""

    korean: int
    english: int
    score: float
    asserted: bool


def join(groups: Sequence[tuple[Document, ...]], mentions: Mentions) -> list[tuple[Document, ...]]:
    """Stories after putting Korean and other-language stories of one event together, members by moment."""
    korean = [group for group in groups if group[0].article.lang == "ko"]
    others = [group for group in groups if group[0].article.lang != "ko"]
    if not korean or not others:
        return list(groups)
    likened = _Likened(
        [story_anchors(group, mentions) for group in korean],
        [story_anchors(group, mentions) for group in others],
        ordinary(document.article.title + "\n" + document.text[:_READ] for group in others for document in group),
        mentions,
    )
    links = [link for link in likened.of_korean() if link.asserted and _near(korean[link.korean], others[link.english])]
    partner = {link.korean: link.english for link in links}
    taken = set(partner.values())
    joined = [_by_moment(group, others[partner[n]] if n in partner else ()) for n, group in enumerate(korean)]
    return [*joined, *(group for n, group in enumerate(others) if n not in taken)]


def best_partners(korean: Sequence[str], english: Sequence[str], mentions: Mentions) -> tuple[list[Link], list[Link]]:
    """For every Korean text its best English one, and for every English text its best Korean one."""
    sides = [[dict.fromkeys(anchors(text, mentions), 1.0) for text in side] for side in (korean, english)]
    likened = _Likened(sides[0], sides[1], ordinary(english), mentions)
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


class _Likened:
    """Korean and English items with the cosine of every pair."""

    def __init__(
        self, korean: Sequence[Weights], english: Sequence[Weights], common: AbstractSet[str], mentions: Mentions
    ) -> None:
        both = {a for weights in korean for a in weights} & {a for weights in english for a in weights}
        self._korean, self._english = ([_less_lone_words(one, both) for one in side] for side in (korean, english))
        stories = max(len(korean) + len(english), _BACKGROUND)
        rarity = _rarity([*self._korean, *self._english], stories)
        column = {anchor: place for place, anchor in enumerate(sorted(rarity))}
        sides = (_vectors(side, rarity, column) for side in (self._korean, self._english))
        self._agree = Agreement(rarity, stories, common, mentions)
        self._cosines = sparse.csr_matrix(next(sides) @ next(sides).T)
        self._best_english, self._best_korean = _best(self._cosines), _best(self._cosines.T.tocsr())

    def of_korean(self) -> list[Link]:
        """The best English partner of each Korean item that shares anything with one."""
        return [self._link(one, other) for one, other in self._best_english.items()]

    def of_english(self) -> list[Link]:
        """The best Korean partner of each English item that shares anything with one."""
        return [self._link(one, other) for other, one in self._best_korean.items()]

    def _link(self, korean: int, english: int) -> Link:
        score = float(self._cosines[korean, english])
        mutual = self._best_english[korean] == english and self._best_korean[english] == korean
        sure = mutual and score >= COSINE and self._agree(self._korean[korean], self._english[english])
        return Link(korean, english, score, sure)


def _less_lone_words(weights: Weights, both: AbstractSet[str]) -> Weights:
    """Words (not concepts or amounts) that only one language has at all say little about the other: they count less."""
    return {a: weight if a in both or a[0] not in "ws" else weight * _LONE for a, weight in weights.items()}


def _rarity(items: Sequence[Weights], stories: int) -> dict[str, float]:
    """Inverse document frequency among so many stories, less for weak kinds of anchors."""
    spread = Counter(anchor for weights in items for anchor in weights)
    return {anchor: _KINDS[anchor[0]] * float(np.log((stories + 1) / n)) for anchor, n in spread.items()}


def _vectors(items: Sequence[Weights], rarity: Weights, column: Mapping[str, int]) -> sparse.csr_matrix:
    """Rows of length one; a row without anchors is nought."""
    cells = [(row, column[a], weight * rarity[a]) for row, one in enumerate(items) for a, weight in sorted(one.items())]
    rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
    shape = (len(items), max(len(column), 1))
    vectors = sparse.csr_matrix((np.array(values, float), (rows, columns)), shape=shape)
    return sparse.csr_matrix(normalize(vectors)) if items else vectors


def _best(cosines: sparse.csr_matrix) -> dict[int, int]:
    """The column of the greatest value of each row that has one above nought; of equals the first."""
    if not all(cosines.shape):
        return {}
    places = np.asarray(cosines.argmax(axis=1)).ravel()
    return {row: int(places[row]) for row in np.flatnonzero(cosines.getnnz(axis=1)).tolist()}


def _near(one: Sequence[Document], other: Sequence[Document]) -> bool:
    """Whether two stories, each by moment, are at most the window apart."""
    gap = max(one[0].article.moment - other[-1].article.moment, other[0].article.moment - one[-1].article.moment)
    return gap <= WINDOW


def _by_moment(one: Sequence[Document], other: Sequence[Document]) -> tuple[Document, ...]:
    return tuple(sorted([*one, *other], key=lambda document: (document.article.moment, document.id)))
