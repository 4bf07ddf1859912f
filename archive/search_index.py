"""What the search index keeps of an article: its terms, in reading order, as morphemes and as bigrams.

Terms are lower-case, hold no blanks and stand in the same order in both databases, so that a phrase found in one is
found in the other. Bigrams are those of runs of Hangul, each run followed by its last syllable alone (so that 칩 is
found at a word's end, and by prefix anywhere); runs of other letters and digits stay whole.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from operator import add
from typing import Final

from sqlalchemy import BigInteger, Connection, Text, bindparam, cast, column, delete, insert, table
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import TSVECTOR

from archive.records.incoming import Tokens
from archive.rows import plain
from archive.search_schema import COLUMNS, TABLE

MOST_TERMS: Final = 16_000  # of one column; PostgreSQL tells positions apart up to 16,383
LONGEST_TERM: Final = 100  # characters; PostgreSQL's limit is 2,046 bytes

_RUN: Final = re.compile(r"[가-힣]+|[^\W_가-힣]+")

_INDEX: Final = table(TABLE, column("rowid"), column("number"), *map(column, COLUMNS))
_NUMBER: Final = bindparam("article", type_=BigInteger)
_TERMS: Final = {name: bindparam(name, type_=Text) for name in COLUMNS}
_VECTORS: Final = {name: cast(terms, TSVECTOR) for name, terms in _TERMS.items()}
_REPLACE: Final = {
    "sqlite": insert(_INDEX).prefix_with("OR REPLACE").values(rowid=_NUMBER, **_TERMS),
    "postgresql": postgresql.insert(_INDEX)
    .values(number=_NUMBER, **_VECTORS)
    .on_conflict_do_update(index_elements=["number"], set_=_VECTORS),
}
_DELETE: Final = {
    "sqlite": delete(_INDEX).where(_INDEX.c.rowid == _NUMBER),
    "postgresql": delete(_INDEX).where(_INDEX.c.number == _NUMBER),
}


def index_article(db: Connection, number: int, tokens: Tokens, title: str, text: str) -> None:
    """Make an article findable by its tokens and by the bigrams of its title and text; what was indexed is replaced."""
    columns = (tokens.title, tokens.text, bigrams(title), bigrams(text))
    written = _words if db.dialect.name == "sqlite" else _vector
    values = {name: written(_kept(terms)) for name, terms in zip(COLUMNS, columns, strict=True)}
    db.execute(_REPLACE[db.dialect.name], {"article": number, **values})


def drop_article(db: Connection, number: int) -> None:
    """Make an article unfindable."""
    db.execute(_DELETE[db.dialect.name], {"article": number})


def bigrams(text: str) -> Iterator[str]:
    """The bigrams of a text, as the index holds them."""
    for found in _RUN.finditer(text.lower()):
        run = found[0]
        if "가" <= run[0] <= "힣":
            yield from map(add, run, run[1:])
            yield run[-1]
        else:
            yield run


def _kept(terms: Iterable[str]) -> list[str]:
    """The terms the index keeps: none too long, not too many; one written with a blank counts as two."""
    whole = plain(" ".join(terms)).lower().split()[:MOST_TERMS]
    return [term[:LONGEST_TERM] for term in whole]


def _words(terms: list[str]) -> str:
    return " ".join(terms)


def _vector(terms: list[str]) -> str:
    """A tsvector literal: each lexeme quoted, with its positions."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for position, term in enumerate(terms, start=1):
        places[term].append(str(position))
    return " ".join(f"{_quoted(term)}:{','.join(at)}" for term, at in places.items())


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
