"""Is a topic of one week that of the next? Ten weeks of recorded headlines, analysed week by week as they came.

    python -m benchmarks.topics [--list]

``topic_links.jsonl`` holds what a reader judged: whether what was told in a week and what was told in the next are one
long-lived subject (what an editor would file under one heading narrower than a company). An article is the first 16
hex digits of its address' SHA-256, so no headline is kept there. Two kinds:

- *topics*: a week's group of stories and a group of the next week's (52; every pair of groups, each week gathered by
  itself, that either share an id here, or a word in their names, or a cosine of .1 between their centroids);
- *stories*: one story each (65; half drawn from pairs in one topic, half from other pairs that are alike). Harder, and
  a matter of taste: two stories on AI chips are one subject to some.

A link is asserted when the topic that holds most of the one group is the one that holds most of the other. Beside it
the likeness of the centroids alone, over the same articles. Also printed: how often a topic's name changes from week
to week, and the longest topics. ``--list`` prints the topics of each week.
"""

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from analysis.findings import analyse
from analysis.mentions import Mentions
from analysis.naming import term_weights
from analysis.tokens import Tokenizer
from analysis.topics import vectors
from archive.records.findings import Before, Findings, Story
from archive.records.incoming import Document
from archive.records.words import ArticleId, TopicId
from archive.weeks import Week
from benchmarks.data import folder
from benchmarks.labelled import documents
from donghyang.config import lexicon

LINKS = Path(__file__).with_name("topic_links.jsonl")
SEOUL = ZoneInfo("Asia/Seoul")
_SECTIONS = {"IT", "기업", "Technology", "Business"}
_WINDOW = timedelta(days=14)
_FIRST, _WEEKS = Week(2025, 50), 10
_ID = 16

Group = tuple[ArticleId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two groups of articles, of a week and of the next, and whether a reader called them one subject."""

    kind: str
    week: Week
    one: Group
    other: Group
    same: bool


@dataclass(slots=True)
class Told:
    """What the analyses of all weeks say."""

    topic_of: dict[Week, Mapping[ArticleId, TopicId]] = field(default_factory=dict)
    stories: dict[Week, Mapping[ArticleId, Story]] = field(default_factory=dict)
    labels: dict[Week, Mapping[TopicId, str]] = field(default_factory=dict)
    merged: dict[TopicId, TopicId] = field(default_factory=dict)
    changes: Counter[str] = field(default_factory=Counter)


def main() -> None:
    """Analyse the weeks, then score the links."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--list", action="store_true")
    asked = options.parse_args()
    told = _analysed(documents(headlines(), Tokenizer(lexicon())))
    for kind in ("topics", "stories"):
        links = [link for link in _links() if link.kind == kind]
        print(
            f"links between {kind} of two weeks: {len(links)}, {sum(link.same for link in links)} of them one subject"
        )
        print(f"  ours                 {_score(links, [_asserted(link, told) for link in links])}")
        likeness = [_likeness(link, told) for link in links]
        for least in (0.3, 0.5):
            print(f"  centroid cosine {least}  {_score(links, [value >= least for value in likeness])}")
    _names(told)
    if asked.list:
        _list(told)


def _score(links: Sequence[Link], asserted: Sequence[bool]) -> str:
    right = sum(link.same and said for link, said in zip(links, asserted, strict=True))
    precision = right / max(1, sum(asserted))
    return f"P {precision:.3f} R {right / sum(link.same for link in links):.3f} ({sum(asserted)} asserted)"


def _asserted(link: Link, told: Told) -> bool:
    """Whether, after the analysis of the second week, one topic holds most of either group."""
    held = told.topic_of[link.week.ahead(1)]
    one, other = (
        Counter(held.get(article) for article in group).most_common(1)[0][0] for group in (link.one, link.other)
    )
    return one is not None and one == other


def _likeness(link: Link, told: Told) -> float:
    """The cosine of the two groups' mean vectors of terms, weighed as topics weigh them; 0 when one is not there."""
    held = told.stories[link.week.ahead(1)]
    sides = [[held[article] for article in group if article in held] for group in (link.one, link.other)]
    if not all(sides):
        return 0.0
    every = list({story.id: story for story in held.values()}.values())
    made = vectors([story.terms for story in every], len(every), term_weights(Mentions(lexicon()))).toarray()
    row = {story.id: place for place, story in enumerate(every)}
    one, other = (made[[row[story.id] for story in side]].mean(axis=0) for side in sides)
    norm = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / norm if norm else 0.0


