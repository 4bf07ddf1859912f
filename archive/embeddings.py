"""Vectors of headlines, kept so that each is made once: an article's, and the version of what made it."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from archive.records.words import ArticleId
from archive.rows import chunks, put
from archive.schema import embeddings


def kept(db: Connection, versions: Mapping[ArticleId, str]) -> dict[ArticleId, bytes]:
    """The vectors of articles that are of the versions wanted; others are left out."""
    query = select(embeddings)
    return {
        ArticleId(row.article): row.vector
        for some in chunks(versions)
        for row in db.execute(query.where(embeddings.c.article.in_(some)))
        if row.version == versions[ArticleId(row.article)]
    }


def keep(db: Connection, made: Iterable[tuple[ArticleId, str, bytes]]) -> None:
    """Keep vectors, each with its article and version, in place of earlier ones of those articles."""
    put(db, embeddings, [{"article": id_, "version": version, "vector": vector} for id_, version, vector in made])
