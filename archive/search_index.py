"""What the search index keeps of an article: its terms, in reading order, as morphemes and as bigrams.

Terms are lower-case, hold no blanks and stand in the same order in both databases, so that a phrase found in one is
found in the other. Bigrams are those of runs of Hangul, each run followed by its last syllable alone (so that 칩 is
found at a word's end, and by prefix anywhere); runs of other letters and digits stay whole, and a + or # behind them
is a term of its own (C++ is more than C).
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import add
from typing import Final

from sqlalchemy import BigInteger, Connection, Text, bindparam, cast, column, delete, insert, table, update
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
_RUN: Final = re.compile(rf"([{SYLLABLES}]+)|[^\W_{SYLLABLES}]+|(?<=[a-z0-9])[+#]+")

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
_KEY: Final = {"sqlite": _INDEX.c.rowid, "postgresql": _INDEX.c.number}
_DELETE: Final = {dialect: delete(_INDEX).where(key == _NUMBER) for dialect, key in _KEY.items()}
_MOVE: Final = {
    dialect: update(_INDEX).where(key == bindparam("old", type_=BigInteger)).values({key.name: _NUMBER})
    for dialect, key in _KEY.items()
}


@dataclass(frozen=True, slots=True)
class Indexed:
    """What an article is found by; its number is that of its row."""

    number: int
    tokens: Tokens
    title: str
    text: str


def index_articles(db: Connection, some: Iterable[Indexed]) -> None:
    """Make articles findable by their tokens and by the bigrams of title and text; what was indexed is replaced."""
    written = _words if db.dialect.name == "sqlite" else _vector
    rows = [_row(one, written) for one in some]
    if rows:
        db.execute(_REPLACE[db.dialect.name], rows)


def _row(one: Indexed, written: Callable[[list[str]], str]) -> dict[str, int | str]:
    columns = (folded(one.tokens.title), folded(one.tokens.text), bigrams(one.title), bigrams(one.text))
    terms = {name: written(_kept(terms)) for name, terms in zip(COLUMNS, columns, strict=True)}
    return {"article": one.number, **terms}


def drop_article(db: Connection, number: int) -> None:
    """Make an article unfindable."""
    db.execute(_DELETE[db.dialect.name], {"article": number})


def move_article(db: Connection, old: int, number: int) -> None:
    """Let an article be found by what another was indexed with, and the other by nothing."""
    drop_article(db, number)
    db.execute(_MOVE[db.dialect.name], {"old": old, "article": number})


def bigrams(text: str) -> list[str]:
    """The bigrams of a text, as the index holds them."""
    found: list[str] = []
    for run, syllables in _runs(text):
        if syllables:
            found.extend(map(add, run, run[1:]))
            found.append(run[-1])
        else:
            found.append(run[:LONGEST_TERM])
    return found


def runs(text: str) -> Iterator[str]:
    """A text's runs of Hangul and of other letters and digits, folded as the index folds them."""
    return (run for run, _ in _runs(text))


def _runs(text: str) -> Iterator[tuple[str, str | None]]:
    """Each run, and again where it is one of syllables."""
    return ((found[0], found[1]) for found in _RUN.finditer(unicodedata.normalize("NFKC", text).lower()))


def folded(terms: Iterable[str]) -> list[str]:
    """Terms as the index writes them: in lower case, none too long; one written with a blank counts as two."""
    return [term[:LONGEST_TERM] for term in plain(" ".join(terms)).lower().split()]


def _kept(terms: list[str]) -> list[str]:
    """The terms the index keeps: not too many of them, and none too often."""
    terms = terms[:MOST_TERMS]
    if len(terms) > _MOST_PLACES and max(Counter(terms).values()) > _MOST_PLACES:
        return list(_thinned(terms))
    return terms


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
