"""The full text of articles: only donghyang.steps may import this, so that no text leaves beyond its rights."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from archive.records.words import ArticleId
from archive.rows import chunks
from archive.schema import articles, texts


def texts_of(db: Connection, ids: Iterable[ArticleId], limit_chars: int | None = None) -> dict[ArticleId, str]:
    """The texts of articles, each at most its first ``limit_chars`` characters; articles without one are left out."""
    text = texts.c.text if limit_chars is None else func.substr(texts.c.text, 1, limit_chars)
    return {
        ArticleId(row[0]): row[1]
        for chunk in chunks(ids)
        for row in db.execute(select(texts.c.article, text).where(texts.c.article.in_(chunk), texts.c.text != ""))
    }


def forget_texts(db: Connection, before: datetime) -> int:
    """Remove the text of articles that counted before a moment; facts, tokens and index stay. How many."""
    old = select(articles.c.id).where(articles.c.moment < before)
    return db.execute(update(texts).where(texts.c.article.in_(old), texts.c.text != "").values(text="")).rowcount
