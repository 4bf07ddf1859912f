"""The states of a letter, and that no step can be made twice."""

from datetime import timedelta
from typing import Any

import pytest

from archive import outbox
from archive.records.ledgers import Delivery, LetterState
from archive.schema import deliveries
from archive.store import Archive
from tests.builders import NOW, WEEK

READER = "kim@city.example"
LATER = NOW + timedelta(hours=1)
STATES: tuple[LetterState, ...] = ("pending", "sending", "data", "sent", "failed", "unknown", "written")


def letter(reader: str = READER, **facts: Any) -> Delivery:
    own: dict[str, Any] = {"week": WEEK, "revision": 1, "reader": reader, "state": "pending"}
    own |= {"message_id": f"<{reader}>"}
    return Delivery(**{**own, "raw": b"Subject: x\r\n\r\n", "created": NOW} | facts)


def state_of(archive: Archive, reader: str = READER) -> Delivery:
    with archive.reading() as db:
        return next(one for one in outbox.deliveries(db, WEEK) if one.reader == reader)


def test_a_letter_goes_its_way_once(archive: Archive) -> None:
    with archive.writing() as db:
        outbox.file_delivery(db, letter())
        assert not outbox.mark_data(db, WEEK, READER)
        assert outbox.begin_sending(db, WEEK, READER)
        assert not outbox.begin_sending(db, WEEK, READER)
        assert outbox.mark_data(db, WEEK, READER)
        assert outbox.settle(db, WEEK, READER, NOW, "sent", "250 ok")
        assert not outbox.settle(db, WEEK, READER, LATER, "failed", "550 no")
        assert not outbox.reopen(db, WEEK, READER)
    assert state_of(archive) == letter(state="sent", settled=NOW, said="250 ok")


@pytest.mark.parametrize("state", STATES)
def test_only_a_pending_letter_is_taken_and_a_sent_one_is_never_reopened(archive: Archive, state: LetterState) -> None:
    """Whatever state a letter is in, of the ways out of it only the drawn ones are open."""
    with archive.writing() as db:
        outbox.file_delivery(db, letter(state=state))
        assert outbox.begin_sending(db, WEEK, READER) == (state == "pending")
    with archive.writing() as db:
        db.execute(deliveries.update().values(state=state))
        assert outbox.reopen(db, WEEK, READER) == (state in {"pending", "failed", "unknown", "written"})


def test_a_letter_put_off_counts_its_own_troubles_only(archive: Archive) -> None:
    with archive.writing() as db:
        outbox.file_delivery(db, letter())
        outbox.begin_sending(db, WEEK, READER)
        outbox.put_off(db, WEEK, READER, LATER, "450 later")
        outbox.put_off(db, WEEK, READER, LATER, "no server", counts=False)
    assert state_of(archive) == letter(tries=1, retry_at=LATER, said="no server")
    with archive.writing() as db:
        outbox.reopen(db, WEEK, READER)
    assert state_of(archive) == letter(said="no server")


def test_recovery_tells_what_was_seen_by_a_server_from_what_was_not(archive: Archive) -> None:
    with archive.writing() as db:
        for state in STATES:
            outbox.file_delivery(db, letter(state, state=state))
        assert outbox.interrupted(db)
        assert [lost.reader for lost in outbox.recover(db, LATER)] == ["data"]
        assert not outbox.interrupted(db)
        assert outbox.recover(db, LATER) == []
        now_in = {one.reader: one.state for one in outbox.deliveries(db, WEEK)}
        assert now_in == {**dict(zip(STATES, STATES, strict=True)), "sending": "pending", "data": "unknown"}
        assert {one.reader for one in outbox.troubled(db, NOW)} == {"pending", "sending", "failed", "data", "unknown"}
        assert outbox.troubled(db, LATER) == []
    assert state_of(archive, "data").said == outbox.CUT_OFF
