"""Terms never seen before a week: what `topics --new` lists and an issue may explain."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from analysis import novelty
from analysis.mentions import Mentions
from archive import findings, intake, sightings
from archive.coverage import weeks_coverage
from archive.records.findings import NewTerm, Story
from archive.records.incoming import Article
from archive.records.words import ArticleId
from archive.weeks import Week
from donghyang.messages import say
from donghyang.services import Services

Row = dict[str, Any]
WEEKS_READ = novelty.WEEKS_READ
_LOOKED_BACK = 8  # weeks, of which enough must have been read


def new_terms(db: Connection, week: Week, zone: ZoneInfo, mentions: Mentions) -> tuple[NewTerm, ...] | None:
    """The terms that stories of a week tell of and no earlier article has, those of most publishers first.

    ``new_terms(db: Connection, week: Week, zone: ZoneInfo, mentions: Mentions) -> tuple[NewTerm, ...] | None``: None
    when fewer than four of the eight weeks before were read, () when there are none. Reads facts, stored terms and the
    search index, no text and no tokenizer; some hundred small questions however large the archive is.
    """
    if weeks_read(db, week, zone) < WEEKS_READ:
        return None
    start, end = week.start(zone), week.end(zone)
    stories = findings.stories_of_week(db, week, zone)
    known = sightings.terms_told(db, week.ahead(-_LOOKED_BACK).start(zone), start)
    asked = novelty.candidates(stories, _members(db, stories, week, zone), known, mentions)
    unseen = [one for one in asked if not sightings.seen_before(db, one.written, start)]
    found = (novelty.judged(one, sightings.sightings(db, one.written, start, end)) for one in unseen)
    return novelty.ordered(one for one in found if one is not None)


def weeks_read(db: Connection, week: Week, zone: ZoneInfo) -> int:
    """In how many of the eight weeks before a week any source was read on most days."""
    before = [week.ahead(-back) for back in range(1, _LOOKED_BACK + 1)]
    return sum(bool(coverage.healthy) for coverage in weeks_coverage(db, before, zone).values())


def _members(db: Connection, stories: Sequence[Story], week: Week, zone: ZoneInfo) -> Mapping[ArticleId, Article]:
    """The stories' articles of the week; those filed when their source was new make nothing new."""
    found = intake.articles_by_id(db, [one for story in stories if story.ai for one in story.articles])
    start, end = week.start(zone), week.end(zone)
    return {id_: one for id_, one in found.items() if start <= one.moment < end and not one.backfill}


def rows(services: Services, week: Week) -> list[Row] | None:
    """New terms as rows for programs; None when too little was read before."""
    with services.archive.reading() as db:
        found = new_terms(db, week, services.settings.zone, services.mentions)
        firsts = intake.articles_by_id(db, [one.first for one in found or ()])
        told = findings.stories_by_id(db, [story for one in found or () for story in one.stories])
    if found is None:
        return None
    return [
        _row(one, week, firsts[one.first], [told[story] for story in one.stories if story in told]) for one in found
    ]


def _row(one: NewTerm, week: Week, first: Article, stories: Sequence[Story]) -> Row:
    return {
        "term": one.term,
        "kind": one.kind,
        "week": str(week),
        "first_seen": one.at,
        "outlet": first.outlet,
        "title": first.title,
        "url": first.url,
        "article": first.id,
        "publishers": list(one.families),
        "stories": [{"id": story.id, "label": story.label} for story in stories],
    }


def cells(row: Mapping[str, Any], zone: ZoneInfo) -> tuple[object, ...]:
    """A line of the table of new terms."""
    kind = say(f"kind.{row['kind']}") if row["kind"] else ""
    first = f"{row['first_seen'].astimezone(zone):%Y-%m-%d}"
    return row["term"], kind, first, row["outlet"], len(row["publishers"]), row["stories"][0]["label"]
