"""What compose is given: stories with what may be told of them, and how the city wants its issue."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from archive.records.findings import Story, Topic, TopicWeek
from archive.records.incoming import Article
from archive.records.words import ArticleId, Links, Perspective, Section, Style
from archive.weeks import Week


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What may be shown of one article; only archive.rights makes one."""

    article: ArticleId
    title: str
    url: str
    excerpt: tuple[str, ...]  # whole sentences, always the same ones for one article


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A sentence taken from an article, word for word."""

    text: str
    article: ArticleId


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A story of the other language that probably tells of the same matter, by the article that stands for it."""

    article: Article
    days: float  # from the first foreign article to the first Korean one; below 0 when Korea told of it first


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueStory:
    """A story as compose weighs it for an issue."""

    story: Story
    articles: tuple[Article, ...]  # all members, lead first
    duplicates: Mapping[ArticleId, ArticleId]  # copy → original, within the story
    told: tuple[Told, ...]  # extractive sentences within rights; empty when all members are link-only
    topic: Topic | None
    topic_week: TopicWeek | None
    issued: tuple[Week, ...] = ()  # earlier issues that carried it
    related: tuple[Related, ...] = ()  # the surest first
    fresh: int = 0  # members first seen since the last issue was frozen
    hand: Literal["", "pin", "drop"] = ""  # what an editor said: in whatever its rank, or out (digest.choice obeys)
    new: tuple[ArticleId, ...] = ()  # which those are
    told_as: str = ""  # the headline under which the newest of `issued` told of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """How the city wants its issue: the parts of config that compose and render need."""

    title: str
    organisation: str
    zone: str
    max_items: int
    places: Mapping[Perspective, int]
    links: Links
    sections: tuple[Section, ...] = ("policy", "industry", "tech", "public", "people")
    web: str = ""  # address of the reading room, where "internal" links lead; "" = none
    contact: str = ""  # e-mail address for questions and subscriptions
    style: Style = "원문"  # whether sentences end as an office writes them
    images: Literal["cid", "none"] = "cid"  # whether letters carry their charts as pictures
