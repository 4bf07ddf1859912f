"""What the articles of the last weeks add up to: the one entry into this room.

    documents ─▶ judgements (about AI? which section? a copy?) ─▶ groups (one event, however many outlets)
              ─▶ stories (id, headline, lead, duties, terms) ─▶ topics ─▶ their weeks and trends ─▶ ranks

Pure and deterministic: the same documents in any order, with the same ``before``, give the same findings, and
findings analysed again on top of themselves change nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from analysis import (
    abroad,
    duplicates,
    labels,
    ranking,
    relevance,
    scoring,
    sections,
    stories,
    subjects,
    tracking,
    weekly,
)
from analysis.corrections import Corrections
from analysis.embeddings import Vectors
from analysis.mentions import Mentions
from analysis.telling import Teller
from archive.records.findings import Before, Findings, Judgement, Story, Topic, TopicWeek, WeekCoverage
from archive.records.incoming import Document
from archive.records.knowledge import Correction, Duty, Lexicon
from archive.records.words import ArticleId
from archive.weeks import Week

Documents = Mapping[ArticleId, Document]
Judgements = Mapping[ArticleId, Judgement]


def analyse(
    documents: Sequence[Document],
    *,
    since: datetime,
    until: datetime,
    zone: ZoneInfo,
    before: Before,
    coverage: Mapping[Week, WeekCoverage],
    lexicon: Lexicon,
    duties: Sequence[Duty],
    weights: Mapping[str, float],
    corrections: Sequence[Correction],
    keep_all: bool = False,
    vectors: Vectors | None = None,
) -> Findings:
    """Judge the articles from ``since`` to ``until`` that may be about AI, gather them into stories and topics.

    ``before`` is what the last analysis left; ``weights`` are those of ``ranking`` to be changed. Articles not
    about AI are judged and form no story, unless ``keep_all`` wants a story for each; those rank last. ``vectors`` are
    those of headlines, where there are any.
    """
    mentions, said = Mentions(lexicon), Corrections(corrections)
    present = {one.id: one for one in sorted(documents, key=lambda one: (one.article.moment, one.id))}
    found_copies = duplicates.find(list(present.values()))
    copies = {copy: original for copy, (original, _) in found_copies.items()}
    gathered = _group(present, copies, mentions, said, vectors)
    judgements = _judge(present, gathered, found_copies, mentions, said)
    groups = _kept(gathered, judgements, keep_all=keep_all)
    traced = tracking.trace(groups, before.stories, present)
    teller = Teller(traced.groups, judgements, mentions, duties, said)
    written = [teller.story(group) for group in traced.groups]

    found = subjects.follow(written, traced, before.topics, mentions, said, until=until)
    filed = [replace(story, topic=found.topic_of.get(story.id)) for story in written]
    weeks = weekly.topic_weeks(
        found.topics,
        filed,
        weekly.tallies(filed, present, copies, zone),
        weekly.inherited(before.topic_weeks, found.redirects),
        window=weekly.Window(since=since, until=until, zone=zone),
        coverage={**before.coverage, **coverage},
    )
    restated = weekly.rewritten(
        before.topic_weeks, found.redirects, weeks, topics=found.topics, coverage=coverage, zone=zone
    )
    cases = _cases(filed, traced.groups, teller, weeks, zone)
    return Findings(
        since=since,
        until=until,
        judgements=tuple(judgements[article] for article in sorted(judgements)),
        stories=tuple(ranking.ranked(cases, weights, until=until, mentions=mentions)),
        story_redirects=traced.redirects,
        topics=_told(found, weeks),
        topic_redirects=found.redirects,
        topic_weeks=(*restated, *weeks),
        story_links=abroad.story_links(written, traced.groups, mentions, vectors),
        topic_changes=found.changes,
        idle_corrections=said.idle(),
        obeyed_corrections=said.obeyed(),
        unseen_corrections=said.unseen(present),
    )


def _judge(
    documents: Documents,
    groups: Sequence[Sequence[ArticleId]],
    copies: Mapping[ArticleId, tuple[ArticleId, str]],
    mentions: Mentions,
    said: Corrections,
) -> Judgements:
    """What is thought of each article: one event's articles together, and people's word first."""
    found = {}
    for group in groups:
        members = [documents[article] for article in group]
        verdicts = relevance.together([relevance.judge(one, mentions) for one in members])
        section = sections.section_of(members, mentions)
        for article, verdict in zip(group, verdicts, strict=True):
            told = said.ai(article)
            original, reason = copies.get(article, (None, ""))
            found[article] = Judgement(
                article=article,
                ai=(verdict.ai or said.keeps(article)) if told is None else told,
                score=verdict.score if told is None else float(told),
                reasons=verdict.reasons if told is None else ("직접 지정",),
                section=said.section((article,)) or section,
                politics=verdict.politics,
                duplicate_of=original,
                duplicate_reason=reason,
            )
    return found


def _group(
    documents: Documents,
    copies: Mapping[ArticleId, ArticleId],
    mentions: Mentions,
    said: Corrections,
    vectors: Vectors | None,
) -> list[tuple[ArticleId, ...]]:
    """One group for each event, each by time, oldest first."""
    place = {article: row for row, article in enumerate(documents)}
    pairs = {copy: (original, "") for copy, original in copies.items()}
    found = stories.cluster(list(documents.values()), pairs, mentions, vectors)
    groups = said.regroup(found, copies, _likeness(documents))
    return sorted((tuple(sorted(group, key=place.__getitem__)) for group in groups), key=lambda group: place[group[0]])


def _likeness(documents: Documents) -> Callable[[ArticleId, ArticleId], float]:
    return lambda one, other: labels.likeness(documents[one], (documents[other],))


def _kept(
    groups: Sequence[Sequence[ArticleId]], judgements: Judgements, *, keep_all: bool
) -> list[tuple[ArticleId, ...]]:
    """The groups without the articles that are not about AI, unless all are wanted."""
    kept = (tuple(one for one in group if keep_all or judgements[one].ai) for group in groups)
    return [group for group in kept if group]


def _cases(
    filed: Sequence[Story],
    groups: Sequence[tracking.Group],
    teller: Teller,
    weeks: Sequence[TopicWeek],
    zone: ZoneInfo,
) -> list[scoring.Case]:
    """What ranking judges each story by; the trend is that of its topic in the week of its last article."""
    trends = {(row.topic, row.week): row.trend for row in weeks}
    return [
        scoring.Case(
            story=story,
            documents=teller.originals(group.documents),
            families=len({one.article.family for one in group.documents}),
            trend=trends.get((story.topic, Week.containing(story.last_seen, zone))) if story.topic else None,
        )
        for story, group in zip(filed, groups, strict=True)
    ]


def _told(found: subjects.Subjects, weeks: Sequence[TopicWeek]) -> tuple[Topic, ...]:
    """The topics that hold a story now or have a week to tell of."""
    seen = {*found.topic_of.values(), *(row.topic for row in weeks)}
    return tuple(topic for topic in found.topics if topic.id in seen)
