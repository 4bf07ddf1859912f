"""File what extract found: as a new article, or as more about one we know.

Of several findings for one article the richest is kept: a page before a feed's own content before a title alone. A
later state of the same source's text replaces its earlier one; otherwise what was filed first stays. So filing
anything twice, or two entries of one address in either order, ends in the same article.
"""

from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from archive.identity import address_keys, claim, known_under, mint
from archive.merging import FOUND, merge, richness
from archive.records.incoming import Filing, Tokens, WaitingEntry, counted_at
from archive.records.words import ArticleId
from archive.rows import plain, put, storable
from archive.schema import articles, entries, texts, tokens
from archive.search_index import index_article

_BEGIN: Final = insert(articles).returning(articles.c.number)
_READ: Final = (
    update(entries)
    .where(entries.c.id == bindparam("entry"))
    .values(article=bindparam("of"), read=bindparam("now"), retry_at=None, problem=bindparam("trouble"))
)


def file_article(db: Connection, waiting: WaitingEntry, filing: Filing, now: datetime) -> ArticleId:
    """Turn a waiting entry into (part of) an article: facts, text, tokens, addresses and search index at once.

    The id returned is the one the article lives on under, also when this filing made two articles one.
    """
    filing = storable(filing)
    keys = address_keys([address for address in filing.addresses if address] or [f"entry:{waiting.id}"])
    known = known_under(db, keys, waiting.id)
    if len(known) > 1:
        for other in known[1:]:
            merge(db, known_under(db, keys, waiting.id)[0], other)
        known = known_under(db, keys, waiting.id)
    id_ = _better(db, known[0], waiting, filing) if known else _begin(db, mint(keys[0]), waiting, filing)
    claim(db, keys, id_, waiting.seen)
    db.execute(_READ, {"entry": waiting.id, "of": id_, "now": now, "trouble": filing.problem})
    return id_


def retoken(db: Connection, id_: ArticleId, made: Tokens) -> None:
    """Replace an article's tokens, as after a change of tokenizer, and index it again."""
    query = select(articles.c.number, articles.c.title, texts.c.text).outerjoin(texts, texts.c.article == articles.c.id)
    row = db.execute(query.where(articles.c.id == id_)).one()
    _put_tokens(db, id_, row.number, made, row.title, row.text or "")


def _begin(db: Connection, id_: ArticleId, waiting: WaitingEntry, filing: Filing) -> ArticleId:
    facts = _identity(waiting, filing) | _found(filing)
    facts |= {"id": id_, "candidate": filing.candidate, "backfill": waiting.backfill, "redirect": None}
    facts["moment"] = counted_at(filing.published, waiting.seen)
    number = db.execute(_BEGIN, facts).scalar_one()
    _put_text(db, id_, number, waiting, filing)
    return id_


def _better(db: Connection, held: Row[Any], waiting: WaitingEntry, filing: Filing) -> ArticleId:
    """Add to a known article what the finding knows better."""
    betters = _betters(held, waiting, filing)
    facts = _identity(waiting, filing) if waiting.seen < held.seen else {}
    facts |= _found(filing) if betters else {}
    facts |= _date(held, filing, preferred=betters)
    facts |= {"candidate": held.candidate or filing.candidate, "backfill": held.backfill and waiting.backfill}
    facts["moment"] = counted_at(facts["published"], min(held.seen, waiting.seen))
    if any(value != getattr(held, name) for name, value in facts.items()):
        db.execute(update(articles).where(articles.c.number == held.number).values(facts))
    if betters:
        _put_text(db, held.id, held.number, waiting, filing)
    return ArticleId(held.id)


def _betters(held: Row[Any], waiting: WaitingEntry, filing: Filing) -> bool:
    new, old = richness(filing.extractor), richness(held.extractor)
    if new != old or held.hash is None:
        return new >= old
    later = waiting.entry.source == held.source and _state(waiting) > held.changed
    return later and (filing.title, _hash(filing)) != (held.title, held.hash)


def _date(held: Row[Any], filing: Filing, *, preferred: bool) -> dict[str, Any]:
    """The date to keep: of two that are there the preferred one, else the one that is there."""
    if filing.published is not None and (preferred or held.published is None):
        return {"published": filing.published, "published_from": filing.published_from}
    return {"published": held.published, "published_from": held.published_from}


def _identity(waiting: WaitingEntry, filing: Filing) -> dict[str, Any]:
    source = waiting.entry.source
    return {"url": filing.url, "canonical": _canonical(filing), "seen": waiting.seen, "source": source}


def _found(filing: Filing) -> dict[str, Any]:
    return {name: getattr(filing, name) for name in FOUND} | {"authors": list(filing.authors)}


def _canonical(filing: Filing) -> str:
    return next((address for address in filing.addresses if address), filing.url)


def _state(waiting: WaitingEntry) -> datetime:
    return waiting.changed or waiting.seen


def _hash(filing: Filing) -> str:
    return sha256(filing.text.encode()).hexdigest()


def _put_text(db: Connection, id_: str, number: int, waiting: WaitingEntry, filing: Filing) -> None:
    row = {"article": id_, "text": filing.text, "hash": _hash(filing), "changed": _state(waiting)}
    put(db, texts, [row])
    _put_tokens(db, id_, number, filing.tokens, filing.title, filing.text)


def _put_tokens(db: Connection, id_: str, number: int, made: Tokens, title: str, text: str) -> None:
    row = {"article": id_, "version": made.version, "title": plain(" ".join(made.title))}
    put(db, tokens, [row | {"text": plain(" ".join(made.text))}])
    index_article(db, number, made, title, text)
