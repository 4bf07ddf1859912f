"""What a person says analysis must obey: found by the words they know it by, kept by article, told back.

An article is named by its id or any address it was met under, a story by its id: it stands for the article that leads
it, so that a later word about another of its articles does not overrule this one. Only whether something is about AI
is said of each article alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection

from archive import corrections, findings, intake, runs
from archive.addresses import article_under
from archive.records.incoming import Article
from archive.records.knowledge import Correction
from archive.records.words import ArticleId, StoryId, TopicId
from collectors.urls import canonical
from donghyang.messages import say
from donghyang.services import Services
from donghyang.troubles import Refused

Kind = Literal["together", "apart", "topic-name", "same-topic", "ai", "section", "duty"]
State = Literal["standing", "waiting", "idle", "withdrawn"]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Saying:
    """Who says it, when and why."""

    who: str
    at: datetime
    reason: str = ""


def leads(db: Connection, words: Sequence[str]) -> tuple[ArticleId, ...]:
    """The article each word names, or that leads the story it names; Refused for one that names nothing."""
    return tuple(dict.fromkeys(_members(db, word)[0] for word in words))


def members(db: Connection, word: str) -> tuple[ArticleId, ...]:
    """The article a word names, or all those of the story it names; Refused when it names nothing."""
    return _members(db, word)


def topic_leads(db: Connection, word: str) -> tuple[ArticleId, ...]:
    """The articles that lead the stories of the topic a word names, or the one of an article or story."""
    topic = findings.topic(db, TopicId(word))
    if topic is None or not topic.stories:
        return leads(db, (word,))
    stories = findings.stories_by_id(db, topic.stories).values()
    return tuple(dict.fromkeys(story.lead for story in stories))


def _members(db: Connection, word: str) -> tuple[ArticleId, ...]:
    """Articles by what a person calls them, the one that leads first, under the ids they have now."""
    story = findings.story(db, StoryId(word))
    if story is not None:
        return tuple(dict.fromkeys((story.lead, *story.articles)))
    article = intake.article(db, ArticleId(word))
    under = article.id if article else article_under(db, canonical(word))
    if under is None:
        raise Refused(say("correct.unknown", word=word))
    return (under,)


def note(db: Connection, kind: Kind, articles: tuple[ArticleId, ...], value: str, saying: Saying) -> int:
    """Keep a correction; the number it is known by."""
    said = Correction(
        number=0, at=saying.at, who=saying.who, kind=kind, articles=articles, value=value, reason=saying.reason
    )
    return corrections.add(db, said)


def withdraw(db: Connection, number: int, saying: Saying) -> None:
    """Take a correction back; Refused when there is none, or it has been taken back before."""
    said = {one.number: one for one in corrections.history(db)}.get(number)
    if said is None:
        raise Refused(say("correct.none", number=number))
    if said.withdrawn is not None:
        raise Refused(say("correct.gone", number=number))
    corrections.withdraw(db, number, who=saying.who, reason=saying.reason, at=saying.at)


def rows(services: Services, *, every: bool) -> list[Row]:
    """The corrections in force, oldest first, and whether the last analysis obeyed them; with those withdrawn, too."""
    with services.archive.reading() as db:
        said = [one for one in corrections.history(db) if every or one.withdrawn is None]
        articles = intake.articles_by_id(db, [id_ for one in said for id_ in one.articles])
        idle, last = corrections.idle(db), runs.last_finished(db, "analyse")
    analysed = last.now if last else None
    return [_row(one, articles, _state(one, idle, analysed)) for one in said]


def _state(one: Correction, idle: Sequence[int], analysed: datetime | None) -> State:
    if one.withdrawn is not None:
        return "withdrawn"
    if analysed is None or one.at > analysed:
        return "waiting"
    return "idle" if one.number in idle else "standing"


def _row(one: Correction, articles: Mapping[ArticleId, Article], state: State) -> Row:
    return {
        "number": one.number,
        "at": one.at,
        "who": one.who,
        "kind": one.kind,
        "value": one.value,
        "articles": [
            {"id": id_, "title": articles[id_].title, "url": articles[id_].url}
            for id_ in one.articles
            if id_ in articles
        ],
        "reason": one.reason,
        "state": state,
        "withdrawn": one.withdrawn,
    }
