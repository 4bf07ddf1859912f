"""Who gets letters today, what of an issue one reader wants, and how fast letters go."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from archive.records.issue import Issue
from archive.records.ledgers import Reader, ReaderChange
from digest.pace import Pace
from digest.readership import active, own_edition, state_of
from tests.builders_digest import full_week, issue_of

DAY = date(2026, 2, 9)
AT = datetime(2026, 2, 1, tzinfo=UTC)
EMAIL = "kim@city.example"


def reader(**facts: Any) -> Reader:
    return Reader(**{"name": "김분과", "email": EMAIL} | facts)


def change(kind: Any, until: date | None = None) -> dict[str, ReaderChange]:
    return {EMAIL: ReaderChange(reader=EMAIL, kind=kind, who="", reason="", at=AT, until=until)}


@pytest.mark.parametrize(
    ("facts", "changes", "state"),
    [
        ({}, {}, "active"),
        ({"paused": True}, {}, "paused"),
        ({"paused_until": DAY}, {}, "paused"),
        ({"paused_until": date(2026, 2, 8)}, {}, "active"),
        ({}, change("pause"), "paused"),
        ({}, change("pause", DAY), "paused"),
        ({}, change("pause", date(2026, 2, 8)), "active"),
        ({"email": "KIM@city.example"}, change("unsubscribe"), "unsubscribed"),
        ({"paused": True}, change("bounce"), "undeliverable"),
    ],
)
def test_the_archives_word_wins(facts: dict[str, Any], changes: dict[str, ReaderChange], state: str) -> None:
    assert state_of(reader(**facts), changes, DAY) == state
    assert bool(active([reader(**facts)], changes, DAY)) == (state == "active")


@pytest.fixture(scope="module")
def issue() -> Issue:
    return issue_of(full_week())


def test_a_reader_without_wishes_gets_the_issue(issue: Issue) -> None:
    assert own_edition(issue, reader()) is issue
    assert own_edition(issue, reader(perspectives={"city": 2, "technology": 2, "talk": 2})) is issue


def test_what_one_reader_leaves_out_is_out_of_their_letter_only(issue: Issue) -> None:
    before = replace(issue)
    own = own_edition(issue, reader(perspectives={"city": 1, "technology": 0, "talk": 1}))
    assert issue == before
    assert {item.perspective for item in own.items} == {"city", "talk"}
    assert all(item in issue.items for item in own.items)
    assert own.left_out == len(issue.items) - len(own.items)
    cited = {n for item in own.items for n in item.sources} | {n for line in own.highlights for n in line.sources}
    assert cited <= {source.n for source in own.sources}
    assert len(own.sources) < len(issue.sources)
    gone = {item.sources[0] for item in issue.items} - {item.sources[0] for item in own.items}
    assert not {line.sources[0] for line in own.highlights} & gone


def test_half_the_weight_keeps_the_better_half(issue: Issue) -> None:
    own = own_edition(issue, reader(perspectives={"city": 2, "technology": 1, "talk": 2}))
    every = [item for item in issue.items if item.perspective == "technology"]
    kept = [item for item in own.items if item.perspective == "technology"]
    assert len(kept) == (len(every) + 1) // 2
    left = [item for item in every if item not in kept]
    worth = "technology"
    assert all(one.score.get(worth, 0) >= other.score.get(worth, 0) for one in kept for other in left)


def test_sections_keep_what_touches_the_duties(issue: Issue) -> None:
    own = own_edition(issue, reader(sections=("policy",)))
    assert all(item.section == "policy" or item.duties for item in own.items)
    assert {item.rank for item in issue.items if item.duties} <= {item.rank for item in own.items}


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def test_letters_are_spread_over_the_minute() -> None:
    clock = Clock()
    pace = Pace(30, clock, clock.sleep)
    for _ in range(5):
        pace.wait()
    assert clock.slept == [2.0] * 4
    clock.now += 60  # a slow letter is not made up for by a burst
    for _ in range(2):
        pace.wait()
    assert clock.slept == [2.0] * 5


def test_without_a_limit_nothing_waits() -> None:
    clock = Clock()
    pace = Pace(0, clock, clock.sleep)
    for _ in range(100):
        pace.wait()
    assert clock.slept == []
