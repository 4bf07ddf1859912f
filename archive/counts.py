"""How much the archive holds."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, func, or_, select

from archive.schema import articles, entries, issues, stories, topics


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Rows by noun; ``waiting`` are the entries extract can read now."""

    entries: int
    waiting: int
    articles: int
    stories: int
    topics: int
    issues: int


def count_all(db: Connection, now: datetime) -> Counts:
    """Count them."""

    def rows(query: Select[int]) -> int:
        return db.execute(query).scalar_one()

    ready = or_(entries.c.retry_at.is_(None), entries.c.retry_at <= now)
    return Counts(
        entries=rows(select(func.count()).select_from(entries)),
        waiting=rows(select(func.count()).select_from(entries).where(entries.c.read.is_(None), ready)),
        articles=rows(select(func.count()).select_from(articles).where(articles.c.redirect.is_(None))),
        stories=rows(select(func.count()).select_from(stories)),
        topics=rows(select(func.count()).select_from(topics)),
        issues=rows(select(func.count()).select_from(issues)),
    )
