"""What the search index keeps of an article: its terms, in reading order, as morphemes and as bigrams.

Terms are lower-case, hold no blanks and stand in the same order in both databases, so that a phrase found in one is
found in the other. Bigrams are those of runs of Hangul, each run followed by its last syllable alone (so that 칩 is
found at a word's end, and by prefix anywhere); runs of other letters and digits stay whole, and a + or # behind them
is a term of its own (C++ is more than C).
"""

import re
import unicodedata
from collections import Counter, defaultdict
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

# PostgreSQL forgets where a term stands from its 257th time on: there both databases keep a term nobody asks for.
_MOST_PLACES: Final = 256
_FILLER: Final = "·"

# Hangul, and the Chinese characters and kana that headlines set among it and beside Latin words (美정부, AI株).
SYLLABLES: Final = "가-힣㐀-鿿ぁ-ヿ"
_SYLLABLE: Final = re.compile(f"[{SYLLABLES}]")
_RUN: Final = re.compile(rf"[{SYLLABLES}]+|[^\W_{SYLLABLES}]+|(?<=[a-z0-9])[+#]+")

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
    for run in runs(text):
        if _SYLLABLE.match(run):
            yield from map(add, run, run[1:])
            yield run[-1]
        else:
            yield run


def runs(text: str) -> Iterator[str]:
    """A text's runs of Hangul and of other letters and digits, folded as the index folds them."""
    for found in _RUN.finditer(unicodedata.normalize("NFKC", text).lower()):
        yield found[0]


def folded(terms: Iterable[str]) -> list[str]:
    """Terms as the index writes them: in lower case, none too long; one written with a blank counts as two."""
    return [term[:LONGEST_TERM] for term in plain(" ".join(terms)).lower().split()]


def _kept(terms: Iterable[str]) -> list[str]:
    """The terms the index keeps: not too many of them, and none too often."""
    whole = folded(terms)[:MOST_TERMS]
    times = Counter(whole)
    if times and max(times.values()) > _MOST_PLACES:
        return list(_thinned(whole))
    return whole


def _thinned(terms: Iterable[str]) -> Iterator[str]:
    times: Counter[str] = Counter()
    for term in terms:
        times[term] += 1
        yield term if times[term] <= _MOST_PLACES else _FILLER


def _words(terms: list[str]) -> str:
    return " ".join(terms)


def _vector(terms: list[str]) -> str:
    """A tsvector literal: each lexeme quoted, with its positions."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for position, term in enumerate(terms, start=1):
        if term != _FILLER:
            places[term].append(str(position))
    return " ".join(f"{quoted(term)}:{','.join(at)}" for term, at in places.items())


def quoted(term: str) -> str:
    """A lexeme, as tsvector and tsquery literals want it."""
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
