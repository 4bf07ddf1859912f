"""Topics as they are kept: gathered stories with a name, terms and a history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis import labels, topics
from analysis.corrections import Corrections
from analysis.mentions import Mentions
from analysis.telling import rarity, subjects_of
from analysis.tracking import Traced
from archive.records.findings import Story, Topic
from archive.records.words import StoryId, TopicId

_TERMS = 12
_PAIR = 2
# What stories are about beside who is in them: a ministry or a company is in very different ones.
_WEIGHT = {"concept": 2.0, "product": 2.0, "model": 2.0, "org": 1.2, "person": 1.2, "government": 0.5}
_HOLDS = 1 / 3  # share of the stories in which a name must still occur to be kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Subjects:
    """The topics after an analysis, which story belongs to which, and the topics that merged."""

    topics: tuple[Topic, ...]
    topic_of: Mapping[StoryId, TopicId]
    redirects: Mapping[TopicId, TopicId]


@dataclass(frozen=True, slots=True)
class _Names:
    """Names topics."""

    rarity: Mapping[str, float]
    concepts: Mapping[str, float]  # the lexicon's labels, and how much each says about a subject
    said: Corrections

    def fits(self, stories: Sequence[Sequence[str]]) -> bool:
        """Whether the terms of some stories have a name in common; for two it must be an idea, product or model."""
        shared = frozenset.intersection(*map(frozenset, stories))
        if len(stories) <= _PAIR and not any(self.concepts.get(term, 0.0) >= topics.SUBJECT for term in shared):
            return False
        return bool(labels.topic_label(stories, self.rarity, frozenset(self.concepts)))

    def label(self, seen: Sequence[Story], past: Topic | None) -> str:
        """What somebody called the topic, else its earlier name while that holds, else the best name.

        Stories that somebody put together may have no name in common; then the first one's headline stands for it.
        """
        given = self.said.topic_name([article for story in seen for article in story.articles])
        if given:
            return given
        if past and (self.said.keeps_topic_name(past.label) or not seen or _holds(past.label, seen)):
            return past.label
        best = labels.topic_label([story.terms for story in seen], self.rarity, frozenset(self.concepts))
        return best or (past.label if past else seen[0].label)


def follow(
    written: Sequence[Story], traced: Traced, before: Sequence[Topic], mentions: Mentions, said: Corrections
) -> Subjects:
    """Gather the stories of the window, with those remembered, into the earlier topics and new ones."""
    stories = [*(story for story in written if story.ai), *traced.remembered]
    earlier = {topic.id: topic for topic in _followed(before, traced)}
    concepts = {concept.label: _WEIGHT[concept.kind] for concept in mentions.concepts.values()}
    rare = rarity([story.terms for story in stories], subjects_of(mentions))
    names = _Names(rare, concepts, said)
    story_of = {article: story.id for story in stories for article in story.articles}
    gathered = topics.gather(
        stories,
        list(earlier.values()),
        weights=concepts,
        nameable=names.fits,
        same=said.same_topic(story_of),
    )
    written_down = _written(gathered, {story.id: story for story in stories}, earlier, names)
    found = tuple(sorted(written_down, key=lambda topic: (topic.first_seen, topic.id)))
    topic_of = {story: topic.id for topic in found for story in gathered.stories[topic.id]}
    return Subjects(topics=found, topic_of=topic_of, redirects=gathered.redirects)


def _followed(before: Sequence[Topic], traced: Traced) -> Iterable[Topic]:
    """The earlier topics with what became of their stories."""
    for topic in before:
        stories = (traced.redirects.get(story, story) for story in topic.stories if story not in traced.gone)
        yield replace(topic, stories=tuple(dict.fromkeys(stories)))


def _written(
    gathered: topics.Gathered,
    stories: Mapping[StoryId, Story],
    earlier: Mapping[TopicId, Topic],
    names: _Names,
) -> Iterable[Topic]:
    for topic, members in gathered.stories.items():
        pasts = [old for old in earlier.values() if gathered.redirects.get(old.id, old.id) == topic]
        seen = [stories[one] for one in members]
        terms = [story.terms for story in seen]
        yield Topic(
            id=topic,
            label=names.label(seen, earlier.get(topic)),
            terms=labels.terms(terms, names.rarity, most=_TERMS) or (pasts[0].terms if pasts else seen[0].terms),
            first_seen=min([story.first_seen for story in seen] + [past.first_seen for past in pasts]),
            stories=tuple(dict.fromkeys([*(one for past in pasts for one in past.stories), *members])),
        )


def _holds(label: str, seen: Sequence[Story]) -> bool:
    parts = frozenset(label.split(labels.JOINT))
    return sum(parts.issubset(story.terms) for story in seen) >= _HOLDS * len(seen)
