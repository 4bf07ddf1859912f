"""Moments: one in forty spellings, and what is no moment."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.dates import SEOUL, assumed_zone, moment

LONDON = ZoneInfo("UTC")
HALF_PAST_FIVE = datetime(2026, 1, 15, 17, 30, tzinfo=SEOUL)
NAIVE = """
2026.01.15 17:30
2026-01-15 17:30:00
2026-01-15 17:30:00.0
2026-01-15T17:30
2026/01/15 17:30
2026년 01월 15일 오후 05:30:00
2026년 1월 15일 (목) 오후 5시 30분
2026년 1월 15일 목요일 17시 30분 00초
2026년01월15일 17:30
20260115173000
202601151730
2026.01.15. 오후 5:30
2026. 1. 15. 오후 5:30:00
2026. 01. 15 (목) 17:30
2026-01-15 저녁 5:30
２０２６．０１．１５　１７：３０
26.01.15 17:30
목, 15 1월 2026 17:30:00
15-Jan-26 17:30
15 01 2026 17:30
January 15, 2026 5:30 PM
Jan. 15, 2026, 5:30 p.m.
Thu Jan 15 17:30:00 2026
Thu, 15 Jan 2026 17:30:00 XYZ
"""
ZONED = """
Thu, 15 Jan 2026 17:30:00 +0900
Thu, 15 Jan 2026 17:30:00 KST
Thu, 15 Jan 2026 17:30:00 JST
Thu, 15 Jan 2026 08:30:00 GMT
Thu, 15 Jan 2026 03:30:00 EST
Thu, 15 Jan 2026 00:30:00 PT
Thursday, 15 January 2026 17:30:00 +09:00
목, 15 1월 2026 17:30:00 +0900
Thu, 15 01 2026 17:30:00 +0900
2026-01-15T17:30:00+09:00
2026-01-15T08:30:00Z
2026-01-15T08:30:00.123456789Z
2026-01-15T17:30:00+09:00[Asia/Seoul]
2026-01-15 17:30 (KST)
20260115T173000+0900
20260115173000+0900
Thu Jan 15 2026 17:30:00 GMT+0900 (한국 표준시)
Thu Jan 15 17:30:00 KST 2026
1768465800
1768465800000
"""
NO_MOMENTS = """
어제
3시간 전
2026
2026-01
2026-13-45
2026-02-30
2026-01-15 25:10
2026-01-15 17:61
15/01/2026
0001-01-01T00:00:00Z
9999-12-31T23:59:59-12:00
Thu, 15 Foo 2026 17:30:00 GMT
2026-01-15 17:30 그리고 더
12345678901234567890
+0900
"""


@pytest.mark.parametrize("text", NAIVE.strip().splitlines())
def test_a_text_without_a_zone_is_read_in_the_one_given(text: str) -> None:
    assert moment(text, zone=SEOUL) == HALF_PAST_FIVE
    assert moment(text, zone=LONDON) == HALF_PAST_FIVE + timedelta(hours=9)


@pytest.mark.parametrize("text", ZONED.strip().splitlines())
def test_a_zone_that_is_claimed_is_kept(text: str) -> None:
    for zone in (SEOUL, LONDON):
        found = moment(text, zone=zone)
        assert found is not None
        assert found.replace(microsecond=0) == HALF_PAST_FIVE


@pytest.mark.parametrize("text", ["", *NO_MOMENTS.strip().splitlines(), "2026-01-15" + " " * 200])
def test_what_names_no_moment_is_none(text: str) -> None:
    assert moment(text, zone=SEOUL) is None


@pytest.mark.parametrize("text", ["Thu, 15 Jan 2026 17:30:00 GMT", "2026-01-15T17:30:00Z", "2026-01-15 17:30"])
def test_the_clock_of_a_source_overrides_what_its_feed_claims(text: str) -> None:
    assert moment(text, zone=LONDON, override=SEOUL) == HALF_PAST_FIVE


@pytest.mark.parametrize(
    ("text", "hour", "day"),
    [
        ("2026-01-15 오전 12:00", 0, 15),
        ("2026-01-15 오후 12:00", 12, 15),
        ("2026-01-15 12:00 AM", 0, 15),
        ("2026-01-15 오후 17:00", 17, 15),
        ("2026-01-15 새벽 3:00", 3, 15),
        ("2026-01-15 24:00", 0, 16),
        ("2026-01-15", 0, 15),
        ("20260115", 0, 15),
    ],
)
def test_halves_of_the_day_and_its_ends(text: str, hour: int, day: int) -> None:
    assert moment(text, zone=SEOUL) == datetime(2026, 1, day, hour, tzinfo=SEOUL)


def test_leap_seconds_and_two_digit_years() -> None:
    assert moment("Sat, 31 Dec 16 23:59:60 GMT", zone=SEOUL) == datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert moment("31 Dec 99 23:59 GMT", zone=SEOUL) == datetime(1999, 12, 31, 23, 59, tzinfo=UTC)


@given(st.text(max_size=60))
def test_any_text_gives_an_aware_moment_or_none(text: str) -> None:
    found = moment(text, zone=SEOUL)
    assert found is None or found.utcoffset() is not None


PIECES = (
    "2026 01 1 15 31 99 년 월 일 요일 . - / : T Z + +0900 KST asia/seoul Jan 1월 오후 am 17 30 시 분 초 ( ) [ , "
    "20260115 24:00"
)


@given(st.lists(st.sampled_from([*PIECES.split(), " "]), max_size=12))
def test_any_heap_of_date_pieces_gives_an_aware_moment_or_none(pieces: list[str]) -> None:
    found = moment("".join(pieces), zone=SEOUL)
    assert found is None or found.astimezone(UTC).tzinfo is UTC


SECONDS = st.integers(631_152_000, 4_102_444_800)  # 1990 to 2100


@given(SECONDS, st.integers(-14 * 4, 14 * 4))
def test_what_is_written_is_read(second: int, quarters: int) -> None:
    when = datetime.fromtimestamp(second, timezone(timedelta(minutes=15 * quarters)))
    for form in ("%Y-%m-%dT%H:%M:%S%z", "%a, %d %b %Y %H:%M:%S %z", "%Y.%m.%d %H:%M:%S %z", "%Y%m%d%H%M%S%z"):
        assert moment(when.strftime(form), zone=SEOUL) == when
    half = "오전" if when.hour < 12 else "오후"
    korean = f"{when:%Y년 %m월 %d일} {half} {when.hour % 12 or 12}시 {when:%M분 %S초}"
    assert moment(korean, zone=SEOUL) == when.replace(tzinfo=SEOUL)


def test_the_zone_that_is_assumed() -> None:
    assert assumed_zone("www.dawn.kr", "en") is SEOUL
    assert assumed_zone("dawn.example", "ko") is SEOUL
    assert assumed_zone("dawn.example", "en").key == "UTC"
    assert assumed_zone("kr.example", "other").key == "UTC"
