"""An editor's hand: what is in, where, and in which words; kept with who and why, obeyed by every later composing.

Before anything was sent an edit of an issue that is made already makes its next revision, which waits for approval
again; afterwards it waits for the correction that tells readers of it (donghyang.amending).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, get_args

from sqlalchemy import Connection

from archive import edits, findings, holding, intake, issues, outbox
from archive.addresses import article_under
from archive.records.edits import Edit, EditKind
from archive.records.findings import Story
from archive.records.issue import Issue
from archive.records.words import ArticleId, StoryId
from archive.weeks import Week
from collectors.urls import canonical
from digest.editing import PERSPECTIVES, SECTIONS, TOP
from donghyang import publishing, steps
from donghyang.approving import was_sent
from donghyang.messages import say
from donghyang.services import Services
from donghyang.troubles import Refused

KINDS: Final[tuple[EditKind, ...]] = get_args(EditKind)
_IN_WORDS: Final = frozenset({"headline", "note", "implication"})
_LONGEST: Final = 400  # characters of an editor's own words
_MOST_PLACES: Final = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Who edits, when and why."""

    who: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Edited:
    """What came of an edit."""

    number: int
    revision: int | None  # the revision it made; None when the issue is not made yet, or was sent
    sent: bool


def edit(services: Services, week: Week, kind: EditKind, subject: str, value: str, hand: Hand) -> Edited:
    """Do something to a week's issue; Refused when there is nothing it can be done to. Hold the runs' lock."""
    told = _checked(kind, value)
    with services.archive.reading() as db:
        frozen = issues.issue(db, week)
    shown = frozen or steps.draft(services, week, hand.at)
    sent = frozen is not None and is_out(services, week)
    if sent and kind == "pin":
        raise Refused(say("edit.no_pin_after", week=week))
    with services.archive.writing() as db:
        article, story = _subject(db, shown, subject)
        said = Edit(
            number=0,
            at=hand.at,
            who=hand.who,
            kind=kind,
            article=article,
            value=told,
            reason=hand.reason,
            stood=_stood(shown, story, article),
        )
        number = edits.add(db, week, said)
    if frozen is None or sent:
        return Edited(number, None, sent)
    revised = _revise(services, frozen, number, hand, say("edit.reason", kind=say(f"edit.{kind}"), who=hand.who))
    return Edited(number, revised, sent=False)


def undo(services: Services, week: Week, number: int, hand: Hand) -> Edited:
    """Take an edit back; Refused when there is none such, or readers have seen what it did. Hold the runs' lock."""
    with services.archive.reading() as db:
        done = {one.number: one for one in edits.history(db, week)}.get(number)
        frozen = issues.issue(db, week)
    if done is None or done.withdrawn is not None:
        raise Refused(say("edit.none", week=week, number=number))
    sent = frozen is not None and is_out(services, week)
    if sent and frozen and any(one.number == number for one in frozen.edits):
        raise Refused(say("edit.seen", week=week, number=number))
    with services.archive.writing() as db:
        edits.withdraw(db, week, number, who=hand.who, reason=hand.reason, at=hand.at)
    if frozen is None or sent:
        return Edited(number, None, sent)
    reason = say("edit.undone_reason", number=number, who=hand.who)
    return Edited(number, _revise(services, frozen, None, hand, reason), sent=False)


def is_out(services: Services, week: Week) -> bool:
    """Whether readers may have a week's issue: a letter went out, or a restore cannot tell."""
    with services.archive.reading() as db:
        held_before = holding.held_before(db)
        return was_sent(outbox.deliveries(db, week)) or (held_before is not None and week < held_before)


def rows(services: Services, week: Week | None = None) -> list[dict[str, Any]]:
    """What editors did, oldest first, with how each story stood before."""
    with services.archive.reading() as db:
        done = edits.history(db, week)
        weeks = [week] * len(done) if week else edits.weeks(db)
    return [
        {
            "number": one.number,
            "week": str(of),
            "at": one.at,
            "who": one.who,
            "kind": one.kind,
            "article": one.article,
            "value": one.value,
            "reason": one.reason,
            "stood": dict(one.stood),
            "withdrawn": one.withdrawn,
        }
        for of, one in zip(weeks, done, strict=True)
    ]


def _revise(services: Services, frozen: Issue, number: int | None, hand: Hand, reason: str) -> int:
    """Compose the week again and freeze the next revision; an edit that changes nothing is taken back and refused."""
    issue = replace(steps.draft(services, frozen.week, hand.at), revision=frozen.revision + 1, late=frozen.late)
    if number is not None and number not in {one.number for one in issue.edits}:
        with services.archive.writing() as db:
            edits.withdraw(db, frozen.week, number, who=hand.who, reason=say("edit.no_effect_reason"), at=hand.at)
        raise Refused(say("edit.no_effect", week=frozen.week))
    files = publishing.issue_files(issue, services)
    with services.archive.writing() as db:
        issues.freeze(db, issue, files, reason)
        outbox.take_back(db, issue.week)
    publishing.write_issues(services)
    return issue.revision


def _checked(kind: EditKind, value: str) -> str:
    """The value as it is kept; Refused when the kind of edit cannot do with it."""
    told = " ".join(value.split())
    if kind in _IN_WORDS and not (kind != "headline" or told):
        raise Refused(say("edit.no_words"))
    if kind in _IN_WORDS and len(told) > _LONGEST:
        raise Refused(say("edit.too_long", most=_LONGEST))
    if kind == "move" and told not in {TOP, *PERSPECTIVES, *SECTIONS}:
        if not (told.isdecimal() and 0 < int(told) <= _MOST_PLACES):
            raise Refused(say("edit.where", choices=", ".join((TOP, *PERSPECTIVES, *SECTIONS))))
        return str(int(told))
    if kind in {"pin", "drop"} and told:
        raise Refused(say("edit.no_value", kind=kind))
    return told


def _subject(db: Connection, shown: Issue, subject: str) -> tuple[ArticleId, Story | None]:
    """The article that stands for a story: by its number in the issue, its id, or the id or address of an article."""
    if subject.isdecimal():
        item = next((item for item in shown.items if item.rank == int(subject)), None)
        if item is None or not item.articles:
            raise Refused(say("edit.no_item", number=subject, last=len(shown.items)))
        return item.articles[0].id, findings.story(db, item.story)
    story = findings.story(db, StoryId(subject))
    if story is not None:
        return story.lead, story
    article = intake.article(db, ArticleId(subject))
    under = article.id if article else article_under(db, canonical(subject))
    if under is None:
        raise Refused(say("edit.unknown", subject=subject))
    return under, None


def _stood(shown: Issue, story: Story | None, article: ArticleId) -> Mapping[str, float | str]:
    """How the story stood before the edit, so that the ranking can be judged against the editor."""
    item = next((item for item in shown.items if any(one.id == article for one in item.articles)), None)
    stood: dict[str, float | str] = {"item": item.rank if item else 0}
    if item:
        stood |= {"story": item.story, "headline": item.headline, "perspective": item.perspective}
        stood |= {"section": item.section or ""} | {f"score.{part}": value for part, value in item.score.items()}
    if story:
        stood |= {"story": story.id, "rank": float(story.rank)}
        stood.setdefault("headline", story.label)
        stood |= {f"score.{part}": value for part, value in story.score.items()}
    return stood
