"""Titles, dates, names and addresses on their way into an issue."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.weeks import Week
from digest import dates
from digest.cleaning import alike, clean, headline, is_korean, title_of, web_address
from digest.named import named
from tests.builders_digest import LEXICON

SEOUL = ZoneInfo("Asia/Seoul")


@pytest.mark.parametrize(
    ("raw", "outlet", "title"),
    [
        ("[속보] AI 기본법 시행", "", "AI 기본법 시행"),
        ("AI 기본법 시행 - 전자누리", "전자누리", "AI 기본법 시행"),
        ("AI 기본법 시행 | 전자누리", "전자누리", "AI 기본법 시행"),
        ("R&amp;D 예산 &quot;두 배&quot;", "", 'R&D 예산 "두 배"'),
        ("[AI 시대] 일자리", "", "[AI 시대] 일자리"),
        ("GPT-5 - what is new", "Blog", "GPT-5 - what is new"),
    ],
)
def test_a_title_loses_its_flags_and_its_outlet_but_nothing_else(raw: str, outlet: str, title: str) -> None:
    assert title_of(raw, outlet) == title


def test_control_and_bidi_characters_vanish_and_lines_join() -> None:
    assert clean("가\u202e나\x00다\r\nBcc: x\u2028라\u200b") == "가나다 Bcc: x 라"


def test_a_headline_that_fits_stays_whole() -> None:
    assert headline("가" * 60) == "가" * 60


def test_a_long_headline_ends_at_a_break_outside_quotes() -> None:
    long = (
        "한솔반도체, 차세대 메모리 양산을 석 달 앞당긴다…“상반기 물량은 모두 계약이 끝났고 하반기도 협의 중”이라고 발표"
    )
    assert headline(long) == "한솔반도체, 차세대 메모리 양산을 석 달 앞당긴다…"


def test_a_number_is_not_cut_at_its_comma() -> None:
    long = "정부가 앞으로 삼 년 동안 인공지능 인재 양성 사업에 들이는 예산이 모두 합쳐 1,234,567,890,123원이라고 밝혔다"
    assert headline(long).endswith("합쳐…")


@given(st.text(max_size=300), st.integers(20, 80))
def test_a_headline_never_grows_beyond_its_limit(text: str, limit: int) -> None:
    assert len(headline(clean(text), limit)) <= limit


@given(st.text(max_size=200))
def test_clean_is_idempotent_and_leaves_one_printable_line(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "\n" not in once
    assert "\x00" not in once


@pytest.mark.parametrize(
    "bad",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//host.example/a", "https://", "", "ftp://a.example",
     'https://a.example/" onclick=x', "https://a.example/<b>", "https://[::1", "https://a.example/\u202e",
     "mailto:a@b.example", " https://a.example"],
)  # fmt: skip
def test_only_web_addresses_become_links(bad: str) -> None:
    assert web_address(bad) == ""


def test_a_web_address_is_kept_as_given() -> None:
    url = "https://news.example:8443/articleView.html?idxno=12&amp=1#가"
    assert web_address(url) == url


def test_dates_read_as_in_an_office() -> None:
    week = Week(2026, 8)
    assert dates.period(week) == "2026. 2. 16.(월) ~ 2. 22.(일)"
    assert dates.brief_period(week) == "2.16.~2.22."
    assert dates.full(date(2026, 11, 18)) == "2026. 11. 18.(수)"


def test_a_week_over_new_year_names_both_years() -> None:
    assert dates.period(Week(2026, 1)) == "2025. 12. 29.(월) ~ 2026. 1. 4.(일)"


def test_a_moment_falls_on_the_day_the_zone_shows() -> None:
    assert dates.local(datetime(2026, 2, 16, 15, tzinfo=UTC), SEOUL) == date(2026, 2, 17)


def test_names_are_found_with_particles_and_in_english() -> None:
    labels = [c.label for c in named(["오빗AI가 투자 유치", "Orbit AI raises money", "Orbiting AIs"], LEXICON)]
    assert labels == ["오빗AI"]


def test_a_name_inside_another_word_is_not_that_name() -> None:
    assert named(["미누리랩스 발표"], LEXICON) == ()
    assert named(["누리랩 발표"], None) == ()


def test_alike_headlines() -> None:
    assert alike("한솔반도체, HBM 양산 앞당겨", "한솔반도체 HBM 양산 앞당긴다")
    assert not alike("한솔반도체, HBM 양산 앞당겨", "AI 기본법 시행령 확정")
    assert is_korean("GPT 공개")
    assert not is_korean("GPT released")
