"""The tables of what analysis finds: judgements, stories, topics and their weeks."""

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Integer, Table, Text

from archive.columns import Moment, Words, metadata

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

story_links = Table(  # a Korean and a foreign story that probably tell of one matter
    "story_links",
    metadata,
    Column("korean", Words, ForeignKey("stories.id"), primary_key=True),
    Column("foreign_story", Words, ForeignKey("stories.id"), primary_key=True),
    Column("score", Float, nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("days", Float, nullable=False),  # from the first foreign article to the first Korean one
    Index(None, "foreign_story"),
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
    Column("rise", Float),
    Index(None, "week"),
)

topic_changes = Table(  # merges and splits: why a topic's stories are where they are
    "topic_changes",
    metadata,
    Column("topic", Words, primary_key=True),
    Column("other", Words, primary_key=True),
    Column("kind", Words, primary_key=True),  # "merge" or "split"
    Column("label", Text, nullable=False),
    Column("stories", Integer, nullable=False),
    Column("at", Moment, nullable=False),
)

redirects = Table(  # stories and topics that merged: their addresses never die
    "redirects",
    metadata,
    Column("kind", Words, primary_key=True),  # "story" or "topic"
    Column("old", Words, primary_key=True),
    Column("new", Words, nullable=False),
    Column("at", Moment, nullable=False),
)
