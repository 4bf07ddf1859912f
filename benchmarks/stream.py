"""Recorded feed items whose title does not mention AI, labelled by reading.

``labels/relevance_stream.tsv`` names 300 of them by digest of their address, without a word of them: 150 of those that
``worth_reading`` passed when they were drawn (of 413), 150 of those it did not (of 6,191), each with 1 when it is about
AI. The items are looked up in the recorded feeds of three days.
"""

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from analysis import relevance
from analysis.mentions import Mentions
from analysis.tokens import Tokenizer
from archive.records.incoming import Document, Entry, Source
from archive.records.words import SourceId
from benchmarks.calibration import Calibration, Said, calibration
from benchmarks.labelled import documents
from collectors.feeds import NotAFeed, read_feed

LABELS = Path(__file__).parent / "labels" / "relevance_stream.tsv"
DAYS = ("2026-02-09", "2026-02-13", "2026-02-18")
POOLS = {"read": 413, "unread": 6191}  # how many there were to draw 150 from
SUMMARY = 600  # characters of a feed's text that are read, as extract does


class Heard(NamedTuple):
    """What is said of an item: whether it would be read, whether it is then about AI, and how surely."""

    read: bool
    ai: bool
    score: float


def report(root: Path, tokenizer: Tokenizer, mentions: Mentions) -> None:
    """Print what is found of them and how much of what is said is so, at the rate at which they come."""
    with LABELS.open(encoding="utf-8") as lines:
        labels = {row["digest"]: row for row in csv.DictReader(lines, delimiter="\t")}
    found = {digest: (feed, entry) for digest, feed, entry in items(root) if digest in labels}
    for feeds in ("all", "press", "labs and makers"):
        chosen = [digest for digest, (feed, _) in found.items() if feeds in ("all", _kind(feed))]
        made = _documents([found[digest] for digest in chosen], tokenizer)
        said = {digest: _judged(one, mentions) for digest, one in zip(chosen, made, strict=True)}
        print(f"stream {feeds:16s} {_scored(labels, said)}")
        found_sure = _calibrated(labels, said)
        print(f"stream {feeds:16s} calibration of those read {found_sure}; {found_sure.reliability()}")


def items(root: Path) -> Iterator[tuple[str, str, Entry]]:
    """Digest, feed and entry of every item of the days, each once."""
    seen = set()
    for path in (path for day in DAYS for path in sorted((root / "feeds" / "2026-02" / day).glob("*.xml"))):
        for entry in _entries(path):
            digest = hashlib.sha256(entry.url.encode()).hexdigest()[:16]
            if digest not in seen:
                seen.add(digest)
                yield digest, path.stem, entry


def _entries(path: Path) -> Sequence[Entry]:
    source = Source(id=SourceId(path.stem), name=path.stem, url=f"https://{path.stem}.example/")
    try:
        return read_feed(path.read_bytes(), url=source.url, source=source).entries
    except NotAFeed:
        return ()


def _kind(feed: str) -> str:
    return "press" if feed.startswith("kopress") else "labs and makers"


def _documents(found: Sequence[tuple[str, Entry]], tokenizer: Tokenizer) -> list[Document]:
    rows = [
        {
            "id": str(number),
            "title": entry.title,
            "text": (entry.content or entry.summary)[:3000],
            "lang": entry.lang,
            "outlet": feed,
        }
        for number, (feed, entry) in enumerate(found)
    ]
    return [
        replace(one, article=replace(one.article, role="lab")) if feed.startswith("lab_") else one
        for (feed, _), one in zip(found, documents(rows, tokenizer), strict=True)
    ]


def _judged(document: Document, mentions: Mentions) -> Heard:
    article = document.article
    if not relevance.worth_reading(article.title, document.text[:SUMMARY], mentions, article.role):
        return Heard(read=False, ai=False, score=0.0)
    verdict = relevance.judge(document, mentions)
    return Heard(read=True, ai=verdict.ai, score=verdict.score)


def _calibrated(labels: Mapping[str, Mapping[str, str]], said: Mapping[str, Heard]) -> Calibration:
    """Whether scores are probabilities, at the rate at which such items come."""
    weight = _weights(labels)
    read = [digest for digest, heard in said.items() if heard.read]
    return calibration([Said(said[one].score, labels[one]["ai"] == "1", weight[labels[one]["pool"]]) for one in read])


def _weights(labels: Mapping[str, Mapping[str, str]]) -> Mapping[str, float]:
    """For how many items one that was drawn stands, by pool."""
    return {pool: POOLS[pool] / sum(row["pool"] == pool for row in labels.values()) for pool in POOLS}


def _scored(labels: Mapping[str, Mapping[str, str]], said: Mapping[str, Heard]) -> str:
    weight = _weights(labels)

    def share(digests: Sequence[str]) -> float:
        return sum(weight[labels[digest]["pool"]] for digest in digests)

    about = [digest for digest in said if labels[digest]["ai"] == "1"]
    yes = [digest for digest, heard in said.items() if heard.ai]
    right = [digest for digest in yes if digest in about]
    read = [digest for digest in about if said[digest].read]
    return (
        f"{len(said)} items, {len(about)} about AI ({share(about) / share(list(said)):.1%} at the real rate): "
        f"{share(read) / share(about):.2f} would be read; P {share(right) / share(yes):.2f} "
        f"R {share(right) / share(about):.2f}; "
        f"of those drawn P {len(right) / len(yes):.2f} R {len(right) / len(about):.2f}"
    )
