"""Identity over time: which group of today is which group of yesterday.

Ids are carried by shared members, never by a label: the pair that shares most keeps the id, each id goes to one
group and each group takes one id. What is left of the old ids was merged and leaves a redirect; what is left of
the groups is new. Overlapping windows make this exact where comparing contents is not (precision .80, recall .57
at best over disjoint windows).
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeVar

from archive.records.findings import Story
from archive.records.incoming import Document
from archive.records.words import ArticleId, StoryId

_ID_LENGTH = 12


class Carried(NamedTuple):
    """An id for each group, in their order, and where the ids that found no group of their own lead now."""

    ids: tuple[str, ...]
    redirects: Mapping[str, str]


Member = TypeVar("Member", bound=str)


def mint(member: str, taken: Container[str]) -> str:
    """A new id, 12 hex digits of the first member's digest; counted on while the id is taken."""
    attempt = 0
    while True:
        written = member if attempt == 0 else f"{member}\n{attempt}"
        new = hashlib.sha256(written.encode()).hexdigest()[:_ID_LENGTH]
        if new not in taken:
            return new
        attempt += 1


def carry(groups: Sequence[Sequence[Member]], known: Mapping[str, Collection[Member]]) -> Carried:
    """Give each group an id: the one of the known group it shares most members with, else a new one.

    The groups must not overlap and stand in an order of their own (oldest first); ``known`` likewise: an equal
    overlap is decided by it. A member that several known groups claim belongs to the first.
    """
    shared = _overlaps(groups, known)
    given: dict[int, str] = {}
    seniority = {old: place for place, old in enumerate(known)}
    for (old, place), _ in sorted(shared.items(), key=lambda item: (-item[1], seniority[item[0][0]], item[0][1])):
        if place not in given and old not in given.values():
            given[place] = old
    taken = set(known)
    for place, group in enumerate(groups):
        if place not in given:
            given[place] = mint(group[0], taken)
            taken.add(given[place])
    return Carried(tuple(given[place] for place in range(len(groups))), _redirects(shared, given))


def _overlaps(groups: Sequence[Sequence[Member]], known: Mapping[str, Collection[Member]]) -> Counter[tuple[str, int]]:
    owner: dict[Member, str] = {}
    for old, members in known.items():
        for member in members:
            owner.setdefault(member, old)
    return Counter((owner[member], place) for place, group in enumerate(groups) for member in group if member in owner)


def _redirects(shared: Mapping[tuple[str, int], int], given: Mapping[int, str]) -> dict[str, str]:
    """Where an id went that no group took: to the group that holds most of its members."""
    alive = set(given.values())
    best: dict[str, tuple[int, int]] = {}
    for (old, place), count in sorted(shared.items()):
        if old not in alive and count > best.get(old, (0, 0))[0]:
            best[old] = (count, place)
    return {old: given[place] for old, (_, place) in best.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A story's members: those at hand by time, and those of its past too old to be read again."""

    id: StoryId
    documents: tuple[Document, ...]
    older: tuple[ArticleId, ...]
    first_seen: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """Today's groups with their ids, and what became of the earlier stories."""

    groups: tuple[Group, ...]
    redirects: Mapping[StoryId, StoryId]  # merged into another
    remembered: tuple[Story, ...]  # none of their articles is at hand: they stay as they are
    gone: frozenset[StoryId]  # their articles are at hand but form no story any more


def trace(
    groups: Sequence[Sequence[ArticleId]], before: Sequence[Story], present: Mapping[ArticleId, Document]
) -> Traced:
    """Recognise the earlier stories in today's groups (each by time, the groups oldest first)."""
    known = {story.id: story for story in sorted(before, key=lambda story: (story.first_seen, story.id))}
    carried = carry(groups, {story.id: story.articles for story in known.values()})
    redirects = {StoryId(old): StoryId(new) for old, new in carried.redirects.items()}
    pasts: dict[str, list[Story]] = {}
    for story in known.values():
        pasts.setdefault(redirects.get(story.id, story.id), []).append(story)
    grown = tuple(
        _grown(StoryId(new), [present[article] for article in group], pasts.get(new, ()), present)
        for new, group in zip(carried.ids, groups, strict=True)
    )
    missing = [story for story in known.values() if story.id not in carried.ids and story.id not in redirects]
    remembered = tuple(story for story in missing if not any(article in present for article in story.articles))
    gone = frozenset(story.id for story in missing) - {story.id for story in remembered}
    return Traced(groups=grown, redirects=redirects, remembered=remembered, gone=gone)


def _grown(
    new: StoryId, documents: Sequence[Document], pasts: Sequence[Story], present: Mapping[ArticleId, Document]
) -> Group:
    """A group with the members its past brings along."""
    kept = [(story, remaining(story, present)) for story in pasts]
    older = tuple(dict.fromkeys(article for _, articles in kept for article in articles))
    begun = [story.first_seen for story, articles in kept if articles]
    first = min([documents[0].article.moment, *begun])
    return Group(id=new, documents=tuple(documents), older=older, first_seen=first)


def remaining(story: Story, present: Mapping[ArticleId, Document]) -> tuple[ArticleId, ...]:
    """The members of an earlier story that are too old to be read again and stay with it, oldest first.

    Members stand in order of time, so those before the first one still present are older than the window. One that
    is missing between present ones was taken away (removed, or filed under another article) and does not stay.
    """
    known = [place for place, article in enumerate(story.articles) if article in present]
    return story.articles[: known[0]] if known else ()
