"""The best of what a search found: BM25 (Robertson and Zaragoza, 2009), counted by ourselves and so alike everywhere.

Frequencies come from the stored tokens, a title's counting three times; what is rare is measured within the window.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log
from typing import Final

from sqlalchemy import ColumnElement, Connection, func, select

from archive.matching import condition
from archive.query import Term
from archive.records.words import ArticleId
from archive.schema import articles, tokens
from archive.spellings import Spellings

_K1: Final = 1.2  # how soon more of the same says nothing new
_B: Final = 0.75  # how much a long article's words count less
_TITLE: Final = 3


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A term, how it is counted in the tokens, and how rare it is."""

    stem: str
    whole: bool  # counted as whole tokens; a Korean one also inside them
    rarity: float


def best(
    db: Connection,
    matched: ColumnElement[bool],
    window: ColumnElement[bool],
    terms: Mapping[Term, Spellings],
    limit: int,
) -> list[ArticleId]:
    """The ids of the best articles that match, best first; equal ones newest first."""
    length, count = _volume(db, window)
    weighed = [_weigh(count, _holding(db, term, terms, window), spelt.stem) for term, spelt in terms.items()]
    found = db.execute(
        select(articles.c.id, articles.c.moment, tokens.c.title, tokens.c.text)
        .outerjoin(tokens, tokens.c.article == articles.c.id)
        .where(window, matched)
    )
    mean = length / max(count, 1)
    scored = ((_score(row.title or "", row.text or "", weighed, mean), row.moment, row.id) for row in found)
    return [ArticleId(id_) for _, _, id_ in nlargest(limit, scored)]


def _holding(db: Connection, term: Term, terms: Mapping[Term, Spellings], window: ColumnElement[bool]) -> int:
    """How many articles of the window hold a term."""
    held = condition(term, terms, db.dialect.name)
    return db.execute(select(func.count()).select_from(articles).where(window, held)).scalar_one()


def _weigh(count: int, holding: int, stem: str) -> _Weighed:
    rarity = log(1 + (count - holding + 0.5) / (holding + 0.5))
    if stem.isascii():
        return _Weighed(stem=f" {stem.replace(' ', '  ')} ", whole=True, rarity=rarity)
    return _Weighed(stem=stem.replace(" ", ""), whole=False, rarity=rarity)


def _volume(db: Connection, window: ColumnElement[bool]) -> tuple[int, int]:
    """How many characters of tokens the window holds, and how many articles."""
    characters = func.coalesce(func.sum(func.length(tokens.c.title) + func.length(tokens.c.text)), 0)
    query = select(characters, func.count()).select_from(articles)
    row = db.execute(query.outerjoin(tokens, tokens.c.article == articles.c.id).where(window)).one()
    return int(row[0]), int(row[1])


def _score(title: str, text: str, weighed: Sequence[_Weighed], mean: float) -> float:
    length = 1 - _B + _B * (len(title) + len(text)) / max(mean, 1)
    return sum(one.rarity * _saturated(one, title, text, length) for one in weighed)


def _saturated(one: _Weighed, title: str, text: str, length: float) -> float:
    times = _TITLE * _times(one, title) + _times(one, text)
    return times * (_K1 + 1) / (times + _K1 * length)


def _times(one: _Weighed, terms: str) -> int:
    # Blanks are doubled so that one ends a token and another begins the next: "ai ai" holds " ai " twice.
    return f" {terms.replace(' ', '  ')} ".count(one.stem) if one.whole else terms.replace(" ", "").count(one.stem)
