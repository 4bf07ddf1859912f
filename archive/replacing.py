"""Write what an analysis found in place of what the one before it found about the same window."""

import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Table, and_, delete, exists, select, update

from archive.articles import survivors
from archive.corrections import IDLE, OBEYED, numbers
from archive.records.findings import Findings, Judgement, Story, StoryLink, Topic, TopicChange, TopicWeek
from archive.records.words import ArticleId
from archive.rows import chunks, plain, put, put_new
from archive.schema import (
    articles,
    facts,
    judgements,
    redirects,
    stories,
    story_articles,
    story_links,
    topic_changes,
    topic_weeks,
    topics,
)
from archive.troubles import ArchiveError
from archive.weeks import Week

# A week's Monday 00:00 lies at most so long after that of UTC, wherever the city is.
_WESTERNMOST: Final = timedelta(hours=12)
_EASTERNMOST: Final = timedelta(hours=14)  # and so long before


def replace(db: Connection, findings: Findings) -> None:
    """Replace the current findings about a window; call it in one transaction with nothing else.

    Stories with any article since ``findings.since`` give way to those found; older ones stay. Judgements, topics and
    their weeks are brought up to date. An article merged into another since it was read stands for that one.
    """
    living = _living(db, findings)
    old = _stories_since(db, findings.since)
    put(db, topics, [_topic_row(topic) for topic in findings.topics])
    put(db, stories, [_story_row(story, living) for story in findings.stories])
    _replace_members(db, findings.stories, living)
    _remove_links(db, old | {story.id for story in findings.stories})
    _remove_stories(db, old - {story.id for story in findings.stories})
    put(db, story_links, [_link_row(link) for link in findings.story_links])
    _place_older_stories(db, findings)
    _redirect(db, "story", findings.story_redirects, {story.id for story in findings.stories}, findings.until)
    _merge_topics(db, findings)
    put_new(db, topic_changes, [_change_row(change) for change in findings.topic_changes])
    _replace_weeks(db, findings)
    put(db, judgements, _judgement_rows(findings.judgements, living))
    _record_corrections(db, findings)


def _record_corrections(db: Connection, findings: Findings) -> None:
    """Which corrections no longer apply; one that was obeyed while its articles were in sight still does."""
    obeyed = set(numbers(db, OBEYED)) - (set(findings.idle_corrections) - set(findings.unseen_corrections))
    obeyed |= set(findings.obeyed_corrections)
    idle = set(findings.idle_corrections) - obeyed
    kept = ((IDLE, idle), (OBEYED, obeyed))
    put(db, facts, [{"name": name, "value": json.dumps(sorted(of))} for name, of in kept])


def _living(db: Connection, findings: Findings) -> dict[ArticleId, ArticleId]:
    """Each article the findings name, and the one it lives on as."""
    named = {one.article for one in findings.judgements}
    named |= {one.duplicate_of for one in findings.judgements if one.duplicate_of}
    named |= {article for story in findings.stories for article in (story.lead, *story.articles)}
    living = survivors(db, named)
    if unknown := named - living.keys():
        raise ArchiveError(f"the findings name articles that are not in this archive: {', '.join(sorted(unknown)[:5])}")
    return living


def _stories_since(db: Connection, since: datetime) -> set[str]:
    joined = select(story_articles.c.story).join(articles, articles.c.id == story_articles.c.article)
    return set(db.execute(joined.where(articles.c.moment >= since).distinct()).scalars())


def _replace_members(db: Connection, found: Collection[Story], living: Mapping[ArticleId, ArticleId]) -> None:
    _delete_where(db, story_articles, "story", [story.id for story in found])
    rows = [
        {"story": story.id, "article": member}
        for story in found
        for member in dict.fromkeys(living[article] for article in (*story.articles, story.lead))
    ]
    put_new(db, story_articles, rows)


def _remove_links(db: Connection, told_anew: Collection[str]) -> None:
    for column in ("korean", "foreign_story"):
        _delete_where(db, story_links, column, told_anew)


def _remove_stories(db: Connection, gone: Collection[str]) -> None:
    _delete_where(db, story_articles, "story", gone)
    _delete_where(db, stories, "id", gone)


def _delete_where(db: Connection, table: Table, column: str, values: Collection[str]) -> None:
    for some in chunks(values):
        db.execute(delete(table).where(table.c[column].in_(some)))


def _place_older_stories(db: Connection, findings: Findings) -> None:
    """Let stories older than the window belong to the topics that name them."""
    told = {story.id for story in findings.stories}
    for topic in findings.topics:
        older = [story for story in topic.stories if story not in told]
        for some in chunks(older):
            db.execute(update(stories).where(stories.c.id.in_(some)).values(topic=topic.id))


