"""Letters: frozen when they are owed, posted one reader at a time, every step written down before it is done.

    owed ─▶ frozen ─▶ out/WEEK/mail/READER.eml ─▶ the mail server, when [mail] host names one

Whoever posts holds the lock of runs. What came back since the last time is read first (donghyang.returns), so that
nobody who left is written to.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from archive import issues, outbox
from archive.records.issue import Issue
from archive.records.ledgers import DRAFT, ISSUE, REMINDER, Delivery, Reader
from archive.weeks import Week
from digest import delivery as decisions
from digest.mail import message_id
from donghyang import approving, owed, publishing, returns, subscribing
from donghyang.handover import Posted, by_mail, hand_over
from donghyang.logs import logger
from donghyang.messages import say
from donghyang.services import Services
from donghyang.troubles import Refused

__all__ = ["Posted", "deliver", "letters_wait", "post", "recover", "send", "told"]


def letters_wait(services: Services, now: datetime) -> bool:
    """Whether a letter is owed, has waited long enough, came back, or was left in the middle by a run that ended."""
    with services.archive.reading() as db:
        open_ones = outbox.interrupted(db) or bool(_ready(services, outbox.pending(db), now))
    owing = owed.letters_owed(services, now) or owed.nudges_due(services, now)
    return open_ones or bool(owing) or returns.waiting(services)


def deliver(services: Services, now: datetime) -> Posted:
    """Freeze every letter owed, then post those whose time has come."""
    subscribing.recall(services)
    returns.take_in(services, now)
    freeze_owed(services, now)
    approving.freeze_nudges(services, now)
    lost = recover(services, now)
    with services.archive.reading() as db:
        ready = _ready(services, outbox.pending(db), now)
    return post(services, ready, now, lost)


def freeze_owed(services: Services, now: datetime) -> None:
    """Make every letter owed, and keep those of one issue together; who rests is passed over, with a row for it."""
    lacking = [one for one in owed.lacking(services, now) if not one.held]
    for week in dict.fromkeys(one.issue.week for one in lacking):
        made = [
            skipped(one.issue, one.reader, now) if one.resting else frozen(services, one.issue, one.reader, now)
            for one in lacking
            if one.issue.week == week
        ]
        with services.archive.writing() as db:
            for letter in made:
                outbox.file_delivery(db, letter)


def send(services: Services, week: Week, now: datetime, *, to: str = "", unknown: bool = False) -> Posted:
    """Post a week's letters because a person asks: at once, to all readers or to one address.

    Raises LookupError when there is no such issue. Nobody who was sent the issue is sent it again, and who left gets
    none either: an address is written to again when `readers resume` says so.
    """
    with services.archive.reading() as db:
        issue = issues.issue(db, week)
        cleared = issue is not None and owed.cleared(services, db, issue)
    if issue is None:
        raise LookupError(str(week))
    if not cleared:
        raise Refused(say("issue.not_approved", week=week))
    subscribing.recall(services)
    readers = _asked_for(services, to, now)
    if unknown and not to:
        readers = (*readers, *approving.approvers(services))
    recover(services, now)
    with services.archive.writing() as db:
        for reader in () if unknown else readers:
            outbox.forget_skipped(db, week, reader.email)
    with services.archive.reading() as db:
        lacking = () if unknown else decisions.lacking(readers, outbox.deliveries(db, week), week)
    made = [frozen(services, issue, reader, now) for reader in lacking]
    mails = by_mail(services)
    with services.archive.writing() as db:
        for letter in made:
            outbox.file_delivery(db, letter)
        filed = outbox.all_letters(db, week)
        asked = decisions.to_post_again(filed, readers, unknown=unknown, by_mail=mails)
        reopened = [letter for letter in asked if outbox.reopen(db, week, letter.reader, letter.letter)]
        doubtful = decisions.to_post_again(outbox.all_letters(db, week), readers, unknown=True, by_mail=mails)
    return post(services, reopened, now, doubtful)


def _asked_for(services: Services, to: str, now: datetime) -> tuple[Reader, ...]:
    """All who get letters today, or the one at an address; a reader who left is none."""
    if not to:
        return subscribing.readers_now(services, now)
    known = [one for one in subscribing.standings(services, now) if _same(one.reader.email, to)]
    if known:
        return tuple(one.reader for one in known if one.state in {"active", "paused"})
    return (Reader(name="", email=to),)


def _same(one: str, other: str) -> bool:
    return decisions.mailbox(one) == decisions.mailbox(other)


def told(posted: Posted) -> str:
    """How many letters came to what, and by name those that are not out."""
    counts = [
        say("deliver.state", state=say(f"outcome.{state}"), count=len(of)) for state, of in posted.letters.items()
    ]
    lines = [say("deliver.detail", states=" · ".join(counts))] if counts else []
    lines += [
        say("deliver.named", state=say(f"outcome.{state}"), names=", ".join(posted.letters[state]))
        for state in ("pending", "failed")
        if state in posted.letters
    ]
    if doubtful := posted.letters.get("unknown"):
        lines.append(say("deliver.unknown", names=", ".join(doubtful), week=doubtful[0].partition(" ")[0]))
    lines += posted.warnings
    return "\n  ".join([*lines, posted.trouble] if posted.trouble else lines)


def frozen(services: Services, issue: Issue, reader: Reader, now: datetime) -> Delivery:
    """A reader's letter of an issue, as it will stay."""
    return Delivery(
        week=issue.week,
        revision=issue.revision,
        reader=reader.email,
        letter=ISSUE,
        state="pending",
        message_id=message_id(issue, reader, publishing.sender(services)),
        raw=publishing.letter_of(issue, reader, services),
        created=now,
    )


def skipped(issue: Issue, reader: Reader, now: datetime) -> Delivery:
    """The row of a reader who was passed over, so that nothing is owed when they come back."""
    return Delivery(
        week=issue.week,
        revision=issue.revision,
        reader=reader.email,
        state="skipped",
        message_id="",
        raw=b"",
        created=now,
        settled=now,
    )


def recover(services: Services, now: datetime) -> list[Delivery]:
    """Put right what a run left in the middle; the letters nobody can tell the fate of."""
    with services.archive.reading() as db:
        if not outbox.interrupted(db):
            return []
    with services.archive.writing() as db:
        return outbox.recover(db, now)


def post(services: Services, letters: Sequence[Delivery], now: datetime, doubtful: Collection[Delivery]) -> Posted:
    """Write every letter's file, then hand the letters over, or settle them as written; name the doubtful ones."""
    posted = Posted()
    for letter in doubtful:
        posted.add("unknown", letter)
    for letter in letters:
        publishing.write_letter(services, letter)
    if letters and by_mail(services):
        return hand_over(services, letters, now, posted)
    for letter in letters:
        with services.archive.writing() as db:
            outbox.settle(db, letter.week, letter.reader, now, "written", letter=letter.letter)
        posted.add("written", letter)
        logger().info("letter written", week=str(letter.week), reader=letter.reader, letter=letter.letter)
    return posted


def _ready(services: Services, pending: Iterable[Delivery], now: datetime) -> tuple[Delivery, ...]:
    """Pending letters whose time has come: to those who read today, and to those who approve."""
    letters = list(pending)
    nudges = [letter for letter in letters if letter.letter in {DRAFT, REMINDER}]
    others = [letter for letter in letters if letter.letter not in {DRAFT, REMINDER}]
    readers = subscribing.readers_now(services, now) if others else ()
    return (
        *decisions.to_post(nudges, approving.approvers(services), now),
        *decisions.to_post(others, readers, now),
    )
