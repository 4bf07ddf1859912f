"""Search everything ever read: the same articles in the same order from SQLite and PostgreSQL.

question ─▶ spellings of its terms ─▶ one condition in SQL ─▶ newest, or best ─▶ facts, snippet within rights, story
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import ColumnElement, Connection, and_, func, select

from archive.articles import articles_by_id
from archive.bm25 import best
from archive.matching import condition
from archive.query import Node, Not, Query, Term
from archive.records.incoming import Article
from archive.records.words import ArticleId, StoryId
from archive.rights import permitted
from archive.schema import articles, stories, story_articles, texts
from archive.spellings import Morphemes, spellings

Sort = Literal["newest", "best"]

_MOST_SENTENCES: Final = 3  # of a text that may be shown whole: a list of hits is no place to read it


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that was found."""

    article: Article
    snippet: str  # what its rights permit to be shown; "" when they permit nothing
    story: StoryId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """How many articles answer, and the first of them."""

    total: int
    hits: tuple[Hit, ...] = ()


def search(
    db: Connection,
    query: Query,
    morphemes: Morphemes,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = 20,
    sort: Sort = "newest",
) -> SearchResult:
    """Answer a question with articles whose moment lies in [since, until).

    ``morphemes`` makes the terms of a Korean word, as the tokenizer that indexed the articles does. ``newest`` orders
    by (moment, id), latest first; ``best`` by BM25 over the window. A question without terms has no answer.
    """
    if query.tree is None:
        return SearchResult(total=0)
    known = {term: spellings(term, morphemes) for term in _terms(query.tree)}
    matched, window = condition(query.tree, known, db.dialect.name), _window(since, until)
    total = db.execute(select(func.count()).select_from(articles).where(window, matched)).scalar_one()
    if sort == "best":
        wanted = {term: known[term] for term in dict.fromkeys(query.terms)}
        ids = best(db, matched, window, wanted, limit)
    else:
        newest = select(articles.c.id).where(window, matched).order_by(articles.c.moment.desc(), articles.c.id.desc())
        ids = [ArticleId(id_) for id_ in db.execute(newest.limit(limit)).scalars()]
    return SearchResult(total=total, hits=_hits(db, ids))


def _terms(node: Node) -> list[Term]:
    """Every term of a question, the excluded ones too."""
    if isinstance(node, Term):
        return [node]
    parts = (node.part,) if isinstance(node, Not) else node.parts
    return [term for part in parts for term in _terms(part)]


def _window(since: datetime | None, until: datetime | None) -> ColumnElement[bool]:
    bounds: list[ColumnElement[bool]] = [articles.c.redirect.is_(None)]
    if since is not None:
        bounds.append(articles.c.moment >= since)
    if until is not None:
        bounds.append(articles.c.moment < until)
    return and_(*bounds)


def _hits(db: Connection, ids: Sequence[ArticleId]) -> tuple[Hit, ...]:
    found = articles_by_id(db, ids)
    snippets = _snippets(db, [article for article in found.values() if article.rights != "link"])
    in_stories = _stories(db, ids)
    return tuple(Hit(article=found[id_], snippet=snippets.get(id_, ""), story=in_stories.get(id_)) for id_ in ids)


def _snippets(db: Connection, shown: Sequence[Article]) -> Mapping[ArticleId, str]:
    """The sentences that may be quoted: always the same ones, so that many searches do not add up to the text."""
    rights = {article.id: article.rights for article in shown}
    held = db.execute(select(texts.c.article, texts.c.text).where(texts.c.article.in_(list(rights))))
    return {row.article: " ".join(permitted(rights[row.article], row.text)[:_MOST_SENTENCES]) for row in held}


def _stories(db: Connection, ids: Sequence[ArticleId]) -> Mapping[ArticleId, StoryId]:
    """The latest story of each article that has one."""
    pairs = select(story_articles.c.article, stories.c.id).join(stories, stories.c.id == story_articles.c.story)
    rows = db.execute(pairs.where(story_articles.c.article.in_(ids)).order_by(stories.c.last_seen, stories.c.id))
    return {ArticleId(row.article): StoryId(row.id) for row in rows}
