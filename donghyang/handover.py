"""Letters to the mail server, one after the other: every step written down before it is done.

Whoever hands letters over holds the lock of runs. A letter that was cut off while the mail server had it may have
arrived: it is reported by name and goes out again only when a person asks for that.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from archive import outbox
from archive.records.ledgers import ISSUE, Delivery, LetterState
from digest import delivery as decisions
from digest import subscriptions
from digest.smtp import MailServer, Relay, Unsendable
from donghyang import publishing, subscribing
from donghyang.config import Config
from donghyang.logs import logger
from donghyang.messages import say
from donghyang.services import Services


@dataclass(slots=True)
class Posted:
    """What became of the letters of one posting."""

    letters: dict[LetterState, list[str]] = field(default_factory=dict)  # "WEEK reader" by state
    trouble: str = ""  # why the rest could not go out
    warnings: list[str] = field(default_factory=list)

    def add(self, state: LetterState, letter: Delivery) -> None:
        """Count a letter."""
        which = "" if letter.letter == ISSUE else f" ({say('letter.' + letter.letter.partition(' ')[0])})"
        self.letters.setdefault(state, []).append(f"{letter.week} {letter.reader}{which}")

    def count(self, *states: LetterState) -> int:
        """How many letters came to one of these states."""
        return sum(len(self.letters.get(state, ())) for state in states)


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


def by_mail(services: Services) -> bool:
    """Whether letters go to a mail server, and not only to files."""
    return bool(services.settings.mail and services.settings.mail.host)


def hand_over(services: Services, letters: Sequence[Delivery], now: datetime, posted: Posted) -> Posted:
    """Give the letters to the mail server, one after the other, until all are dealt with or it is out of reach."""
    left = list(letters)
    try:
        server = mail_server(services.config)
        if server is None:
            return posted
        if server.security == "none":
            logger().warning(say("mail.unencrypted", host=server.host))
        with Relay(server) as relay:
            envelope = Envelope(services, relay, posted)
            while left:
                state = _hand_one(services, envelope, left[0], now)
                letter = left.pop(0)
                if state:
                    posted.add(state, letter)
    except Unsendable as trouble:
        posted.trouble = sentence(services.config, trouble)
        logger().error(posted.trouble)
        with services.archive.writing() as db:
            for letter in left:
                again = now + decisions.OUTAGE_WAIT
                named = (letter.week, letter.reader)
                outbox.put_off(db, *named, again, posted.trouble, counts=False, letter=letter.letter)
                posted.add("pending", letter)
    return posted


class Envelope:
    """Who a letter comes back to: a return address of its own, unless the mail server takes none with a plus."""

    def __init__(self, services: Services, relay: Relay, posted: Posted) -> None:
        mail = services.settings.mail
        self._plain = subscribing.returns(services) or publishing.sender(services)
        self._secret = subscribing.secret(services) if mail and mail.envelope == "verp" else ""
        self._relay = relay
        self._pace = services.pace()
        self._posted = posted

    def send(self, letter: Delivery, before_data: "decisions.BeforeData") -> decisions.Answer:
        """Hand a letter over when its turn comes; Unsendable as digest.smtp raises it."""
        self._pace.wait()
        if self._secret:
            own = subscriptions.return_address(self._plain, subscriptions.token(self._secret, letter.reader))
            try:
                return self._relay.send(own, letter.reader, letter.raw, before_data)
            except Unsendable as trouble:
                if trouble.kind != "sender":
                    raise
                self._without_marks(own, trouble)
        return self._relay.send(self._plain, letter.reader, letter.raw, before_data)

    def _without_marks(self, refused: str, trouble: Unsendable) -> None:
        self._secret = ""
        self._posted.warnings.append(say("mail.no_plus", address=refused, said=trouble.said))
        logger().warning(self._posted.warnings[-1])


def _hand_one(services: Services, envelope: Envelope, letter: Delivery, now: datetime) -> LetterState | None:
    """Give one letter to the mail server and write down what it says; None when somebody else has taken it."""
    week, reader, which = letter.week, letter.reader, letter.letter

    def before_data() -> None:
        with services.archive.writing() as db:
            if not outbox.mark_data(db, week, reader, which):
                raise RuntimeError(f"the letter {week} {reader} was taken out of our hands")

    with services.archive.writing() as db:
        if not outbox.begin_sending(db, week, reader, which):
            return None
    answer = envelope.send(letter, before_data)
    then = decisions.after(answer, letter.tries, now)
    with services.archive.writing() as db:
        if then.state == "pending":
            outbox.put_off(db, week, reader, then.retry_at, answer.said, letter=which)
        else:
            outbox.settle(db, week, reader, now, then.state, answer.said, letter=which)
    log = logger().info if then.state == "sent" else logger().warning
    log("letter", week=str(week), reader=reader, letter=which, state=then.state, said=answer.said)
    return then.state


def sentence(config: Config, trouble: Unsendable) -> str:
    """What is wrong with the mail server, and what mends it."""
    mail = config.settings.mail
    named = {"host": mail.host, "port": mail.port, "variable": mail.password_env} if mail else {}
    return say(f"mail.{trouble.kind}", **named, said=trouble.said)
