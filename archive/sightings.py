"""Where a term stood in the archive: whether anything told of it before a moment, and what tells of it in a week.

The search index answers by bigrams, so that no morphemes need to be made: a Korean term is also found inside a longer
word, and with a blank where Korean allows one; a Latin one only whole. A term somebody might have read is thus never
called unseen, at the price of one that only looks like an older one.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select

from archive.matching import holding
from archive.query import Either, Term
from archive.records.findings import Sighting
from archive.records.words import ArticleId
from archive.schema import articles, stories
from archive.search_index import runs
from archive.spellings import Spellings, spellings

_LIVING: Final = articles.c.redirect.is_(None)


def seen_before(db: Connection, written: Iterable[str], moment: datetime) -> bool:
    """Whether an article from before a moment, whenever it was filed, has a term in one of its spellings.

    Stops at the first one, which in an archive that grew with time is found at once for a term in common use.
    """
    terms = _terms(written)
    if not terms:
        return True  # signs alone are no term, and nothing can say that they are new
    held = holding(Either(tuple(terms)), terms, db.dialect.name)
    query = select(articles.c.number).select_from(held.table).where(held.condition, _LIVING, articles.c.moment < moment)
    return db.execute(query.limit(1)).first() is not None


def sightings(db: Connection, written: Iterable[str], start: datetime, end: datetime) -> list[Sighting]:
    """The articles with a moment in [start, end) that have a term in one of its spellings, oldest first."""
    terms = _terms(written)
    if not terms:
        return []
    held = holding(Either(tuple(terms)), terms, db.dialect.name)
    query = (
        select(articles.c.id, articles.c.moment, articles.c.family, articles.c.backfill)
        .select_from(held.table)
        .where(held.condition, _LIVING, articles.c.moment >= start, articles.c.moment < end)
        .order_by(articles.c.moment, articles.c.id)
    )
    return [
        Sighting(article=ArticleId(row.id), moment=row.moment, family=row.family, backfill=row.backfill)
        for row in db.execute(query)
    ]


def terms_told(db: Connection, start: datetime, end: datetime) -> frozenset[str]:
    """The terms of the stories last told of in [start, end)."""
    query = select(stories.c.terms).where(stories.c.last_seen >= start, stories.c.last_seen < end)
    return frozenset(term for terms in db.execute(query).scalars() for term in terms)


def _terms(written: Iterable[str]) -> dict[Term, Spellings]:
    """Each spelling as a word (a blank may come into it) and, where it has one, as a phrase (blanks may go)."""
    found: dict[Term, Spellings] = {}
    for text in dict.fromkeys(written):
        if any(runs(text)):
            word, phrase = Term(text), Term(text, phrase=True)
            found |= {one: spellings(one, _no_morphemes) for one in ((word, phrase) if " " in text else (word,))}
    return found


def _no_morphemes(_word: str) -> tuple[str, ...]:
    return ()
