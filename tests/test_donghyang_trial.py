"""`try feed`, `try page` and `try stories`, as a program would call them."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from donghyang.cli import main
from tests import small_world

FEED = (
    '<rss version="2.0"><channel><item><title>한빛시, 민원 상담에 AI 도입</title><link>http://a.example/1</link>'
    "<guid>1</guid><pubDate>2026-02-06 09:10:00</pubDate></item></channel></rss>"
)


def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(["try", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_feed_is_shown_with_the_contracts_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "feed.xml.gz"
    path.write_bytes(gzip.compress(FEED.encode()))
    code, out, _ = call(capsys, "feed", str(path))
    entry = json.loads(out)[0]
    assert code == 0
    assert set(entry) == {"title", "url", "published", "summary", "id", "authors", "lang"}
    assert entry["published"] == "2026-02-06T09:10:00+09:00"


def test_several_feeds_are_a_line_each_and_a_bad_one_costs_only_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.xml", tmp_path / "bad.xml"
    good.write_text(FEED, encoding="utf-8")
    bad.write_text("<html><title>점검중</title></html>", encoding="utf-8")
    code, out, err = call(capsys, "feed", str(good), str(bad), str(tmp_path / "none.xml"))
    assert code == 1
    assert [len(json.loads(line)) for line in out.splitlines()] == [1, 0, 0]
    assert "bad.xml" in err
    assert "none.xml" in err


def test_a_page_is_shown_and_one_without_text_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, empty = tmp_path / "page.html", tmp_path / "empty.html"
    page.write_bytes(small_world.page(small_world.LINES[0]))
    empty.write_text("<html><body></body></html>", encoding="utf-8")
    code, out, _ = call(capsys, "page", str(page))
    found = json.loads(out)
    assert code == 0
    assert found["published"] == small_world.LINES[0].at
    assert "41%" in found["text"]
    code, out, err = call(capsys, "page", str(empty))
    assert (code, json.loads(out)["text"]) == (1, "")
    assert "empty.html" in err


def rows() -> list[dict[str, Any]]:
    return [
        {"id": str(line.number), "title": line.title, "text": line.text, "lang": "ko", "published": line.at, "x": 1}
        for line in small_world.LINES
        if line.outlet != "bits"
    ]


def test_every_article_gets_a_story_in_the_files_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows()), encoding="utf-8")
    code, out, _ = call(capsys, "stories", str(path))
    found = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [row["id"] for row in found] == [row["id"] for row in rows()]
    assert set(found[0]) == {"id", "story", "ai", "ai_score", "section", "duties", "rank"}
    story = {row["id"]: row["story"] for row in found}
    assert story["10001"] == story["20001"] != story["20002"] == story["10002"]
    assert [row["ai"] for row in found if row["id"] in ("10004", "20003")] == [False, False]
    assert min(row["rank"] for row in found) == 1


@pytest.mark.parametrize("line", ["{", '{"title": "x"}', "[]", '{"id": "1"}\n{"id": "1"}'])
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(line, encoding="utf-8")
    code, _, err = call(capsys, "stories", str(path))
    assert code == 1
    assert "a.jsonl" in err
