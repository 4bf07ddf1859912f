"""What compose needs for one week, gathered from the archive, and the issue made of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from analysis.ranking import weights_of
from analysis.summaries import summarise
from archive import coverage, edits, findings, intake, issues
from archive.records.editing import Edition, IssueStory, Related, Shown, Told
from archive.records.edits import Edit
from archive.records.findings import Story, Topic, TopicWeek
from archive.records.incoming import Article, Document
from archive.records.issue import Coverage, Issue
from archive.records.knowledge import Lexicon
from archive.records.words import ArticleId, StoryId, TopicId
from archive.weeks import Week
from digest.choice import OWN_VOICE
from digest.compose import Before, compose
from digest.editing import apply
from digest.sentences import face, told_as
from digest.terms import RESTS

STORIES_READ = 80  # the first by rank: an issue takes a dozen
MEMBERS_READ = 12  # articles of one story that are read for its sentences
SAME_NEWS = timedelta(hours=36)  # between a headline and the articles that tell what it says

Topics = Mapping[TopicId, tuple[Topic, TopicWeek]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything an issue is made of but the sentences."""

    week: Week
    number: int
    stories: tuple[IssueStory, ...]  # by rank, without sentences yet
    topics: Topics
    coverage: Coverage
    edits: tuple[Edit, ...] = ()  # what editors did to this week's issue
    earlier: tuple[Issue, ...] = ()  # the issues before, newest first, as far back as a term stays explained

    def read(self) -> list[Article]:
        """The articles that sentences may be taken from."""
        members = {article.id: article for story in self.stories for article in story.articles[:MEMBERS_READ]}
        return list(members.values())


def gather(db: Connection, week: Week, zone: ZoneInfo, *, first_number: int) -> Material:
    """Read a week's stories, topics and coverage."""
    done = edits.standing(db, week)
    earlier = _earlier(db, week)
    stories = _to_weigh(findings.stories_of_week(db, week, zone), _hands(done))
    topics: Topics = {topic.id: (topic, in_week) for topic, in_week in findings.topics_of_week(db, week)}
    return Material(
        week=week,
        number=issues.number_of(db, week, first_number),
        stories=tuple(_by_hand(_weighed(db, stories, topics, week, earlier), _hands(done))),
        topics=topics,
        coverage=coverage.coverage_of(db, week, zone),
        edits=done,
        earlier=earlier,
    )


def _earlier(db: Connection, week: Week) -> tuple[Issue, ...]:
    """The newest revisions of the issues before a week, newest first."""
    weeks = sorted({row.week for row in issues.issue_rows(db) if row.week < week}, reverse=True)[:RESTS]
    return tuple(issue for one in weeks if (issue := issues.issue(db, one)) is not None)


def _hands(done: Sequence[Edit]) -> dict[ArticleId, Literal["pin", "drop"]]:
    """What an editor last said of the stories these articles are in: that they are in, or out."""
    said: dict[ArticleId, Literal["pin", "drop"]] = {}
    for edit in done:
        if edit.kind == "pin" or edit.kind == "drop":  # noqa: PLR1714 - this way mypy knows which
            said[edit.article] = edit.kind
    return said


def _to_weigh(stories: Sequence[Story], hands: Mapping[ArticleId, str]) -> list[Story]:
    """The first about AI by rank, and whatever else an editor pinned."""
    first = [story for story in stories if story.ai][:STORIES_READ]
    ids = {story.id for story in first}
    pinned = {id_ for id_, said in hands.items() if said == "pin"}
    return first + [story for story in stories if story.id not in ids and pinned & set(story.articles)]


def _by_hand(stories: Iterator[IssueStory], hands: Mapping[ArticleId, Literal["pin", "drop"]]) -> Iterator[IssueStory]:
    for story in stories:
        said = [hands[id_] for id_ in story.story.articles if id_ in hands]
        yield replace(story, hand=said[-1]) if said else story


def _weighed(
    db: Connection, stories: Sequence[Story], topics: Topics, week: Week, earlier: Sequence[Issue]
) -> Iterator[IssueStory]:
    """The stories with their members, their topic, and what readers have been told of them."""
    members = [id_ for story in stories for id_ in story.articles]
    articles, judged = intake.articles_by_id(db, members), findings.judgements_of(db, members)
    related = _related(db, stories)
    told, frozen = issues.issued_articles(db), issues.last_made(db, before=week)
    for story in stories:
        here = [articles[id_] for id_ in dict.fromkeys((story.lead, *story.articles)) if id_ in articles]
        originals = {id_: judged[id_].duplicate_of for id_ in story.articles if id_ in judged}
        topic, in_week = topics.get(story.topic, (None, None)) if story.topic else (None, None)
        issued = tuple(sorted({one for id_ in story.articles for one in told.get(id_, ()) if one < week}))
        new = tuple(article.id for article in here if frozen is None or article.seen > frozen)
        yield IssueStory(
            story=story,
            articles=tuple(here),
            duplicates={copy: original for copy, original in originals.items() if original is not None},
            told=(),
            topic=topic,
            topic_week=in_week,
            related=related.get(story.id, ()),
            issued=issued,
            fresh=len(new),
            new=new,
            told_as=_told_as(story, issued, earlier),
        )


def _told_as(story: Story, issued: Sequence[Week], earlier: Sequence[Issue]) -> str:
    """The headline readers last knew a story by; "" when that was too long ago."""
    members = frozenset(story.articles)
    return next((told_as(issue, members) for issue in earlier if issued and issue.week == issued[-1]), "")


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
    weights: Mapping[str, float] | None = None,
) -> Issue:
    """The issue, with the sentences that may be told of its stories; ``weights`` are those changed in the config."""
    stories = [replace(story, told=_sentences(story, documents, shown)) for story in material.stories]
    issue = compose(
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
        before=_before(material, weights or {}),
    )
    return apply(issue, material.edits)


def _sentences(
    story: IssueStory, documents: Mapping[ArticleId, Document], shown: Mapping[ArticleId, Shown]
) -> tuple[Told, ...]:
    """What may be quoted of it, from articles told about when its headline was: a story may run for two weeks.

    Who speaks for themselves in Korean leads. Of a story told before, only what is new since is read.
    """
    members = story.articles[:MEMBERS_READ]
    new = [article for article in members if article.id in story.new] if story.issued else []
    here = sorted(new or members, key=lambda article: article.role not in OWN_VOICE or article.lang != "ko")
    told = face(story).moment
    for read in ([article for article in here if abs(article.moment - told) <= SAME_NEWS], here):
        found = summarise([documents[article.id] for article in read if article.id in documents], shown)
        if found:
            return found
    return ()


def _before(material: Material, weights: Mapping[str, float]) -> Before:
    """What readers know already, and the weights this week's stories were ranked with."""
    used = {f"{view}.{part}": weight for view, parts in weights_of(weights).items() for part, weight in parts.items()}
    explained = frozenset(term.concept for issue in material.earlier for term in issue.terms)
    return Before(last=next(iter(material.earlier), None), explained=explained, weights=used)
