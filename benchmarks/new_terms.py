"""Terms never seen before a week: how many of those listed a reader would list, over the recorded headlines.

    python -m benchmarks.new_terms [--list]

All headlines of ten weeks, of every section, are filed in an archive day by day; those on technology and companies are
analysed week by week, and each week with four read before it is asked for what `topics --new` lists. A headline is all
there is of an article: with texts the archive would know more words, and fewer ordinary ones would look new.

``labels/new_terms.tsv`` says by digest of week and term what a reader thought of those listed: 1 for a name, or a
technical term, that is worth a line in a weekly issue; 0 for an ordinary word. Beside it the baseline: every term of
the same stories that no earlier headline has, whoever told of it.
"""

import argparse
import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from analysis.mentions import Mentions
from analysis.tokens import Tokenizer
from archive import findings, intake, sightings
from archive.records.incoming import Entry, Fetch, Filing, Source, Tokens, WaitingEntry
from archive.records.words import SourceId
from archive.store import Archive
from archive.weeks import Week
from benchmarks.labelled import documents
from benchmarks.topics import SEOUL, headlines, weekly
from donghyang.config import lexicon
from donghyang.new_terms import new_terms

LABELS = Path(__file__).parent / "labels" / "new_terms.tsv"
_MANY = 100_000  # more than wait at once
Row = dict[str, Any]


def main() -> None:
    """Print how many are listed and how many of them are right."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--list", action="store_true")
    asked = options.parse_args()
    archive, mentions = Archive.memory(), Mentions(lexicon())
    _file(archive, headlines(every=True))
    listed: list[str] = []
    weeks = stories_terms = 0
    for week, found in weekly(documents(headlines(), Tokenizer(lexicon()))):
        with archive.writing() as db:
            findings.replace(db, found)
        with archive.reading() as db:
            told = new_terms(db, week, SEOUL, mentions)
            if told is None:
                continue
            weeks += 1
            stories_terms += len(_unseen(db, week))
        listed += [digest(week, one.term) for one in told]
        if asked.list:
            print("\n".join(f"{week} {digest(week, one.term)} {one.term} {one.kind} {one.families}" for one in told))
    judged = _labels()
    good = [judged[one] for one in listed if one in judged]
    print(
        f"new terms of {weeks} weeks: {len(listed)} listed, {len(good)} judged: P {sum(good) / max(1, len(good)):.3f}"
    )
    print(f"without the rules for terms and publishers: {stories_terms} would be listed")


def digest(week: Week, term: str) -> str:
    """What stands for a term in the labels."""
    return hashlib.sha256(f"{week}\t{term}".encode()).hexdigest()[:16]


def _labels() -> dict[str, bool]:
    with LABELS.open(encoding="utf-8") as lines:
        return {row["digest"]: row["good"] == "1" for row in csv.DictReader(lines, delimiter="\t")}


def _unseen(db: Connection, week: Week) -> list[str]:
    """Every term of the week's stories about AI that no earlier headline has."""
    stories = findings.stories_of_week(db, week, SEOUL)
    terms = dict.fromkeys(term for story in stories if story.ai for term in story.terms)
    return [term for term in terms if not sightings.seen_before(db, (term,), week.start(SEOUL))]


def _file(archive: Archive, rows: Sequence[Row]) -> None:
    """File headlines day by day, as their papers' feeds would have brought them."""
    days: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        days[row["published"]].append(row)
    sources = [_source(name) for name in sorted({row["outlet"] for row in rows})]
    for noon in sorted(days):
        now = datetime.fromisoformat(noon) + timedelta(hours=1)
        with archive.writing() as db:
            intake.register_sources(db, sources, now)
            for source in sources:
                own = [_entry(row) for row in days[noon] if row["outlet"] == source.name]
                fetch = Fetch(source=source.id, at=now, outcome="new" if own else "unchanged", found=len(own))
                intake.record_fetch(db, fetch, own, now=now, backfill=timedelta(days=14))
            waiting = intake.waiting_entries(db, now, _MANY)
            intake.file_articles(db, list(_filed(waiting)), now)


def _source(name: str) -> Source:
    return Source(id=SourceId(name), url=f"https://{hashlib.sha256(name.encode()).hexdigest()}.example/", name=name)


def _entry(row: Row) -> Entry:
    at = datetime.fromisoformat(row["published"])
    return Entry(
        source=SourceId(row["outlet"]),
        key=row["url"],
        url=row["url"],
        canonical=row["url"],
        title=row["title"],
        published=at,
        lang=row["lang"],
    )


def _filed(waiting: Sequence[WaitingEntry]) -> Iterator[tuple[WaitingEntry, Filing]]:
    for one in waiting:
        entry = one.entry
        yield (
            one,
            Filing(
                url=entry.url,
                addresses=(entry.canonical,),
                title=entry.title,
                text="",
                lang=entry.lang,
                published=entry.published,
                published_from="feed",
                authors=(),
                outlet=entry.source,
                family=entry.source,
                extractor="title",
                candidate=True,
                tokens=Tokens(version="none", title=(), text=()),
            ),
        )


if __name__ == "__main__":
    main()
