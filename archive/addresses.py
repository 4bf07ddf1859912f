"""The addresses the archive has met: the article behind one, and the pages each source has named."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, select

from archive.articles import survivors
from archive.identity import address_keys
from archive.records.words import ArticleId, SourceId
from archive.schema import addresses, entries


def article_under(db: Connection, canonical: str) -> ArticleId | None:
    """The article a canonical address means, also when it was merged into another; None when nobody has met it."""
    query = select(addresses.c.article).where(addresses.c.canonical.in_(address_keys([canonical])))
    known = db.execute(query).scalar()
    return survivors(db, (ArticleId(known),)).get(ArticleId(known)) if known else None


def pages_named(db: Connection) -> Iterator[tuple[SourceId, str, datetime]]:
    """Every page a source has named, and when it first did."""
    for row in db.execute(select(entries.c.source, entries.c.url, entries.c.seen).order_by(entries.c.source)):
        yield SourceId(row.source), row.url, row.seen
