"""The pages of articles, looked at again: due after some days, then as they were, edited, or gone.

note_pages (when an article is filed) ─▶ pages_due ─▶ record_checks
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select, update

from archive.entries import waiting_entry
from archive.records.incoming import PageSeen
from archive.records.rereading import PageChecked, PageDue
from archive.records.words import ArticleId, EntryId, PageState, SourceId
from archive.rows import chunks
from archive.schema import articles, entries, pages, sources, stories, story_articles, texts
from archive.sources import sources_by_id

A_DAY: Final = timedelta(days=1)  # between the two visits that must both find nothing
PATIENCE: Final = timedelta(days=7)  # after the last span: a machine that rested still catches up, then it is let be
_SEEN: Final = ("title", "text_hash", "body_hash", "etag", "modified", "reader")


def note_pages(db: Connection, seen: Iterable[tuple[ArticleId, EntryId, PageSeen]], now: datetime) -> None:
    """Keep what the pages of articles are, as they are filed; one that reads otherwise than before was edited.

    Of two entries that lead to one article by pages of their own the first one's page is kept.
    """
    given = {article: (entry, page) for article, entry, page in seen}
    held = {row.article: row for some in chunks(given) for row in db.execute(_HELD.where(pages.c.article.in_(some)))}
    fresh = [_new_row(article, *given[article], now) for article in given if article not in held]
    if fresh:
        db.execute(insert(pages), fresh)
    for article, row in held.items():
        entry, page = given[article]
        if entry == row.entry:
            edited = reads_otherwise(page, seen_of(row))
            state: PageState = "edited" if edited else "same" if row.state == "gone" else row.state
            changed = {"noticed": now} if edited or state != row.state else {}
            values = _facts(page) | {"state": state, "missing_since": None} | changed
            db.execute(update(pages).where(pages.c.article == article).values(values))


def pages_due(
    db: Connection, now: datetime, spans: Sequence[timedelta], limit: int, resting: Collection[SourceId] = frozenset()
) -> list[PageDue]:
    """At most ``limit`` pages to be looked at now: those missed once first, then the longest overdue.

    A page is due once for every span after it was first read, and a day after a visit that found nothing; if its
    article is in a story about AI and the source is still named, not among ``resting``, and lets pages be read.
    """
    if not spans:
        return []
    recent = _RECENT.where(pages.c.read <= now, pages.c.read > now - max(spans) - PATIENCE)
    rows: list[Row[Any]] = list(db.execute(recent))
    late = {row.article: since for row in rows if (since := _due_since(row, spans, now)) is not None}
    once = {row.article for row in rows if row.missing_since is not None}
    shut = {row.article for row in rows if row.source in resting}
    order = sorted(late.keys() - shut, key=lambda id_: (id_ not in once, late[id_], id_))
    return _dues(db, order[:limit])


def record_checks(db: Connection, checks: Iterable[PageChecked], now: datetime) -> None:
    """Write down what second looks found; one recorded later than ``now`` stands."""
    for check in checks:
        own = pages.c.article == check.article
        held = db.execute(select(pages.c.state, pages.c.checked).where(own)).one_or_none()
        if held is None or (held.checked is not None and held.checked >= now):
            continue
        changed = {"noticed": now} if check.edited or check.state != held.state else {}
        values = {"checked": now, "state": check.state, "missing_since": check.missing_since} | changed
        db.execute(update(pages).where(own).values(values | (_facts(check.seen) if check.seen else {})))
        if check.reserved is not None:
            db.execute(update(articles).where(articles.c.id == check.article).values(reserved=check.reserved))


def reads_otherwise(page: PageSeen, before: PageSeen) -> bool:
    """Whether a page's title or text has changed, as the same reader sees them."""
    same = page.reader != before.reader or (page.title, page.text_hash) == (before.title, before.text_hash)
    return not same


def seen_of(row: Row[Any]) -> PageSeen:
    """What a row of pages says the page was."""
    return PageSeen(**{name: getattr(row, name) for name in _SEEN})


_HELD: Final = select(pages)
_TOLD: Final = (
    select(story_articles.c.article).join(stories, stories.c.id == story_articles.c.story).where(stories.c.ai)
)
_RECENT: Final = (
    select(pages.c.article, pages.c.read, pages.c.checked, pages.c.missing_since, entries.c.source)
    .join(articles, articles.c.id == pages.c.article)
    .join(entries, entries.c.id == pages.c.entry)
    .join(sources, sources.c.id == entries.c.source)
    .where(articles.c.redirect.is_(None), entries.c.read.is_not(None), pages.c.article.in_(_TOLD))
    .where(sources.c.retired.is_(None), sources.c.fulltext)
)
_DUE: Final = (
    select(pages, articles.c.title.label("headline"), func.length(texts.c.text).label("chars"))
    .join(articles, articles.c.id == pages.c.article)
    .outerjoin(texts, texts.c.article == pages.c.article)
)


def _due_since(row: Row[Any], spans: Sequence[timedelta], now: datetime) -> datetime | None:
    """Since when a page is due; None when it is not."""
    last = row.checked or row.read
    moments = [row.read + span for span in spans if last < row.read + span]
    if row.missing_since is not None and row.checked is not None:
        moments.append(row.checked + A_DAY)
    since = min(moments, default=None)
    return since if since is not None and since <= now else None


def _dues(db: Connection, wanted: Sequence[str]) -> list[PageDue]:
    rows = {row.article: row for some in chunks(wanted) for row in db.execute(_DUE.where(pages.c.article.in_(some)))}
    named = [row.entry for row in rows.values()]
    of = {row.id: row for some in chunks(named) for row in db.execute(select(entries).where(entries.c.id.in_(some)))}
    known = sources_by_id(db)
    return [
        PageDue(
            article=ArticleId(row.article),
            title=row.headline,
            waiting=waiting_entry(of[row.entry], known),
            seen=seen_of(row),
            state=row.state,
            missing_since=row.missing_since,
            chars=row.chars or 0,
        )
        for row in (rows[id_] for id_ in wanted)
    ]


def _new_row(article: ArticleId, entry: EntryId, page: PageSeen, now: datetime) -> dict[str, Any]:
    state: PageState = "same"
    nothing = {"checked": None, "noticed": None, "missing_since": None}
    return {"article": article, "entry": entry, "read": now, "state": state, **nothing, **_facts(page)}


def _facts(page: PageSeen) -> dict[str, Any]:
    return {name: getattr(page, name) for name in _SEEN}
