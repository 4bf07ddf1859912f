"""The first tables, and the search index over them.

A migration keeps its own copy of what it makes: it must do tomorrow what it did today, whatever archive.schema says
by then. A test compares what all migrations make with archive.schema, on both databases.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, Table, Text, text

from archive.migrations.first_letters import letters, words
from archive.migrations.first_sites import sites
from archive.search_schema import create_search_tables

revision = "0001"
down_revision = None

Words = sa.String().with_variant(sa.String(collation="C"), "postgresql")
Counter = BigInteger().with_variant(Integer, "sqlite")

tables = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
letters(tables, Words, Counter)
words(tables, Words, Counter)
sites(tables, Words)


def upgrade() -> None:
    """Make the tables; there is no way back but a backup."""
    tables.create_all(op.get_bind(), checkfirst=False)
    create_search_tables(op.get_bind())


Table(
    "facts",
    tables,
    Column("name", Words, primary_key=True),
    Column("value", Text, nullable=False),
)
Table(
    "issue_files",
    tables,
    Column("week", Words, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("name", Words, primary_key=True),
    Column("body", sa.LargeBinary, nullable=False),
    Column("hash", Words, nullable=False),
)
Table(
    "issues",
    tables,
    Column("week", Words, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("made", BigInteger, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("title", Text, nullable=False),
    Column("snapshot", Text, nullable=False),
    Column("reason", Text, nullable=False),
)
Table(
    "redirects",
    tables,
    Column("kind", Words, primary_key=True),
    Column("old", Words, primary_key=True),
    Column("new", Words, nullable=False),
    Column("at", BigInteger, nullable=False),
)
Table(
    "runs",
    tables,
    Column("number", Counter, primary_key=True, autoincrement=True),
    Column("step", Words, nullable=False),
    Column("now", BigInteger, nullable=False),
    Column("started", BigInteger, nullable=False),
    Column("finished", BigInteger),
    Column("outcome", Words, nullable=False),
    Column("done", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("detail", Text, nullable=False),
    Index("ix_runs_step_now", "step", "now"),
    sqlite_autoincrement=True,
)
Table(
    "sources",
    tables,
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
    Column("added", BigInteger, nullable=False),
    Column("retired", BigInteger),
)
Table(
    "topics",
    tables,
    Column("id", Words, primary_key=True),
    Column("label", Text, nullable=False),
    Column("terms", JSON, nullable=False),
    Column("first_seen", BigInteger, nullable=False),
)
Table(
    "articles",
    tables,
    Column("number", Counter, primary_key=True, autoincrement=True),
    Column("id", Words, nullable=False, unique=True),
    Column("url", Text, nullable=False),
    Column("canonical", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("lang", Words, nullable=False),
    Column("published", BigInteger),
    Column("published_from", Words, nullable=False),
    Column("seen", BigInteger, nullable=False),
    Column("moment", BigInteger, nullable=False),
    Column("authors", JSON, nullable=False),
    Column("outlet", Words, nullable=False),
    Column("family", Words, nullable=False),
    Column("source", Words, ForeignKey("sources.id"), nullable=False),
    Column("extractor", Words, nullable=False),
    Column("reserved", Words, nullable=False),
    Column("paywall", Boolean, nullable=False),
    Column("candidate", Boolean, nullable=False),
    Column("backfill", Boolean, nullable=False),
    Column("redirect", Words),
    Index("ix_articles_candidates", "moment", sqlite_where=text("candidate"), postgresql_where=text("candidate")),
    Index("ix_articles_moment_id", "moment", "id"),
    sqlite_autoincrement=True,
)
Table(
    "fetches",
    tables,
    Column("number", Counter, primary_key=True, autoincrement=True),
    Column("source", Words, ForeignKey("sources.id"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("outcome", Words, nullable=False),
    Column("status", Integer),
    Column("asked", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("etag", Text, nullable=False),
    Column("modified", Text, nullable=False),
    Column("body_hash", Words, nullable=False),
    Column("found", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("error", Text, nullable=False),
    Column("retry_at", BigInteger),
    Column("took_ms", Integer, nullable=False),
    Column("cause", Words, nullable=False),
    Column("moved", Text, nullable=False),
    Column("pace", Text, nullable=False),
    Index("ix_fetches_at", "at"),
    Index("ix_fetches_source_at", "source", "at"),
    sqlite_autoincrement=True,
)
Table(
    "topic_changes",
    tables,
    Column("topic", Words, primary_key=True),
    Column("other", Words, primary_key=True),
    Column("kind", Words, primary_key=True),
    Column("label", Text, nullable=False),
    Column("stories", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
)
Table(
    "topic_weeks",
    tables,
    Column("topic", Words, ForeignKey("topics.id"), primary_key=True),
    Column("week", Words, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("by_source", JSON, nullable=False),
    Column("families", Integer, nullable=False),
    Column("stories", Integer, nullable=False),
    Column("terms", JSON, nullable=False),
    Column("trend", Words, nullable=False),
    Column("baseline", JSON, nullable=False),
    Column("z", Float),
    Column("rise", Float),
    Index("ix_topic_weeks_week", "week"),
)
Table(
    "addresses",
    tables,
    Column("canonical", Words, primary_key=True),
    Column("article", Words, ForeignKey("articles.id"), nullable=False),
    Column("seen", BigInteger, nullable=False),
    Index("ix_addresses_article", "article"),
)
Table(
    "entries",
    tables,
    Column("id", Words, primary_key=True),
    Column("source", Words, ForeignKey("sources.id"), nullable=False),
    Column("key", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("canonical", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("published", BigInteger),
    Column("authors", JSON, nullable=False),
    Column("lang", Words, nullable=False),
    Column("digest", Words, nullable=False),
    Column("seen", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("backfill", Boolean, nullable=False),
    Column("article", Words, ForeignKey("articles.id")),
    Column("read", BigInteger),
    Column("tries", Integer, nullable=False),
    Column("retry_at", BigInteger),
    Column("problem", Text, nullable=False),
    Index("ix_entries_article", "article"),
    Index("ix_entries_seen", "seen"),
    Index("ix_entries_source_seen", "source", "seen"),
    Index("ix_entries_waiting", "seen", sqlite_where=text("read IS NULL"), postgresql_where=text("read IS NULL")),
)
Table(
    "issue_articles",
    tables,
    Column("week", Words, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("article", Words, ForeignKey("articles.id"), primary_key=True),
    Column("rank", Integer, nullable=False),
    Index("ix_issue_articles_article", "article"),
)
Table(
    "judgements",
    tables,
    Column("article", Words, ForeignKey("articles.id"), primary_key=True),
    Column("ai", Boolean, nullable=False),
    Column("score", Float, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("section", Words),
    Column("politics", Boolean, nullable=False),
    Column("duplicate_of", Words, ForeignKey("articles.id")),
    Column("duplicate_reason", Words, nullable=False),
)
Table(
    "stories",
    tables,
    Column("id", Words, primary_key=True),
    Column("label", Text, nullable=False),
    Column("lead", Words, ForeignKey("articles.id"), nullable=False),
    Column("first_seen", BigInteger, nullable=False),
    Column("last_seen", BigInteger, nullable=False),
    Column("ai", Boolean, nullable=False),
    Column("section", Words),
    Column("score", JSON, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("duties", JSON, nullable=False),
    Column("terms", JSON, nullable=False),
    Column("topic", Words, ForeignKey("topics.id")),
    Column("politics", Boolean, nullable=False),
    Index("ix_stories_last_seen", "last_seen"),
    Index("ix_stories_topic", "topic"),
)
Table(
    "texts",
    tables,
    Column("article", Words, ForeignKey("articles.id"), primary_key=True),
    Column("text", Text, nullable=False),
    Column("hash", Words, nullable=False),
    Column("changed", BigInteger, nullable=False),
)
Table(
    "tokens",
    tables,
    Column("article", Words, ForeignKey("articles.id"), primary_key=True),
    Column("version", Words, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
)
Table(
    "story_articles",
    tables,
    Column("story", Words, ForeignKey("stories.id"), primary_key=True),
    Column("article", Words, ForeignKey("articles.id"), primary_key=True),
    Index("ix_story_articles_article", "article"),
)
Table(
    "embeddings",
    tables,
    Column("article", Words, ForeignKey("articles.id"), primary_key=True),
    Column("version", Words, nullable=False),
    Column("vector", sa.LargeBinary, nullable=False),
)
Table(
    "story_links",
    tables,
    Column("korean", Words, ForeignKey("stories.id"), primary_key=True),
    Column("foreign_story", Words, ForeignKey("stories.id"), primary_key=True),
    Column("score", Float, nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("days", Float, nullable=False),
    Index("ix_story_links_foreign_story", "foreign_story"),
)
Table(
    "calls",
    tables,
    Column("id", Words, primary_key=True),
    Column("name", Text, nullable=False),
    Column("latest", BigInteger, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("changes", JSON, nullable=False),
    Index("ix_calls_latest", "latest"),
)
Table(
    "call_notices",
    tables,
    Column("article", Words, ForeignKey("articles.id"), primary_key=True),
    Column("call", Words, ForeignKey("calls.id"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("seen", BigInteger, nullable=False),
    Column("ai", Boolean, nullable=False),
    Column("notice", JSON, nullable=False),
    Index("ix_call_notices_call", "call"),
)
Table(
    "pages",
    tables,
    Column("article", Words, ForeignKey("articles.id"), primary_key=True),
    Column("entry", Words, ForeignKey("entries.id"), nullable=False),
    Column("title", Text, nullable=False),
    Column("text_hash", Words, nullable=False),
    Column("body_hash", Words, nullable=False),
    Column("etag", Text, nullable=False),
    Column("modified", Text, nullable=False),
    Column("reader", Words, nullable=False),
    Column("read", BigInteger, nullable=False),
    Column("checked", BigInteger),
    Column("state", Words, nullable=False),
    Column("noticed", BigInteger),
    Column("missing_since", BigInteger),
    Index("ix_pages_read", "read"),
)
