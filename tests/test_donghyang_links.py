"""`try links`: every headline gets its line, and a file that cannot be used gets a sentence."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from donghyang.cli import main

ROWS = (
    ("a", "오픈AI, GPT-6 공개…추론 비용 40% 낮춰", ""),
    ("b", "", "Nvidia to build 5,000-GPU cluster in Seoul with Naver"),
    (
        "c",
        "네이버, 엔비디아와 서울에 GPU 5000장 클러스터 짓는다",
        "OpenAI unveils GPT-6, cutting reasoning costs by 40%",
    ),
    ("d", "주말 전국에 비 소식", ""),
)

Try = Callable[[str | bytes], int]


@pytest.fixture
def attempt(tmp_path: Path) -> Try:
    """Write a file and try it."""

    def run(content: str | bytes) -> int:
        path = tmp_path / "links.tsv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return main(["try", "links", str(path)])

    return run


def table(rows: tuple[tuple[str, ...], ...] = ROWS, head: str = "id\tko\ten") -> str:
    return "\n".join([head, *("\t".join(row) for row in rows)]) + "\n"


def printed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_every_text_gets_its_best_partner(attempt: Try, capsys: pytest.CaptureFixture[str]) -> None:
    """Rows are not aligned: what belongs together stands on different lines."""
    assert attempt(table()) == 0
    rows = printed(capsys)
    assert [list(row) for row in rows] == [["direction", "ko_id", "en_id", "score", "asserted"]] * 5
    assert [(row["direction"], row["ko_id"], row["en_id"]) for row in rows] == [
        ("ko2en", "a", "c"),
        ("ko2en", "c", "b"),
        ("ko2en", "d", None),
        ("en2ko", "c", "b"),
        ("en2ko", "a", "c"),
    ]
    assert all(0 < row["score"] <= 1 for row in rows if row["en_id"] and row["ko_id"])
    assert (rows[2]["score"], rows[2]["asserted"]) == (0.0, False)
    assert all(isinstance(row["asserted"], bool) for row in rows)


def test_columns_go_by_name_and_lines_may_end_early(attempt: Try, capsys: pytest.CaptureFixture[str]) -> None:
    assert attempt(table()) == 0
    expected = printed(capsys)
    moved = tuple((en, "2026-02", id_, ko) for id_, ko, en in ROWS)
    assert attempt("\ufeff" + table(moved, "EN\tdate\tID \tko").replace("\n", "\r\n")) == 0
    assert printed(capsys) == expected
    assert attempt("\n".join(line.rstrip("\t") for line in table().splitlines())) == 0
    assert printed(capsys) == expected


def test_a_file_without_texts_gives_no_lines(attempt: Try, capsys: pytest.CaptureFixture[str]) -> None:
    assert attempt("id\tko\ten\n\n") == 0
    assert printed(capsys) == []
    assert attempt(table((("a", "오픈AI가 GPT-6를 냈다", ""),))) == 0
    assert [(row["ko_id"], row["en_id"]) for row in printed(capsys)] == [("a", None)]


BAD: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "id, ko, en"),
    "no header": (table(head="1\tx\ty"), "id, ko, en"),
    "commas": (table(head="id,ko,en"), "id, ko, en"),
    "no id": (table((("", "오픈AI", ""),)), "2번째"),
    "twice": (table((("a", "오픈AI", ""), ("a", "구글", ""))), "3번째"),
    "tab in a text": (table((("a", "오픈AI", "OpenAI", "rest"),)), "2번째"),
    "not UTF-8": (table().encode("cp949"), "UTF-8"),
}


@pytest.mark.parametrize(("content", "said"), BAD.values(), ids=BAD)
def test_a_bad_file_gets_a_sentence(
    content: str | bytes, said: str, attempt: Try, capsys: pytest.CaptureFixture[str]
) -> None:
    assert attempt(content) == 1
    told = capsys.readouterr()
    assert said in told.err
    assert "links.tsv" in told.err
    assert told.out == ""


def test_an_absent_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["try", "links", str(tmp_path / "none.tsv")]) == 1
    assert "none.tsv" in capsys.readouterr().err


def test_the_sites_own_words_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A lexicon.toml beside the configuration joins what no packaged name does; a wrong --config is told."""
    config, path = tmp_path / "config.toml", tmp_path / "links.tsv"
    config.write_text("", encoding="utf-8")
    (tmp_path / "lexicon.toml").write_text(
        '[[concepts]]\nid = "hanbit-bot"\nkind = "product"\nlabel = "한빛이"\naliases = ["한빛이", "Hanbity"]\n'
    )
    path.write_text(table((("a", "한빛이 나왔다", ""), ("b", "", "Hanbity is here"))), encoding="utf-8")
    assert main(["--config", str(config), "try", "links", str(path)]) == 0
    assert [row["en_id"] for row in printed(capsys)] == ["b", "b"]
    assert main(["--config", str(tmp_path / "none.toml"), "try", "links", str(path)]) == 2


def test_the_benchmark_says_when_its_data_is_absent(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.links"],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent.parent,
        env={"DONGHYANG_DATA": str(tmp_path)},
    )
    assert done.stdout.startswith("skipped: ")
