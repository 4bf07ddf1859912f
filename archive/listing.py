"""All articles, newest first, a page at a time: stable while new ones arrive, because a page begins where one ended."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, tuple_

from archive.articles import articles_by_id
from archive.records.incoming import Article
from archive.records.words import ArticleId, SourceId
from archive.schema import articles


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: the moment and the id of its last article."""

    moment: datetime
    id: ArticleId


def newest(
    db: Connection,
    limit: int,
    *,
    below: Place | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    source: SourceId | None = None,
) -> tuple[list[Article], Place | None]:
    """The next articles whose moment lies in [since, until), and where the page after them begins; None at the end."""
    wanted = select(articles.c.id, articles.c.moment).where(articles.c.redirect.is_(None))
    if since is not None:
        wanted = wanted.where(articles.c.moment >= since)
    if until is not None:
        wanted = wanted.where(articles.c.moment < until)
    if source is not None:
        wanted = wanted.where(articles.c.source == source)
    if below is not None:
        wanted = wanted.where(tuple_(articles.c.moment, articles.c.id) < tuple_(below.moment, below.id))
    rows = db.execute(wanted.order_by(articles.c.moment.desc(), articles.c.id.desc()).limit(limit + 1)).all()
    ids = [ArticleId(row.id) for row in rows[:limit]]
    found = articles_by_id(db, ids)
    more = Place(rows[limit - 1].moment, ids[-1]) if len(rows) > limit else None
    return [found[id_] for id_ in ids], more
