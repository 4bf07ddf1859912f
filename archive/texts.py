"""The full text of articles: only donghyang.steps may import this, so that no text leaves beyond its rights."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, func, or_, select, update

from archive.records.words import ArticleId
from archive.rows import chunks
from archive.schema import articles, entries, texts


def texts_of(db: Connection, ids: Iterable[ArticleId], limit_chars: int | None = None) -> dict[ArticleId, str]:
    """The texts of articles, each at most its first ``limit_chars`` characters; articles without one are left out."""
    text = texts.c.text if limit_chars is None else func.substr(texts.c.text, 1, limit_chars)
    return {
        ArticleId(row[0]): row[1]
        for chunk in chunks(ids)
        for row in db.execute(select(texts.c.article, text).where(texts.c.article.in_(chunk), texts.c.text != ""))
    }


def forget_texts(db: Connection, before: datetime) -> int:
    """Remove the text of articles that counted before a moment, and what their feeds carried of it; how many.

    Facts, hashes, tokens and the search index stay, so nothing is taken for changed or new because of it.
    """
    old = select(articles.c.id).where(articles.c.moment < before)
    carried = or_(entries.c.summary != "", entries.c.content != "")
    read = update(entries).where(entries.c.article.in_(old), entries.c.read.is_not(None), carried)
    db.execute(read.values(summary="", content=""))
    return db.execute(update(texts).where(texts.c.article.in_(old), texts.c.text != "").values(text="")).rowcount
