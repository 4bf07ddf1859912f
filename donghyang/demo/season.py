"""Four invented weeks through the real steps: the world's clock is moved a day at a time, and the run that is due done.

world ─▶ server ◀─ HTTP ─ donghyang.runs.run(services, now) ─▶ archive ─▶ out/2026-W37 … out/2026-W40
"""

import json
from collections.abc import Callable, Iterator
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
_SATURDAY = 5

Say = Callable[[str], None]


def moments(world: World) -> Iterator[datetime]:
    """When the steps are run: on workday mornings from the world's first day on, until the last letters are out.

    Five days a week are enough for a source to count as healthy, and spare the reader of the demo some seconds.
    """
    moment = datetime.combine(world.pieces[0].at.date(), HOUR, CLOCK)
    while moment < weeks(world)[-1].end(CLOCK) + LETTERS + timedelta(days=1):
        if moment.weekday() < _SATURDAY:
            yield moment
        moment += timedelta(days=1)


def weeks(world: World) -> tuple[Week, ...]:
    """The weeks in which something happens."""
    first, last = world.pieces[0].at, world.pieces[-1].at
    return tuple(Week.containing(first, CLOCK).until(Week.containing(last, CLOCK)))


def play(services: Services, server: WorldServer, *, tell: Say, progress: Say) -> int:
    """Run every morning and tell each week's outcome as soon as its issue is there; the worst exit code met."""
    untold = list(weeks(server.world))
    worst = runs.Exit.DONE
    for now in moments(server.world):
        server.now = now
        lines: list[str] = []
        code = runs.run(services, (), now, report=lines.append)
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
