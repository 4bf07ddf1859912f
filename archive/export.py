"""Whole parts of the archive as plain rows: for spreadsheets, for scripts, and to tell whether two archives are equal.

Rows come in an order that depends on nothing but the content. Times that only say when we worked (first seen, made,
sent) are left out, so the same feeds read in one run or in three, interrupted or not, export the same. No row holds
an article's text.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import Connection, func, select

from archive.articles import articles_by_id
from archive.findings import judgements_of, links_of, stories_by_id, topic, topic_weeks
from archive.records.findings import Judgement, Story, StoryLink, TopicWeek
from archive.records.incoming import Article
from archive.records.words import ArticleId, StoryId, TopicId
from archive.rows import chunks
from archive.schema import articles, deliveries, issues, stories, topics

_CHUNK: Final = 1_000
_LINK: Final = ("score", "evidence", "days")
_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠\t\r\n]")
_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")


def rows(db: Connection, what: str) -> Iterator[dict[str, Any]]:
    """Every row of one of PARTS, in a stable order; values are plain, moments are aware datetimes in UTC.

    ValueError for a part there is not.
    """
    if what not in PARTS:
        raise ValueError(f"the archive has no part {what!r}; it has {', '.join(PARTS)}")
    return PARTS[what](db)


def spreadsheet_cell(value: str) -> str:
    """A value no spreadsheet takes for a formula: what would begin one is quoted (OWASP, CSV injection)."""
    return f"'{value}" if _FORMULA.match(value) and not _NUMBER.fullmatch(value) else value


def _articles(db: Connection) -> Iterator[dict[str, Any]]:
    """Articles by publication, those without a date first; merged ones are in the one they live on in."""
    ids = select(articles.c.id).where(articles.c.redirect.is_(None))
    ordered = db.execute(ids.order_by(func.coalesce(articles.c.published, 0), articles.c.id)).scalars().all()
    for chunk in chunks(map(ArticleId, ordered), _CHUNK):
        found, judged = articles_by_id(db, chunk), judgements_of(db, chunk)
        yield from (_article(found[id_], judged.get(id_)) for id_ in chunk)


def _article(article: Article, judgement: Judgement | None) -> dict[str, Any]:
    facts = asdict(article)
    for name in ("seen", "page_checked", "page_noticed"):
        del facts[name]
    return facts | {"authors": list(article.authors)} | _judged(judgement)


def _judged(judgement: Judgement | None) -> dict[str, Any]:
    """A judgement's columns; all null for an article no analysis has read."""
    facts = asdict(judgement) if judgement else dict.fromkeys(Judgement.__dataclass_fields__)
    del facts["article"]
    facts["reasons"] = list(facts["reasons"] or ())
    return {{"score": "ai_score"}.get(name, name): value for name, value in facts.items()}


def _stories(db: Connection) -> Iterator[dict[str, Any]]:
    for chunk in chunks(map(StoryId, db.execute(select(stories.c.id).order_by(stories.c.id)).scalars().all()), _CHUNK):
        found, linked = stories_by_id(db, chunk), links_of(db, chunk)
        yield from (_story(found[id_], [link for link in linked if link.korean == id_]) for id_ in chunk)


def _story(story: Story, links: list[StoryLink]) -> dict[str, Any]:
    """A story, with the foreign ones it probably belongs to."""
    duties = [{"name": one.name, "words": list(one.words)} for one in story.duties]
    foreign = [_plain({"story": one.foreign} | {name: getattr(one, name) for name in _LINK}) for one in links]
    return _plain(asdict(story) | {"duties": duties, "links": foreign})


def _topics(db: Connection) -> Iterator[dict[str, Any]]:
    for id_ in map(TopicId, db.execute(select(topics.c.id).order_by(topics.c.id)).scalars().all()):
        found = topic(db, id_)
        if found:
            yield _plain(asdict(found) | {"weeks": [_week(week) for week in topic_weeks(db, id_)]})


def _week(week: TopicWeek) -> dict[str, Any]:
    facts = _plain(asdict(week) | {"week": str(week.week)})
    del facts["topic"]
    return facts


def _issues(db: Connection) -> Iterator[dict[str, Any]]:
    """Every revision of every issue, with what was frozen."""
    for row in db.execute(select(issues).order_by(issues.c.week, issues.c.revision)):
        snapshot = json.loads(row.snapshot)
        snapshot.pop("made", None)
        named = {name: getattr(row, name) for name in ("week", "revision", "number", "title", "reason")}
        yield named | {"snapshot": snapshot}


def _deliveries(db: Connection) -> Iterator[dict[str, Any]]:
    """Who was sent what; the letters themselves carry the hour of their making."""
    columns = [deliveries.c[name] for name in ("week", "reader", "letter", "revision", "state", "message_id")]
    for row in db.execute(select(*columns).order_by(deliveries.c.week, deliveries.c.letter, deliveries.c.reader)):
        yield dict(row._mapping)  # noqa: SLF001 -- SQLAlchemy's own way to a row as a mapping


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Tuples as lists, mappings as dicts with their keys in order: what JSON gives back."""
    return {name: _value(value) for name, value in facts.items()}


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return {key: value[key] for key in sorted(value)} if isinstance(value, Mapping) else value


PARTS: Final[Mapping[str, Callable[[Connection], Iterator[dict[str, Any]]]]] = {
    "articles": _articles,
    "stories": _stories,
    "topics": _topics,
    "issues": _issues,
    "deliveries": _deliveries,
}
