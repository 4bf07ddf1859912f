"""The tables of what comes in: sources, fetches, entries, articles with text, tokens, vectors and addresses."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from archive.columns import Counter, Moment, Words, metadata

sources = Table(
    "sources",
    metadata,
    Column("id", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("url", Text, nullable=False),
    Column("lang", Words, nullable=False),
    Column("publisher", Words, nullable=False),
    Column("role", Words, nullable=False),
    Column("rights", Words, nullable=False),
    Column("fulltext", Boolean, nullable=False),
    Column("clock", Words, nullable=False),
    Column("every_seconds", Integer, nullable=False),
    Column("added", Moment, nullable=False),  # first time config named it
    Column("retired", Moment),  # config no longer names it
)

fetches = Table(
    "fetches",
    metadata,
    Column("number", Counter, primary_key=True, autoincrement=True),
    Column("source", Words, ForeignKey("sources.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("outcome", Words, nullable=False),
    Column("status", Integer),
    Column("asked", Text, nullable=False),  # the source's address then; config may have changed it since
    Column("url", Text, nullable=False),
    Column("etag", Text, nullable=False),
    Column("modified", Text, nullable=False),
    Column("body_hash", Words, nullable=False),
    Column("found", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("error", Text, nullable=False),
    Column("retry_at", Moment),
    Column("took_ms", Integer, nullable=False),
    Column("cause", Words, nullable=False),
    Column("moved", Text, nullable=False),
    Column("pace", Text, nullable=False),
    Index(None, "source", "at"),
    Index(None, "at"),
    sqlite_autoincrement=True,
)

entries = Table(
    "entries",
    metadata,
    Column("id", Words, primary_key=True),
    Column("source", Words, ForeignKey("sources.id"), nullable=False),
    Column("key", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("canonical", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("published", Moment),
    Column("authors", JSON, nullable=False),
    Column("lang", Words, nullable=False),
    Column("digest", Words, nullable=False),  # of title, summary and content, which may be forgotten
    Column("seen", Moment, nullable=False),  # first time
    Column("changed", Moment, nullable=False),  # last time its text was new
    Column("backfill", Boolean, nullable=False),
    Column("article", Words, ForeignKey("articles.id")),
    Column("read", Moment),  # extract has dealt with it; NULL = waiting
    Column("tries", Integer, nullable=False),
    Column("retry_at", Moment),
    Column("problem", Text, nullable=False),  # why the page could not be read; "" when it was or need not be
    Index(None, "article"),
    Index(None, "source", "seen"),
    Index(None, "seen"),
)
Index(
    "ix_entries_waiting",
    entries.c.seen,
    sqlite_where=entries.c.read.is_(None),
    postgresql_where=entries.c.read.is_(None),
)

articles = Table(
    "articles",
    metadata,
    Column("number", Counter, primary_key=True, autoincrement=True),  # the search index's row id
    Column("id", Words, nullable=False, unique=True),
    Column("url", Text, nullable=False),
    Column("canonical", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("lang", Words, nullable=False),
    Column("published", Moment),
    Column("published_from", Words, nullable=False),
    Column("seen", Moment, nullable=False),
    Column("moment", Moment, nullable=False),  # Article.moment, for windows and order
    Column("authors", JSON, nullable=False),
    Column("outlet", Words, nullable=False),
    Column("family", Words, nullable=False),
    Column("source", Words, ForeignKey("sources.id"), nullable=False),
    Column("extractor", Words, nullable=False),
    Column("reserved", Words, nullable=False),  # what its page's directives to robots keep back
    Column("paywall", Boolean, nullable=False),
    Column("candidate", Boolean, nullable=False),
    Column("backfill", Boolean, nullable=False),
    Column("redirect", Words),  # merged into this article
    Index(None, "moment", "id"),
    sqlite_autoincrement=True,
)
Index(
    "ix_articles_candidates",
    articles.c.moment,
    sqlite_where=articles.c.candidate,
    postgresql_where=articles.c.candidate,
)

texts = Table(  # apart from facts: read through archive.texts alone
    "texts",
    metadata,
    Column("article", Words, ForeignKey("articles.id"), primary_key=True),
    Column("text", Text, nullable=False),
    Column("hash", Words, nullable=False),
    Column("changed", Moment, nullable=False),
)

addresses = Table(
    "addresses",
    metadata,
    Column("canonical", Words, primary_key=True),
    Column("article", Words, ForeignKey("articles.id"), nullable=False),
    Column("seen", Moment, nullable=False),
    Index(None, "article"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("article", Words, ForeignKey("articles.id"), primary_key=True),
    Column("version", Words, nullable=False),
    Column("title", Text, nullable=False),  # terms joined by spaces
    Column("text", Text, nullable=False),
)

embeddings = Table(  # of headlines, where the extra `embed` made them; nothing but analysis reads them
    "embeddings",
    metadata,
    Column("article", Words, ForeignKey("articles.id"), primary_key=True),
    Column("version", Words, nullable=False),  # of what made it and of the title
    Column("vector", LargeBinary, nullable=False),  # little-endian half-precision numbers
)

pages = Table(  # what the page of an article was, and has become since
    "pages",
    metadata,
    Column("article", Words, ForeignKey("articles.id"), primary_key=True),
    Column("entry", Words, ForeignKey("entries.id"), nullable=False),  # whose address leads there
    Column("title", Text, nullable=False),
    Column("text_hash", Words, nullable=False),
    Column("body_hash", Words, nullable=False),
    Column("etag", Text, nullable=False),
    Column("modified", Text, nullable=False),
    Column("reader", Words, nullable=False),
    Column("read", Moment, nullable=False),  # first time
    Column("checked", Moment),  # last time it was looked at again
    Column("state", Words, nullable=False),
    Column("noticed", Moment),
    Column("missing_since", Moment),  # the first of the visits in a row that found nothing
    Index(None, "read"),
)
