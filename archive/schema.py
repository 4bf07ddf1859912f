"""The tables, in SQLAlchemy Core, the same for SQLite and PostgreSQL.

A missing row is the to-do list: an entry with ``read IS NULL`` waits for extract, a closed week without an
issue waits for compose, an issue without a delivery to a reader waits for deliver. The search index has its
own tables, made by the migrations for each database (archive.search tells how they are used).
"""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept as whole seconds since 1970 in UTC: equal and ordered alike in both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Seconds to store; ValueError for a naive datetime."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return int(value.timestamp())

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """The moment, in UTC."""
        return None if value is None else datetime.fromtimestamp(value, UTC)


# Order must not depend on the server's locale: text sorts by code point on both.
Words = String().with_variant(String(collation="C"), "postgresql")
# SQLite counts up only with INTEGER; PostgreSQL needs BIGINT for years of ledgers.
Counter = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

facts = Table(  # one value each: "archive_id", "issue_numbering", …
    "facts",
    metadata,
    Column("name", Words, primary_key=True),
    Column("value", Text, nullable=False),
)

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
    Column("url", Text, nullable=False),
    Column("etag", Text, nullable=False),
    Column("modified", Text, nullable=False),
    Column("body_hash", Words, nullable=False),
    Column("found", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("error", Text, nullable=False),
    Column("retry_at", Moment),
    Column("took_ms", Integer, nullable=False),
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

judgements = Table(
    "judgements",
    metadata,
    Column("article", Words, ForeignKey("articles.id"), primary_key=True),
    Column("ai", Boolean, nullable=False),
    Column("score", Float, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("section", Words),
    Column("politics", Boolean, nullable=False),
    Column("duplicate_of", Words, ForeignKey("articles.id")),
    Column("duplicate_reason", Words, nullable=False),
)

stories = Table(
    "stories",
    metadata,
    Column("id", Words, primary_key=True),
    Column("label", Text, nullable=False),
    Column("lead", Words, ForeignKey("articles.id"), nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    Column("ai", Boolean, nullable=False),
    Column("section", Words),
    Column("score", JSON, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("duties", JSON, nullable=False),
    Column("terms", JSON, nullable=False),
    Column("topic", Words, ForeignKey("topics.id")),
    Column("politics", Boolean, nullable=False),
    Index(None, "last_seen"),
    Index(None, "topic"),
)

story_articles = Table(
    "story_articles",
    metadata,
    Column("story", Words, ForeignKey("stories.id"), primary_key=True),
    Column("article", Words, ForeignKey("articles.id"), primary_key=True),
    Index(None, "article"),
)

topics = Table(
    "topics",
    metadata,
    Column("id", Words, primary_key=True),
    Column("label", Text, nullable=False),
    Column("terms", JSON, nullable=False),
    Column("first_seen", Moment, nullable=False),
)

topic_weeks = Table(
    "topic_weeks",
    metadata,
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
    Index(None, "week"),
)

redirects = Table(  # stories and topics that merged: their addresses never die
    "redirects",
    metadata,
    Column("kind", Words, primary_key=True),  # "story" or "topic"
    Column("old", Words, primary_key=True),
    Column("new", Words, nullable=False),
    Column("at", Moment, nullable=False),
)

issues = Table(
    "issues",
    metadata,
    Column("week", Words, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("made", Moment, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("title", Text, nullable=False),
    Column("snapshot", Text, nullable=False),  # the Issue record, as canonical JSON
    Column("reason", Text, nullable=False),  # why this revision was made; "" for the first
)

issue_files = Table(
    "issue_files",
    metadata,
    Column("week", Words, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("name", Words, primary_key=True),  # issue.html, issue.txt, issue.eml, issue.json
    Column("body", LargeBinary, nullable=False),
    Column("hash", Words, nullable=False),
)

issue_articles = Table(  # what readers have been told: keeps an issue from telling it again
    "issue_articles",
    metadata,
    Column("week", Words, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("article", Words, ForeignKey("articles.id"), primary_key=True),
    Column("rank", Integer, nullable=False),
    Index(None, "article"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("week", Words, primary_key=True),
    Column("reader", Words, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("state", Words, nullable=False),
    Column("message_id", Words, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("created", Moment, nullable=False),
    Column("settled", Moment),
    Column("tries", Integer, nullable=False),  # times the mail server put it off
    Column("retry_at", Moment),  # not before
    Column("said", Text, nullable=False),  # the mail server's last word; "" while there is none
)

corrections = Table(  # append-only: a withdrawal is a row that names the row it takes back
    "corrections",
    metadata,
    Column("number", Counter, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("who", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("articles", JSON, nullable=False),
    Column("value", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("withdraws", Counter, ForeignKey("corrections.number")),
    sqlite_autoincrement=True,
)

runs = Table(
    "runs",
    metadata,
    Column("number", Counter, primary_key=True, autoincrement=True),
    Column("step", Words, nullable=False),
    Column("now", Moment, nullable=False),
    Column("started", Moment, nullable=False),
    Column("finished", Moment),
    Column("outcome", Words, nullable=False),
    Column("done", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("detail", Text, nullable=False),
    Index(None, "step", "now"),
    sqlite_autoincrement=True,
)
