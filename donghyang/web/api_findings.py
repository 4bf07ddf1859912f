"""The API's plain lists: articles, stories, topics, issues, sources."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request

from archive import findings, issues
from archive.articles import article, articles_by_id
from archive.excerpts import excerpts
from archive.listing import newest
from archive.records.words import ArticleId, SourceId, StoryId, TopicId
from archive.weeks import Week
from donghyang import approving, listings, overview
from donghyang.messages import say
from donghyang.reading.references import footnote
from donghyang.views import article_view, story_view
from donghyang.web import cursors
from donghyang.web.api_shapes import (
    PROBLEMS,
    ArticlesShape,
    FullArticleShape,
    IssuesShape,
    SourcesShape,
    StoriesShape,
    StoryShape,
    TopicHistoryShape,
    TopicsShape,
)
from donghyang.web.asked import DayAsked, WeekAsked, moment_of, week_of
from donghyang.web.conditional import ConditionalRoute
from donghyang.web.problems import Problem
from donghyang.web.room import Room, room_of
from donghyang.web.visitor import Visitor, needs

router = APIRouter(route_class=ConditionalRoute, responses=PROBLEMS)
Reader = Annotated[Visitor, Depends(needs("reader"))]
InRoom = Annotated[Room, Depends(room_of)]
Id = Annotated[str, Path(pattern="^[0-9a-z]{1,64}$")]
Row = dict[str, Any]


@router.get("/articles", response_model=ArticlesShape)
def list_articles(
    room: InRoom,
    _: Reader,
    *,
    since: DayAsked = None,
    until: DayAsked = None,
    source: Annotated[str, Query(max_length=100, description="A source's id.")] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str, Query(max_length=300, description="`next` of the page before.")] = "",
) -> Row:
    """Everything ever read, newest first."""
    with room.services.archive.reading() as db:
        found, more = newest(
            db,
            limit,
            below=cursors.read(cursor),
            since=moment_of(room, since),
            until=moment_of(room, until),
            source=SourceId(source) if source else None,
        )
    return {"articles": [article_view(one) for one in found], "next": cursors.written(more)}


@router.get("/articles/{id}", response_model=FullArticleShape)
def one_article(id: Id, room: InRoom, _: Reader) -> Row:  # noqa: A002 -- the address calls it so
    """An article under its id or one it had before it was merged, with what may be shown of its text."""
    with room.services.archive.reading() as db:
        found = article(db, ArticleId(id))
        if found is None:
            raise Problem(404, say("api.no_article", id=id), "There is no article with this id.")
        told = findings.latest_stories(db, [found.id])
        judged = findings.judgements_of(db, [found.id]).get(found.id)
        shown = excerpts(db, [found])
    return article_view(found) | {
        "first_seen": found.seen,
        "authors": list(found.authors),
        "role": found.role,
        "rights": found.rights,
        "excerpt": list(shown.get(found.id, ())),
        "story": told.get(found.id),
        "section": judged.section if judged else None,
        "citation": footnote(found, room.zone, room.now().date()),
    }


@router.get("/stories", response_model=StoriesShape)
def list_stories(room: InRoom, _: Reader, week: WeekAsked = "") -> Row:
    """A week's stories by rank; without a week, those of this one."""
    wanted = week_of(room, week)
    return {"week": str(wanted), "stories": listings.stories(room.services, wanted)}


@router.get("/stories/{id}", response_model=StoryShape)
def one_story(id: Id, room: InRoom, _: Reader) -> Row:  # noqa: A002 -- the address calls it so
    """A story under its id or one it had before."""
    with room.services.archive.reading() as db:
        found = findings.story(db, StoryId(id))
        if found is None:
            raise Problem(404, say("story.none", id=id), "There is no story with this id.")
        return story_view(found, articles_by_id(db, found.articles))


@router.get("/topics", response_model=TopicsShape)
def list_topics(room: InRoom, _: Reader, week: WeekAsked = "") -> Row:
    """A week's topics and whether they rise or fade; without a week, those of this one."""
    wanted = week_of(room, week)
    return {"week": str(wanted), "topics": listings.topics(room.services, wanted)}


@router.get("/topics/{id}", response_model=TopicHistoryShape)
def one_topic(id: Id, room: InRoom, _: Reader) -> Row:  # noqa: A002 -- the address calls it so
    """A topic under its id or one it had before, week by week."""
    with room.services.archive.reading() as db:
        found = findings.topic(db, TopicId(id))
    if found is None:
        raise Problem(404, say("topic.none", id=id), "There is no topic with this id.")
    return {"id": found.id, "label": found.label, "weeks": listings.weeks_of_topic(room.services, found)}


@router.get("/issues", response_model=IssuesShape)
def list_issues(room: InRoom, visitor: Reader) -> Row:
    """The issues that are out, newest first."""
    with room.services.archive.reading() as db:
        rows = {row.week: row for row in issues.issue_rows(db)}  # of each week the newest revision
    shown = [row for row in rows.values() if may_see(room, visitor, row.week)]
    names = ("number", "revision", "title", "made", "late")
    return {"issues": [{"week": str(row.week)} | {name: getattr(row, name) for name in names} for row in shown[::-1]]}


@router.get("/issues/{week}")
def one_issue(week: Annotated[str, Path(pattern="^[0-9]{4}-W[0-9]{2}$")], request: Request, visitor: Reader) -> Row:
    """An issue as `issue show` gives it: docs/formats.md describes each member."""
    room = room_of(request)
    wanted = week_of(room, week)
    with room.services.archive.reading() as db:
        files = issues.files(db, wanted)
    if "issue.json" not in files or not may_see(room, visitor, wanted):
        raise Problem(404, say("api.no_issue", week=wanted), "There is no issue of this week.")
    return dict(json.loads(files["issue.json"]))


@router.get("/sources", response_model=SourcesShape)
def list_sources(room: InRoom, _: Reader) -> Row:
    """What is read, and how each source is."""
    return {"sources": overview.source_rows(room.services, room.now())}


def may_see(room: Room, visitor: Visitor, week: Week) -> bool:
    """Whether a visitor may see a week's issue: a draft is its editors' alone."""
    if visitor.may("editor"):
        return True
    with room.services.archive.reading() as db:
        issue = issues.issue(db, week)
    return issue is not None and approving.state_of(room.services, issue) != "draft"
