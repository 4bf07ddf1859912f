"""Calls for funding: those that may still be open, brought up to date when notices were read."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, select

from archive import schema
from archive.articles import articles_by_id, survivors
from archive.records.calls import Call, CallChange, CallId, CallNotice, Notice
from archive.records.incoming import Article
from archive.records.words import ArticleId
from archive.rows import chunks, plain, put
from archive.schema import articles, call_notices, sources
from archive.snapshots import from_plain, to_plain

_ROLE: Final = "funding"


def calls_since(db: Connection, since: datetime) -> list[Call]:
    """The calls whose newest notice was published since then, by id; one whose notices are all gone is left out."""
    recent = db.execute(select(schema.calls).where(schema.calls.c.latest >= since).order_by(schema.calls.c.id)).all()
    notices = _notices(db, [row.id for row in recent])
    return [_call(row, notices[row.id]) for row in recent if notices[row.id]]


def keep_calls(db: Connection, calls: Iterable[Call]) -> None:
    """Write calls as they are now, with their notices; an article merged meanwhile is the one it lives on in."""
    found = list(calls)
    living = survivors(db, [notice.article for call in found for notice in call.notices])
    put(db, schema.calls, [_row(call) for call in found])
    rows = {living[notice.article]: _notice_row(notice, call, living) for call in found for notice in call.notices}
    put(db, call_notices, list(rows.values()))
    _drop_empty(db)


def funding_articles(db: Connection, since: datetime, until: datetime) -> list[Article]:
    """The articles of sources with the role funding whose moment lies in [since, until), oldest first."""
    ids = (
        select(articles.c.id)
        .join(sources, sources.c.id == articles.c.source)
        .where(sources.c.role == _ROLE, articles.c.redirect.is_(None))
        .where(articles.c.moment >= since, articles.c.moment < until)
        .order_by(articles.c.moment, articles.c.id)
    )
    found = articles_by_id(db, [ArticleId(id_) for id_ in db.execute(ids).scalars()])
    return list(found.values())


def _drop_empty(db: Connection) -> None:
    """A call whose notices all tell of another now is no more."""
    held = select(call_notices.c.call)
    db.execute(delete(schema.calls).where(schema.calls.c.id.not_in(held)))


def _notices(db: Connection, ids: Iterable[str]) -> defaultdict[str, list[CallNotice]]:
    found = defaultdict[str, list[CallNotice]](list)
    for some in chunks(ids):
        rows = db.execute(select(call_notices).where(call_notices.c.call.in_(some)))
        for row in sorted(rows, key=lambda row: (row.at, row.article)):
            notice = from_plain(Notice, row.notice)
            article = ArticleId(row.article)
            found[row.call].append(CallNotice(article=article, at=row.at, seen=row.seen, ai=row.ai, notice=notice))
    return found


def _call(row: Row[Any], notices: Iterable[CallNotice]) -> Call:
    return Call(
        id=CallId(row.id),
        facts=from_plain(Notice, row.facts),
        notices=tuple(notices),
        changes=tuple(from_plain(CallChange, change) for change in row.changes),
    )


def _row(call: Call) -> dict[str, Any]:
    return {
        "id": call.id,
        "name": plain(call.facts.name),
        "latest": call.notices[-1].at,
        "facts": _storable(call.facts),
        "changes": [to_plain(change) for change in call.changes],
    }


def _notice_row(notice: CallNotice, call: Call, living: dict[ArticleId, ArticleId]) -> dict[str, Any]:
    at = {"at": notice.at, "seen": notice.seen, "ai": notice.ai, "notice": _storable(notice.notice)}
    return {"article": living[notice.article], "call": call.id} | at


def _storable(notice: Notice) -> Any:
    return _plain_texts(to_plain(notice))


def _plain_texts(value: Any) -> Any:
    """What JSON holds without what a database refuses in texts."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [_plain_texts(part) for part in value]
    if isinstance(value, dict):
        return {name: _plain_texts(part) for name, part in value.items()}
    return value
