"""Do two stories in different languages tell of one event? The evidence of what they share.

Shared words are many and prove little; this asks for what a careful reader would: a name particular enough to be in
few stories, in the headlines of both; something else that agrees and does not follow from the first; and nothing
that contradicts. ``Gemini 3`` and ``Gemini 3.1`` are two events, however alike what is said of them; so are what
Google says of Gemini and what Anthropic says of it.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import inf, log

from analysis.anchors import is_plain, skeleton
from analysis.glosses import meaning
from analysis.likening import Pair
from analysis.mentions import Mentions

Weights = Mapping[str, float]  # anchor → how much it stands for the story, 0 to 1

CENTRAL = 0.5  # weight from which an anchor is one of the titles, not just of the texts
_NATS = 4.0  # what the shared anchors say beyond what finds one story among all
_INDEPENDENT = 2
_COSINE = 0.30  # for a particular name and something independent
_HIGH_COSINE = 0.40  # for either of them
_HIGHER_COSINE, _MORE_NATS = 0.45, 5.5  # for any name that is not just of an idea
_APART = 0.20  # closeness of vectors below which names alone are not believed
# With vectors: closeness, cosine, names and nats that are enough.
_CLOSE_ENOUGH = ((0.42, 0.30, 1, 3.0), (0.36, 0.30, 2, 2.8))
_LIKELY = (0.25, 1, 1.0)  # cosine, names and nats of stories that are told as related
_LIKELY_CLOSE = (0.40, 0.15, 1, 0.0)
_RARE = 2.0  # nats: a name in more than one of eight stories tells nothing
_PARTICULAR = 3.0  # nats: a product or a person in fewer than one story of twenty
_PARTICULAR_BODY = 4.5  # nats: an organisation in fewer than one of ninety
_SKELETON = 5  # consonants from which a borrowed word is more than chance
_LETTERS = 4  # of a Latin word that may be a name: shorter ones are mostly API, CEO, MOU
_MUCH = 1e6  # an amount from here on is a particular one
_PLAIN = 2  # plain words that both headlines have and that together weigh as much as a name
_AMOUNTS = frozenset("#₩")
_NAMED_THINGS = frozenset(("product", "model", "person"))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two stories share."""

    shared: Weights
    names: int  # that speak for themselves
    proper: bool  # one of them is of somebody, something or some place; the others are ideas and borrowed words
    particular: bool  # one of them points to one thing, in both headlines
    plain: int  # plain words in both headlines
    nats: float  # what all of it says, beyond what finds one story among all
    contradictory: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """Judges pairs of stories by what both have."""

    rarity: Weights  # of each anchor, in nats
    stories: int  # among which rarity was measured
    ordinary: AbstractSet[str]  # Latin words that are no names
    mentions: Mentions

    def evidence(self, one: Weights, other: Weights) -> Evidence:
        """What two stories share and whether they contradict each other."""
        both = sorted(anchor for anchor in one.keys() & other.keys() if anchor in self.rarity)
        shared = {anchor: min(one[anchor], other[anchor]) for anchor in both}
        names = [anchor for anchor in shared if self._is_name(anchor, shared)]
        return Evidence(
            shared=shared,
            names=len(names),
            proper=any(map(self._is_proper, names)),
            particular=any(shared[anchor] >= CENTRAL and self._is_particular(anchor) for anchor in names),
            plain=sum(weight >= CENTRAL for anchor, weight in shared.items() if anchor[0] == "g"),
            nats=sum(self.rarity[anchor] * weight for anchor, weight in shared.items()) - log(self.stories),
            contradictory=contradictory(one, other),
        )

    def told(self, found: Evidence) -> tuple[str, ...]:
        """The names, versions, amounts and words that both have, for a person; the rarest first."""
        order = sorted(found.shared, key=lambda anchor: (-self.rarity[anchor] * found.shared[anchor], anchor))
        return tuple(dict.fromkeys(filter(None, map(self._words, order))))

    def _words(self, anchor: str) -> str:
        """An anchor as a person would write it; nothing for the consonants of a borrowed word."""
        kind, words = anchor[0], anchor[2:]
        if kind == "c":
            return self.mentions.label(words)
        if kind == "v":
            name, _, version = words.rpartition(":")
            label = self.mentions.label(name) if name in self.mentions.concepts else name
            return label if label.endswith(version) else f"{label} {version}"
        if kind in _AMOUNTS:
            return f"{float(anchor[1:]):,.10g}"
        if kind == "s":
            return ""
        return meaning(anchor) if kind in "gp" else words

    def _is_name(self, anchor: str, shared: Weights) -> bool:
        """Whether an anchor speaks for itself: no plain word, none that another shared anchor already implies."""
        kind, words = anchor[0], anchor[2:]
        if kind == "g" or self.rarity[anchor] < _RARE:
            return False
        if kind == "w":
            return len(words) >= _LETTERS and words not in self.ordinary and not is_plain(words)
        if kind == "s":
            return len(words) >= _SKELETON and shared[anchor] >= CENTRAL and words not in _skeletons(shared)
        if kind in _AMOUNTS:
            return float(anchor[1:]) >= _MUCH
        return kind in "pv" or not any(other.startswith(f"v:{words}:") for other in shared)

    def _is_proper(self, anchor: str) -> bool:
        """Whether a name is of somebody, something or some place, not of an idea."""
        return anchor[0] != "s" and (anchor[0] != "c" or self.mentions.concepts[anchor[2:]].kind != "concept")

    def _is_particular(self, anchor: str) -> bool:
        """Whether an anchor points to one thing: a version, an amount, a product, a person, a rare proper name."""
        if anchor[0] == "v" or anchor[0] in _AMOUNTS:
            return True
        if anchor[0] == "c":
            kind = self.mentions.concepts[anchor[2:]].kind
            least = {"org": _PARTICULAR_BODY} | dict.fromkeys(_NAMED_THINGS, _PARTICULAR)
            return self.rarity[anchor] >= least.get(kind, inf)
        return anchor[0] == "w" and self.rarity[anchor] >= _PARTICULAR


