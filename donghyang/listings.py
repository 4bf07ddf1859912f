"""Stories and topics of a week, as rows for the command line and for programs."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from archive import findings, intake
from archive.records.findings import Topic
from archive.records.words import StoryId, TopicId
from archive.weeks import Week
from donghyang import topic_explaining
from donghyang.explaining import explain
from donghyang.messages import say
from donghyang.services import Services
from donghyang.tables import local
from donghyang.troubles import Refused
from donghyang.views import story_view, topic_view

Row = dict[str, Any]


def stories(services: Services, week: Week) -> list[Row]:
    """A week's stories by rank, counted among themselves: analysis ranks those of two weeks together."""
    with services.archive.reading() as db:
        found = findings.stories_of_week(db, week, services.settings.zone)
        members = intake.articles_by_id(db, [id_ for story in found for id_ in story.articles])
    return [story_view(story, members) | {"rank": place} for place, story in enumerate(found, start=1)]


def one_story(services: Services, id_: str) -> Row:
    """A story under its id or one it had before, with why it is so; Refused when there is none."""
    with services.archive.reading() as db:
        story = findings.story(db, StoryId(id_))
        if story is None:
            raise Refused(say("story.none", id=id_))
        why = explain(db, story, services.config.lexicon, services.settings.weights())
        return {**story_view(story, intake.articles_by_id(db, story.articles)), "why": why}


def topics(services: Services, week: Week) -> list[Row]:
    """A week's topics, the most written about first."""
    with services.archive.reading() as db:
        found = findings.topics_of_week(db, week)
        here = {story.id for story in findings.stories_of_week(db, week, services.settings.zone)}
    rows = [topic_view(topic, in_week, [id_ for id_ in topic.stories if id_ in here]) for topic, in_week in found]
    return sorted(rows, key=lambda row: (-row["count"], row["id"]))


def weeks_of_topic(services: Services, topic: Topic) -> list[Row]:
    """All weeks of a topic, oldest first, each with all of its stories."""
    with services.archive.reading() as db:
        return [topic_view(topic, week, list(topic.stories)) for week in findings.topic_weeks(db, topic.id)]


def one_topic(services: Services, id_: str) -> list[Row]:
    """All weeks of a topic, oldest first, each with why the topic is one; Refused when there is none."""
    with services.archive.reading() as db:
        topic = findings.topic(db, TopicId(id_))
        if topic is None:
            raise Refused(say("topic.none", id=id_))
        why = topic_explaining.explain(db, topic, services.config.lexicon)
        weeks = findings.topic_weeks(db, topic.id)
    return [{**topic_view(topic, in_week, list(topic.stories)), "why": why} for in_week in weeks]


def story_cells(row: Mapping[str, Any]) -> tuple[object, ...]:
    """A line of the table of stories; with its score's parts below when there is only one."""
    section = say(f"section.{row['section']}") if row["section"] else ""
    outlets = len({article["publisher"] for article in row["articles"]})
    return row["rank"], row["id"], row["label"], section, outlets, len(row["articles"])


def member_cells(article: Mapping[str, Any], zone: ZoneInfo) -> tuple[object, ...]:
    """A line of the table of a story's articles."""
    title = marked(article, zone)
    return article["id"], local(article["published"], zone), article["publisher"], title, article["url"]


def marked(article: Mapping[str, Any], zone: ZoneInfo) -> str:
    """An article's title, and that its page is gone or was edited when it is."""
    if article["page_state"] not in ("gone", "edited"):
        return str(article["title"])
    mark = say(f"page.{article['page_state']}", day=f"{article['page_noticed'].astimezone(zone):%Y-%m-%d}")
    return f"{article['title']} {mark}"


def topic_cells(row: Mapping[str, Any]) -> tuple[object, ...]:
    """A line of the table of topics."""
    usual = [count for count in row["baseline"] if count is not None]
    return (
        row["id"],
        row["label"],
        say(f"trend.{row['trend']}"),
        row["count"],
        f"{sum(usual) / len(usual):.0f}" if usual else "-",
        f"{row['first_seen']:%Y-%m-%d}",
    )
