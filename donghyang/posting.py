"""Letters: frozen when they are owed, posted one reader at a time, every step written down before it is done.

    owed ─▶ frozen ─▶ out/WEEK/mail/READER.eml ─▶ the mail server, when [mail] host names one

Whoever posts holds the lock of runs. A letter that was cut off while the mail server had it may have arrived: it is
reported by name and posted again only when a person asks for that.
"""

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from archive import holding, issues, outbox
from archive.records.issue import Issue
from archive.records.ledgers import Delivery, LetterState, Reader
from archive.weeks import Week
from digest import delivery as decisions
from digest.mail import message_id
from digest.smtp import MailServer, Relay, Unsendable
from donghyang import publishing
from donghyang.cadence import Cadence
from donghyang.config import Config
from donghyang.logs import logger
from donghyang.messages import say
from donghyang.services import Services
from donghyang.workdays import delivery_time

LETTERS_FOR = timedelta(days=21)  # an older issue is history, also for those whose letters never went out


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of the letters of one posting."""

    letters: dict[LetterState, list[str]] = field(default_factory=dict)  # "WEEK reader" by state
    trouble: str = ""  # why the rest could not go out

    def add(self, state: LetterState, letter: Delivery) -> None:
        """Count a letter."""
        self.letters.setdefault(state, []).append(f"{letter.week} {letter.reader}")

    def count(self, *states: LetterState) -> int:
        """How many letters came to one of these states."""
        return sum(len(self.letters.get(state, ())) for state in states)


def letters_owed(services: Services, now: datetime) -> list[tuple[Issue, Reader]]:
    """Issues of the last weeks whose letters are due, with the readers who lack them; not those a restore holds."""
    return [(issue, reader) for issue, reader, held in _lacking(services, now) if not held]


def letters_held(services: Services, now: datetime) -> list[tuple[Week, Reader]]:
    """Letters that may have gone out before the archive was restored, and wait for a person to ask for them."""
    return [(issue.week, reader) for issue, reader, held in _lacking(services, now) if held]


def _lacking(services: Services, now: datetime) -> list[tuple[Issue, Reader, bool]]:
    """Each issue of the last weeks whose letters are due, with each reader who lacks it, and whether it is held.

    Who became a reader after an issue went to the others begins with the newest: back numbers are sent when asked for.
    """
    readers, found = services.settings.reader_records(), list[tuple[Issue, Reader, bool]]()
    with services.archive.reading() as db:
        held_before = holding.held_before(db)
        weeks = _weeks_due(services, db, now)
        joined = {decisions.mailbox(reader): week for reader, week in outbox.first_weeks(db).items()}
        for week in weeks:
            issue, filed = issues.issue(db, week), outbox.deliveries(db, week)
            for reader in decisions.lacking(readers, filed, week) if issue else ():
                late = filed and week < joined.get(decisions.mailbox(reader.email), weeks[-1])
                if issue and not late:
                    found.append((issue, reader, held_before is not None and week < held_before))
    return found


def _weeks_due(services: Services, db: Connection, now: datetime) -> list[Week]:
    """The weeks whose issue was made lately and whose letters are due, oldest first."""
    rhythm, zone, move = _rhythm(services)
    weeks = sorted({row.week for row in issues.issue_rows(db) if now - row.made < LETTERS_FOR})
    return [week for week in weeks if delivery_time(week, rhythm, zone, move=move) <= now]


def _rhythm(services: Services) -> tuple[Cadence, ZoneInfo, bool]:
    """When letters go out, on whose clock, and whether they wait while there is a holiday."""
    schedule = services.settings.schedule
    return schedule.deliver, services.settings.zone, schedule.on_holiday == "next workday"


def letters_later(services: Services, now: datetime) -> tuple[Week, datetime] | None:
    """The first issue whose letters have still to come, and when; None when none is awaited or nobody reads."""
    rhythm, zone, move = _rhythm(services)
    with services.archive.reading() as db:
        lately = {row.week for row in issues.issue_rows(db) if now - row.made < LETTERS_FOR}
    weeks = {week: delivery_time(week, rhythm, zone, move=move) for week in lately}
    awaited = sorted((at, week) for week, at in weeks.items() if at > now)
    return (awaited[0][1], awaited[0][0]) if awaited and services.settings.readers else None


def told_later(services: Services, now: datetime) -> str:
    """When the next letters go out, in a sentence; "" when none are awaited."""
    awaited = letters_later(services, now)
    if awaited is None:
        return ""
    week, at = awaited
    return say("run.letters_later", week=week, at=f"{at:%Y-%m-%d %H:%M}")


def letters_wait(services: Services, now: datetime) -> bool:
    """Whether a letter is owed, has waited long enough, or was left in the middle by a run that ended."""
    with services.archive.reading() as db:
        open_ones = outbox.interrupted(db) or bool(_ready(services, outbox.pending(db), now))
    return open_ones or bool(letters_owed(services, now))


def deliver(services: Services, now: datetime) -> Posted:
    """Freeze every letter owed, then post those whose time has come."""
    for issue, reader in letters_owed(services, now):
        _freeze(services, issue, reader, now)
    lost = _recover(services, now)
    with services.archive.reading() as db:
        ready = _ready(services, outbox.pending(db), now)
    return _post(services, ready, now, lost)


def send(services: Services, week: Week, now: datetime, *, to: str = "", unknown: bool = False) -> Posted:
    """Post a week's letters because a person asks: at once, to all readers or to one address.

    Raises LookupError when there is no such issue. Nobody who was sent the issue is sent it again.
    """
    with services.archive.reading() as db:
        issue = issues.issue(db, week)
    if issue is None:
        raise LookupError(str(week))
    readers, mailbox = services.settings.reader_records(), decisions.mailbox
    if to:
        known = tuple(reader for reader in readers if mailbox(reader.email) == mailbox(to))
        readers = known or (Reader(name="", email=to),)
    _recover(services, now)
    with services.archive.reading() as db:
        lacking = () if unknown else decisions.lacking(readers, outbox.deliveries(db, week), week)
    for reader in lacking:
        _freeze(services, issue, reader, now)
    by_mail = _by_mail(services)
    with services.archive.writing() as db:
        asked = decisions.to_post_again(outbox.deliveries(db, week), readers, unknown=unknown, by_mail=by_mail)
        reopened = [letter for letter in asked if outbox.reopen(db, week, letter.reader)]
        doubtful = decisions.to_post_again(outbox.deliveries(db, week), readers, unknown=True, by_mail=by_mail)
    return _post(services, reopened, now, doubtful)


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
    return "\n  ".join([*lines, posted.trouble] if posted.trouble else lines)


def mail_server(config: Config) -> MailServer | None:
    """The mail server of [mail], None when letters are only written."""
    mail, http = config.settings.mail, config.settings.http
    if mail is None or not mail.host:
        return None
    return MailServer(
        host=mail.host,
        port=mail.port,
        security=mail.security,
        user=mail.user,
        password=os.environ.get(mail.password_env, "") if mail.user else "",
        ca_file=str(config.folder / http.ca_file) if http.ca_file else "",
        named_inside=mail.host in http.allow_hosts,
    )


def _by_mail(services: Services) -> bool:
    return bool(services.settings.mail and services.settings.mail.host)


def _ready(services: Services, pending: Iterable[Delivery], now: datetime) -> tuple[Delivery, ...]:
    return decisions.to_post(pending, services.settings.reader_records(), now)


def _freeze(services: Services, issue: Issue, reader: Reader, now: datetime) -> None:
    letter = Delivery(
        week=issue.week,
        revision=issue.revision,
        reader=reader.email,
        state="pending",
        message_id=message_id(issue, reader, publishing.sender(services)),
        raw=publishing.letter_of(issue, reader, services),
        created=now,
    )
    with services.archive.writing() as db:
        outbox.file_delivery(db, letter)


def _recover(services: Services, now: datetime) -> list[Delivery]:
    """Put right what a run left in the middle; the letters nobody can tell the fate of."""
    with services.archive.reading() as db:
        if not outbox.interrupted(db):
            return []
    with services.archive.writing() as db:
        return outbox.recover(db, now)


def _post(services: Services, letters: Sequence[Delivery], now: datetime, doubtful: Collection[Delivery]) -> Posted:
    """Write every letter's file, then hand the letters over, or settle them as written; name the doubtful ones."""
    posted = Posted()
    for letter in doubtful:
        posted.add("unknown", letter)
    for letter in letters:
        publishing.write_letter(services, letter.week, letter.reader, letter.raw)
    if letters and _by_mail(services):
        return _hand_over(services, letters, now, posted)
    for letter in letters:
        with services.archive.writing() as db:
            outbox.settle(db, letter.week, letter.reader, now, "written")
        posted.add("written", letter)
        logger().info("letter written", week=str(letter.week), reader=letter.reader)
    return posted


