"""Articles as records: facts, rights and tokens; never their text."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, select

from archive.records.incoming import Article, Source, Tokens
from archive.records.words import ArticleId, Rights, SourceId
from archive.rows import chunks
from archive.schema import articles, entries, pages, tokens
from archive.sources import sources_by_id

_STRICTNESS: Final = ("full", "excerpt", "link")
_GRANTED: Final[dict[str, Rights]] = {"": "full", "noarchive": "excerpt", "nosnippet": "link"}  # at most


def articles_in(db: Connection, start: datetime, end: datetime, *, candidates: bool) -> list[Article]:
    """The articles whose moment lies in [start, end), oldest first; only candidates when asked so."""
    within = (articles.c.moment >= start) & (articles.c.moment < end) & articles.c.redirect.is_(None)
    return _records(db, within & articles.c.candidate if candidates else within)


def article(db: Connection, wanted: ArticleId) -> Article | None:
    """The article with an id, or the one it was merged into; None when there is no such id."""
    return articles_by_id(db, (wanted,)).get(wanted)


def articles_by_id(db: Connection, ids: Iterable[ArticleId]) -> dict[ArticleId, Article]:
    """The articles with these ids, each under the id asked for, also when it was merged into another."""
    living = survivors(db, ids)
    found: dict[ArticleId, Article] = {}
    for chunk in chunks(sorted(set(living.values()))):
        found |= {one.id: one for one in _records(db, articles.c.id.in_(chunk))}
    return {asked: found[id_] for asked, id_ in living.items()}


def survivors(db: Connection, ids: Iterable[ArticleId]) -> dict[ArticleId, ArticleId]:
    """For each known id the id it lives on under: its own, unless it was merged."""
    pairs = select(articles.c.id, articles.c.redirect)
    return {
        ArticleId(row.id): ArticleId(row.redirect or row.id)
        for chunk in chunks(dict.fromkeys(ids))
        for row in db.execute(pairs.where(articles.c.id.in_(chunk)))
    }


def tokens_of(db: Connection, ids: Iterable[ArticleId]) -> dict[ArticleId, Tokens]:
    """The stored tokens of articles."""
    return {
        ArticleId(row.article): Tokens(
            version=row.version, title=tuple(row.title.split()), text=tuple(row.text.split())
        )
        for chunk in chunks(ids)
        for row in db.execute(select(tokens).where(tokens.c.article.in_(chunk)))
    }


def strictest(rights: Collection[Rights]) -> Rights:
    """What holds when several sources' rights meet in one article."""
    return max(rights, key=_STRICTNESS.index)


def _records(db: Connection, condition: ColumnElement[bool]) -> list[Article]:
    """Articles that meet a condition on their table, oldest first, in three queries however many there are."""
    shown_by: defaultdict[str, set[SourceId]] = defaultdict(set)
    pairs = select(entries.c.article, entries.c.source).join(articles, articles.c.id == entries.c.article)
    for id_, source in db.execute(pairs.where(condition).distinct()):
        shown_by[id_].add(SourceId(source))
    sources = sources_by_id(db)
    facts = select(articles, pages.c.state, pages.c.checked, pages.c.noticed).outerjoin(pages)
    rows = db.execute(facts.where(condition).order_by(articles.c.moment, articles.c.id))
    return [_record(row, sources, shown_by[row.id]) for row in rows]


def _record(row: Row[Any], sources: dict[SourceId, Source], shown_by: Collection[SourceId]) -> Article:
    first = sources[SourceId(row.source)]
    granted: list[Rights] = ["link" if row.state == "gone" else "full", _GRANTED[row.reserved]]
    return Article(
        id=ArticleId(row.id),
        url=row.url,
        canonical=row.canonical,
        title=row.title,
        lang=row.lang,
        published=row.published,
        published_from=row.published_from,
        seen=row.seen,
        authors=tuple(row.authors),
        outlet=row.outlet,
        family=row.family,
        source=first.id,
        role=first.role,
        rights=strictest([*granted, first.rights, *(sources[source].rights for source in shown_by)]),
        extractor=row.extractor,
        candidate=row.candidate,
        backfill=row.backfill,
        paywall=row.paywall,
        page_state=row.state or "",
        page_checked=row.checked,
        page_noticed=row.noticed,
    )
