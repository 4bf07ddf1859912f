"""Calls for funding between the rooms: articles become notices, and an issue learns which calls may be open."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from sqlalchemy import Connection

from analysis.call_following import REMEMBERED
from analysis.calls import read_notice
from archive import calls, intake
from archive.records.calls import SEOUL, Call, CallNotice
from archive.records.findings import Judgement
from archive.records.incoming import Article
from archive.records.words import ArticleId
from archive.weeks import Week
from digest.calls import Funding
from donghyang.settings import Settings
from donghyang.workdays import letters_due


def notices(
    articles: Iterable[Article], words: Mapping[ArticleId, str], judged: Collection[Judgement], known: Iterable[Call]
) -> Iterator[CallNotice]:
    """What the articles say of calls; an article that analysis no longer reads stays about AI if it was."""
    about = {notice.article for call in known for notice in call.notices if notice.ai}
    about = (about - {one.article for one in judged}) | {one.article for one in judged if one.ai}
    for article in articles:
        notice = read_notice(article.title, words.get(article.id, ""), article.moment.astimezone(SEOUL).date())
        if notice is not None:
            yield CallNotice(
                article=article.id, at=article.moment, seen=article.seen, ai=article.id in about, notice=notice
            )


def noticed(known: Iterable[Call], now: datetime) -> list[ArticleId]:
    """The articles of calls that are not over: their pages may be edited long after they came in."""
    return [notice.article for call in known if not _is_over(call, now) for notice in call.notices]


def _is_over(call: Call, now: datetime) -> bool:
    windows = call.facts.windows
    return call.facts.kind == "closed" or (
        bool(windows) and all(window.closes and window.closes.over <= now for window in windows)
    )


def gather(db: Connection, settings: Settings, week: Week, now: datetime) -> Funding:
    """The calls an issue may show, and when its letters are due."""
    known = [call for call in calls.calls_since(db, now - REMEMBERED) if not _is_over(call, now)]
    return Funding(
        calls=tuple(known),
        articles=intake.articles_by_id(db, [call.article for call in known]),
        delivery=letters_due(settings, week),
    )
