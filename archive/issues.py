"""Frozen issues (발행호): the snapshot, the files made from it, and what readers have been told."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, func, insert, select

from archive.articles import survivors
from archive.records.issue import Issue
from archive.records.words import ArticleId
from archive.rows import plain, put_new
from archive.schema import articles, issue_articles, issue_files, issues
from archive.snapshots import from_json, to_json
from archive.troubles import ArchiveError
from archive.weeks import Week


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRow:
    """A revision of an issue, in the list of all."""

    week: Week
    revision: int
    number: int
    made: datetime
    late: bool
    title: str
    reason: str  # why it was made; "" for the first


def freeze(db: Connection, issue: Issue, files: Mapping[str, bytes], reason: str = "") -> None:
    """Keep a revision for good; doing so again with the same issue changes nothing.

    Raises ArchiveError when that revision is already frozen with other content.
    """
    snapshot, key = to_json(issue), {"week": str(issue.week), "revision": issue.revision}
    frozen = _snapshot(db, issue.week, issue.revision)
    if frozen is not None and frozen != snapshot:
        raise ArchiveError(f"issue {issue.week} is frozen as revision {issue.revision}; make a new revision")
    if frozen is not None:
        return
    row = {"number": issue.number, "made": issue.made, "late": issue.late, "title": issue.title}
    db.execute(insert(issues), {**key, **row, "snapshot": snapshot, "reason": plain(reason)})
    bodies = [{"name": name, "body": body, "hash": sha256(body).hexdigest()} for name, body in sorted(files.items())]
    put_new(db, issue_files, [key | body for body in bodies])
    ranks = {article.id: item.rank for item in reversed(issue.items) for article in item.articles}
    known = survivors(db, ranks)
    put_new(db, issue_articles, [key | {"article": id_, "rank": ranks[id_]} for id_ in sorted(known)])


def issue(db: Connection, week: Week, revision: int | None = None) -> Issue | None:
    """The issue of a week, its newest revision unless one is named; None when there is none."""
    revision = revision or _newest(db, week)
    snapshot = None if revision is None else _snapshot(db, week, revision)
    return None if snapshot is None else from_json(snapshot)


def issue_rows(db: Connection) -> list[IssueRow]:
    """Every revision of every issue, oldest week first."""
    columns = [issues.c[name] for name in ("week", "revision", "number", "made", "late", "title", "reason")]
    rows = db.execute(select(*columns).order_by(issues.c.week, issues.c.revision)).mappings()
    return [IssueRow(**{**row, "week": Week.parse(row["week"])}) for row in rows]


def files(db: Connection, week: Week, revision: int | None = None) -> dict[str, bytes]:
    """The files of an issue by name, its newest revision's unless one is named; empty when there is none."""
    this = (issue_files.c.week == str(week)) & (issue_files.c.revision == (revision or _newest(db, week)))
    rows = db.execute(select(issue_files.c.name, issue_files.c.body).where(this).order_by(issue_files.c.name))
    return {row.name: bytes(row.body) for row in rows}


def file_names(db: Connection, week: Week, revision: int) -> list[str]:
    """The names of an issue's files, without reading them."""
    this = (issue_files.c.week == str(week)) & (issue_files.c.revision == revision)
    return list(db.scalars(select(issue_files.c.name).where(this).order_by(issue_files.c.name)))


def issued_articles(db: Connection) -> dict[ArticleId, tuple[Week, ...]]:
    """The weeks whose issues told of an article; of a merged one under the id it lives on as."""
    told: defaultdict[ArticleId, set[Week]] = defaultdict(set)
    living = func.coalesce(articles.c.redirect, articles.c.id)
    query = select(living, issue_articles.c.week).join(articles, articles.c.id == issue_articles.c.article)
    for article, week in db.execute(query.distinct()):
        told[ArticleId(article)].add(Week.parse(week))
    return {article: tuple(sorted(weeks)) for article, weeks in told.items()}


def number_of(db: Connection, week: Week, first: int = 1) -> int:
    """The city's own number of a week's issue: the one it has, else the next after the highest."""
    query = select(func.max(issues.c.number))
    own = db.execute(query.where(issues.c.week == str(week))).scalar_one()
    return next_number(db, first) if own is None else own


def next_number(db: Connection, first: int = 1) -> int:
    """The number after the highest given, and no lower than ``first``: a week without an issue takes none."""
    highest = db.execute(select(func.max(issues.c.number))).scalar_one()
    return first if highest is None else max(first, highest + 1)


def last_made(db: Connection, *, before: Week) -> datetime | None:
    """When the last issue of an earlier week was first frozen."""
    query = select(issues.c.made).where(issues.c.week < str(before), issues.c.revision == 1)
    return db.execute(query.order_by(issues.c.week.desc()).limit(1)).scalar_one_or_none()


def _newest(db: Connection, week: Week) -> int | None:
    query = select(func.max(issues.c.revision)).where(issues.c.week == str(week))
    newest: int | None = db.execute(query).scalar_one()
    return newest


def _snapshot(db: Connection, week: Week, revision: int) -> str | None:
    this = (issues.c.week == str(week)) & (issues.c.revision == revision)
    return db.execute(select(issues.c.snapshot).where(this)).scalar_one_or_none()
