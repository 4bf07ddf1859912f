"""The tables of what sites told us: their robots.txt, and how their sitemaps stood."""

from sqlalchemy import Column, Float, ForeignKey, Table, Text

from archive.columns import Moment, Words, metadata

robots = Table(
    "robots",
    metadata,
    Column("origin", Words, primary_key=True),
    Column("read", Moment, nullable=False),
    Column("text", Text, nullable=False),
    Column("delay", Float, nullable=False),  # seconds it wants between two requests
)

maps = Table(  # sitemaps that an index names
    "maps",
    metadata,
    Column("source", Words, ForeignKey("sources.id"), primary_key=True),
    Column("url", Words, primary_key=True),
    Column("read", Moment, nullable=False),
    Column("changed", Moment),  # its lastmod in the index then
    Column("etag", Text, nullable=False),
    Column("modified", Text, nullable=False),
)
