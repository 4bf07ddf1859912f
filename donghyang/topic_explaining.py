"""Why stories are one topic, why it is called so, and why it rises or fades: from the archive alone."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from analysis.labels import JOINT
from analysis.mentions import Mentions
from analysis.naming import Names, term_weights
from analysis.topics import likeness
from archive import corrections, findings, intake
from archive.records.findings import Story, Topic
from archive.records.incoming import Article
from archive.records.knowledge import Lexicon
from donghyang.messages import say

Row = dict[str, Any]
_SHOWN = 6  # terms of a story
_KNOWN_WEEKS = 2  # without so many weeks to compare there is no "usual"


def explain(db: Connection, topic: Topic, lexicon: Lexicon) -> Row:
    """Everything that made a topic what it is; keys as docs/formats.md shows them."""
    found = findings.stories_by_id(db, topic.stories).values()
    stories = sorted(found, key=lambda story: (story.first_seen, story.id))
    mentions = Mentions(lexicon)
    return {
        "together": _together(stories, mentions),
        "label": _label(db, topic, stories, mentions),
        "first": _first(db, stories),
        "changes": [
            {
                "kind": change.kind,
                "topic": change.topic,
                "other": change.other,
                "label": change.label,
                "stories": change.stories,
                "at": change.at,
            }
            for change in findings.topic_changes(db, topic.id)
        ],
    }


def _together(stories: Sequence[Story], mentions: Mentions) -> list[Row]:
    """Each story with how like the others it is on average, and the terms it shares with any of them."""
    shares = likeness([story.terms for story in stories], term_weights(mentions))
    rows = []
    for story, share in zip(stories, shares, strict=True):
        others = {term for other in stories if other.id != story.id for term in other.terms}
        shared = [term for term in story.terms if term in others][:_SHOWN]
        rows.append(
            {
                "story": story.id,
                "label": story.label,
                "first_seen": story.first_seen,
                "likeness": round(share, 2),
                "terms": shared,
            }
        )
    return rows


def _label(db: Connection, topic: Topic, stories: Sequence[Story], mentions: Mentions) -> Row:
    """What the name is made of, how many stories tell of it, and whether somebody gave it."""
    names = Names.unweighed(mentions)
    parts = names.canonical(topic.label)
    given = any(one.kind == "topic-name" and one.value.strip() == topic.label for one in corrections.standing(db))
    telling = [story for story in stories if parts[0] in story.terms]
    return {"name": topic.label, "parts": list(parts), "in": len(telling), "among": len(stories), "given": given}


def _first(db: Connection, stories: Sequence[Story]) -> Row | None:
    """The earliest article of the topic: who had it first."""
    members = intake.articles_by_id(db, [article for story in stories for article in story.articles]).values()
    first: Article | None = min(members, key=lambda one: (one.moment, one.id), default=None)
    if first is None:
        return None
    return {"article": first.id, "title": first.title, "outlet": first.outlet, "at": first.moment, "url": first.url}


def sentences(rows: Sequence[Mapping[str, Any]], why: Mapping[str, Any], zone: ZoneInfo) -> Iterator[str]:
    """What the evidence comes to, for a person: the name, who was first, what it went through, why it moves."""
    label, first = why["label"], why["first"]
    if label["given"]:
        yield say("topic.why.given", name=label["name"])
    else:
        yield say("topic.why.label", name=label["name"], part=label["parts"][0], of=label["in"], among=label["among"])
    if first:
        yield say("topic.why.first", day=_day(first["at"], zone), outlet=first["outlet"], title=first["title"])
    for change in why["changes"]:
        facts = {"day": _day(change["at"], zone)} | {key: change[key] for key in ("label", "other", "stories")}
        yield say("topic.why.merge", **facts) if change["kind"] == "merge" else say("topic.why.split", **facts)
    for row in rows[-_KNOWN_WEEKS:]:
        yield trend_sentence(row)


def trend_sentence(row: Mapping[str, Any]) -> str:
    """Why a topic's week is called what it is called."""
    known = [count for count in row["baseline"] if count is not None]
    facts = {"week": row["week"], "count": row["count"], "families": row["families"], "weeks": len(known)}
    if row["z"] is None or not known:
        return say("trend.why.unknown", **facts)
    usual = sum(known) / len(known)
    before = ", ".join("-" if count is None else f"{count:.0f}" for count in row["baseline"])
    return say(f"trend.why.{row['trend']}", usual=usual, before=before, z=row["z"], **facts)


def bond_cells(row: Mapping[str, Any], zone: ZoneInfo) -> tuple[object, ...]:
    """A line of the table of a topic's stories."""
    return row["story"], _day(row["first_seen"], zone), f"{row['likeness']:.2f}", row["label"], JOINT.join(row["terms"])


def _day(moment: Any, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d}"
