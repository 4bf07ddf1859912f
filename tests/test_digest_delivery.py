"""Who still lacks an issue."""

from datetime import UTC, datetime, timedelta

from archive.records.ledgers import Delivery, Reader
from archive.weeks import Week
from digest.delivery import lacking, unsettled

WEEK = Week(2026, 8)
NOW = datetime(2026, 2, 23, tzinfo=UTC)


def filed(reader: str, *, week: Week = WEEK, settled: bool = True, revision: int = 1, minutes: int = 0) -> Delivery:
    return Delivery(
        week=week,
        revision=revision,
        reader=reader,
        state="written" if settled else "pending",
        message_id=f"<{reader}>",
        raw=b"",
        created=NOW + timedelta(minutes=minutes),
    )


def reader(email: str) -> Reader:
    return Reader(name="", email=email)


def test_nobody_gets_an_issue_twice() -> None:
    readers = [reader("a@x.example"), reader("b@x.example"), reader("A@X.example "), reader("c@x.example")]
    deliveries = [filed("a@x.example"), filed("c@x.example", settled=False, revision=2)]
    assert lacking(readers, deliveries, WEEK) == (readers[1],)


def test_another_week_is_another_issue() -> None:
    readers = [reader("a@x.example")]
    assert lacking(readers, [filed("a@x.example", week=Week(2026, 7))], WEEK) == tuple(readers)


def test_the_open_letters_are_the_pending_ones_oldest_first() -> None:
    late, early = filed("a@x.example", settled=False, minutes=9), filed("b@x.example", settled=False)
    assert unsettled([late, filed("c@x.example"), early], WEEK) == (early, late)