def _redirect(db: Connection, kind: str, moved: Mapping[Any, Any], alive: Collection[str], at: datetime) -> None:
    """Let ids that went lead to those they went into, now and however often those move on."""
    final = {old: _end(old, moved) for old in moved if old not in alive}
    for old, new in final.items():
        before = and_(redirects.c.kind == kind, redirects.c.new == old)
        db.execute(update(redirects).where(before).values(new=new))
    rows = [{"kind": kind, "old": old, "new": new, "at": at} for old, new in final.items()]
    put(db, redirects, rows, keep=("at",))
    for some in chunks(alive):
        db.execute(delete(redirects).where(redirects.c.kind == kind, redirects.c.old.in_(some)))


def _end(old: str, moved: Mapping[str, str]) -> str:
    seen = {old}
    while (new := moved[old]) in moved and new not in seen:
        seen.add(new)
        old = new
    return new


def _merge_topics(db: Connection, findings: Findings) -> None:
    """Move the stories and weeks of topics that merged; of a week that both had, the findings tell the sum."""
    _redirect(db, "topic", findings.topic_redirects, {topic.id for topic in findings.topics}, findings.until)
    other = topic_weeks.alias()
    for old, new in findings.topic_redirects.items():
        both = exists().where(other.c.topic == new, other.c.week == topic_weeks.c.week)
        db.execute(update(stories).where(stories.c.topic == old).values(topic=new))
        db.execute(update(topic_weeks).where(topic_weeks.c.topic == old, ~both).values(topic=new))
        db.execute(delete(topic_weeks).where(topic_weeks.c.topic == old))
        db.execute(delete(topics).where(topics.c.id == old))


def _replace_weeks(db: Connection, findings: Findings) -> None:
    """Write the weeks found; in those that lie in the window, rows that were not found again go."""
    found = {(row.topic, str(row.week)) for row in findings.topic_weeks}
    first, last = _weeks_within(findings.since, findings.until)
    within = (topic_weeks.c.week >= str(first)) & (topic_weeks.c.week <= str(last))
    for topic, week in db.execute(select(topic_weeks.c.topic, topic_weeks.c.week).where(within)).all():
        if (topic, week) not in found:
            db.execute(delete(topic_weeks).where(topic_weeks.c.topic == topic, topic_weeks.c.week == week))
    put(db, topic_weeks, [_week_row(row) for row in findings.topic_weeks])


def _weeks_within(since: datetime, until: datetime) -> tuple[Week, Week]:
    """The first week that begins in the window, in any zone, and the last it touches."""
    first = Week.of(since.astimezone(UTC).date())
    if datetime.combine(first.monday, time(), UTC) + _WESTERNMOST < since:
        first = first.ahead(1)
    return first, Week.of((until.astimezone(UTC) + _EASTERNMOST).date())


def _topic_row(topic: Topic) -> dict[str, Any]:
    terms = list(topic.terms)
    return {"id": topic.id, "label": plain(topic.label), "terms": terms, "first_seen": topic.first_seen}


def _story_row(story: Story, living: Mapping[ArticleId, ArticleId]) -> dict[str, Any]:
    return {
        "id": story.id,
        "label": plain(story.label),
        "lead": living[story.lead],
        "first_seen": story.first_seen,
        "last_seen": story.last_seen,
        "ai": story.ai,
        "section": story.section,
        "score": dict(story.score),
        "rank": story.rank,
        "duties": [{"name": duty.name, "words": list(duty.words)} for duty in story.duties],
        "terms": list(story.terms),
        "topic": story.topic,
        "politics": story.politics,
    }


def _link_row(link: StoryLink) -> dict[str, Any]:
    return {
        "korean": link.korean,
        "foreign_story": link.foreign,
        "score": link.score,
        "evidence": [plain(word) for word in link.evidence],
        "days": link.days,
    }


def _change_row(change: TopicChange) -> dict[str, Any]:
    return {
        "topic": change.topic,
        "other": change.other,
        "kind": change.kind,
        "label": plain(change.label),
        "stories": change.stories,
        "at": change.at,
    }


def _week_row(row: TopicWeek) -> dict[str, Any]:
    return {
        "topic": row.topic,
        "week": str(row.week),
        "count": row.count,
        "by_source": dict(sorted(row.by_source.items())),
        "families": row.families,
        "stories": row.stories,
        "terms": list(row.terms),
        "trend": row.trend,
        "baseline": list(row.baseline),
        "z": row.z,
        "rise": row.rise,
    }


def _judgement_rows(found: Collection[Judgement], living: Mapping[ArticleId, ArticleId]) -> list[dict[str, Any]]:
    """One row an article; where two became one, what was thought of the one that stays."""
    rows: dict[str, dict[str, Any]] = {}
    for one in sorted(found, key=lambda one: living[one.article] == one.article):
        article, original = living[one.article], one.duplicate_of and living[one.duplicate_of]
        copy = original is not None and original != article
        rows[article] = {
            "article": article,
            "ai": one.ai,
            "score": one.score,
            "reasons": list(one.reasons),
            "section": one.section,
            "politics": one.politics,
            "duplicate_of": original if copy else None,
            "duplicate_reason": one.duplicate_reason if copy else "",
        }
    return list(rows.values())
