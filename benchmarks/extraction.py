"""How well article pages are read, beside trafilatura and readability on the same pages in the same run.

    python -m benchmarks.extraction [SET...] [--pages FOLDER] [--every N]

A set is a folder with gold.jsonl and gzipped pages (kr, kr_state, sh181, fundus, or others like them). Scored as in the
article extraction benchmark of Scrapinghub (2020): shingles of four tokens, precision and recall of each page; F is the
harmonic mean of the mean precision and the mean recall, beside it the mean F of the pages and the share at .9 up.
Then the boilerplate lines of the gold's ``without`` that leaked, dates right to the minute, and CPU time a page
(trafilatura's with its metadata, as ours has them).
"""

import argparse
import gzip
import json
import re
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import trafilatura
from readability import Document

from archive.records.incoming import Page
from benchmarks.data import folder
from collectors.articles import read_page
from collectors.blocks import text_of_html

SETS = ("kr", "kr_state", "sh181", "fundus")
KOREAN = ("kr", "kr_state")
_TOKEN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]|[^\W_\u3040-\u30ff\u4e00-\u9fff]+")  # Han and Kana one by one
_SHINGLE = 4

Gold = Mapping[str, Any]
Pages = Sequence[tuple[Gold, bytes]]


class PageScore(NamedTuple):
    """Of one page, each 0 to 1."""

    precision: float
    recall: float

    @property
    def f(self) -> float:
        """The harmonic mean."""
        return _harmonic(self.precision, self.recall)


def main() -> None:
    """Print a line for each set and reader."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction")
    parser.add_argument("sets", nargs="*", metavar="SET", help=", ".join(SETS))
    parser.add_argument("--pages", type=Path, help="the folder that holds the sets")
    parser.add_argument("--every", type=int, default=1, help="take every n-th page only")
    wanted = parser.parse_args()
    place = wanted.pages or folder("pages")
    scores = {name: measure(name, list(_pages(place / name, wanted.every))) for name in wanted.sets or SETS}
    korean = [score.f for name in KOREAN for score in scores.get(name, ())]
    if korean:
        print(f"all Korean  donghyang    mean F {sum(korean) / len(korean):.4f} of {len(korean)} pages")


def measure(name: str, pages: Pages) -> list[PageScore]:
    """Score the readers on one set; ours are returned."""
    read: list[Page] = []

    def ours(gold: Gold, body: bytes) -> str:
        read.append(read_page(body, url=gold["url"]))
        return read[-1].text

    scores = _scored(name, "donghyang", pages, ours)
    for peer, extract in (("trafilatura", _trafilatura), ("readability", _readability)):
        _scored(name, peer, pages, extract)
    dates = [gold.get("date") or gold.get("meta_date") or "" for gold, _ in pages]
    print(f"{name:9}   donghyang    dates {_right(dates, [page.published for page in read])}")
    return scores


def _pages(place: Path, every: int) -> Iterator[tuple[Gold, bytes]]:
    golds = (place / "gold.jsonl").read_text("utf-8").splitlines()
    for gold in map(json.loads, golds[::every]):
        yield gold, gzip.decompress((place / gold["html"].rsplit("/", 1)[-1]).read_bytes())


def _trafilatura(_: Gold, body: bytes) -> str:
    read = trafilatura.bare_extraction(body.decode("utf-8", "replace"), include_comments=False, with_metadata=True)
    return (read.as_dict()["text"] if read and not isinstance(read, dict) else "") or ""


def _readability(_: Gold, body: bytes) -> str:
    try:
        return text_of_html(Document(body.decode("utf-8", "replace")).summary(html_partial=True))
    except Exception:  # noqa: BLE001 - a peer that fails on a page read nothing there
        return ""


def _scored(name: str, reader: str, pages: Pages, extract: Callable[[Gold, bytes], str]) -> list[PageScore]:
    started = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        texts = [extract(gold, body) for gold, body in pages]
    seconds = (time.process_time() - started) / len(pages)
    scores = [score(text, gold["text"]) for text, (gold, _) in zip(texts, pages, strict=True)]
    precision, recall, mean = (sum(column) / len(pages) for column in zip(*((*s, s.f) for s in scores), strict=True))
    good = sum(one.f >= 0.9 for one in scores) / len(scores)
    leaks = [line in text for text, (gold, _) in zip(texts, pages, strict=True) for line in gold.get("without") or ()]
    leaked = f"  leaked {sum(leaks)} of {len(leaks)}" if leaks else ""
    print(
        f"{name:9}   {reader:12} F {_harmonic(precision, recall):.4f}  P {precision:.4f} R {recall:.4f}  "
        f"mean F {mean:.4f}  at .9 {good:.2f}  {1 / seconds:.1f} pages a CPU-second{leaked}"
    )
    return scores


def score(text: str, gold: str) -> PageScore:
    """Precision and recall of four-token shingles, as bags; of no shingles at all, 1 beside none and 0 beside some."""
    found, wanted = _shingles(text), _shingles(gold)
    both = (found & wanted).total()
    return PageScore(*(both / bag.total() if bag else float(not other) for bag, other in _both_ways(found, wanted)))


def _both_ways(one: Counter[Any], other: Counter[Any]) -> tuple[tuple[Counter[Any], Counter[Any]], ...]:
    return (one, other), (other, one)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text.lower())
    return Counter(tuple(tokens[at : at + _SHINGLE]) for at in range(max(1, len(tokens) - _SHINGLE + 1)) if tokens)


def _harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0


def _right(dates: Sequence[str], found: Sequence[datetime | None]) -> str:
    known = [(datetime.fromisoformat(text), moment) for text, moment in zip(dates, found, strict=True) if text]
    aware = [(gold if gold.tzinfo else gold.replace(tzinfo=UTC), moment) for gold, moment in known]
    right = sum(moment is not None and abs(moment - gold) < timedelta(minutes=1) for gold, moment in aware)
    return f"right to the minute {right} of {len(aware)}"


if __name__ == "__main__":
    main()
