"""Which article an address means.

An article's id is minted from the first address seen and never recomputed. Addresses met later (where a redirect
led, what the page calls canonical) are aliases in one table; when one connects two articles, they are merged.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urlsplit

from sqlalchemy import Connection, Row, bindparam, select, union

from archive.records.words import ArticleId, EntryId
from archive.rows import put_new
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


_NAMED: Final = select(addresses.c.article).where(addresses.c.canonical.in_(bindparam("keys", expanding=True)))
_LINKED: Final = select(entries.c.article).where(entries.c.id == bindparam("entry"), entries.c.article.is_not(None))
_KNOWN: Final = (
    select(articles, texts.c.hash, texts.c.changed)
    .outerjoin(texts, texts.c.article == articles.c.id)
    .where(articles.c.id.in_(union(_NAMED, _LINKED)))
    .order_by(articles.c.seen, articles.c.id)
)


def known_under(db: Connection, keys: Sequence[str], entry: EntryId) -> list[Row[Any]]:
    """The articles that any of the addresses or the entry already belongs to, the one seen first first.

    Rows hold the article's columns and, of its text, ``hash`` and ``changed``.
    """
    return list(db.execute(_KNOWN, {"keys": keys, "entry": entry}))


def claim(db: Connection, keys: Sequence[str], article: ArticleId, seen: datetime) -> None:
    """Let the addresses that belong to nobody yet mean this article."""
    put_new(db, addresses, [{"canonical": key, "article": article, "seen": seen} for key in keys])


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
