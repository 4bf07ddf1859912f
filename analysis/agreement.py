"""Do two stories in different languages tell of one event? The evidence of what they share.

Shared words are many and prove little; this asks for what a careful reader would: a name particular enough to be in
few stories, in the headlines of both; something else that agrees and does not follow from the first; and nothing
that contradicts. ``Gemini 3`` and ``Gemini 3.1`` are two events, however alike what is said of them.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import inf, log

from analysis.anchors import is_plain, skeleton
from analysis.mentions import Mentions

Weights = Mapping[str, float]  # anchor → how much it stands for the story, 0 to 1

CENTRAL = 0.5  # weight from which an anchor is one of the titles, not just of the texts
MARGIN = 4.0  # nats that the shared anchors say beyond what finds one story among all
INDEPENDENT = 2
_RARE = 2.0  # nats: a name in more than one of eight stories tells nothing
_PARTICULAR = 3.0  # nats: a product or a person in fewer than one story of twenty
_PARTICULAR_BODY = 4.5  # nats: an organisation in fewer than one of ninety
_SKELETON = 5  # consonants from which a borrowed word is more than chance
_LETTERS = 4  # of a Latin word that may be a name: shorter ones are mostly API, CEO, MOU
_MUCH = 1e6  # an amount from here on is a particular one
_PLAIN = 2  # plain words that both headlines have and that together weigh as much as a name
_NAMED_THINGS = frozenset(("product", "model", "person"))


@dataclass(frozen=True, slots=True)
class Agreement:
    """Judges pairs of stories by what both have."""

    rarity: Weights  # of each anchor, in nats
    stories: int  # among which rarity was measured
    ordinary: AbstractSet[str]  # Latin words that are no names
    mentions: Mentions

    def __call__(self, one: Weights, other: Weights) -> bool:
        """Whether the evidence is enough to call two stories one."""
        shared = {anchor: min(one[anchor], other[anchor]) for anchor in sorted(one.keys() & other.keys())}
        evidence = sum(self.rarity[anchor] * weight for anchor, weight in shared.items())
        names = [anchor for anchor in shared if self._is_name(anchor, shared)]
        plain = sum(weight >= CENTRAL for anchor, weight in shared.items() if anchor[0] == "g")
        return (
            any(shared[anchor] >= CENTRAL and self._is_particular(anchor) for anchor in names)
            and len(names) + (plain >= _PLAIN) >= INDEPENDENT
            and evidence >= log(self.stories) + MARGIN
            and not contradictory(one, other)
        )

    def _is_name(self, anchor: str, shared: Weights) -> bool:
        """Whether an anchor speaks for itself: no plain word, none that another shared anchor already implies."""
        kind, words = anchor[0], anchor[2:]
        if kind == "g" or self.rarity[anchor] < _RARE:
            return False
        if kind == "w":
            return len(words) >= _LETTERS and words not in self.ordinary and not is_plain(words)
        if kind == "s":
            return len(words) >= _SKELETON and shared[anchor] >= CENTRAL and words not in _skeletons(shared)
        if kind == "#":
            return float(anchor[1:]) >= _MUCH
        return kind == "v" or not any(other.startswith(f"v:{words}:") for other in shared)

    def _is_particular(self, anchor: str) -> bool:
        """Whether an anchor points to one thing: a version, an amount, a product, a person, a rare proper name."""
        if anchor[0] in "v#":
            return True
        if anchor[0] == "c":
            kind = self.mentions.concepts[anchor[2:]].kind
            least = {"org": _PARTICULAR_BODY} | dict.fromkeys(_NAMED_THINGS, _PARTICULAR)
            return self.rarity[anchor] >= least.get(kind, inf)
        return anchor[0] == "w" and self.rarity[anchor] >= _PARTICULAR


def _skeletons(shared: Weights) -> frozenset[str]:
    return frozenset(skeleton(anchor[2:]) for anchor in shared if anchor[0] == "w")


def contradictory(one: Weights, other: Weights) -> bool:
    """Whether the headlines name different versions or amounts and the other story knows nothing of them."""
    return any(
        mine and yours and not (mine & yours or mine & set(other) or yours & set(one))
        for mine, yours in zip(_facts(one), _facts(other), strict=True)
    )


def _facts(story: Weights) -> Iterator[AbstractSet[str]]:
    """The versions, then the amounts, of a story's headlines."""
    central = {anchor for anchor, weight in story.items() if weight >= CENTRAL}
    yield {anchor for anchor in central if anchor[0] == "v"}
    yield {anchor for anchor in central if anchor[0] == "#" and float(anchor[1:]) >= _MUCH}