def _names(told: Told) -> None:
    """How steady names are, over topics told of in a week and in the next."""
    kept = changed = 0
    lived: Counter[TopicId] = Counter()
    for week, held in told.topic_of.items():
        lived.update(set(held.values()))
        after = told.labels.get(week.ahead(1), {})
        for topic in set(held.values()) & after.keys():
            kept += after[topic] == told.labels[week][topic]
            changed += after[topic] != told.labels[week][topic]
    last = told.labels[max(told.labels)]
    print(f"names kept from week to week: {kept / (kept + changed):.3f} of {kept + changed}")
    print(f"merges {told.changes['merge']}, splits {told.changes['split']}, topics {len(lived)}; the longest:")
    print("  " + ", ".join(f"{last[topic]} ({weeks})" for topic, weeks in lived.most_common() if topic in last))


def _list(told: Told) -> None:
    for week, held in told.topic_of.items():
        print(f"== {week}")
        stories = {story.id: story for story in told.stories[week].values()}
        for topic, label in told.labels[week].items():
            members = {told.stories[week][article].id for article, one in held.items() if one == topic}
            print(f"{topic} {label}")
            print("\n".join(f"    {stories[one].label}" for one in sorted(members)))


def _analysed(read: Sequence[Document]) -> Told:
    """What the weeks say, one after the other."""
    told = Told()
    for week, found in weekly(read):
        _note(told, week, found)
    return told


def weekly(read: Sequence[Document]) -> Iterator[tuple[Week, Findings]]:
    """Each week analysed on top of what the weeks before left, as the archive would keep it."""
    before = Before()
    for week in (_FIRST.ahead(number) for number in range(_WEEKS)):
        until = week.end(SEOUL)
        since = Week.containing(until - _WINDOW, SEOUL).start(SEOUL)
        within = [one for one in read if since <= one.article.moment < until]
        found = analyse(
            within,
            since=since,
            until=until,
            zone=SEOUL,
            before=before,
            coverage={},
            lexicon=lexicon(),
            duties=(),
            weights={},
            corrections=(),
        )
        before = _kept(before, found)
        yield week, found


def _note(told: Told, week: Week, found: Findings) -> None:
    told.stories[week] = {article: story for story in found.stories for article in story.articles}
    told.topic_of[week] = {article: story.topic for article, story in told.stories[week].items() if story.topic}
    told.labels[week] = {topic.id: topic.label for topic in found.topics}
    told.changes.update(change.kind for change in found.topic_changes)


def _kept(old: Before, found: Findings) -> Before:
    """What the archive holds after findings: theirs, and the older stories no article of which is in the window."""
    read = {judgement.article for judgement in found.judgements}
    near = found.since - _WINDOW
    older = [one for one in old.stories if read.isdisjoint(one.articles) and one.last_seen >= near]
    topics = {topic.id: topic for topic in (*old.topics, *found.topics) if topic.id not in found.topic_redirects}
    return Before(stories=(*older, *found.stories), topics=tuple(topics.values()), topic_weeks=found.topic_weeks)


def headlines(*, every: bool = False) -> list[dict[str, Any]]:
    """The recorded headlines on technology and companies, or of every section, each address once."""
    rows: dict[str, dict[str, Any]] = {}
    for language in ("ko", "en"):
        source = folder("headlines", f"{language}_2025-12-08_2026-02-14.jsonl")
        for line in source.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if every or row["category"] in _SECTIONS:
                rows.setdefault(row["url"], row | {"lang": language})
    return [_row(row) for row in rows.values()]


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    noon = datetime.fromisoformat(f"{row['snapshot']}T12:00:00").replace(tzinfo=SEOUL)
    return {
        "id": hashlib.sha256(row["url"].encode()).hexdigest()[:_ID],
        "title": row["title"],
        "text": "",
        "lang": row["lang"],
        "published": noon.isoformat(),
        "outlet": row["source"],
        "url": row["url"],
    }


def _links() -> Iterable[Link]:
    for line in LINKS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Link(
            kind=row["kind"],
            week=Week.parse(row["week"]),
            one=tuple(ArticleId(article) for article in row["one"]),
            other=tuple(ArticleId(article) for article in row["other"]),
            same=row["same"],
        )


if __name__ == "__main__":
    main()
