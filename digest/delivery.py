"""Who still lacks an issue, which letters go out now, and what an answer means. Decisions only.

The outbox stores, digest.smtp speaks, donghyang.handover joins them. A mail server's answers mean what RFC 5321
says (4.2.1, 4.5.4.1): 2xx it is theirs now, 4xx ask again later, 5xx never. A cut after the last dot means nothing
can be known (4.2.4.2 leaves it to the sender), and such a letter is not sent again unless a person asks.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from archive.records.ledgers import Delivery, LetterState, Reader
from archive.weeks import Week

FIRST_WAIT: Final = timedelta(minutes=30)  # RFC 5321 4.5.4.1: at least; greylisting asks for five to fifteen
LONGEST_WAIT: Final = timedelta(hours=8)
MOST_TRIES: Final = 17  # four days and a half of waiting, as the RFC asks
OUTAGE_WAIT: Final = timedelta(minutes=15)  # when the mail server itself is out of reach: no letter's own trouble


BeforeData = Callable[[], None]  # called when a mail server is about to be given a letter


@dataclass(frozen=True, slots=True)
class Answer:
    """What the mail server made of one letter, and its own words."""

    outcome: Literal["sent", "later", "refused", "unknown"]
    said: str = ""


@dataclass(frozen=True, slots=True)
class Next:
    """Where a letter goes from an answer."""

    state: LetterState
    retry_at: datetime | None = None


def mailbox(email: str) -> str:
    """What makes two addresses one reader: spaces around it and capitals do not count."""
    return email.strip().casefold()


def lacking(readers: Iterable[Reader], deliveries: Iterable[Delivery], week: Week) -> tuple[Reader, ...]:
    """The readers the week's issue has not been filed for, in config's order, each address once.

    A delivery of any revision and in any state counts: a correction is no reason to send the issue twice.
    """
    served = {mailbox(delivery.reader) for delivery in deliveries if delivery.week == week}
    waiting: dict[str, Reader] = {}
    for reader in readers:
        waiting.setdefault(mailbox(reader.email), reader)
    return tuple(reader for key, reader in waiting.items() if key not in served)


def to_post(deliveries: Iterable[Delivery], readers: Iterable[Reader], now: datetime) -> tuple[Delivery, ...]:
    """Pending letters whose time has come, oldest first; not those of somebody who is a reader no longer."""
    wanted = {mailbox(reader.email) for reader in readers}
    ready = (
        letter
        for letter in deliveries
        if letter.state == "pending"
        and mailbox(letter.reader) in wanted
        and (letter.retry_at is None or letter.retry_at <= now)
    )
    return tuple(sorted(ready, key=lambda letter: (letter.created, letter.week, letter.reader)))


def to_post_again(
    deliveries: Iterable[Delivery], readers: Collection[Reader], *, unknown: bool, by_mail: bool
) -> tuple[Delivery, ...]:
    """What goes out when a person asks for it by name: no waiting, and what was refused is tried again.

    ``unknown`` asks for the letters that may have arrived, and for them alone. ``by_mail`` tells that there is a
    mail server: letters that were only written, before there was one, then count as not sent.
    """
    states: set[LetterState] = {"unknown"} if unknown else {"pending", "failed"}
    if by_mail and not unknown:
        states.add("written")
    wanted = {mailbox(reader.email) for reader in readers}
    return tuple(letter for letter in deliveries if letter.state in states and mailbox(letter.reader) in wanted)


def after(answer: Answer, tries: int, now: datetime) -> Next:
    """Where a letter that was put off ``tries`` times before goes from here."""
    if answer.outcome == "later" and tries + 1 < MOST_TRIES:
        return Next("pending", now + min(FIRST_WAIT * 2**tries, LONGEST_WAIT))
    states: dict[str, LetterState] = {"sent": "sent", "unknown": "unknown"}
    return Next(states.get(answer.outcome, "failed"))
