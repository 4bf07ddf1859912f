"""What analysis makes of articles: judgements, stories, topics and their weeks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from archive.records.words import ArticleId, Section, SourceId, StoryId, TopicId, TrendClass
from archive.weeks import Week


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyMatch:
    """Why a story is the city's business: a duty and the words that matched."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What analysis thinks of one article."""

    article: ArticleId
    ai: bool
    score: float  # 0 to 1
    reasons: tuple[str, ...]  # the words and rules that decided, in order of weight
    section: Section | None
    politics: bool = False  # candidates, parties, pledges
    duplicate_of: ArticleId | None = None
    duplicate_reason: str = ""  # "address", "title" or "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One event, however many outlets told it."""

    id: StoryId
    label: str  # the headline a person would choose
    articles: tuple[ArticleId, ...]  # by moment; duplicates included
    lead: ArticleId  # the article that stands for it
    first_seen: datetime
    last_seen: datetime
    ai: bool
    section: Section | None
    score: Mapping[str, float]  # named parts of the ranking
    rank: int  # 1 = first
    duties: tuple[DutyMatch, ...] = ()
    terms: tuple[str, ...] = ()
    topic: TopicId | None = None
    politics: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLink:
    """A Korean and a foreign story that probably tell of one matter, but not surely enough to be one story."""

    korean: StoryId
    foreign: StoryId
    score: float  # 0 to 1
    evidence: tuple[str, ...]  # names, versions, amounts and words both have, the most telling first
    days: float  # from the first foreign article to the first Korean one; below 0 when Korea told of it first


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A long-lived subject: stories that belong together over weeks."""

    id: TopicId
    label: str
    terms: tuple[str, ...]
    first_seen: datetime
    stories: tuple[StoryId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicWeek:
    """A topic's week: how much was written, and whether that is more than usual."""

    topic: TopicId
    week: Week
    count: int  # articles, each copy within one family counted once
    by_source: Mapping[SourceId, int]
    families: int
    stories: int
    terms: tuple[str, ...]
    trend: TrendClass
    baseline: tuple[
        float | None, ...
    ]  # the four weeks before, oldest first, as the panel saw them; None = not collected
    z: float | None
    rise: float | None = None  # how strongly it rises: orders topics; analysis.trends says how it is made


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicChange:
    """A topic that another went into, or that another left because its stories had come to be about something else."""

    kind: Literal["merge", "split"]
    topic: TopicId  # the one that kept its id
    other: TopicId
    label: str  # of the other, then
    stories: int  # that went over, of those the analysis could see
    at: datetime  # the end of the window in which it was found


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """An article that has a certain term."""

    article: ArticleId
    moment: datetime
    family: str
    backfill: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTerm:
    """A name or technical term that stories of a week tell of and that no earlier article of the archive has."""

    term: str  # as it is written, or the lexicon's writing
    kind: str  # of a concept of the lexicon (org, person, product, model, concept); "" for other words
    first: ArticleId  # had it first; never one that was filed when its source was new
    at: datetime  # when that was published
    families: tuple[str, ...]  # publishers whose articles in these stories have it, in order of time
    stories: tuple[StoryId, ...]  # by rank


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekCoverage:
    """What was read in a week: the ground on which counts may be compared."""

    week: Week
    healthy: frozenset[SourceId]  # read successfully often enough to be compared
    volume: Mapping[SourceId, int]  # articles of any subject, by source (backfill excluded)


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """One analysis of the window, to be written in one transaction."""

    since: datetime  # start of the window
    until: datetime
    judgements: tuple[Judgement, ...]
    stories: tuple[Story, ...]
    story_redirects: Mapping[StoryId, StoryId]  # stories that merged into another
    topics: tuple[Topic, ...]
    topic_redirects: Mapping[TopicId, TopicId]
    topic_weeks: tuple[TopicWeek, ...]
    story_links: tuple[StoryLink, ...] = ()
    topic_changes: tuple[TopicChange, ...] = ()
    idle_corrections: tuple[int, ...] = ()  # numbers of corrections that moved nothing
    obeyed_corrections: tuple[int, ...] = ()
    unseen_corrections: tuple[int, ...] = ()  # idle, but only because their articles are older than the window


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What earlier analyses found and this one carries on."""

    stories: tuple[Story, ...] = ()  # with at least one article in or near the window
    topics: tuple[Topic, ...] = ()
    topic_weeks: tuple[TopicWeek, ...] = ()
    coverage: Mapping[Week, WeekCoverage] = field(default_factory=dict)
