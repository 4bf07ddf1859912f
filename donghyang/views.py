"""Findings as the command line and programs see them: plain dictionaries with fixed keys."""

from collections.abc import Mapping
from typing import Any

from analysis.arrival import days_to_korea
from archive.records.findings import Story, Topic, TopicWeek
from archive.records.incoming import Article
from archive.records.words import ArticleId, StoryId
from archive.search import SearchResult


def story_view(story: Story, articles: Mapping[ArticleId, Article]) -> dict[str, Any]:
    """A story with its score's parts and its members."""
    return {
        "id": story.id,
        "label": story.label,
        "rank": story.rank,
        "score": dict(story.score),
        "section": story.section,
        "ai": story.ai,
        "first_seen": story.first_seen,
        "last_seen": story.last_seen,
        "days_to_korea": days_to_korea(articles[id_] for id_ in story.articles if id_ in articles),
        "topic": story.topic,
        "terms": list(story.terms),
        "duties": [{"name": duty.name, "words": list(duty.words)} for duty in story.duties],
        "articles": [article_view(articles[id_]) for id_ in story.articles if id_ in articles],
    }


def article_view(article: Article) -> dict[str, Any]:
    """The facts of an article; its text stays in the archive."""
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "canonical": article.canonical,
        "outlet": article.outlet,
        "publisher": article.family,
        "published": article.published,
        "lang": article.lang,
        "extractor": article.extractor,
        "paywall": article.paywall,
        **page_view(article),
    }


def page_view(article: Article) -> dict[str, Any]:
    """What has become of an article's page since it was read; null when it never was."""
    return {
        "page_state": article.page_state or None,
        "page_checked": article.page_checked,
        "page_noticed": article.page_noticed,
    }


def topic_view(topic: Topic, in_week: TopicWeek, stories: list[StoryId]) -> dict[str, Any]:
    """A topic in one week."""
    return {
        "id": topic.id,
        "label": topic.label,
        "week": str(in_week.week),
        "trend": in_week.trend,
        "count": in_week.count,
        "baseline": list(in_week.baseline),
        "z": in_week.z,
        "rise": in_week.rise,
        "families": in_week.families,
        "first_seen": topic.first_seen,
        "terms": list(in_week.terms or topic.terms),
        "stories": stories,
    }


def search_view(query: str, found: SearchResult) -> dict[str, Any]:
    """What a search found; never text beyond rights."""
    return {
        "query": query,
        "total": found.total,
        "results": [
            {
                "id": hit.article.id,
                "title": hit.article.title,
                "url": hit.article.url,
                "outlet": hit.article.outlet,
                "published": hit.article.published,
                "lang": hit.article.lang,
                "snippet": hit.snippet,
                "story": hit.story,
                **page_view(hit.article),
            }
            for hit in found.hits
        ],
    }
