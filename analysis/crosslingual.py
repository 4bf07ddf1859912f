"""Korean and English stories of one event, joined by anchors that survive translation.

Two stories are likened by the anchors they share, each weighed by its rarity, as a cosine. They are called one only
when the cosine is high, the shared anchors together are rare enough, at least two are names and one of them is in the
titles, the two were written within three days, and each is the other's best partner. Precision comes first: a missed
link leaves two stories that are both right, a false one makes a story that is wrong.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from analysis.anchors import anchors
from analysis.mentions import Mentions
from archive.records.incoming import Document

COSINE = 0.30
EVIDENCE = 9.0  # nats of rarity the shared anchors have together, at least
INDEPENDENT = 2
WINDOW = timedelta(days=3)

_LEAD = 300  # characters of the text that are read
_KINDS = {"c": 1.0, "w": 1.0, "#": 1.0, "s": 0.8, "g": 0.4}  # weight of an anchor by its kind
_BACKGROUND = 300  # stories; among fewer, rarity is judged as if there were so many
_LONE = 0.3  # weight of a word that only one language has
_CENTRAL = 0.5  # weight from which an anchor is one of the titles, not just of the texts
_OF_LEAD = 0.4  # weight of an anchor found in the text only

Weights = Mapping[str, float]  # anchor → how much it stands for the story, 0 to 1


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
    found = _likened([story_anchors(group, mentions) for group in korean], [story_anchors(g, mentions) for g in others])
    links = [link for link in mutual(found) if link.asserted and _near(korean[link.korean], others[link.english])]
    partner = {link.korean: link.english for link in links}
    taken = set(partner.values())
    joined = [_by_moment(group, others[partner[n]] if n in partner else ()) for n, group in enumerate(korean)]
    return [*joined, *(group for n, group in enumerate(others) if n not in taken)]


def best_partners(korean: Sequence[str], english: Sequence[str], mentions: Mentions) -> tuple[list[Link], list[Link]]:
    """For every Korean text its best English one, and for every English text its best Korean one."""
    found = _likened([_text_anchors(text, mentions) for text in korean], [_text_anchors(t, mentions) for t in english])
    return _best(found, "korean"), _best(found, "english")


def mutual(links: Iterable[Link]) -> list[Link]:
    """Links that are the best of both their ends."""
    found = list(links)
    best = {(link.korean, link.english) for link in _best(found, "korean")}
    return [link for link in _best(found, "english") if (link.korean, link.english) in best]


def story_anchors(story: Sequence[Document], mentions: Mentions) -> Weights:
    """Anchors of a story: an article's title counts fully, the beginning of its text less; the mean over articles."""
    total: Counter[str] = Counter()
    for document in story:
        title = anchors(document.article.title, mentions)
        lead = anchors(document.text[:_LEAD], mentions)
        total.update(dict.fromkeys(title, 1.0) | dict.fromkeys(lead - title, _OF_LEAD))
    return {anchor: weight / len(story) for anchor, weight in total.items()}


def _text_anchors(text: str, mentions: Mentions) -> Weights:
    return dict.fromkeys(anchors(text, mentions), 1.0)


def _likened(korean: Sequence[Weights], english: Sequence[Weights]) -> list[Link]:
    """Every pair that shares an anchor.

    Words (not concepts or amounts) that only one language has at all say little about the other: they count less.
    """
    both = {a for weights in korean for a in weights} & {a for weights in english for a in weights}
    korean, english = ([_less_lone_words(weights, both) for weights in side] for side in (korean, english))
    rarity = _rarity([*korean, *english])
    holders: dict[str, list[int]] = defaultdict(list)
    for number, weights in enumerate(english):
        for anchor in weights:
            holders[anchor].append(number)
    norms = [_norm(weights, rarity) for weights in english]
    links = []
    for number, weights in enumerate(korean):
        own = _norm(weights, rarity)
        partners = {partner for anchor in weights for partner in holders[anchor]}
        links += [
            _link(number, partner, weights, english[partner], rarity, own * norms[partner])
            for partner in sorted(partners)
        ]
    return links


def _less_lone_words(weights: Weights, both: AbstractSet[str]) -> Weights:
    return {a: weight if a in both or a[0] not in "ws" else weight * _LONE for a, weight in weights.items()}


def _link(korean: int, english: int, one: Weights, other: Weights, rarity: Weights, norm: float) -> Link:
    shared = one.keys() & other.keys()
    score = sum(one[a] * other[a] * rarity[a] ** 2 for a in sorted(shared)) / norm if norm else 0.0
    evidence = sum(rarity[a] * min(one[a], other[a]) for a in sorted(shared))
    names = [anchor for anchor in shared if anchor[0] != "g" and rarity[anchor] > 1]
    central = any(min(one[anchor], other[anchor]) >= _CENTRAL for anchor in names)
    asserted = score >= COSINE and evidence >= EVIDENCE and len(names) >= INDEPENDENT and central
    return Link(korean, english, score, asserted)


def _rarity(stories: Sequence[Weights]) -> dict[str, float]:
    """Inverse document frequency, less for weak kinds of anchors."""
    spread = Counter(anchor for weights in stories for anchor in weights)
    count = max(len(stories), _BACKGROUND)
    return {anchor: _KINDS[anchor[0]] * float(np.log((count + 1) / n)) for anchor, n in spread.items()}


def _norm(weights: Weights, rarity: Weights) -> float:
    return float(np.sqrt(sum((weight * rarity[anchor]) ** 2 for anchor, weight in sorted(weights.items()))))


def _best(links: Iterable[Link], end: str) -> list[Link]:
    best: dict[int, Link] = {}
    for link in links:
        key = getattr(link, end)
        if key not in best or link.score > best[key].score:
            best[key] = link
    return [best[key] for key in sorted(best)]


def _near(one: Sequence[Document], other: Sequence[Document]) -> bool:
    """Whether two stories, each by moment, are at most the window apart."""
    gap = max(one[0].article.moment - other[-1].article.moment, other[0].article.moment - one[-1].article.moment)
    return gap <= WINDOW


def _by_moment(one: Sequence[Document], other: Sequence[Document]) -> tuple[Document, ...]:
    return tuple(sorted([*one, *other], key=lambda document: (document.article.moment, document.id)))
