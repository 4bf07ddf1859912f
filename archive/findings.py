"""What analysis found: asked for before the next analysis, replaced in one transaction after it.

A story or topic that merged into another leaves a redirect, so its address never dies. A topic without stories stays
for the sake of its weeks.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Row, or_, select

from archive import schema
from archive.records.findings import Before, DutyMatch, Judgement, Story, StoryLink, Topic, TopicChange, TopicWeek
from archive.records.words import ArticleId, SourceId, StoryId, TopicId
from archive.replacing import replace
from archive.rows import chunks
from archive.schema import articles, judgements, redirects, stories, story_articles, story_links, topics
from archive.weeks import Week

__all__ = [
    "before",
    "judgements_of",
    "links_of",
    "replace",
    "stories_by_id",
    "stories_of_week",
    "story",
    "topic",
    "topic_changes",
    "topic_weeks",
    "topics_of_week",
]

NEAR: Final = timedelta(days=14)  # a story last told of so long before the window may still go on in it

Id = TypeVar("Id", StoryId, TopicId)


def before(db: Connection, since: datetime, weeks_back: int = 8) -> Before:
    """What analysis of a window that begins at ``since`` carries on.

    Its stories, those that ended shortly before it, and the topics that hold one of them or had a week in the last
    ``weeks_back``, with those weeks. Coverage depends on the city's zone and comes from archive.coverage.
    """
    near = stories.c.id.in_(_told_of(articles.c.moment >= since - NEAR))
    first = str(Week.of((since - timedelta(weeks=weeks_back)).date()))
    lately = schema.topic_weeks.c.week >= first
    held = select(stories.c.topic).where(near, stories.c.topic.is_not(None))
    followed = or_(topics.c.id.in_(held), topics.c.id.in_(select(schema.topic_weeks.c.topic).where(lately)))
    return Before(
        stories=tuple(_stories(db, near)), topics=tuple(_topics(db, followed)), topic_weeks=tuple(_weeks(db, lately))
    )


def stories_of_week(db: Connection, week: Week, zone: ZoneInfo) -> list[Story]:
    """The stories told of in a week, by rank."""
    within = (articles.c.moment >= week.start(zone)) & (articles.c.moment < week.end(zone))
    return _stories(db, stories.c.id.in_(_told_of(within)))


def stories_by_id(db: Connection, ids: Iterable[StoryId]) -> dict[StoryId, Story]:
    """The stories with these ids, each under the id asked for, also when it has merged into another."""
    living = _living(db, "story", ids)
    found = {one.id: one for some in chunks(living.values()) for one in _stories(db, stories.c.id.in_(some))}
    return {asked: found[now] for asked, now in living.items() if now in found}


def story(db: Connection, wanted: StoryId) -> Story | None:
    """The story with an id, or the one it merged into; None when there is none any more."""
    return stories_by_id(db, (wanted,)).get(wanted)


def latest_stories(db: Connection, ids: Iterable[ArticleId]) -> dict[ArticleId, StoryId]:
    """The story each article is in, of several the one seen last; articles without one are left out."""
    pairs = select(story_articles.c.article, stories.c.id).join(stories, stories.c.id == story_articles.c.story)
    found: dict[ArticleId, StoryId] = {}
    for chunk in chunks(ids):
        rows = db.execute(pairs.where(story_articles.c.article.in_(chunk)).order_by(stories.c.last_seen, stories.c.id))
        found |= {ArticleId(row.article): StoryId(row.id) for row in rows}
    return found


def links_of(db: Connection, ids: Iterable[StoryId]) -> list[StoryLink]:
    """The links of stories to those of another language, on either side; the surest first."""
    found = {
        (row.korean, row.foreign_story): row
        for some in chunks(ids)
        for column in (story_links.c.korean, story_links.c.foreign_story)
        for row in db.execute(select(story_links).where(column.in_(some)))
    }
    rows = sorted(found.values(), key=lambda row: (-row.score, row.korean, row.foreign_story))
    return [
        StoryLink(
            korean=StoryId(row.korean),
            foreign=StoryId(row.foreign_story),
            score=row.score,
            evidence=tuple(row.evidence),
            days=row.days,
        )
        for row in rows
    ]


def judgements_of(db: Connection, ids: Iterable[ArticleId]) -> dict[ArticleId, Judgement]:
    """What analysis thinks of articles; those it has not read are left out."""
    query = select(judgements)
    return {
        ArticleId(row.article): _judgement(row)
        for some in chunks(ids)
        for row in db.execute(query.where(judgements.c.article.in_(some)))
    }


def topics_of_week(db: Connection, week: Week) -> list[tuple[Topic, TopicWeek]]:
    """The topics that have a row for a week, with that row, by id."""
    rows = {row.topic: row for row in _weeks(db, schema.topic_weeks.c.week == str(week))}
    named = select(schema.topic_weeks.c.topic).where(schema.topic_weeks.c.week == str(week))
    return [(one, rows[one.id]) for one in _topics(db, topics.c.id.in_(named))]


def topic(db: Connection, wanted: TopicId) -> Topic | None:
    """The topic with an id, or the one it merged into; None when there is none."""
    living = _living(db, "topic", (wanted,))[wanted]
    return next(iter(_topics(db, topics.c.id == living)), None)


def topic_weeks(db: Connection, wanted: TopicId) -> list[TopicWeek]:
    """All weeks of a topic, or of the one it merged into, oldest first."""
    living = _living(db, "topic", (wanted,))[wanted]
    return _weeks(db, schema.topic_weeks.c.topic == living)


def topic_changes(db: Connection, wanted: TopicId) -> list[TopicChange]:
    """The merges and splits a topic, or any that went into it, took part in, oldest first."""
    living = _living(db, "topic", (wanted,))[wanted]
    former = select(redirects.c.old).where(redirects.c.kind == "topic", redirects.c.new == living)
    ids = {living, *db.execute(former).scalars()}
    table = schema.topic_changes
    query = select(table).where(or_(table.c.topic.in_(ids), table.c.other.in_(ids)))
    return [_change(row) for row in db.execute(query.order_by(table.c.at, table.c.topic, table.c.other))]


def _told_of(condition: ColumnElement[bool]) -> Any:
    """Ids of stories with an article that meets a condition."""
    joined = select(story_articles.c.story).join(articles, articles.c.id == story_articles.c.article)
    return joined.where(condition)


def _living(db: Connection, kind: str, ids: Iterable[Id]) -> dict[Id, Id]:
    """For each id the one it goes by now."""
    asked = list(dict.fromkeys(ids))
    query = select(redirects.c.old, redirects.c.new).where(redirects.c.kind == kind)
    moved = {old: new for some in chunks(asked) for old, new in db.execute(query.where(redirects.c.old.in_(some)))}
    return {id_: moved.get(id_, id_) for id_ in asked}


def _stories(db: Connection, condition: ColumnElement[bool]) -> list[Story]:
    """Stories that meet a condition on their table, by rank, in two queries however many there are."""
    members: defaultdict[str, list[ArticleId]] = defaultdict(list)
    pairs = (
        select(story_articles)
        .join(stories, stories.c.id == story_articles.c.story)
        .join(articles, articles.c.id == story_articles.c.article)
        .where(condition)
        .order_by(articles.c.moment, articles.c.id)
    )
    for row in db.execute(pairs):
        members[row.story].append(ArticleId(row.article))
    rows = db.execute(select(stories).where(condition).order_by(stories.c.rank, stories.c.id))
    return [_story(row, members[row.id]) for row in rows]


def _topics(db: Connection, condition: ColumnElement[bool]) -> list[Topic]:
    members: defaultdict[str, list[StoryId]] = defaultdict(list)
    pairs = select(stories.c.topic, stories.c.id).join(topics, topics.c.id == stories.c.topic).where(condition)
    for topic_id, story_id in db.execute(pairs.order_by(stories.c.first_seen, stories.c.id)):
        members[topic_id].append(StoryId(story_id))
    return [
        Topic(
            id=TopicId(row.id),
            label=row.label,
            terms=tuple(row.terms),
            first_seen=row.first_seen,
            stories=tuple(members[row.id]),
        )
        for row in db.execute(select(topics).where(condition).order_by(topics.c.id))
    ]


def _weeks(db: Connection, condition: ColumnElement[bool]) -> list[TopicWeek]:
    table = schema.topic_weeks
    counted = table.c["count"].label("counted")  # row.count is a method every row has
    query = select(table, counted).where(condition).order_by(table.c.topic, table.c.week)
    return [_week(row) for row in db.execute(query)]


def _story(row: Row[Any], members: Iterable[ArticleId]) -> Story:
    return Story(
        id=StoryId(row.id),
        label=row.label,
        articles=tuple(members),
        lead=ArticleId(row.lead),
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        ai=row.ai,
        section=row.section,
        score=row.score,
        rank=row.rank,
        duties=tuple(DutyMatch(name=duty["name"], words=tuple(duty["words"])) for duty in row.duties),
        terms=tuple(row.terms),
        topic=row.topic and TopicId(row.topic),
        politics=row.politics,
    )


def _week(row: Row[Any]) -> TopicWeek:
    return TopicWeek(
        topic=TopicId(row.topic),
        week=Week.parse(row.week),
        count=row.counted,
        by_source={SourceId(source): count for source, count in row.by_source.items()},
        families=row.families,
        stories=row.stories,
        terms=tuple(row.terms),
        trend=row.trend,
        baseline=tuple(row.baseline),
        z=row.z,
        rise=row.rise,
    )


def _change(row: Row[Any]) -> TopicChange:
    return TopicChange(
        kind=row.kind,
        topic=TopicId(row.topic),
        other=TopicId(row.other),
        label=row.label,
        stories=row.stories,
        at=row.at,
    )


def _judgement(row: Row[Any]) -> Judgement:
    return Judgement(
        article=ArticleId(row.article),
        ai=row.ai,
        score=row.score,
        reasons=tuple(row.reasons),
        section=row.section,
        politics=row.politics,
        duplicate_of=row.duplicate_of and ArticleId(row.duplicate_of),
        duplicate_reason=row.duplicate_reason,
    )
