"""What the API answers, as its OpenAPI page describes it; more members may be added to each."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """An answer, or a part of one."""

    model_config = ConfigDict(extra="allow")


class ArticleShape(Shape):
    """The facts of an article, never its text."""

    id: str
    title: str
    url: str = Field(description="As its source gave it.")
    canonical: str
    outlet: str
    publisher: str = Field(description="The publisher family, which is what is counted.")
    published: datetime | None
    lang: Literal["ko", "en", "other"]


class FullArticleShape(ArticleShape):
    """An article with what may be shown of its text and where it stands."""

    first_seen: datetime = Field(description="When this archive first read it: not when the world first had it.")
    authors: list[str]
    role: str
    rights: Literal["link", "excerpt", "full"]
    excerpt: list[str] = Field(description="The sentences its rights permit; always the same ones.")
    story: str | None
    section: str | None
    citation: str = Field(description="As a footnote of a Korean office report.")


class ArticlesShape(Shape):
    """A page of articles."""

    articles: list[ArticleShape]
    next: str | None = Field(description="The cursor of the next page; null on the last.")


class StoryShape(Shape):
    """One event, however many outlets wrote of it."""

    id: str
    label: str
    rank: int
    score: dict[str, float]
    section: str | None
    ai: bool
    first_seen: datetime
    last_seen: datetime
    topic: str | None
    articles: list[ArticleShape]


class StoriesShape(Shape):
    """A week's stories, most important first."""

    week: str
    stories: list[StoryShape]


class TopicShape(Shape):
    """A long-lived subject in one week."""

    id: str
    label: str
    week: str
    trend: Literal["new", "rising", "steady", "fading", "weak", "unknown"]
    count: int
    baseline: list[float | None] = Field(description="The four weeks before, oldest first; null = not collected.")
    terms: list[str]
    stories: list[str]


class TopicsShape(Shape):
    """A week's topics, the most written about first."""

    week: str
    topics: list[TopicShape]


class TopicHistoryShape(Shape):
    """All weeks of a topic, oldest first."""

    id: str
    label: str
    weeks: list[TopicShape]


class IssueRowShape(Shape):
    """An issue in the list of all."""

    week: str
    number: int
    revision: int
    title: str
    made: datetime
    late: bool


class IssuesShape(Shape):
    """Every issue that is out, newest first, each with its newest revision."""

    issues: list[IssueRowShape]


class SourceShape(Shape):
    """A source, and how it is."""

    id: str
    name: str
    role: str
    rights: str
    url: str
    enabled: bool
    health: str


class SourcesShape(Shape):
    """What is read."""

    sources: list[SourceShape]


class ProblemShape(Shape):
    """Trouble, as RFC 9457 writes it, in Korean and English."""

    type: str
    title: str
    title_en: str
    status: int
    detail: str
    instance: str


PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemShape, "content": {"application/problem+json": {}}, "description": told}
    for status, told in {
        400: "The request means nothing here",
        401: "Who asks is not known",
        403: "Who asks may not",
        404: "There is no such thing",
        422: "A parameter has a value it cannot have",
        429: "Too many requests",
        503: "The archive cannot be read now",
    }.items()
}
