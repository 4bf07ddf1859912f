"""Whether a score is a probability."""

import pytest

from benchmarks.calibration import Said, calibration

YES, NO = True, False


def test_what_is_said_and_so_in_equal_shares_has_no_error() -> None:
    found = calibration([Said(0.25, n == 0) for n in range(4)])
    assert found.error == pytest.approx(0)
    assert found.brier == pytest.approx(found.base) == pytest.approx(0.1875)


def test_sure_and_right_is_better_than_the_base_rate_and_sure_and_wrong_worse() -> None:
    right = calibration([Said(1.0, YES), Said(0.0, NO)])
    wrong = calibration([Said(0.0, YES), Said(1.0, NO)])
    assert (right.brier, right.error) == (0, 0)
    assert wrong.brier == wrong.error == 1 > wrong.base


def test_one_that_stands_for_many_weighs_as_many() -> None:
    assert calibration([Said(0.9, YES, 3), Said(0.9, NO, 1)]).error == pytest.approx(0.15)
    assert calibration([Said(0.9, YES, 9), Said(0.9, NO, 1)]).reliability() == "0.90→0.90 (10)"


def test_skill_is_how_much_better_than_the_base_rate() -> None:
    assert calibration([Said(1.0, YES), Said(0.0, NO)]).skill == 1
    assert calibration([Said(0.5, YES), Said(0.5, NO)]).skill == pytest.approx(0)
