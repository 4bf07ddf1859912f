"""How much of one thing an issue bears: its sections, topics, companies and newspapers, and one event once."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from archive.records.editing import IssueStory
from archive.records.issue import WeighedFate
from archive.records.words import StoryId
from digest.cleaning import alike

Firms = Callable[[IssueStory], frozenset[str]]

_SHARE: Final[Mapping[WeighedFate, float]] = {"section": 0.42, "topic": 0.25, "firm": 0.17, "family": 0.17}
_FEWEST = 2  # of each, however short the issue
_VERSION = re.compile(r"(?<![\d.])\d{1,2}\.\d{1,2}(?![\d.%조억만배])")  # 4.6


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a story is not in, and the story that tells it already."""

    fate: WeighedFate
    against: StoryId | None = None


def families_of(story: IssueStory) -> frozenset[str]:
    """The publisher families that told it."""
    return frozenset(article.family for article in story.articles)


@dataclass(slots=True)
class Caps:
    """What an issue of ``most`` items holds already, and what it still admits."""

    most: int
    firms_of: Firms
    held: Counter[tuple[WeighedFate, str]] = field(default_factory=Counter)
    told: list[IssueStory] = field(default_factory=list)

    def refusal(self, story: IssueStory, *, any_section: bool = False) -> Refusal | None:
        """Why the story may not come in beside what is there, or None when it may."""
        for told in self.told:
            if self._same(story, told):
                return Refusal("same", told.story.id)
        for kind, value in self._traits(story):
            full = self.held[kind, value] >= max(_FEWEST, round(self.most * _SHARE[kind]))
            if full and not (any_section and kind == "section"):
                return Refusal(kind)
        return None

    def take(self, story: IssueStory) -> None:
        """Count a story that is in."""
        self.held.update(self._traits(story))
        self.told.append(story)

    def _same(self, one: IssueStory, other: IssueStory) -> bool:
        """Whether two clusters tell one event: in like words, or of one version of one thing."""
        if alike(one.story.label, other.story.label):
            return True
        versions = set(_VERSION.findall(one.story.label)) & set(_VERSION.findall(other.story.label))
        return bool(versions) and bool(self.firms_of(one) & self.firms_of(other))

    def _traits(self, story: IssueStory) -> list[tuple[WeighedFate, str]]:
        families = families_of(story)
        traits: list[tuple[WeighedFate, str]] = [("section", story.story.section or "")]
        traits += [("firm", firm) for firm in sorted(self.firms_of(story))]
        if story.story.topic:
            traits.append(("topic", story.story.topic))
        if len(families) == 1:
            traits.append(("family", next(iter(families))))
        return traits
