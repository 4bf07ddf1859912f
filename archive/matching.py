"""A question as a condition in SQL: on SQLite an FTS5 expression, on PostgreSQL tsqueries, with the same answer.

Nothing a person typed becomes syntax: terms are letters and digits only, quoted besides, and bound as parameters.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, FromClause, and_, cast, column, literal, not_, or_, select, table
from sqlalchemy.dialects.postgresql import TSQUERY

from archive.query import All, Either, Node, Not, Term
from archive.schema import articles
from archive.search_index import quoted
from archive.search_schema import COLUMNS, TABLE
from archive.spellings import Spellings, Way

_INDEX: Final = table(TABLE, column("rowid"), column("number"), column(TABLE), *map(column, COLUMNS))
_MORPHEMES: Final = ("title_m", "text_m")
_BIGRAMS: Final = ("title_b", "text_b")


class Numbers(NamedTuple):
    """The first and the last number of a range of articles."""

    first: int
    last: int


class Held(NamedTuple):
    """Articles joined with their index, and which of them answer."""

    table: FromClause
    condition: ColumnElement[bool]


def holding(node: Either, known: Mapping[Term, Spellings], dialect: str) -> Held:
    """The articles that have any of some terms, one by one: a reader may stop at the first without all being found."""
    if dialect == "sqlite":
        found = column(TABLE).op("MATCH")(_expression(node, known))
        return Held(_INDEX.join(articles, articles.c.number == _INDEX.c.rowid), found)
    return Held(_INDEX.join(articles, articles.c.number == _INDEX.c.number), _in_postgresql(node, known))


def condition(
    node: Node, known: Mapping[Term, Spellings], dialect: str, within: Numbers | None = None
) -> ColumnElement[bool]:
    """Which articles (by ``articles.number``) answer a question, given the spellings of its terms.

    A caller who wants only articles with numbers ``within`` a range says so, and repeats it in their own condition:
    FTS5 then passes over all others, where it would list every article of the archive that answers.
    """
    if dialect == "sqlite":
        return _in_sqlite(node, known, within)
    return articles.c.number.in_(select(_INDEX.c.number).where(_in_postgresql(node, known)))


def _in_sqlite(node: Node, known: Mapping[Term, Spellings], within: Numbers | None) -> ColumnElement[bool]:
    """One expression where FTS5 has one; it cannot say "all but these"."""
    expression = _expression(node, known)
    if expression:
        found = select(_INDEX.c.rowid).where(column(TABLE).op("MATCH")(expression))
        return articles.c.number.in_(found.where(_INDEX.c.rowid.between(*within)) if within else found)
    if isinstance(node, Not):
        return not_(_in_sqlite(node.part, known, within))
    assert isinstance(node, All | Either)  # noqa: S101 -- a term always has an expression; tells mypy so
    join = and_ if isinstance(node, All) else or_
    return join(*(_in_sqlite(part, known, within) for part in node.parts))


def _expression(node: Node, known: Mapping[Term, Spellings]) -> str | None:
    """The question in FTS5's own language, None when it has no words for it."""
    if isinstance(node, Term):
        return "(" + " OR ".join(map(_fts5, known[node].ways)) + ")"
    if isinstance(node, Not):
        return None
    if isinstance(node, Either):
        return _joined(" OR ", [_expression(part, known) for part in node.parts])
    wanted = _joined(" AND ", [_expression(part, known) for part in node.parts if not isinstance(part, Not)])
    barred = [_expression(part.part, known) for part in node.parts if isinstance(part, Not)]
    if not barred or not wanted:
        return wanted
    refused = _joined(" OR ", barred)
    return f"({wanted} NOT {refused})" if refused else None


def _joined(operator: str, expressions: list[str | None]) -> str | None:
    there = [expression for expression in expressions if expression]
    return "(" + operator.join(there) + ")" if there and len(there) == len(expressions) else None


def _fts5(way: Way) -> str:
    columns = " ".join(_MORPHEMES if way.morphemes else _BIGRAMS)
    phrase = " ".join(way.terms).replace('"', '""')
    return f'{{{columns}}} : "{phrase}"' + ("*" if way.prefix else "")


def _in_postgresql(node: Node, known: Mapping[Term, Spellings]) -> ColumnElement[bool]:
    if isinstance(node, Term):
        return or_(*(_somewhere(way) for way in known[node].ways))
    if isinstance(node, Not):
        return not_(_in_postgresql(node.part, known))
    join = and_ if isinstance(node, All) else or_
    return join(*(_in_postgresql(part, known) for part in node.parts))


def _somewhere(way: Way) -> ColumnElement[bool]:
    asked = cast(literal(_tsquery(way)), TSQUERY)
    columns = _MORPHEMES if way.morphemes else _BIGRAMS
    return or_(*(_INDEX.c[name].op("@@")(asked) for name in columns))


def _tsquery(way: Way) -> str:
    return " <-> ".join(map(quoted, way.terms)) + (":*" if way.prefix else "")
