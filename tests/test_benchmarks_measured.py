"""What a piece of work costs is counted in a process of its own."""

import pytest

from benchmarks.measured import measured


def _holds(megabytes: int) -> int:
    return len(bytearray(megabytes * 1024 * 1024).replace(b"x", b"y"))


def _fails() -> None:
    message = "no such article"
    raise LookupError(message)


def test_memory_is_that_of_the_work_alone() -> None:
    ballast = bytearray(40 * 1024 * 1024)
    result, cost = measured(_holds, 60)
    assert result == 60 * 1024 * 1024
    assert 55 < cost.megabytes < 150
    assert ballast
    assert measured(_holds, 1)[1].megabytes < cost.megabytes


def test_an_error_of_the_work_is_raised_here() -> None:
    with pytest.raises(LookupError, match="no such article"):
        measured(_fails)
