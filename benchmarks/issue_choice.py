"""What an issue carries beside what people would have carried.

    python -m benchmarks.issue_choice FOLDER [--show]

FOLDER holds the config.toml and the SQLite archive of a finished replay (``benchmarks.replay --keep FOLDER``). A copy
of it is emptied of everything thought and issued; then each week is analysed and issued anew, in order, as of nine on
the Monday after. For the weeks that editors have read it counts, of the issue's places, how many carry a story somebody
(or two of the three) picked; how many of each editor's ten first the issue carries; and how many gold stories. Beside
it stand the same figures for the twelve stories told by most publisher families, and for those with most articles.

Editors read Sunday to Saturday and an issue Monday to Sunday: ``at hand`` says how many of their picks are in a story
of the issue's week at all.
"""

import argparse
import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete

from archive import findings, intake, issues, schema
from archive.records.findings import Story
from archive.records.incoming import Article
from archive.records.words import ArticleId
from archive.weeks import Week
from benchmarks.data import folder
from benchmarks.picks import Pick, picks_of
from benchmarks.replay import weeks_named
from donghyang import config, steps
from donghyang.services import Services

WEEKS = ("2026-W06", "2026-W07", "2026-W08")
READ = {"2026-W07": "w07", "2026-W08": "w08"}  # the weeks editors have read, and the names of their picks
PLACES = 12
FIRST_TEN = 10
_READ_AT = timedelta(hours=9)  # on Monday
_THOUGHT = (
    schema.deliveries,
    schema.issue_articles,
    schema.issue_files,
    schema.issues,
    schema.topic_weeks,
    schema.topic_changes,
    schema.story_links,
    schema.story_articles,
    schema.stories,
    schema.topics,
    schema.judgements,
    schema.redirects,
    schema.runs,
)  # fmt: skip - those that point at others first


@dataclass(frozen=True, slots=True)
class Carried:
    """A story in an issue or a baseline: where its members stand, and what their titles say."""

    addresses: frozenset[str]
    titles: tuple[str, ...]
    line: str = ""

    @classmethod
    def of(cls, articles: Iterable[Any], line: str = "") -> "Carried":
        """From anything with ``canonical`` and ``title``."""
        told = tuple(articles)
        return cls(frozenset(one.canonical for one in told), tuple(one.title for one in told), line)


def main() -> None:
    """Issue the weeks anew and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true", help="print every place and who picked it")
    chosen = parser.parse_args()
    with copied(chosen.folder) as services:
        for name in WEEKS:
            week = Week.parse(name)
            carried = issued(services, week)
            if name in READ:
                report(name, carried, stories_told(services, week), show=chosen.show)


@contextmanager
def copied(place: Path) -> Iterator[Services]:
    """The services over a copy of an archive in which nothing is thought or issued yet."""
    with tempfile.TemporaryDirectory(prefix="donghyang-choice-") as room:
        for path in (*place.glob("*.toml"), *place.glob("*.db")):
            shutil.copy(path, room)
        with Services.open(config.load(Path(room) / "config.toml")) as services:
            with services.archive.writing() as db:
                for table in _THOUGHT:
                    db.execute(delete(table))
            yield services


def issued(services: Services, week: Week) -> list[Carried]:
    """Analyse, compose and freeze a week; what its issue carries, in reading order."""
    now = week.end(services.settings.zone) + _READ_AT
    steps.analyse(services, now)
    issue = steps.draft(services, week, now)
    with services.archive.writing() as db:
        issues.freeze(db, issue, {})
    return [
        Carried.of(item.articles, f"{item.perspective:10} {item.section or '':8} {item.headline}")
        for item in issue.items
    ]


def stories_told(services: Services, week: Week) -> list[tuple[Story, list[Article]]]:
    """All stories of a week that are about AI, with their members."""
    with services.archive.reading() as db:
        stories = [one for one in findings.stories_of_week(db, week, services.settings.zone) if one.ai]
        known: Mapping[ArticleId, Article] = intake.articles_by_id(db, [id_ for one in stories for id_ in one.articles])
    return [(one, [known[id_] for id_ in one.articles if id_ in known]) for one in stories]


def report(name: str, issue: Sequence[Carried], told: Sequence[tuple[Story, list[Article]]], *, show: bool) -> None:
    """Print one week's figures."""
    picks, gold = picks_of(folder("stories", f"{READ[name]}_editors.json")), gold_of(name)
    everything = [Carried.of(members) for _, members in told]
    at_hand = [pick for pick in picks if pick.is_in(everything)]
    families = sorted(told, key=lambda pair: (-len({a.family for a in pair[1]}), pair[0].rank))
    members = sorted(told, key=lambda pair: (-len(pair[1]), pair[0].rank))
    readers = sorted({reader for pick in picks for reader in pick.votes})
    print(f"{name}: {len(at_hand)} of {len(picks)} picks at hand; of the 12 places, of each reader's ten, of the gold")
    print(f"  {'':24} picked  by two  votes  {'  '.join(f'{reader:>4}' for reader in readers)}  gold")
    for label, carried in (
        ("issue", issue),
        ("most families", [Carried.of(articles) for _, articles in families[:PLACES]]),
        ("most articles", [Carried.of(articles) for _, articles in members[:PLACES]]),
    ):
        print(f"  {label:24} {figures(carried, picks, readers, gold)}")
    if show:
        for place in issue:
            by = [pick for pick in picks if pick.is_in([place])]
            print(f"    {'+'.join(''.join(sorted(pick.votes)) for pick in by) or '-':8} {place.line}")
        for pick in at_hand:
            if not pick.is_in(issue):
                print(f"    left out {dict(pick.votes)} {pick.title}")


def figures(carried: Sequence[Carried], picks: Sequence[Pick], readers: Sequence[str], gold: Mapping[str, str]) -> str:
    """One line: places picked by one and by two, the votes gained of those twelve could gain, tens, gold."""
    found = [[pick for pick in picks if pick.is_in([place])] for place in carried]
    twice = sum(any(len(pick.votes) > 1 for pick in some) for some in found)
    gained = sum(len(pick.votes) for pick in picks if pick.is_in(carried))
    most = sum(sorted((len(pick.votes) for pick in picks), reverse=True)[:PLACES])
    tens = [
        sum(pick.is_in(carried) for pick in picks if pick.votes.get(reader, PLACES) <= FIRST_TEN) for reader in readers
    ]
    golds = sum(
        any(re.search(one, title, re.IGNORECASE) for c in carried for title in c.titles) for one in gold.values()
    )
    picked = f"{sum(map(bool, found)):3} /{len(carried):2}  {twice:6}  {gained / most:5.2f}"
    return f"{picked}  {'  '.join(f'{ten:4}' for ten in tens)}  {golds:2} /{len(gold)}"


def gold_of(week: str) -> dict[str, str]:
    """The gold stories of a week and the patterns that know them."""
    rows = json.loads(folder("gold", "2026-02_story_key.json").read_text(encoding="utf-8"))
    return {row["story"]: row["regex"] for row in rows if week in weeks_named(row["week"])}


if __name__ == "__main__":
    main()
