"""The tables, in SQLAlchemy Core, the same for SQLite and PostgreSQL.

A missing row is the to-do list: an entry with ``read IS NULL`` waits for extract, a closed week without an
issue waits for compose, an issue without a delivery to a reader waits for deliver. The search index has its
own tables, made by the migrations for each database (archive.search tells how they are used).
"""

from archive.call_tables import call_notices, calls
from archive.columns import metadata
from archive.findings_tables import (
    judgements,
    redirects,
    stories,
    story_articles,
    story_links,
    topic_changes,
    topic_weeks,
    topics,
)
from archive.incoming_tables import addresses, articles, embeddings, entries, fetches, pages, sources, texts, tokens
from archive.ledger_tables import (
    approvals,
    corrections,
    deliveries,
    edits,
    facts,
    issue_articles,
    issue_files,
    issues,
    reader_changes,
    returned,
    runs,
)
from archive.site_tables import maps, robots

__all__ = [
    "addresses",
    "approvals",
    "articles",
    "call_notices",
    "calls",
    "corrections",
    "deliveries",
    "edits",
    "embeddings",
    "entries",
    "facts",
    "fetches",
    "issue_articles",
    "issue_files",
    "issues",
    "judgements",
    "maps",
    "metadata",
    "pages",
    "reader_changes",
    "redirects",
    "returned",
    "robots",
    "runs",
    "sources",
    "stories",
    "story_articles",
    "story_links",
    "texts",
    "tokens",
    "topic_changes",
    "topic_weeks",
    "topics",
]
