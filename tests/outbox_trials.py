"""Trials of the outbox: readers, a mail server with faults, runs killed at drawn instants, and what came of it all.

A trial posts one issue, run after run, an hour apart, until no letter waits; some wait for an approval first, some are
corrected afterwards, some have readers with wishes of their own or a pace to keep. Its faults and its kills are drawn
with the trial's own seed, so a failure can be made again. Letters are told apart by Message-ID: a reader may have
several, none of them twice.
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, cast

from sqlalchemy import Connection

from archive import issues, outbox
from archive.records.ledgers import Delivery
from archive.store import Archive
from digest.pace import Pace
from donghyang import amending, approving, owed, posting
from donghyang.services import Services
from tests.mailroom import MONDAY, WEEK
from tests.post_office import CUT, Fault, PostOffice

HOUR: Final = timedelta(hours=1)
MOST_ROUNDS: Final = 200

LATER: Final = (
    Fault("rcpt", "450 4.2.0 greylisted"),
    Fault("data", "451 4.3.0 try again"),
    Fault("dot", "452 4.3.1 no room"),
)
NEVER: Final = (Fault("rcpt", "550 5.1.1 nobody here"), Fault("data", "554 5.7.1 no"), Fault("dot", "554 5.7.1 spam"))
EARLY_CUTS: Final = (Fault("rcpt", CUT), Fault("data", CUT), Fault("rcpt", "421 4.3.2 closing"))
LATE_CUTS: Final = (Fault("body", CUT), Fault("dot", CUT), Fault("answer", CUT))  # the letter may have been taken
# Which faults a kind of trial draws from, and how many kills it has.
KINDS: Final[Mapping[str, tuple[tuple[Fault, ...], int]]] = {
    "no trouble": ((), 0),
    "put off": (LATER, 0),
    "refused": (NEVER, 0),
    "cut early": (EARLY_CUTS, 0),
    "cut late": (LATE_CUTS, 0),
    "killed": ((), 6),
    "everything": ((*LATER, *NEVER, *EARLY_CUTS, *LATE_CUTS), 6),
    "approval": ((*LATER, *EARLY_CUTS, *LATE_CUTS), 4),
    "correction": ((*LATER, *NEVER, *EARLY_CUTS, *LATE_CUTS), 4),
    "own wishes": ((*LATER, *NEVER, *LATE_CUTS), 4),
    "throttled": ((*LATER, *LATE_CUTS), 2),
}
APPROVER: Final = "boss@city.example"
RESTING: Final = 3  # of the readers with wishes
# What a kind of trial has in config.toml beside the readers, and each reader's own keys, in turn.
CONFIG: Final[Mapping[str, str]] = {
    "approval": f'approval = true\napprover = ["{APPROVER}"]\n',
    "throttled": "per_minute = 600\n",
}
WISHES: Final = ('sections = ["policy"]', "perspectives = {city = 2, technology = 1, talk = 0}", "")


class Killed(BaseException):
    """The process ends here, as far as the step can tell."""


class Mortal:
    """An archive whose user dies before or after the n-th transaction."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.left = 0  # instants to live; 0 = for good

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._archive.reading() as db:
            yield db

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        self._live()
        with self._archive.writing() as db:
            yield db
        self._live()

    def _live(self) -> None:
        if self.left:
            self.left -= 1
            if not self.left:
                raise Killed


