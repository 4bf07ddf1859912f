"""What compose needs for one week, gathered from the archive, and the issue made of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from analysis.summaries import summarise
from archive import coverage, findings, intake, issues
from archive.records.editing import Edition, IssueStory, Related, Shown
from archive.records.findings import Story, Topic, TopicWeek
from archive.records.incoming import Article, Document
from archive.records.issue import Coverage, Issue
from archive.records.knowledge import Lexicon
from archive.records.words import ArticleId, StoryId, TopicId
from archive.weeks import Week
from digest.compose import compose

STORIES_READ = 80  # the first by rank: an issue takes a dozen
MEMBERS_READ = 12  # articles of one story that are read for its sentences

Topics = Mapping[TopicId, tuple[Topic, TopicWeek]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything an issue is made of but the sentences."""

    week: Week
    number: int
    stories: tuple[IssueStory, ...]  # by rank, without sentences yet
    topics: Topics
    coverage: Coverage

    def read(self) -> list[Article]:
        """The articles that sentences may be taken from."""
        members = {article.id: article for story in self.stories for article in story.articles[:MEMBERS_READ]}
        return list(members.values())


def gather(db: Connection, week: Week, zone: ZoneInfo, *, first_number: int) -> Material:
    """Read a week's stories, topics and coverage."""
    stories = [story for story in findings.stories_of_week(db, week, zone) if story.ai][:STORIES_READ]
    topics: Topics = {topic.id: (topic, in_week) for topic, in_week in findings.topics_of_week(db, week)}
    return Material(
        week=week,
        number=issues.number_of(db, week, first_number),
        stories=tuple(_weighed(db, stories, topics, week)),
        topics=topics,
        coverage=coverage.coverage_of(db, week, zone),
    )


def _weighed(db: Connection, stories: Sequence[Story], topics: Topics, week: Week) -> Iterator[IssueStory]:
    """The stories with their members, their topic, and what readers have been told of them."""
    members = [id_ for story in stories for id_ in story.articles]
    articles, judged = intake.articles_by_id(db, members), findings.judgements_of(db, members)
    related = _related(db, stories)
    told, frozen = issues.issued_articles(db), issues.last_made(db, before=week)
    for story in stories:
        here = [articles[id_] for id_ in dict.fromkeys((story.lead, *story.articles)) if id_ in articles]
        originals = {id_: judged[id_].duplicate_of for id_ in story.articles if id_ in judged}
        topic, in_week = topics.get(story.topic, (None, None)) if story.topic else (None, None)
        yield IssueStory(
            story=story,
            articles=tuple(here),
            duplicates={copy: original for copy, original in originals.items() if original is not None},
            told=(),
            topic=topic,
            topic_week=in_week,
            related=related.get(story.id, ()),
            issued=tuple(sorted({one for id_ in story.articles for one in told.get(id_, ()) if one < week})),
            fresh=sum(frozen is None or article.seen > frozen for article in here),
        )


def _related(db: Connection, stories: Sequence[Story]) -> dict[StoryId, tuple[Related, ...]]:
    """What the other language probably tells of each story, the surest first."""
    here = {story.id for story in stories}
    pairs = [
        (own, other, link.days)
        for link in findings.links_of(db, here)
        for own, other in ((link.korean, link.foreign), (link.foreign, link.korean))
        if own in here
    ]
    known = findings.stories_by_id(db, [other for _, other, _ in pairs])
    leads = intake.articles_by_id(db, [story.lead for story in known.values()])
    found: dict[StoryId, tuple[Related, ...]] = {}
    for own, other, days in pairs:
        if other in known and known[other].lead in leads:
            found[own] = (*found.get(own, ()), Related(article=leads[known[other].lead], days=days))
    return found


def compose_issue(
    material: Material,
    documents: Mapping[ArticleId, Document],
    shown: Mapping[ArticleId, Shown],
    *,
    edition: Edition,
    lexicon: Lexicon,
    made: datetime,
    late: bool,
) -> Issue:
    """The issue, with the sentences that may be told of its stories."""
    stories = [
        replace(
            story,
            told=summarise([documents[a.id] for a in story.articles[:MEMBERS_READ] if a.id in documents], shown),
        )
        for story in material.stories
    ]
    return compose(
        material.week,
        number=material.number,
        revision=1,
        stories=stories,
        topics=material.topics,
        coverage=material.coverage,
        edition=edition,
        made=made,
        late=late,
        lexicon=lexicon,
    )
