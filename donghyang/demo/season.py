"""Eight invented weeks through the real steps: the world's clock is moved on, and the run that is due done.

world ─▶ server ◀─ HTTP ─ donghyang.runs.run(services, names, now) ─▶ archive ─▶ out/2026-W33 … out/2026-W40
"""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from archive.weeks import Week
from donghyang import runs
from donghyang.demo.server import WorldServer
from donghyang.demo.templating import page
from donghyang.demo.world import CLOCK, World
from donghyang.services import Services

HOUR = time(9)  # of every run: after the week's issue and letters are due
LETTERS = timedelta(days=1)  # after the last week's issue: its Monday is a public holiday, so letters wait a day
EVERYTHING: tuple[str, ...] = ()  # each step that is due
LOOKING_IN = ("collect", "deliver")
# Four days of seven are what a source needs to count as healthy; thinking on two of them spares the reader seconds.
RHYTHM: Mapping[int, tuple[str, ...]] = {0: EVERYTHING, 1: LOOKING_IN, 3: EVERYTHING, 4: LOOKING_IN}

Say = Callable[[str], None]


def moments(world: World) -> Iterator[tuple[datetime, tuple[str, ...]]]:
    """When which steps are run: from the world's first day on, until the last letters are out."""
    moment = datetime.combine(world.pieces[0].at.date(), HOUR, CLOCK)
    while moment < weeks(world)[-1].end(CLOCK) + LETTERS + timedelta(days=1):
        if moment.weekday() in RHYTHM:
            yield moment, RHYTHM[moment.weekday()]
        moment += timedelta(days=1)


def weeks(world: World) -> tuple[Week, ...]:
    """The weeks in which something happens."""
    first, last = world.pieces[0].at, world.pieces[-1].at
    return tuple(Week.containing(first, CLOCK).until(Week.containing(last, CLOCK)))


def play(services: Services, server: WorldServer, *, tell: Say, progress: Say) -> int:
    """Run every morning and tell each week's outcome as soon as its issue is there; the worst exit code met."""
    untold = list(weeks(server.world))
    worst = runs.Exit.DONE
    for now, names in moments(server.world):
        server.now = now
        lines: list[str] = []
        code = runs.run(services, names, now, report=lines.append)
        worst = max(worst, code)
        progress(page("day.txt", now=now, lines=lines))
        while untold and issue_file(services, untold[0]).is_file():
            tell(told(services, untold.pop(0)))
    return worst


def issue_file(services: Services, week: Week) -> Path:
    """Where the issue of a week lies as JSON."""
    return services.config.out / str(week) / "issue.json"


def told(services: Services, week: Week) -> str:
    """A few plain lines about a week, from its issue."""
    issue: dict[str, Any] = json.loads(issue_file(services, week).read_text(encoding="utf-8"))
    return page("week.txt", issue=issue)
