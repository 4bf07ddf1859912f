"""Corrections (정정): what a sent issue had wrong is put right in a next revision, and told to who had an earlier one.

Nobody is sent the issue a second time: they get a notice that says what was wrong, with the corrected page attached.
Who has not been sent it yet gets the corrected issue.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from archive import approvals, edits, issues, outbox
from archive.records.issue import Issue, IssueItem
from archive.records.ledgers import Approval, Delivery, Reader, correction_letter
from archive.weeks import Week
from digest.delivery import mailbox
from digest.editing import apply
from donghyang import publishing, subscribing
from donghyang.approving import OUT, was_sent
from donghyang.handover import Posted
from donghyang.messages import say
from donghyang.notices import notice
from donghyang.posting import post, recover
from donghyang.services import Services
from donghyang.troubles import Refused


def correct(services: Services, week: Week, what: str, who: str, now: datetime) -> Posted:
    """Make the corrected revision and tell the readers who had the issue, all at once or not at all.

    The edits made since the issue went out are in it. Refused when nothing was sent yet, or with no words. Hold the
    runs' lock.
    """
    told = " ".join(what.split())
    if not told:
        raise Refused(say("correction.no_words"))
    recover(services, now)
    with services.archive.reading() as db:
        issue, filed = issues.issue(db, week), outbox.deliveries(db, week)
        fresh = [one for one in edits.standing(db, week) if issue and one.number not in _obeyed(issue)]
    if issue is None or not was_sent(filed):
        raise Refused(say("correction.not_sent", week=week))
    revised = _revised(issue, apply(issue, fresh), told, now)
    files = publishing.issue_files(revised, services)
    letters = list(_notices(services, issue, revised, filed, files["issue.html"], now))
    with services.archive.writing() as db:
        issues.freeze(db, revised, files, told)
        approvals.note(db, Approval(week=week, revision=revised.revision, who=who, at=now))
        outbox.take_back(db, week)
        for letter in letters:
            outbox.file_delivery(db, letter)
    publishing.write_issues(services)
    return post(services, letters, now, ())


def _obeyed(issue: Issue) -> set[int]:
    return {one.number for one in issue.edits}


def _revised(issue: Issue, edited: Issue, what: str, now: datetime) -> Issue:
    return replace(
        edited,
        edits=(*issue.edits, *edited.edits),
        revision=issue.revision + 1,
        made=now,
        corrected=issue.corrected + 1,
        correction=what,
    )


def _notices(
    services: Services, issue: Issue, revised: Issue, filed: list[Delivery], page: bytes, now: datetime
) -> Iterator[Delivery]:
    """A notice for each of today's readers who may have had the issue."""
    had = {mailbox(letter.reader): letter for letter in filed if letter.state in OUT}
    subject = say("correction.subject", number=issue.number, what=revised.correction)
    text = _text(services, issue, revised)
    for reader in subscribing.readers_now(services, now):
        if letter := had.get(mailbox(reader.email)):
            yield notice(
                services,
                revised,
                Reader(name=reader.name, email=reader.email),
                now,
                letter=correction_letter(revised.revision),
                subject=subject,
                text=text,
                page=page,
                answers=letter.message_id,
            )


def _text(services: Services, issue: Issue, revised: Issue) -> str:
    contact = services.settings.edition().contact or issue.organisation
    lines = [f"  - {line}" for line in changes(issue, revised)]
    return "\n".join(
        [
            say("correction.opening", title=issue.title, number=issue.number),
            "",
            say("correction.what", what=revised.correction),
            *([say("correction.changed"), *lines] if lines else []),
            "",
            say("correction.closing", contact=contact),
            "",
        ]
    )


def changes(issue: Issue, revised: Issue) -> Iterator[str]:
    """What is different for a reader, item by item."""
    before = {item.story: item for item in issue.items}
    after = {item.story: item for item in revised.items}
    for story, item in before.items():
        if story not in after:
            yield say("correction.dropped", rank=item.rank, headline=item.headline)
            continue
        yield from _changes(item, after[story])


def _changes(before: IssueItem, after: IssueItem) -> Iterator[str]:
    if before.headline != after.headline:
        yield say("correction.headline", rank=before.rank, before=before.headline, after=after.headline)
    if before.note != after.note:
        yield say("correction.note", rank=before.rank, headline=after.headline, note=after.note)
    if before.implication != after.implication:
        yield say("correction.implication", rank=before.rank, headline=after.headline, words=after.implication)
