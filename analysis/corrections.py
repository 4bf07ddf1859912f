"""What people told us, obeyed: every standing correction holds in every later analysis.

Corrections are keyed by article, because stories and topics come and go. What each kind means:

- ``together``: its articles are one story. ``apart``: no two of its articles share a story; a single one stands alone.
- ``same-topic``: the stories of its articles are one topic. ``topic-name``: the topic of its article is called *value*.
- ``ai``: its articles are about AI (*value* yes, true, 1, 예) or not (no, false, 0, 아니오).
- ``section``: its articles' stories belong to the section *value*.
- ``duty``: their stories touch the duty *value*; ``-교통`` says they do not; an empty value says they touch none.

Later ones win over earlier ones that say the opposite. Who says where an article belongs (any of these but ``apart``
and ``ai``) says that it is news: it is kept as about AI, unless somebody said that it is not.

One that moves nothing any more (its articles are out of sight, it was overruled, or its value means nothing) is
*idle*: it is reported, never dropped. One whose articles are all out of sight is *unseen*, too: what was made of it
when they were in sight still stands.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import TypeVar, get_args

from archive.records.findings import DutyMatch
from archive.records.knowledge import Correction
from archive.records.words import ArticleId, Section

_ANSWERS = {"yes": True, "true": True, "1": True, "예": True, "no": False, "false": False, "0": False, "아니오": False}
_PLACING = frozenset(("together", "same-topic", "topic-name", "section", "duty"))
_BY_HAND = "직접 지정"  # the word shown for a duty that a person gave

Group = tuple[ArticleId, ...]
Likeness = Callable[[ArticleId, ArticleId], float]
Answer = TypeVar("Answer")


class Corrections:
    """The standing corrections, in the order they were made."""

    def __init__(self, corrections: Iterable[Correction]) -> None:
        standing = (one for one in corrections if one.withdrawn is None)
        self._all = tuple(sorted(standing, key=lambda one: one.number))
        self._obeyed: set[int] = set()

    def idle(self) -> tuple[int, ...]:
        """The numbers of the corrections that nothing has obeyed so far."""
        return tuple(one.number for one in self._all if one.number not in self._obeyed)

    def obeyed(self) -> tuple[int, ...]:
        """The numbers of the corrections that something has obeyed so far."""
        return tuple(one.number for one in self._all if one.number in self._obeyed)

    def unseen(self, present: Collection[ArticleId]) -> tuple[int, ...]:
        """The numbers of the corrections none of whose articles is present."""
        return tuple(one.number for one in self._all if not any(article in present for article in one.articles))

    def keeps(self, article: ArticleId) -> bool:
        """Whether somebody said where an article belongs: then it is news, whatever it says of AI."""
        return any(one.kind in _PLACING and article in one.articles for one in self._all)

    def ai(self, article: ArticleId) -> bool | None:
        """Whether somebody said that an article is about AI or not."""
        said = None
        for one in self._about((article,), "ai"):
            if (answer := _ANSWERS.get(one.value.strip().casefold())) is not None:
                said = self._obey(one, answer)
        return said

    def section(self, articles: Iterable[ArticleId]) -> Section | None:
        """The section somebody gave to a story with these articles."""
        said: Section | None = None
        for one in self._about(articles, "section"):
            for section in get_args(Section):
                if one.value.strip() == section:
                    said = self._obey(one, section)
        return said

    def duties(self, articles: Iterable[ArticleId], found: Sequence[DutyMatch]) -> tuple[DutyMatch, ...]:
        """The duties of a story after what was said about it."""
        matches = {match.name: match for match in found}
        for one in self._about(articles, "duty"):
            name = one.value.strip()
            self._obeyed.add(one.number)
            if not name:
                matches.clear()
            elif name.startswith("-"):
                matches.pop(name[1:].strip(), None)
            else:
                matches.setdefault(name, DutyMatch(name=name, words=(_BY_HAND,)))
        return tuple(matches[name] for name in sorted(matches))

    def topic_name(self, articles: Iterable[ArticleId]) -> str:
        """What somebody called the topic these articles are in; empty when nobody did."""
        name = ""
        for one in self._about(articles, "topic-name"):
            name = self._obey(one, one.value.strip())
        return name

    def keeps_topic_name(self, label: str) -> bool:
        """Whether a label was given by somebody, perhaps by articles that are out of sight now."""
        given = [one for one in self._all if one.kind == "topic-name" and one.value.strip() == label]
        self._obeyed.update(one.number for one in given)
        return bool(given)

    def same_topic(self, story_of: Mapping[ArticleId, str]) -> tuple[tuple[str, ...], ...]:
        """Groups of stories that somebody said are one topic."""
        groups = []
        for one in self._all:
            stories = tuple(dict.fromkeys(story_of[article] for article in one.articles if article in story_of))
            if one.kind == "same-topic" and len(stories) > 1:
                groups.append(self._obey(one, stories))
            elif one.kind == "same-topic" and len(stories) == 1 and len(one.articles) > 1:
                self._obeyed.add(one.number)  # they are one story already
        return tuple(groups)

    def regroup(
        self, groups: Sequence[Group], copies: Mapping[ArticleId, ArticleId], likeness: Likeness
    ) -> list[Group]:
        """The stories after together and apart.

        ``copies`` lead to their originals and stay with them. What stood with both parts of a split goes to the one
        it is more alike.
        """
        present = {article for group in groups for article in group}
        bonds, bars = self._bonds_and_bars(present, copies)
        if not bonds and not bars:
            return list(groups)
        merged = _joined([*groups, *bonds])
        pairs = [pair for pair in copies.items() if present.issuperset(pair)]
        bonds += [pair for pair in pairs if frozenset(pair) not in bars and _consistent([*bonds, pair], bars)]
        return [part for group in merged for part in _split(group, bonds, bars, likeness)]

    def _bonds_and_bars(
        self, present: set[ArticleId], copies: Mapping[ArticleId, ArticleId]
    ) -> tuple[list[Group], set[frozenset[ArticleId]]]:
        """What must be together and what must be apart; the latest first, what contradicts it is overruled."""
        bonds: list[Group] = []
        bars: set[frozenset[ArticleId]] = set()
        for one in reversed(self._all):
            seen = tuple(article for article in dict.fromkeys(one.articles) if article in present)
            if one.kind == "together" and len(seen) > 1 and _consistent([*bonds, seen], bars):
                bonds.append(self._obey(one, seen))
            elif one.kind == "apart" and seen:
                alone = len(one.articles) == 1
                pairs = _alone(seen[0], present, copies) if alone else set(map(frozenset, combinations(seen, 2)))
                if pairs and _consistent(bonds, bars | pairs):
                    bars |= self._obey(one, pairs)
        return bonds, bars

    def _about(self, articles: Iterable[ArticleId], kind: str) -> tuple[Correction, ...]:
        if not self._all:
            return ()
        wanted = set(articles)
        return tuple(one for one in self._all if one.kind == kind and wanted.intersection(one.articles))

    def _obey(self, one: Correction, answer: Answer) -> Answer:
        self._obeyed.add(one.number)
        return answer


def _alone(
    article: ArticleId, present: Iterable[ArticleId], copies: Mapping[ArticleId, ArticleId]
) -> set[frozenset[ArticleId]]:
    """An article, with its copies, against everything else."""
    original = copies.get(article, article)
    return {frozenset((article, other)) for other in present if copies.get(other, other) != original}


def _consistent(bonds: Sequence[Group], bars: set[frozenset[ArticleId]]) -> bool:
    """Whether no bar runs through what the bonds tie together."""
    tied = {article: place for place, group in enumerate(_joined(bonds)) for article in group}
    return not any(len({tied.get(article, article) for article in bar}) == 1 for bar in bars)


def _joined(groups: Iterable[Group]) -> list[Group]:
    """Groups that share a member made one; order of first appearance."""
    found: list[dict[ArticleId, None]] = []
    for group in groups:
        touching = [known for known in found if any(article in known for article in group)]
        if not touching:
            found.append(dict.fromkeys(group))
            continue
        for other in touching[1:]:
            touching[0].update(other)
            found.remove(other)
        touching[0].update(dict.fromkeys(group))
    return [tuple(group) for group in found]


def _split(
    group: Group, bonds: Sequence[Group], bars: set[frozenset[ArticleId]], likeness: Likeness
) -> Iterable[Group]:
    """A group divided so that no bar runs through a part; what is tied together moves together."""
    inside = {article for bar in bars if bar.issubset(group) for article in bar}
    if not inside:
        return (group,)
    tied = [tuple(article for article in bond if article in group) for bond in bonds]
    atoms = _joined([*(bond for bond in tied if bond), *((article,) for article in group)])
    parts: list[list[ArticleId]] = []
    for atom in sorted(atoms, key=lambda atom: (inside.isdisjoint(atom), group.index(atom[0]))):
        free = [part for part in parts if not any(frozenset((a, b)) in bars for a in part for b in atom)]
        if free:
            max(free, key=lambda part: _mean_likeness(part, atom, likeness)).extend(atom)
        else:
            parts.append(list(atom))
    return (tuple(part) for part in parts)


def _mean_likeness(part: Sequence[ArticleId], atom: Group, likeness: Likeness) -> float:
    return sum(likeness(a, b) for a in part for b in atom) / (len(part) * len(atom))
