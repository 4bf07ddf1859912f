"""Who still lacks an issue, what goes out, and what an answer means."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records.ledgers import Delivery, LetterState, Reader
from archive.weeks import Week
from digest.delivery import FIRST_WAIT, LONGEST_WAIT, MOST_TRIES, Answer, Next, after, lacking, to_post, to_post_again

WEEK = Week(2026, 8)
NOW = datetime(2026, 2, 23, tzinfo=UTC)
STATES: tuple[LetterState, ...] = ("pending", "sending", "data", "sent", "failed", "unknown", "written")


def filed(reader: str, state: LetterState = "pending", *, minutes: int = 0, **facts: Any) -> Delivery:
    own: dict[str, Any] = {"week": WEEK, "revision": 1, "message_id": f"<{reader}>", "raw": b""}
    return Delivery(**{**own, "reader": reader, "state": state, "created": NOW + timedelta(minutes=minutes)} | facts)


def reader(email: str) -> Reader:
    return Reader(name="", email=email)


def names(letters: tuple[Delivery, ...]) -> list[str]:
    return [letter.reader for letter in letters]


def test_nobody_gets_an_issue_twice() -> None:
    readers = [reader("a@x.example"), reader("b@x.example"), reader("A@X.example "), reader("c@x.example")]
    deliveries = [filed("a@x.example", "written"), filed("c@x.example", revision=2)]
    assert lacking(readers, deliveries, WEEK) == (readers[1],)


@pytest.mark.parametrize("state", STATES)
def test_a_letter_in_any_state_is_the_readers_letter(state: LetterState) -> None:
    assert lacking([reader("a@x.example")], [filed("a@x.example", state)], WEEK) == ()


def test_another_week_is_another_issue() -> None:
    readers = [reader("a@x.example")]
    assert lacking(readers, [filed("a@x.example", week=Week(2026, 7))], WEEK) == tuple(readers)


def test_pending_letters_go_out_oldest_first_when_their_time_has_come() -> None:
    letters = [
        filed("late", minutes=9),
        filed("early"),
        filed("waits", retry_at=NOW + timedelta(seconds=1)),
        filed("Ready", retry_at=NOW, minutes=1),
        filed("gone", minutes=1),
    ]
    letters += [filed(state, state) for state in STATES if state != "pending"]
    readers = [reader(name) for name in ("late", "early", "waits", "ready", *STATES)]
    assert names(to_post(letters, readers, NOW)) == ["early", "Ready", "late"]


@pytest.mark.parametrize(
    ("unknown", "by_mail", "expected"),
    [
        (False, True, ["pending", "failed", "written"]),
        (False, False, ["pending", "failed"]),
        (True, True, ["unknown"]),
        (True, False, ["unknown"]),
    ],
)
def test_what_a_person_may_ask_for(*, unknown: bool, by_mail: bool, expected: list[str]) -> None:
    """Never what was sent, nor what a run is at; a letter that may have arrived only by that name."""
    letters = [filed(state, state, retry_at=NOW + timedelta(days=1)) for state in STATES]
    asked = to_post_again(letters, [reader(state) for state in STATES], unknown=unknown, by_mail=by_mail)
    assert names(asked) == expected
    assert to_post_again(letters, [reader("other")], unknown=unknown, by_mail=by_mail) == ()


def test_what_an_answer_means() -> None:
    assert after(Answer("sent"), 0, NOW) == Next("sent")
    assert after(Answer("refused"), 0, NOW) == Next("failed")
    assert after(Answer("unknown"), 0, NOW) == Next("unknown")
    assert after(Answer("later"), 0, NOW) == Next("pending", NOW + FIRST_WAIT)
    assert after(Answer("later"), 2, NOW) == Next("pending", NOW + 4 * FIRST_WAIT)


def test_a_letter_is_put_off_longer_and_longer_and_given_up_after_days() -> None:
    """RFC 5321 4.5.4.1: not sooner than half an hour, and four or five days before giving up."""
    waits: list[timedelta] = []
    for tries in range(MOST_TRIES):
        then = after(Answer("later"), tries, NOW)
        if then.retry_at is None:
            assert then.state == "failed"
            break
        waits.append(then.retry_at - NOW)
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=30)
    assert waits[-1] == LONGEST_WAIT
    assert timedelta(days=4) <= sum(waits, timedelta()) <= timedelta(days=5)


@given(tries=st.integers(0, 10_000))
def test_no_number_of_tries_waits_forever(tries: int) -> None:
    then = after(Answer("later"), tries, NOW)
    assert (then.state == "failed") if then.retry_at is None else (then.retry_at <= NOW + LONGEST_WAIT)
