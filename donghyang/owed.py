"""Whose letters are due: the issue to its readers, the draft to who approves it. Decisions from what is kept.

A week's letters are due at its hour, moved off holidays, once the issue is approved where that is asked for; those
a restore holds wait for a person, and who is paused when an issue goes out is passed over for good.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from archive import approvals, holding, issues, outbox
from archive import readers as kept
from archive.records.issue import Issue
from archive.records.ledgers import DRAFT, REMINDER, Reader
from archive.weeks import Week
from digest import delivery as decisions
from digest.readership import state_of
from donghyang.messages import say
from donghyang.services import Services
from donghyang.subscribing import today
from donghyang.workdays import letters_due

LETTERS_FOR: Final = timedelta(days=21)  # an older issue is history, also for those whose letters never went out


@dataclass(frozen=True, slots=True)
class Owed:
    """A letter of an issue that its reader lacks."""

    issue: Issue
    reader: Reader
    held: bool = False  # it may have gone out before a restore
    resting: bool = False  # the reader wants none, or cannot be reached


@dataclass(frozen=True, slots=True)
class Nudge:
    """A letter to who approves."""

    issue: Issue
    reader: Reader
    letter: str  # DRAFT or REMINDER
    due: datetime  # when the issue's own letters are


def letters_owed(services: Services, now: datetime) -> list[tuple[Issue, Reader]]:
    """Issues of the last weeks whose letters are due, with the readers who lack them; not those a restore holds."""
    return [(one.issue, one.reader) for one in lacking(services, now) if not (one.held or one.resting)]


def letters_held(services: Services, now: datetime) -> list[tuple[Week, Reader]]:
    """Letters that may have gone out before the archive was restored, and wait for a person to ask for them."""
    return [(one.issue.week, one.reader) for one in lacking(services, now) if one.held and not one.resting]


def lacking(services: Services, now: datetime) -> list[Owed]:
    """Each issue of the last weeks whose letters are due, with each reader it has not been filed for.

    Who became a reader after an issue went to the others begins with the newest: back numbers are sent when asked for.
    """
    readers, found = services.settings.reader_records(), list[Owed]()
    with services.archive.reading() as db:
        held_before, changes = holding.held_before(db), kept.standing(db)
        weeks = _weeks_due(services, db, now)
        joined = {decisions.mailbox(reader): week for reader, week in outbox.first_weeks(db).items()}
        for week in weeks:
            issue, filed = issues.issue(db, week), outbox.deliveries(db, week)
            if issue is None or not cleared(services, db, issue):
                continue
            for reader in decisions.lacking(readers, filed, week):
                late = filed and week < joined.get(decisions.mailbox(reader.email), weeks[-1])
                resting = state_of(reader, changes, today(services, now)) != "active"
                if not late:
                    found.append(Owed(issue, reader, held_before is not None and week < held_before, resting))
    return found


def cleared(services: Services, db: Connection, issue: Issue) -> bool:
    """Whether an issue may go to its readers: nobody need approve it, somebody has, or a correction of it went out."""
    if not services.settings.digest.approval or issue.corrected:
        return True
    return approvals.approval(db, issue.week, issue.revision) is not None


def nudges_due(services: Services, now: datetime) -> list[Nudge]:
    """Letters to who approves that are due: one when the draft is there, one before its hour; neither twice."""
    digest = services.settings.digest
    if not (digest.approval and digest.approver):
        return []
    found: list[Nudge] = []
    with services.archive.reading() as db:
        held_before = holding.held_before(db)
        for week in _weeks_made(db, now):
            issue = issues.issue(db, week)
            held = held_before is not None and week < held_before
            if issue is None or held or cleared(services, db, issue) or outbox.deliveries(db, week):
                continue
            found += _nudges(services, db, issue, now)
    return found


def _nudges(services: Services, db: Connection, issue: Issue, now: datetime) -> list[Nudge]:
    """Of one issue: a reminder only to who had the draft some time before."""
    due, remind = letters_due(services.settings, issue.week), services.settings.digest.remind
    drafted = {decisions.mailbox(one.reader): one.created for one in outbox.deliveries(db, issue.week, DRAFT)}
    reminded = {decisions.mailbox(one.reader) for one in outbox.deliveries(db, issue.week, REMINDER)}
    found: list[Nudge] = []
    for email in services.settings.digest.approver:
        reader, at = Reader(name="", email=email), drafted.get(decisions.mailbox(email))
        if at is None:
            found.append(Nudge(issue, reader, DRAFT, due))
        elif remind and at < due - remind <= now and decisions.mailbox(email) not in reminded:
            found.append(Nudge(issue, reader, REMINDER, due))
    return found


def _weeks_made(db: Connection, now: datetime) -> list[Week]:
    """The weeks whose issue was made lately, oldest first."""
    return sorted({row.week for row in issues.issue_rows(db) if now - row.made < LETTERS_FOR})


def _weeks_due(services: Services, db: Connection, now: datetime) -> list[Week]:
    return [week for week in _weeks_made(db, now) if letters_due(services.settings, week) <= now]


def letters_later(services: Services, now: datetime) -> tuple[Week, datetime] | None:
    """The first issue whose letters have still to come, and when; None when none is awaited or nobody reads."""
    with services.archive.reading() as db:
        weeks = {week: letters_due(services.settings, week) for week in _weeks_made(db, now)}
    awaited = sorted((at, week) for week, at in weeks.items() if at > now)
    return (awaited[0][1], awaited[0][0]) if awaited and services.settings.readers else None


def told_later(services: Services, now: datetime) -> str:
    """What the readers still have to wait for, in a sentence or two; "" when nothing."""
    lines = [say("run.waits_for_approval", week=issue.week) for issue in waiting(services, now)]
    awaited = letters_later(services, now)
    if awaited is not None:
        week, at = awaited
        lines.append(say("run.letters_later", week=week, at=f"{at:%Y-%m-%d %H:%M}"))
    return "\n".join(lines)


def waiting(services: Services, now: datetime) -> list[Issue]:
    """The issues of the last weeks that wait for somebody's approval."""
    with services.archive.reading() as db:
        made = [issues.issue(db, week) for week in _weeks_made(db, now)]
        return [
            issue
            for issue in made
            if issue and not cleared(services, db, issue) and not outbox.deliveries(db, issue.week)
        ]
