"""What may be shown of articles' texts: read and cut in one place, so that nothing else leaves the archive."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from archive.records.incoming import Article
from archive.records.words import ArticleId
from archive.rights import permitted
from archive.rows import chunks
from archive.schema import texts


def excerpts(db: Connection, articles: Iterable[Article]) -> dict[ArticleId, tuple[str, ...]]:
    """The sentences of each article that its rights permit, in order; the same ones however often asked."""
    rights = {article.id: article.rights for article in articles if article.rights != "link"}
    return {
        ArticleId(row.article): permitted(rights[row.article], row.text)
        for chunk in chunks(rights)
        for row in db.execute(select(texts.c.article, texts.c.text).where(texts.c.article.in_(chunk)))
    }
