"""Floors: read from what is printed, lifted but never lowered."""

from pathlib import Path

from benchmarks import floors
from benchmarks.floors import Floor

ONE = Floor(name="stories", benchmark="b", pattern=r"^ours F (\S+)", floor=0.9)


def test_a_figure_below_its_floor_is_named_and_a_tie_is_not() -> None:
    assert floors.broken([ONE], {"b": "x\nours F 0.91\n"}) == []
    assert floors.broken([ONE], {"b": "ours F 0.898\n"}) == []
    assert floors.broken([ONE], {"b": "ours F 0.850\n"}) == ["stories fell to 0.850, below its floor of 0.900"]
    assert floors.broken([ONE], {"b": "skipped: no data\n"}) == []


def test_floors_only_go_up(tmp_path: Path) -> None:
    assert floors.raised([ONE], {"b": "ours F 0.95\n"})[0].floor == 0.95
    assert floors.raised([ONE], {"b": "ours F 0.10\n"})[0].floor == 0.9
    assert floors.raised([ONE], {})[0].floor == 0.9
    floors.write([ONE], tmp_path / "floors.json")
    assert floors.read(tmp_path / "floors.json") == [ONE]


def test_the_kept_floors_can_be_read() -> None:
    kept = floors.read()
    assert len({floor.name for floor in kept}) == len(kept)
    assert all(floor.floor > 0 for floor in kept)