@dataclass
class Outcome:
    """What came of the letters of one trial, or of many."""

    trials: int = 0
    letters: int = 0
    kills: int = 0
    states: Counter[str] = field(default_factory=Counter)
    arrived_unknown: int = 0
    duplicates: int = 0
    lost: int = 0
    unexcused: int = 0  # unknown without a cut or a kill in the window that allows it

    def add(self, other: "Outcome") -> None:
        """Count another trial in."""
        for name in ("trials", "letters", "kills", "arrived_unknown", "duplicates", "lost", "unexcused"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.states += other.states

    def line(self, name: str) -> str:
        """A line of the table."""
        states = "".join(f"{self.states[state]:>9}" for state in ("sent", "failed", "unknown", "pending"))
        return (
            f"{name:<12}{self.trials:>7}{self.letters:>9}{self.kills:>7}{states}{self.arrived_unknown:>9}"
            f"{self.duplicates:>7}{self.lost:>6}"
        )


HEADING: Final = (
    f"{'trials of':<12}{'trials':>7}{'letters':>9}{'kills':>7}{'sent':>9}{'refused':>9}{'unknown':>9}{'pending':>9}"
    f"{'arrived':>9}{'twice':>7}{'lost':>6}"
)


def attempt(kind: str, seed: int, services: Services, office: PostOffice) -> Outcome:
    """Post the issue in ``services`` to the end, and count; then send the unknown ones again, and count that too."""
    draw = random.Random(f"{kind} {seed}")  # noqa: S311 - a trial, no secret
    faults, kills = KINDS[kind]
    readers = [reader.email for reader in services.settings.reader_records()]
    readers += services.settings.digest.approver
    office.forget()
    for reader in readers:
        if faults and draw.random() < 0.5:
            office.faults[reader] = draw.choices(faults, k=draw.randint(1, 3))
    planned = {reader: list(office.faults[reader]) for reader in readers}
    died, cut_off = _post_to_the_end(services, kind, draw, kills, len(readers))
    excused = cut_off | {reader for reader in readers if _may_be_lost(planned[reader], office.faults[reader])}
    found = judge(services.archive, office, excused)
    found.kills = died
    again_with_unknown(services, office, found)
    return found


def _post_to_the_end(
    services: Services, kind: str, draw: random.Random, kills: int, readers: int
) -> tuple[int, set[str]]:
    """Run after run until no letter waits; how many died, and whose letters a mail server may have had then."""
    mortal, died, cut_off, now = Mortal(services.archive), 0, set[str](), MONDAY
    mortal_services = Paced(services.config, cast("Archive", mortal))
    approve_in = draw.randint(1, 4) if kind == "approval" else 0
    corrected = kind != "correction"
    for number in range(MOST_ROUNDS):
        mortal.left = draw.randint(1, 2 * readers) if died < kills else 0
        try:
            if number == approve_in and approve_in:
                approving.approve(mortal_services, WEEK, "김팀장", now)
            posting.deliver(mortal_services, now)
            if not corrected and number:
                amending.correct(mortal_services, WEEK, "제목의 숫자", "김주무관", now)
        except Killed:
            died += 1
            cut_off |= {letter.reader for letter in every_letter(services.archive) if letter.state == "data"}
            if approve_in and number == approve_in:
                approve_in += 1  # whoever approves sees that it did not work
        with services.archive.reading() as db:
            issue = issues.issue(db, WEEK)
            corrected = corrected or (issue is not None and issue.corrected > 0)
            waits = outbox.pending(db) or outbox.interrupted(db) or not corrected or number < approve_in
            if not waits and (died >= kills or not owed.letters_owed(services, now)):
                break
        now += HOUR
    return died, cut_off


class Paced(Services):
    """Services whose clock only waiting moves: a pace that is kept takes no time."""

    waited = 0.0

    def pace(self) -> Pace:
        """As config wants it, on a clock of the trial's own."""
        mail = self.settings.mail
        return Pace(mail.per_minute if mail else 0, lambda: self.waited, self._sleep)

    def _sleep(self, seconds: float) -> None:
        assert 0 < seconds <= 0.1 + 1e-9  # 600 in a minute
        self.waited += seconds


def every_letter(archive: Archive) -> list[Delivery]:
    """All letters of the week but those of readers who were passed over."""
    with archive.reading() as db:
        return [letter for letter in outbox.all_letters(db, WEEK) if letter.state != "skipped"]


def _may_be_lost(planned: list[Fault], left: list[Fault]) -> bool:
    used = planned[: len(planned) - len(left)]
    return any(fault in LATE_CUTS for fault in used)


def judge(archive: Archive, office: PostOffice, excused: set[str]) -> Outcome:
    """Compare what the archive believes with what the mail server took, letter by letter."""
    taken = Counter(letter.message_id for letter in office.letters)
    believed = every_letter(archive)
    unknown = [letter for letter in believed if letter.state == "unknown"]
    return Outcome(
        trials=1,
        letters=len(believed),
        states=Counter(letter.state for letter in believed),
        arrived_unknown=sum(taken[letter.message_id] == 1 for letter in unknown),
        duplicates=sum(count - 1 for count in taken.values()),
        lost=sum(not taken[letter.message_id] for letter in believed if letter.state == "sent"),
        unexcused=len({letter.reader for letter in unknown} - excused),
    )


def again_with_unknown(services: Services, office: PostOffice, found: Outcome) -> None:
    """Send the unknown ones again as a person would; what arrives twice then must be the same letter to the byte."""
    office.faults.clear()
    posting.send(services, WEEK, MONDAY + 30 * HOUR, unknown=True)
    sent = {letter.message_id for letter in every_letter(services.archive) if letter.state == "sent"}
    assert len(sent) == found.states["sent"] + found.states["unknown"]
    assert {letter.message_id for letter in office.letters} == sent
    for name in sent:
        assert len({taken.raw for taken in office.letters if taken.message_id == name}) == 1
