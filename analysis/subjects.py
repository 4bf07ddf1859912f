"""Topics as they are kept: gathered stories with a name, terms and a history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from analysis import labels, topics
from analysis.corrections import Corrections
from analysis.mentions import Mentions
from analysis.naming import Names, term_weights
from analysis.telling import rarity, subjects_of
from analysis.tracking import Traced
from archive.records.findings import Story, Topic, TopicChange
from archive.records.words import StoryId, TopicId

_TERMS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Subjects:
    """The topics after an analysis, which story belongs to which, and the topics that merged."""

    topics: tuple[Topic, ...]
    topic_of: Mapping[StoryId, TopicId]
    redirects: Mapping[TopicId, TopicId]
    changes: tuple[TopicChange, ...] = ()


def follow(
    written: Sequence[Story],
    traced: Traced,
    before: Sequence[Topic],
    mentions: Mentions,
    said: Corrections,
    *,
    until: datetime,
) -> Subjects:
    """Gather the window's stories (it ends at ``until``), with those remembered, into earlier topics and new ones."""
    stories = [*(story for story in written if story.ai), *traced.remembered]
    earlier = {topic.id: topic for topic in _followed(before, traced)}
    rare = rarity([story.terms for story in stories], subjects_of(mentions))
    names = Names(mentions, rare, said)
    story_of = {article: story.id for story in stories for article in story.articles}
    gathered = topics.gather(
        stories,
        list(earlier.values()),
        weights=term_weights(mentions),
        name=names.parts,
        same=said.same_topic(story_of),
    )
    written_down = _written(gathered, {story.id: story for story in stories}, earlier, names, rare)
    found = tuple(sorted(written_down, key=lambda topic: (topic.first_seen, topic.id)))
    topic_of = {story: topic.id for topic in found for story in gathered.stories[topic.id]}
    changes = tuple(_told(change, gathered, earlier, found, until) for change in gathered.changes)
    return Subjects(topics=found, topic_of=topic_of, redirects=gathered.redirects, changes=changes)


def _told(
    change: topics.Change,
    gathered: topics.Gathered,
    earlier: Mapping[TopicId, Topic],
    found: Iterable[Topic],
    until: datetime,
) -> TopicChange:
    """A change with the name of the topic that went or left; one that left and merged at once has that of the other."""
    now = gathered.redirects.get(change.other, change.other)
    names = {topic.id: topic.label for topic in found}
    past = earlier.get(change.other)
    return TopicChange(**change._asdict(), label=past.label if past else names[now], at=until)


def _followed(before: Sequence[Topic], traced: Traced) -> Iterable[Topic]:
    """The earlier topics with what became of their stories."""
    for topic in before:
        stories = (traced.redirects.get(story, story) for story in topic.stories if story not in traced.gone)
        yield replace(topic, stories=tuple(dict.fromkeys(stories)))


def _written(
    gathered: topics.Gathered,
    stories: Mapping[StoryId, Story],
    earlier: Mapping[TopicId, Topic],
    names: Names,
    rare: Mapping[str, float],
) -> Iterable[Topic]:
    place = {story: topic for topic, members in gathered.stories.items() for story in members}
    taken: set[str] = set()
    for topic, members in gathered.stories.items():
        pasts = [old for old in earlier.values() if gathered.redirects.get(old.id, old.id) == topic]
        seen = [stories[one] for one in members]
        terms = [story.terms for story in seen]
        named = [*(one for past in pasts for one in past.stories), *members]
        label = names.label(seen, earlier.get(topic), taken)
        taken.add(label)
        yield Topic(
            id=topic,
            label=label,
            terms=labels.terms(terms, rare, most=_TERMS) or (pasts[0].terms if pasts else seen[0].terms),
            first_seen=min([story.first_seen for story in seen] + [past.first_seen for past in pasts]),
            stories=tuple(one for one in dict.fromkeys(named) if place.get(one, topic) == topic),
        )
