"""Which article an address means.

An article's id is minted from the first address seen and never recomputed. Addresses met later (where a redirect
led, what the page calls canonical) are aliases in one table; when one connects two articles, they are merged.

Only an entry's own address says for sure which article it is. Templates call a section page, the front page or one
fixed article canonical on every page, and feeds use a guid again for other news: what such a link connects is one
article only when the titles agree. A copy missed here is found again by its text; two articles made one stay one.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urlsplit

from sqlalchemy import Connection, Row, bindparam, select, union

from archive.records.titles import titles_agree
from archive.records.words import ArticleId, EntryId
from archive.rows import chunks, put_new
from archive.schema import addresses, articles, entries, texts

_LONGEST: Final = 1000  # bytes; PostgreSQL indexes no more than 2704 of a value


def address_keys(canonical: Iterable[str]) -> tuple[str, ...]:
    """What to look addresses up by, without those after the first that name a whole site.

    A page whose canonical link is the front page (a common mistake of templates) would otherwise become one with
    every other such page of its site.
    """
    first, *aliases = dict.fromkeys(canonical)
    return tuple(_key(address) for address in (first, *(alias for alias in aliases if not _is_front_page(alias))))


def mint(key: str) -> ArticleId:
    """The id of an article first seen under an address."""
    return ArticleId(sha256(key.encode()).hexdigest()[:16])


_OWN: Final = select(addresses.c.article).where(addresses.c.canonical == bindparam("own"))
_NAMED: Final = select(addresses.c.article).where(addresses.c.canonical.in_(bindparam("keys", expanding=True)))
_LINKED: Final = select(entries.c.article).where(entries.c.id == bindparam("entry"), entries.c.article.is_not(None))
_KNOWN: Final = (
    select(articles, texts.c.hash, texts.c.changed, articles.c.id.in_(_OWN).label("surely"))
    .outerjoin(texts, texts.c.article == articles.c.id)
    .where(articles.c.id.in_(union(_NAMED, _LINKED)))
    .order_by(articles.c.seen, articles.c.id)
)


def known_under(db: Connection, keys: Sequence[str], entry: EntryId, title: str) -> list[Row[Any]]:
    """The articles that an entry's own address, the first, leads to, or that a link and the title do; in order of seen.

    Rows hold the article's columns and, of its text, ``hash`` and ``changed``.
    """
    rows = db.execute(_KNOWN, {"own": keys[0], "keys": keys, "entry": entry})
    return [row for row in rows if row.surely or titles_agree(row.title, title)]


def taken(db: Connection, keys: Iterable[str], waiting: Iterable[EntryId]) -> tuple[set[str], set[EntryId]]:
    """Which of many addresses, and of many entries, belong to an article already."""
    known, linked = select(addresses.c.canonical), select(entries.c.id).where(entries.c.article.is_not(None))
    return (
        {key for some in chunks(keys) for (key,) in db.execute(known.where(addresses.c.canonical.in_(some)))},
        {EntryId(id_) for some in chunks(waiting) for (id_,) in db.execute(linked.where(entries.c.id.in_(some)))},
    )


def claim(db: Connection, addressed: Iterable[tuple[Sequence[str], ArticleId, datetime]]) -> None:
    """Let addresses that belong to nobody yet mean an article, from when its entry was seen."""
    rows = [{"canonical": key, "article": id_, "seen": seen} for keys, id_, seen in addressed for key in keys]
    put_new(db, addresses, rows)


def _key(canonical: str) -> str:
    """The address itself, or its beginning and a digest of it when it is too long to be indexed."""
    if len(canonical.encode()) <= _LONGEST:
        return canonical
    return f"{canonical[:200]}#sha256:{sha256(canonical.encode()).hexdigest()}"


def _is_front_page(canonical: str) -> bool:
    try:
        parts = urlsplit(canonical)
    except ValueError:
        return False
    return parts.path in {"", "/"} and not parts.query
