"""Sentences in the manner of an office: only the last predicate changes, by rule, and never when in doubt."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.endings import noun_ended

_CORPUS = Path(__file__).parent / "corpus" / "endings"
_NUMBERS = re.compile(r"\d[\d.,]*")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’")


def pairs(name: str) -> list[tuple[str, str | None]]:
    """A sentence as told, and as an office would write it: None where it must stay."""
    lines = (_CORPUS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split("|") for line in lines if line and not line.startswith("#")]
    return [(stem + told, None if new == "=" else stem + new) for stem, told, new in rows]


@pytest.mark.parametrize("name", ["in_sight", "kept_apart"])
def test_sentences_end_as_an_office_would_write_them(name: str) -> None:
    """Three hundred pairs written before any rule; of half of them the rules' maker had nothing but the figure."""
    known = pairs(name)
    wrong = [(told, noun_ended(told)) for told, wanted in known if noun_ended(told) != wanted]
    assert len(known) >= 150
    assert len(wrong) <= 0.02 * len(known), wrong


def test_what_must_stay_is_never_touched() -> None:
    for name in ("in_sight", "kept_apart"):
        assert [told for told, wanted in pairs(name) if wanted is None and noun_ended(told)] == []


def test_numbers_and_quotations_are_word_for_word_and_only_the_end_changes() -> None:
    for told, _ in pairs("in_sight") + pairs("kept_apart"):
        ended = noun_ended(told)
        if ended is not None:
            assert _NUMBERS.findall(ended) == _NUMBERS.findall(told)
            assert _QUOTED.findall(ended) == _QUOTED.findall(told)
            assert told.startswith(ended[:-4])


@given(
    st.text(alphabet="가다했밝혔이있없는한된않을것 \"“”'‘’().,0159%ABab\n", max_size=60),
    st.sampled_from(["다.", "다", "니다.", "습니다."]),
)
def test_any_text_keeps_its_numbers_quotations_and_its_beginning(text: str, end: str) -> None:
    told = text + end
    ended = noun_ended(told)
    if ended is not None:
        assert _NUMBERS.findall(ended) == _NUMBERS.findall(told)
        assert _QUOTED.findall(ended) == _QUOTED.findall(told)
        assert told.startswith(ended[: max(0, len(told) - 6)])


@pytest.mark.parametrize("told", ["", "다", "다.", "그는 “갔다.", "(이것은 시험이다.", "Done.", "정말 그럴까?"])
def test_a_scrap_stays_as_it_is(told: str) -> None:
    assert noun_ended(told) is None


def test_a_stem_in_reu_is_found_behind_its_past() -> None:
    assert noun_ended("새 칩이 경쟁 제품을 앞질렀다.") == "새 칩이 경쟁 제품을 앞지름"


def test_an_ended_sentence_is_not_ended_again() -> None:
    for told, _ in pairs("in_sight"):
        ended = noun_ended(told)
        assert ended is None or noun_ended(ended) is None
