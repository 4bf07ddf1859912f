"""What was read: the ground on which counts may be compared, and what an issue says it rests on."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Column, ColumnElement, Connection, Select, func, select

from archive.health import patience
from archive.histories import news_days
from archive.records.findings import WeekCoverage
from archive.records.issue import Coverage
from archive.records.words import SourceId
from archive.schema import articles, entries, fetches, judgements, sources, stories, story_articles
from archive.weeks import Week

HEALTHY_DAYS: Final = 4  # of seven; fewer while a week has fewer

_ANSWERED = fetches.c.outcome != "failed"


def weeks_coverage(db: Connection, weeks: Iterable[Week], zone: ZoneInfo) -> dict[Week, WeekCoverage]:
    """How each week was read.

    A source is healthy in a week when it answered on at least four of its days as the zone's clock counts them, or,
    in a week that is not over, on every day up to the archive's last attempt when there are fewer.
    """
    asked_until = db.execute(select(func.max(fetches.c.at))).scalar_one()
    return {week: _week(db, week, zone, asked_until) for week in weeks}


def first_read(db: Connection) -> datetime | None:
    """The moment at which a source first answered; None in an archive that has read nothing.

    First in the order of the ledger: a later reading as of an earlier moment makes no earlier beginning.
    """
    first: datetime | None = db.execute(
        select(fetches.c.at).where(_ANSWERED).order_by(fetches.c.number).limit(1)
    ).scalar_one_or_none()
    return first


def coverage_of(db: Connection, week: Week, zone: ZoneInfo) -> Coverage:
    """What an issue of the week rests on."""
    asked = _counts(db, _by_source(fetches.c.at, week, zone))
    answered = _counts(db, _by_source(fetches.c.at, week, zone).where(_ANSWERED)).keys()
    brought = _counts(db, _by_source(entries.c.seen, week, zone))
    failed, silent = asked.keys() - answered, _silent(db, answered - brought.keys(), week.end(zone))
    families = _families(db, week, zone)
    return Coverage(
        checked=len(asked),
        failed=len(failed),
        silent=len(silent),
        entries=sum(count for source, count in brought.items() if source in asked),  # what was imported was not read
        ai=_about_ai(db, week, zone),
        stories=len(families),
        single=sum(len(of_story) == 1 for of_story in families.values()),
        failing=_names(db, failed),
        quiet=_names(db, silent),
        causes=_causes(db, failed, week, zone),
    )


def _silent(db: Connection, candidates: Collection[SourceId], end: datetime) -> set[SourceId]:
    """Those of the sources that had brought nothing for longer than they are used to, when last asked before a moment.

    A laboratory that writes once a month is not silent after a week.
    """
    asked = select(fetches.c.source, func.min(fetches.c.at), func.max(fetches.c.at)).where(
        fetches.c.at < end, _ANSWERED
    )
    news = news_days(db, end)
    spans = db.execute(asked.where(fetches.c.source.in_(candidates)).group_by(fetches.c.source))
    return {
        SourceId(source)
        for source, first, last in spans
        if last - (news.get(source) or (first,))[-1] > patience(news.get(source, ()))
    }


def _week(db: Connection, week: Week, zone: ZoneInfo, asked_until: datetime | None) -> WeekCoverage:
    days: defaultdict[SourceId, set[date]] = defaultdict(set)
    answers = select(fetches.c.source, fetches.c.at).where(_within(fetches.c.at, week, zone), _ANSWERED)
    for source, at in db.execute(answers):
        days[SourceId(source)].add(at.astimezone(zone).date())
    needed = min(HEALTHY_DAYS, _days_elapsed(week, zone, asked_until))
    counted = _by_source(articles.c.moment, week, zone).where(articles.c.redirect.is_(None), ~articles.c.backfill)
    healthy = frozenset(source for source, seen in days.items() if len(seen) >= needed)
    return WeekCoverage(week=week, healthy=healthy, volume=_counts(db, counted))


def _days_elapsed(week: Week, zone: ZoneInfo, until: datetime | None) -> int:
    """Days of the week that had begun by a moment."""
    return 0 if until is None else min(7, (until.astimezone(zone).date() - week.monday).days + 1)


def _within(column: ColumnElement[datetime], week: Week, zone: ZoneInfo) -> ColumnElement[bool]:
    return (column >= week.start(zone)) & (column < week.end(zone))


def _by_source(moment: Column[datetime], week: Week, zone: ZoneInfo) -> Select[Any]:
    """Sources with how many rows of a table fall into a week."""
    source = moment.table.c.source
    return select(source, func.count()).where(_within(moment, week, zone)).group_by(source)


def _counts(db: Connection, query: Select[Any]) -> dict[SourceId, int]:
    return {SourceId(source): count for source, count in db.execute(query)}


def _about_ai(db: Connection, week: Week, zone: ZoneInfo) -> int:
    """Articles of the week that are about AI; those filed when their source was new do not count."""
    joined = articles.join(judgements, judgements.c.article == articles.c.id)
    query = select(func.count()).select_from(joined).where(judgements.c.ai, ~articles.c.backfill)
    return db.execute(query.where(_within(articles.c.moment, week, zone))).scalar_one()


def _families(db: Connection, week: Week, zone: ZoneInfo) -> dict[str, set[str]]:
    """The publisher families of each story about AI told of in the week."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    told = (
        select(story_articles.c.story, articles.c.family)
        .join(stories, stories.c.id == story_articles.c.story)
        .join(articles, articles.c.id == story_articles.c.article)
        .where(stories.c.ai, _within(articles.c.moment, week, zone))
    )
    for story, family in db.execute(told.distinct()):
        found[story].add(family)
    return found


def _causes(db: Connection, ids: Collection[str], week: Week, zone: ZoneInfo) -> tuple[str, ...]:
    """Why each failed last in the week, in the order of `_names`."""
    last = select(func.max(fetches.c.number)).where(_within(fetches.c.at, week, zone)).group_by(fetches.c.source)
    joined = fetches.join(sources, sources.c.id == fetches.c.source)
    query = select(fetches.c.cause).select_from(joined).where(fetches.c.number.in_(last), fetches.c.source.in_(ids))
    return tuple(db.execute(query.order_by(sources.c.name, sources.c.id)).scalars())


def _names(db: Connection, ids: Collection[str]) -> tuple[str, ...]:
    return tuple(
        db.execute(select(sources.c.name).where(sources.c.id.in_(ids)).order_by(sources.c.name, sources.c.id)).scalars()
    )
