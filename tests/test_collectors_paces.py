"""How often feeds want to be asked."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.paces import LONGEST_REST, Pace

NOW = datetime(2026, 2, 20, 9, 30, tzinfo=UTC)  # a Friday


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (b"<rss><channel><ttl> 60 </ttl><item/>", "ttl=60"),
        (b"<skipHours><hour>0</hour><hour>24</hour><hour>5</hour></skipHours>", "hours=0,5"),
        (b"<skipDays><day>Saturday</day><day>SUNDAY</day></skipDays>", "days=5,6"),
        (b"<rss><channel><item><ttl>60</ttl></item>", ""),  # what an item says is not the feed's wish
        (b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>", ""),
        (b"<ttl>soon</ttl><hour>x</hour><day>someday</day>", ""),
        ("<ttl>30</ttl><title>한강</title>".encode("cp949"), "ttl=30"),
    ],
)
def test_a_pace_is_read_from_the_head_of_a_feed(body: bytes, kept: str) -> None:
    pace = Pace.asked_in(body)
    assert str(pace) == kept
    assert Pace.parse(kept) == pace


def test_a_feed_that_rests_is_asked_when_it_wakes() -> None:
    assert Pace(hours=frozenset({9, 10})).earliest(NOW) == NOW.replace(hour=11, minute=0)
    assert Pace(days=frozenset({4})).earliest(NOW) == datetime(2026, 2, 21, tzinfo=UTC)
    assert Pace(ttl=10, hours=frozenset({3})).earliest(NOW) == NOW + timedelta(minutes=10)


@given(st.integers(0, 10**9), st.frozensets(st.integers(0, 23)), st.frozensets(st.integers(0, 6)))
def test_nobody_rests_longer_than_a_day(ttl: int, hours: frozenset[int], days: frozenset[int]) -> None:
    pace = Pace(ttl, hours, days)
    assert NOW <= pace.earliest(NOW) <= NOW + LONGEST_REST
    assert Pace.parse(str(pace)) == pace


@given(st.text())
def test_any_text_is_a_pace(text: str) -> None:
    assert Pace.parse(text).earliest(NOW) <= NOW + LONGEST_REST
