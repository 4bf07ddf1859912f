"""Why an item is in an issue, part by part, and why the next stories are not."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analysis.ranking import weights_of
from archive import issues
from archive.snapshots import from_json, to_json
from archive.store import Archive
from digest.compose import Before
from donghyang.cli import main
from donghyang.issue_explaining import explain
from tests.builders_digest import full_week, issue_of
from tests.mailroom import write_config

WEIGHTS = {f"{view}.{part}": weight for view, parts in weights_of({}).items() for part, weight in parts.items()}
ISSUE = issue_of(full_week(), before=Before(weights=WEIGHTS))


@pytest.fixture
def asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """A house with one frozen issue, asked on the command line: the exit code, what it says, and its troubles."""
    path = write_config(tmp_path, 1, "")
    archive = Archive.open(f"sqlite:///{tmp_path / 'donghyang.db'}")
    with archive.writing() as db:
        issues.freeze(db, ISSUE, {})
        issues.freeze(db, replace(ISSUE, week=ISSUE.week.ahead(-1), number=ISSUE.number - 1, weighed=()), {})
    archive.close()

    def ask(*words: str) -> tuple[int, str, str]:
        try:
            code = main(["--config", str(path), "issue", "explain", *words])
        except SystemExit as ended:
            code = int(ended.code or 0)
        told = capsys.readouterr()
        return code, told.out, told.err

    return ask


def test_an_item_is_told_with_every_part_its_weight_and_the_place_it_took() -> None:
    told = explain(ISSUE, 3, frozen=True)
    (row,) = told["items"]
    assert row["item"] == 3
    assert row["headline"] == ISSUE.items[2].headline
    assert row["fate"] in {"reserved", "ranked", "filled"}
    assert {one["part"] for one in row["parts"]} <= set(weights_of({})["city"])
    for one in row["parts"]:
        for view, points in one["points"].items():
            assert points == pytest.approx(one["value"] * one["weights"][view])
    assert sum(told["shares"].values()) == pytest.approx(1)


def test_the_next_five_are_told_with_their_reasons() -> None:
    told = explain(ISSUE, None, frozen=True)
    assert [row["item"] for row in told["items"]] == list(range(1, 13))
    assert 0 < len(told["next"]) <= 5
    assert all(row["item"] is None and row["why"] for row in told["next"])


def test_a_snapshot_explains_the_same_as_the_issue() -> None:
    assert explain(from_json(to_json(ISSUE)), None, frozen=True) == explain(ISSUE, None, frozen=True)


def test_an_item_that_an_editor_took_out_afterwards_is_said_to_be_out() -> None:
    first, *rest = ISSUE.weighed
    told = explain(replace(ISSUE, weighed=(*rest, replace(first, item=0))), None, frozen=True)
    assert [row["why"] for row in told["next"] if row["story"] == first.story] == ["편집자가 뺌"]


def test_the_command_explains_a_frozen_issue(asked: Any) -> None:
    code, out, _ = asked("2026-W08", "1", "--format", "json")
    assert code == 0
    assert json.loads(out) == json.loads(json.dumps(explain(ISSUE, 1, frozen=True), ensure_ascii=False))
    code, out, _ = asked("2026-W08", "1")
    assert code == 0
    assert ISSUE.items[0].headline in out
    assert "싣지 않은 다음 소식" in out


def test_an_unknown_item_and_an_issue_without_reasons_are_refused_in_words(asked: Any) -> None:
    code, _, err = asked("2026-W08", "40")
    assert (code, "1번부터 12번까지" in err) == (1, True)
    code, _, err = asked("2026-W07", "1")
    assert (code, "--preview" in err) == (1, True)
