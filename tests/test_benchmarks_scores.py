"""The scores benchmarks print, on a grouping small enough to count by hand."""

import pytest

from benchmarks import scores

GOLD = {"a": 1, "b": 1, "c": 1, "d": 2, "e": 3}
FOUND = {"a": "x", "b": "x", "c": "y", "d": "y"}  # e was not grouped: it counts alone


def test_bcubed() -> None:
    assert scores.bcubed(GOLD, FOUND) == pytest.approx((0.8, (2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5, 0.7652174))


def test_pairs() -> None:
    assert scores.pairwise(GOLD, FOUND) == pytest.approx((1 / 2, 1 / 3, 0.4))


def test_stories_of_two_or_more() -> None:
    assert scores.story_f(GOLD, FOUND) == pytest.approx((1 / 2, 1.0, 2 / 3))


def test_a_perfect_grouping() -> None:
    for score in (scores.bcubed, scores.pairwise, scores.story_f):
        assert score(GOLD, GOLD) == (1.0, 1.0, 1.0)


def test_every_one_alone() -> None:
    assert scores.bcubed(GOLD, scores.alone(GOLD)).precision == 1.0
    assert scores.pairwise(GOLD, scores.alone(GOLD)).f == 0.0


def test_yes_and_no() -> None:
    assert scores.binary({"a": True, "b": False, "c": True}, {"a": True, "b": True, "c": False}) == (0.5, 0.5, 0.5)


def test_a_report_names_all_scores() -> None:
    assert "BCubed P 0.800" in scores.report(GOLD, scores.grouped([["a", "b"], ["c", "d"], ["e"]]))
