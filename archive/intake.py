"""What comes in: sources are asked, their entries wait, and what extract finds is filed.

    register_sources ─▶ histories ─▶ record_fetch ─▶ waiting_entries ─▶ file_articles ─▶ articles_in
                                                                   └─▶ postpone_entry (and wait again)

Plain functions over a connection; a step composes them in one transaction.
"""

from archive.articles import article, articles_by_id, articles_in, survivors, tokens_of
from archive.entries import (
    count_waiting,
    entry_id,
    file_past,
    known_keys,
    postpone_entry,
    record_fetch,
    record_fetches,
    waiting_entries,
)
from archive.filing import file_article, file_articles, renew_article
from archive.histories import histories, news_days
from archive.pages import pages_due, record_checks
from archive.sources import failing_since, failures_in_row, last_fetches, register_past, register_sources, sources_by_id

__all__ = [
    "article",
    "articles_by_id",
    "articles_in",
    "count_waiting",
    "entry_id",
    "failing_since",
    "failures_in_row",
    "file_article",
    "file_articles",
    "file_past",
    "histories",
    "known_keys",
    "last_fetches",
    "news_days",
    "pages_due",
    "postpone_entry",
    "record_checks",
    "record_fetch",
    "record_fetches",
    "register_past",
    "register_sources",
    "renew_article",
    "sources_by_id",
    "survivors",
    "tokens_of",
    "waiting_entries",
]
