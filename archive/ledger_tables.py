"""The tables of what is kept for good: issues as they went out, letters, corrections, runs."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from archive.columns import Counter, Moment, Words, metadata

facts = Table(  # one value each: "archive_id", "issue_numbering", …
    "facts",
    metadata,
    Column("name", Words, primary_key=True),
    Column("value", Text, nullable=False),
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
    Column("letter", Words, primary_key=True),  # "issue", "correction 2", "draft", "reminder"
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

edits = Table(  # an editor's hand, append-only like corrections
    "edits",
    metadata,
    Column("number", Counter, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("who", Words, nullable=False),
    Column("week", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("article", Words, nullable=False),  # stands for the story it is in
    Column("value", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("stood", JSON, nullable=False),  # how the story stood before: place, rank, score
    Column("withdraws", Counter, ForeignKey("edits.number")),
    Index(None, "week"),
    sqlite_autoincrement=True,
)

approvals = Table(  # append-only: the last word on a revision stands
    "approvals",
    metadata,
    Column("number", Counter, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("who", Words, nullable=False),
    Column("week", Words, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("granted", Boolean, nullable=False),
    Index(None, "week"),
    sqlite_autoincrement=True,
)

reader_changes = Table(  # append-only: the last word on a reader stands, and wins over config.toml
    "reader_changes",
    metadata,
    Column("number", Counter, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("who", Words, nullable=False),
    Column("reader", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("until", Words),
    Column("reason", Text, nullable=False),
    Index(None, "reader"),
    sqlite_autoincrement=True,
)

returned = Table(  # mails that came back, so that each is handled once
    "returned",
    metadata,
    Column("key", Words, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("kind", Words, nullable=False),
    Column("reader", Words, nullable=False),
    Column("status", Words, nullable=False),
    Column("said", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Index(None, "reader"),
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
