"""What clustering costs at ten and at a hundred thousand articles, and what making tokens costs.

    python -m benchmarks.cost [--large]

Articles are the recorded headlines of ten weeks in time, Korean and English; where more are wanted, two halves of
different headlines are put together and the weeks go on, as many a day as there were. Tokens are measured apart, since
each article's are made once and kept: here, words between spaces stand in for them. The growth exponent is that of CPU
seconds between the two sizes (`--large`; with 1 everything grows as the articles do). Beside it HDBSCAN on an SVD.
Exit 1 when growth, memory or seconds pass their limits.
"""

import argparse
import math
import random
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from analysis import duplicates, stories
from analysis.mentions import Mentions
from analysis.tokens import Tokenizer, plain
from archive.records.incoming import Document, Tokens
from benchmarks import peers
from benchmarks.data import folder
from benchmarks.labelled import Row, article_of, rows
from benchmarks.measured import Cost, measured
from donghyang.config import lexicon

SMALL, LARGE = 10_000, 100_000
_TOKENS = 1_000  # articles with a lead to make tokens of
_SEED = 7
_MOST_SECONDS, _MOST_TOKEN_SECONDS = 10.0, 45.0  # of CPU for ten thousand articles
_MOST_MEGABYTES, _MOST_GROWTH = 1024, 1.2


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--large", action="store_true", help=f"also {LARGE} articles, and the growth")
    chosen = parser.parse_args()
    headlines = _headlines()
    known = lexicon()
    mentions = Mentions(known)
    few = documents(headlines, SMALL)
    _print("hdbscan", SMALL, measured(peers.hdbscan, few)[1])
    small = _clustered("ours", few, mentions)
    over = [f"{small.seconds:.1f} s for {SMALL}"] if small.seconds > _MOST_SECONDS else []
    if chosen.large:
        large = _clustered("ours", documents(headlines, LARGE), mentions)
        growth = math.log(large.seconds / small.seconds, LARGE / SMALL)
        print(f"growth exponent {growth:.2f}")
        over += [f"growth {growth:.2f}"] if growth > _MOST_GROWTH else []
        over += [f"{large.megabytes:.0f} MB"] if large.megabytes > _MOST_MEGABYTES else []
    labelled = [row for week in ("w07", "w08") for row in rows(folder("stories") / f"{week}.jsonl") if row["text"]]
    texts = [(row["title"], row["text"], row["lang"]) for row in labelled[:_TOKENS]]
    tokenizer = Tokenizer(known)
    tokenizer.terms("분석기를 먼저 올린다")
    started = time.process_time()  # here, not in a fork: one of an analyser that is loaded waits forever
    tokenizer.many(texts)
    each = (time.process_time() - started) * SMALL / len(texts)
    print(f"tokens of title and lead: {each:.1f} s a {SMALL} ({len(texts)} measured)")
    over += [f"{each:.1f} s of tokens"] if each > _MOST_TOKEN_SECONDS else []
    if over:
        sys.exit(f"beyond its limits: {', '.join(over)}")


def documents(headlines: Sequence[Row], count: int) -> list[Document]:
    """So many headlines as documents; beyond the real ones, spliced, in the weeks that follow."""
    days = len({row["snapshot"] for row in headlines})
    chance = random.Random(_SEED)  # noqa: S311 -- a benchmark must be the same every time
    found = []
    for number in range(count):
        row, round_ = headlines[number % len(headlines)], number // len(headlines)
        title = row["title"] if not round_ else _spliced(row["title"], chance.choice(headlines)["title"])
        at = datetime.fromisoformat(row["snapshot"]).replace(tzinfo=UTC) + timedelta(days=days * round_)
        found.append(_document(f"{number}", title, row, at))
    return found


def _clustered(name: str, made: Sequence[Document], mentions: Mentions) -> Cost:
    groups, cost = measured(_cluster, made, mentions)
    _print(name, len(made), cost)
    print(f"  {len(groups)} stories, the largest {sorted(map(len, groups), reverse=True)[:3]}")
    return cost


def _cluster(made: Sequence[Document], mentions: Mentions) -> list[tuple[str, ...]]:
    return [tuple(story) for story in stories.cluster(made, duplicates.find(made), mentions)]


def _print(name: str, count: int, cost: Cost) -> None:
    print(f"{name} {count} articles: {cost}", flush=True)


def _headlines() -> list[Row]:
    """The recorded headlines by day, each address once."""
    found: dict[str, Row] = {}
    for lang in ("ko", "en"):
        for row in rows(folder("headlines") / f"{lang}_2025-12-08_2026-02-14.jsonl"):
            found.setdefault(row["url"], {**row, "lang": lang})
    return sorted(found.values(), key=lambda row: (row["snapshot"], row["url"]))


def _spliced(one: str, other: str) -> str:
    first, second = one.split(), other.split()
    return " ".join([*first[: (len(first) + 1) // 2], *second[len(second) // 2 :]])


def _document(name: str, title: str, row: Row, at: datetime) -> Document:
    known = {"id": name, "title": title, "lang": row["lang"], "published": at.isoformat(), "outlet": row["source"]}
    terms = tuple(word.strip("'\"“”‘’.,…()[]").lower() for word in plain(title).split())
    return Document(article=article_of(known), text="", tokens=Tokens(version="words", title=terms, text=()))


if __name__ == "__main__":
    main()