def is_one_event(pair: Pair, found: Evidence) -> bool:
    """Whether the evidence is enough to call two stories one."""
    if found.contradictory:
        return False
    named = _is_told(pair, found)
    if pair.closeness is None:
        return named
    return (named and pair.closeness >= _APART) or any(_reaches(pair, found, bar) for bar in _CLOSE_ENOUGH)


def _is_told(pair: Pair, found: Evidence) -> bool:
    """Whether what is shared tells enough by itself."""
    if not found.proper or found.nats < _NATS:
        return False
    independent = found.names + (found.plain >= _PLAIN) >= _INDEPENDENT
    least = (_HIGHER_COSINE, _HIGH_COSINE, _COSINE)[found.particular + independent]
    return pair.cosine >= least and (found.particular or independent or found.nats >= _MORE_NATS)


def is_likely(pair: Pair, found: Evidence) -> bool:
    """Whether two stories probably tell of one matter, so that a reader of one may want the other."""
    if found.contradictory:
        return False
    cosine, names, nats = _LIKELY
    named = pair.cosine >= cosine and found.names >= names and found.nats >= nats
    if pair.closeness is None:
        return named and (found.particular or found.names >= _INDEPENDENT)
    return (named and pair.closeness >= _APART) or _reaches(pair, found, _LIKELY_CLOSE)


def _reaches(pair: Pair, found: Evidence, bar: tuple[float, float, int, float]) -> bool:
    closeness, cosine, names, nats = bar
    close = pair.closeness is not None and pair.closeness >= closeness
    return close and pair.cosine >= cosine and found.names >= names and found.nats >= nats


def _skeletons(shared: Weights) -> frozenset[str]:
    return frozenset(skeleton(anchor[2:]) for anchor in shared if anchor[0] == "w")


def contradictory(one: Weights, other: Weights) -> bool:
    """Whether the headlines name different versions, amounts or actors and the other story knows nothing of them."""
    return any(
        mine and yours and not (mine & yours or mine & set(other) or yours & set(one))
        for mine, yours in zip(_facts(one), _facts(other), strict=True)
    )


def _facts(story: Weights) -> Iterator[AbstractSet[str]]:
    """The versions, the amounts, and the actors of a story's headlines."""
    central = {anchor for anchor, weight in story.items() if weight >= CENTRAL}
    yield {anchor for anchor in central if anchor[0] == "v"}
    yield {anchor for anchor in central if anchor[0] == "#" and float(anchor[1:]) >= _MUCH}
    yield {f"c:{anchor[2:]}" for anchor in central if anchor[0] == "<"}
