"""The tables of calls for funding: what holds of each, and the notices that say so."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Table, Text

from archive.columns import Moment, Words, metadata

calls = Table(
    "calls",
    metadata,
    Column("id", Words, primary_key=True),
    Column("name", Text, nullable=False),
    Column("latest", Moment, nullable=False),  # when its newest notice was published
    Column("facts", JSON, nullable=False),  # the Notice that all its notices make together
    Column("changes", JSON, nullable=False),  # CallChange records, in the order they were noticed
    Index(None, "latest"),
)

call_notices = Table(
    "call_notices",
    metadata,
    Column("article", Words, ForeignKey("articles.id"), primary_key=True),
    Column("call", Words, ForeignKey("calls.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("seen", Moment, nullable=False),
    Column("ai", Boolean, nullable=False),
    Column("notice", JSON, nullable=False),  # what it says, as a Notice record
    Index(None, "call"),
)
