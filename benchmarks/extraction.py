"""How well article pages are read, beside plain trafilatura on the same pages in the same run.

    python -m benchmarks.extraction [SET...] [--every N]

Sets: kr, kr_state, sh181, fundus. For each: mean token F1 of the text (bags of words; Han and Kana by character), the
share of pages at .9 or better, CPU seconds a page; then dates to the minute where the gold names one.
"""

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import trafilatura

from benchmarks.data import folder
from collectors.articles import read_page

SETS = ("kr", "kr_state", "sh181", "fundus")
_TOKEN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]|[^\W_\u3040-\u30ff\u4e00-\u9fff]+")


def main() -> None:
    """Print one line a set and extractor."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction")
    parser.add_argument("sets", nargs="*", metavar="SET", help=", ".join(SETS))
    parser.add_argument("--every", type=int, default=1, help="take every n-th page only")
    wanted = parser.parse_args()
    folder("pages")
    for name in wanted.sets or SETS:
        measure(name, list(_pages(name, wanted.every)))


def measure(name: str, pages: Sequence[tuple[dict[str, Any], bytes]]) -> None:
    """Score both extractors on one set."""
    dates: list[tuple[str, datetime | None]] = []

    def ours(gold: dict[str, Any], body: bytes) -> str:
        page = read_page(body, url=gold["url"])
        dates.append((gold.get("date") or gold.get("meta_date") or "", page.published))
        return page.text

    def plain(_: dict[str, Any], body: bytes) -> str:
        return trafilatura.extract(body.decode("utf-8", "replace"), include_comments=False) or ""

    for label, extract in (("donghyang", ours), ("trafilatura", plain)):
        print(f"{name:9} {label:12}", _score(pages, extract))
    print(f"{name:9} dates       ", _right(dates))


def _pages(name: str, every: int) -> Iterator[tuple[dict[str, Any], bytes]]:
    place = folder("pages", name)
    golds = (place / "gold.jsonl").read_text("utf-8").splitlines()
    for gold in map(json.loads, golds[::every]):
        yield gold, gzip.decompress((place / gold["html"].rsplit("/", 1)[-1]).read_bytes())


def _score(pages: Sequence[tuple[dict[str, Any], bytes]], extract: Callable[[dict[str, Any], bytes], str]) -> str:
    started = time.process_time()
    texts = [extract(gold, body) for gold, body in pages]
    seconds = time.process_time() - started
    scores = [token_f1(text, gold["text"]) for text, (gold, _) in zip(texts, pages, strict=True)]
    good = sum(score >= 0.9 for score in scores)
    return (
        f"F1 {sum(scores) / len(scores):.4f}  at .9 {good}/{len(scores)} ({good / len(scores):.2f})  "
        f"{seconds / len(scores) * 1000:.0f} ms a page"
    )


def token_f1(text: str, gold: str) -> float:
    """F1 of two texts as bags of words."""
    one, other = (Counter(_TOKEN.findall(each.lower())) for each in (text, gold))
    return 2 * (one & other).total() / max(one.total() + other.total(), 1)


def _right(dates: Sequence[tuple[str, datetime | None]]) -> str:
    known = [(datetime.fromisoformat(text), found) for text, found in dates if text]
    aware = [(gold if gold.tzinfo else gold.replace(tzinfo=UTC), found) for gold, found in known]
    right = sum(found is not None and abs(found - gold) < timedelta(minutes=1) for gold, found in aware)
    return f"right to the minute {right}/{len(aware)}"


if __name__ == "__main__":
    main()
