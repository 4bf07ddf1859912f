"""Trials of the outbox: readers, a mail server with faults, runs killed at drawn instants, and what came of it all.

A trial posts one issue, run after run, an hour apart, until no letter waits. Its faults and its kills are drawn with
the trial's own seed, so a failure can be made again.
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, cast

from sqlalchemy import Connection

from archive import outbox
from archive.store import Archive
from donghyang import owed, posting
from donghyang.services import Services
from tests.mailroom import MONDAY, WEEK, letters
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
}


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
    office.forget()
    for reader in readers:
        if faults and draw.random() < 0.5:
            office.faults[reader] = draw.choices(faults, k=draw.randint(1, 3))
    planned = {reader: list(office.faults[reader]) for reader in readers}
    died, cut_off = _post_to_the_end(services, office, draw, kills, len(readers))
    excused = cut_off | {reader for reader in readers if _may_be_lost(planned[reader], office.faults[reader])}
    found = judge(services.archive, office, excused)
    found.kills = died
    again_with_unknown(services, office, found)
    return found


def _post_to_the_end(
    services: Services, office: PostOffice, draw: random.Random, kills: int, readers: int
) -> tuple[int, set[str]]:
    """Run after run until no letter waits; how many died, and whose letters a mail server may have had then."""
    mortal, died, cut_off, now = Mortal(services.archive), 0, set[str](), MONDAY
    mortal_services = Services(services.config, cast("Archive", mortal))
    for _ in range(MOST_ROUNDS):
        mortal.left = draw.randint(1, 2 * readers) if died < kills else 0
        try:
            posting.deliver(mortal_services, now)
        except Killed:
            died += 1
            cut_off |= {reader for reader, letter in letters(services.archive).items() if letter.state == "data"}
        with services.archive.reading() as db:
            if died >= kills and not outbox.pending(db) and not outbox.interrupted(db):
                break
            if not outbox.pending(db) and not outbox.interrupted(db) and not owed.letters_owed(services, now):
                break
        now += HOUR
    return died, cut_off


def _may_be_lost(planned: list[Fault], left: list[Fault]) -> bool:
    used = planned[: len(planned) - len(left)]
    return any(fault in LATE_CUTS for fault in used)


def judge(archive: Archive, office: PostOffice, excused: set[str]) -> Outcome:
    """Compare what the archive believes with what the mail server took."""
    taken, believed = office.counts(), {reader: letter.state for reader, letter in letters(archive).items()}
    unknown = {reader for reader, state in believed.items() if state == "unknown"}
    return Outcome(
        trials=1,
        letters=len(believed),
        states=Counter(believed.values()),
        arrived_unknown=sum(taken[reader] == 1 for reader in unknown),
        duplicates=sum(count - 1 for count in taken.values()),
        lost=sum(not taken[reader] for reader, state in believed.items() if state == "sent"),
        unexcused=len(unknown - excused),
    )


def again_with_unknown(services: Services, office: PostOffice, found: Outcome) -> None:
    """Send the unknown ones again as a person would; what arrives twice then must be the same letter to the byte."""
    office.faults.clear()
    posting.send(services, WEEK, MONDAY + 30 * HOUR, unknown=True)
    sent = {reader for reader, letter in letters(services.archive).items() if letter.state == "sent"}
    assert len(sent) == found.states["sent"] + found.states["unknown"]
    assert set(office.counts()) == sent
    for reader in sent:
        assert len({taken.raw for taken in office.letters if taken.reader == reader}) == 1
