"""The first tables of letters and of what people say about them, as the first migration makes them."""

from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text


def letters(tables: MetaData, Words: Any, Counter: Any) -> None:  # noqa: N803 - types of columns, named as such
    """Add what went out and what came back to the migration's tables."""
    Table(
        "deliveries",
        tables,
        Column("week", Words, primary_key=True),
        Column("reader", Words, primary_key=True),
        Column("letter", Words, primary_key=True),
        Column("revision", Integer, nullable=False),
        Column("state", Words, nullable=False),
        Column("message_id", Words, nullable=False),
        Column("raw", LargeBinary, nullable=False),
        Column("created", BigInteger, nullable=False),
        Column("settled", BigInteger),
        Column("tries", Integer, nullable=False),
        Column("retry_at", BigInteger),
        Column("said", Text, nullable=False),
    )
    Table(
        "reader_changes",
        tables,
        Column("number", Counter, primary_key=True, autoincrement=True),
        Column("at", BigInteger, nullable=False),
        Column("who", Words, nullable=False),
        Column("reader", Words, nullable=False),
        Column("kind", Words, nullable=False),
        Column("until", Words),
        Column("reason", Text, nullable=False),
        Index("ix_reader_changes_reader", "reader"),
        sqlite_autoincrement=True,
    )
    Table(
        "returned",
        tables,
        Column("key", Words, primary_key=True),
        Column("at", BigInteger, nullable=False),
        Column("kind", Words, nullable=False),
        Column("reader", Words, nullable=False),
        Column("status", Words, nullable=False),
        Column("said", Text, nullable=False),
        Column("message_id", Text, nullable=False),
        Index("ix_returned_reader", "reader"),
    )


def words(tables: MetaData, Words: Any, Counter: Any) -> None:  # noqa: N803 - likewise
    """Add what people say of stories and issues."""
    Table(
        "corrections",
        tables,
        Column("number", Counter, primary_key=True, autoincrement=True),
        Column("at", BigInteger, nullable=False),
        Column("who", Words, nullable=False),
        Column("kind", Words, nullable=False),
        Column("articles", JSON, nullable=False),
        Column("value", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("withdraws", Counter, ForeignKey("corrections.number")),
        sqlite_autoincrement=True,
    )
    Table(
        "edits",
        tables,
        Column("number", Counter, primary_key=True, autoincrement=True),
        Column("at", BigInteger, nullable=False),
        Column("who", Words, nullable=False),
        Column("week", Words, nullable=False),
        Column("kind", Words, nullable=False),
        Column("article", Words, nullable=False),
        Column("value", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("stood", JSON, nullable=False),
        Column("withdraws", Counter, ForeignKey("edits.number")),
        Index("ix_edits_week", "week"),
        sqlite_autoincrement=True,
    )
    Table(
        "approvals",
        tables,
        Column("number", Counter, primary_key=True, autoincrement=True),
        Column("at", BigInteger, nullable=False),
        Column("who", Words, nullable=False),
        Column("week", Words, nullable=False),
        Column("revision", Integer, nullable=False),
        Column("granted", Boolean, nullable=False),
        Index("ix_approvals_week", "week"),
        sqlite_autoincrement=True,
    )