def _hand_over(services: Services, letters: Sequence[Delivery], now: datetime, posted: Posted) -> Posted:
    """Give the letters to the mail server, one after the other, until all are dealt with or it is out of reach."""
    left = list(letters)
    try:
        server = mail_server(services.config)
        if server is None:
            return posted
        if server.security == "none":
            logger().warning(say("mail.unencrypted", host=server.host))
        with Relay(server) as relay:
            while left:
                state = _hand_one(services, relay, left[0], now)
                letter = left.pop(0)
                if state:
                    posted.add(state, letter)
    except Unsendable as trouble:
        said = sentence(services.config, trouble)
        logger().error(said)
        with services.archive.writing() as db:
            for letter in left:
                again = now + decisions.OUTAGE_WAIT
                outbox.put_off(db, letter.week, letter.reader, again, said, counts=False)
                posted.add("pending", letter)
        return Posted(posted.letters, said)
    return posted


def _hand_one(services: Services, relay: Relay, letter: Delivery, now: datetime) -> LetterState | None:
    """Give one letter to the mail server and write down what it says; None when somebody else has taken it."""
    week, reader = letter.week, letter.reader

    def before_data() -> None:
        with services.archive.writing() as db:
            if not outbox.mark_data(db, week, reader):
                raise RuntimeError(f"the letter {week} {reader} was taken out of our hands")

    with services.archive.writing() as db:
        if not outbox.begin_sending(db, week, reader):
            return None
    answer = relay.send(publishing.sender(services), reader, letter.raw, before_data)
    then = decisions.after(answer, letter.tries, now)
    with services.archive.writing() as db:
        if then.state == "pending":
            outbox.put_off(db, week, reader, then.retry_at, answer.said)
        else:
            outbox.settle(db, week, reader, now, then.state, answer.said)
    log = logger().info if then.state == "sent" else logger().warning
    log("letter", week=str(week), reader=reader, state=then.state, said=answer.said)
    return then.state


def sentence(config: Config, trouble: Unsendable) -> str:
    """What is wrong with the mail server, and what mends it."""
    mail = config.settings.mail
    named = {"host": mail.host, "port": mail.port, "variable": mail.password_env} if mail else {}
    return say(f"mail.{trouble.kind}", **named, said=trouble.said)
