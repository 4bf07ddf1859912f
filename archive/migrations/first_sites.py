"""The first tables of what sites told us, as the first migration makes them."""

from typing import Any

from sqlalchemy import BigInteger, Column, Float, ForeignKey, MetaData, Table, Text


def sites(tables: MetaData, Words: Any) -> None:  # noqa: N803 - a type of columns, named as such
    """Add robots.txt files and sitemaps to the migration's tables."""
    Table(
        "robots",
        tables,
        Column("origin", Words, primary_key=True),
        Column("read", BigInteger, nullable=False),
        Column("text", Text, nullable=False),
        Column("delay", Float, nullable=False),
    )
    Table(
        "maps",
        tables,
        Column("source", Words, ForeignKey("sources.id"), primary_key=True),
        Column("url", Words, primary_key=True),
        Column("read", BigInteger, nullable=False),
        Column("changed", BigInteger),
        Column("etag", Text, nullable=False),
        Column("modified", Text, nullable=False),
    )
