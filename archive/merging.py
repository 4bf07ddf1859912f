"""Two articles turn out to be one: the one seen earlier stays, the other leaves a redirect."""

from typing import Any, Final

from sqlalchemy import Connection, Row, and_, delete, exists, or_, select, update

from archive.records.incoming import counted_at
from archive.schema import (
    addresses,
    articles,
    call_notices,
    embeddings,
    entries,
    judgements,
    pages,
    stories,
    story_articles,
    texts,
    tokens,
)
from archive.search_index import drop_article, move_article

# Columns that say what was found, as against where and when the article was first seen.
FOUND: Final = (
    "title",
    "lang",
    "published",
    "published_from",
    "authors",
    "outlet",
    "family",
    "extractor",
    "reserved",
    "paywall",
)
_RICHNESS: Final = {"title": 1, "feed": 2, "page": 3}


def richness(extractor: str) -> int:
    """How much an extractor's text is worth: a page's more than the feed's, the feed's more than a title's."""
    return _RICHNESS.get(extractor.partition(":")[0], 0)


def merge(db: Connection, stays: Row[Any], goes: Row[Any]) -> None:
    """Point everything at ``stays`` that pointed at ``goes``, and let it have the richer findings of the two.

    Both are rows of articles. Frozen issues are copies and keep naming the article they named.
    """
    _merge_facts(db, stays, goes)
    if richness(goes.extractor) > richness(stays.extractor):
        _take_text(db, stays, goes)
    drop_article(db, goes.number)
    db.execute(delete(texts).where(texts.c.article == goes.id))
    db.execute(delete(tokens).where(tokens.c.article == goes.id))
    db.execute(delete(embeddings).where(embeddings.c.article == goes.id))
    db.execute(delete(pages).where(pages.c.article == goes.id))
    for column in (entries.c.article, addresses.c.article, stories.c.lead, judgements.c.duplicate_of):
        db.execute(update(column.table).where(column == goes.id).values({column.name: stays.id}))
    _merge_memberships(db, stays.id, goes.id)
    _merge_judgements(db, stays.id, goes.id)
    _merge_notices(db, stays.id, goes.id)
    both = or_(articles.c.id == goes.id, articles.c.redirect == goes.id)
    db.execute(update(articles).where(both).values(redirect=stays.id))


def _merge_facts(db: Connection, stays: Row[Any], goes: Row[Any]) -> None:
    richer, poorer = (goes, stays) if richness(goes.extractor) > richness(stays.extractor) else (stays, goes)
    facts = {name: getattr(richer, name) for name in FOUND}
    if richer.published is None:
        facts |= {"published": poorer.published, "published_from": poorer.published_from}
    facts |= {"candidate": stays.candidate or goes.candidate, "backfill": stays.backfill and goes.backfill}
    facts["moment"] = counted_at(facts["published"], stays.seen)
    db.execute(update(articles).where(articles.c.id == stays.id).values(facts))


def _take_text(db: Connection, stays: Row[Any], goes: Row[Any]) -> None:
    for table in (texts, tokens, pages):
        db.execute(delete(table).where(table.c.article == stays.id))
        db.execute(update(table).where(table.c.article == goes.id).values(article=stays.id))
    move_article(db, goes.number, stays.number)


def _merge_memberships(db: Connection, stays: str, goes: str) -> None:
    other = story_articles.alias()
    there = exists().where(other.c.story == story_articles.c.story, other.c.article == stays)
    db.execute(delete(story_articles).where(story_articles.c.article == goes, there))
    db.execute(update(story_articles).where(story_articles.c.article == goes).values(article=stays))


def _merge_notices(db: Connection, stays: str, goes: str) -> None:
    """Let a notice of a call be the staying article's, unless that is one itself; it is read again anyway."""
    both = exists().where(call_notices.c.article == stays)
    if db.execute(select(both)).scalar():
        db.execute(delete(call_notices).where(call_notices.c.article == goes))
    else:
        db.execute(update(call_notices).where(call_notices.c.article == goes).values(article=stays))


def _merge_judgements(db: Connection, stays: str, goes: str) -> None:
    """Keep the staying article's judgement; the next analysis judges it anew."""
    db.execute(delete(judgements).where(judgements.c.article == goes))
    itself = and_(judgements.c.article == stays, judgements.c.duplicate_of == stays)
    db.execute(update(judgements).where(itself).values(duplicate_of=None, duplicate_reason=""))
