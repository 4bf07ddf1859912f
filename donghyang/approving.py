"""Draft → approved → sent: who approves is told that an issue waits, and what to look at before letting it go.

Somebody's word is kept for one revision: what is changed afterwards waits again. Stories that name our city and those
marked as politics are shown apart; politics enter an issue only when an editor pins them.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal

from archive import approvals, findings, intake, issues, outbox
from archive.records.findings import Story
from archive.records.issue import Issue
from archive.records.ledgers import DRAFT, Approval, Delivery, Reader
from archive.weeks import Week
from donghyang import owed
from donghyang.messages import say
from donghyang.notices import notice
from donghyang.owed import Nudge
from donghyang.services import Services

IssueState = Literal["made", "draft", "approved", "sent"]
_POLITICS_SHOWN = 20
OUT = frozenset({"sent", "written", "unknown", "data", "sending"})  # a letter in one of these may be at its reader


def approvers(services: Services) -> tuple[Reader, ...]:
    """Who is told of drafts."""
    return tuple(Reader(name="", email=email) for email in services.settings.digest.approver)


def was_sent(letters: Iterable[Delivery]) -> bool:
    """Whether a reader may have the issue already."""
    return any(letter.state in OUT for letter in letters)


def state_of(services: Services, issue: Issue) -> IssueState:
    """How far an issue has come; "made" where nobody need approve it and nothing has gone out."""
    with services.archive.reading() as db:
        if was_sent(outbox.deliveries(db, issue.week)):
            return "sent"
        approved = approvals.approval(db, issue.week, issue.revision) is not None
    if approved:
        return "approved"
    return "draft" if services.settings.digest.approval else "made"


def approve(services: Services, week: Week, who: str, now: datetime, *, granted: bool = True) -> Issue | None:
    """Let the newest revision of a week's issue go out, or take that back; None when there is no issue."""
    with services.archive.writing() as db:
        issue = issues.issue(db, week)
        if issue is not None:
            approvals.note(db, Approval(week=week, revision=issue.revision, who=who, at=now, granted=granted))
    return issue


def freeze_nudges(services: Services, now: datetime) -> None:
    """Make every letter that who approves is owed."""
    for nudge in owed.nudges_due(services, now):
        letter = _letter(services, nudge, now)
        with services.archive.writing() as db:
            outbox.file_delivery(db, letter)


def _letter(services: Services, nudge: Nudge, now: datetime) -> Delivery:
    issue = nudge.issue
    with services.archive.reading() as db:
        files = issues.files(db, issue.week, issue.revision)
    return notice(
        services,
        issue,
        nudge.reader,
        now,
        letter=nudge.letter,
        subject=say(f"approval.{nudge.letter}", number=issue.number, title=issue.title),
        text=_text(services, nudge, files["issue.txt"].decode()),
        page=files["issue.html"],
    )


def _text(services: Services, nudge: Nudge, whole: str) -> str:
    """What is asked, what to look at, and the issue as it stands."""
    issue, at = nudge.issue, nudge.due.astimezone(services.settings.zone)
    told = {"week": issue.week, "number": issue.number, "at": f"{at:%Y-%m-%d %H:%M}", "count": len(issue.items)}
    opening = "approval.asked_again" if nudge.letter != DRAFT else "approval.asked"
    stories = _stories(services, issue.week)
    return "\n".join(
        [
            say(opening, **told),
            say("approval.how", **told),
            "",
            say("approval.naming", city=", ".join(services.settings.digest.city) or say("approval.no_city")),
            *(_bullets(_naming(services, issue, stories))),
            "",
            say("approval.politics", **told),
            *(_bullets(_line(issue, story) for story in stories if story.politics)),
            "",
            whole,
        ]
    )


def _bullets(lines: Iterable[str]) -> list[str]:
    return [f"  ○ {line}" for line in lines][:_POLITICS_SHOWN] or [f"  {say('approval.nothing')}"]


def _stories(services: Services, week: Week) -> list[Story]:
    """The week's stories about AI, by rank."""
    with services.archive.reading() as db:
        found = findings.stories_of_week(db, week, services.settings.zone)
    return sorted((story for story in found if story.ai), key=lambda story: (story.rank, story.id))


def _naming(services: Services, issue: Issue, stories: Iterable[Story]) -> Iterator[str]:
    """The stories of which a headline, or a sentence of the issue, names our city."""
    names, listed = services.settings.digest.city, list(stories)
    if not names:
        return
    with services.archive.reading() as db:
        known = intake.articles_by_id(db, [id_ for story in listed for id_ in story.articles])
    said = {item.story: " ".join(line.text for line in item.sentences) for item in issue.items}
    for story in listed:
        titles = " ".join(known[id_].title for id_ in story.articles if id_ in known)
        if any(name in f"{story.label} {titles} {said.get(story.id, '')}" for name in names):
            yield _line(issue, story)


def _line(issue: Issue, story: Story) -> str:
    """A story by its headline, with where it stands in the issue or by what it can be pinned."""
    rank = next((item.rank for item in issue.items if item.story == story.id), None)
    where = say("approval.inside", rank=rank) if rank else say("approval.outside", story=story.id)
    return f"{story.label} ({where})"
