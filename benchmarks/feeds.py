"""How well and how fast feeds are read, beside feedparser alone on the same bytes in the same run.

    python -m benchmarks.feeds [--data FOLDER] [--all]

Robust files: every title readable, every link absolute, every date right to the minute with its zone, or, where there
is no feed, a failure that is named. Corpora: feedparser's own stated expectations about titles, links, ids, dates,
summaries, contents and authors (as text: ours are plain, both sides are compared so), and no exception anywhere.
Recorded feeds: the fast reading against feedparser's of the same text, and feeds a CPU-second. ``--all`` names what a
reader gets wrong.
"""

import argparse
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import feedparser

from archive.records.incoming import Source
from archive.records.words import SourceId
from benchmarks.data import folder
from benchmarks.feed_corpora import Corpus, corpus_files, expectations, moment_of
from benchmarks.feed_robustness import Reading, faults
from collectors import charsets, plain_feed, urls, xml_feed
from collectors.feeds import NotAFeed, read_feed
from collectors.xml_repair import repaired

_ADDRESS: Final = "https://news.example.kr/rss.xml"
_ROBUST: Final = ("edge", "korean")
_CORPORA: Final = ("feedparser_tests", "rss-parser_inputs", "feed-rs_fixtures")
_TIMES: Final = 4
_EVERY: Final = 9  # of the recorded feeds, for the clock; all of them are compared


def main() -> None:
    """Print a line for each set and reader."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.feeds")
    parser.add_argument("--data", type=Path, help="the folder that holds robust/ and feeds/")
    parser.add_argument("--all", action="store_true", help="name every file that a reader gets wrong")
    wanted = parser.parse_args()
    warnings.simplefilter("ignore")
    robust = wanted.data / "robust" if wanted.data else folder("robust")
    recorded = wanted.data / "feeds" if wanted.data else folder("feeds")
    for name in _ROBUST:
        _robust(robust / name, told=wanted.all)
    for name in _CORPORA:
        _corpus(robust / f"{name}.tar.xz", name, told=wanted.all)
    bodies = [path.read_bytes() for path in sorted(recorded.glob("*/*/*.xml"))]
    _identical(bodies)
    _speed(bodies[::_EVERY])


def ours(body: bytes, content_type: str = "") -> Reading:
    """What we read; no entries and a reason when it is no feed."""
    source = Source(id=SourceId("benchmark"), url=_ADDRESS, name="benchmark")
    try:
        feed = read_feed(body, url=_ADDRESS, source=source, content_type=content_type)
    except NotAFeed as error:
        return Reading(reason=error.reason)
    return Reading(
        rows=tuple((entry.title, entry.url, entry.published) for entry in feed.entries), entries=tuple(feed.entries)
    )


def theirs(body: bytes, content_type: str = "") -> Reading:
    """What feedparser reads by itself."""
    headers = {"content-type": content_type} if content_type else {}
    try:
        found: Any = feedparser.parse(body, response_headers=headers)
    except Exception as error:  # noqa: BLE001 - a peer that fails has read nothing
        return Reading(reason=type(error).__name__)
    rows = tuple((entry.get("title", ""), entry.get("link", ""), moment_of(_dated(entry))) for entry in found.entries)
    reason = "" if found.entries or not found.bozo else str(found.get("bozo_exception", ""))
    return Reading(rows=rows, entries=tuple(found.entries), reason=reason)


def _dated(entry: Any) -> Any:
    return entry.get("published_parsed") or entry.get("updated_parsed")


_READERS: Final[tuple[tuple[str, Callable[[bytes, str], Reading]], ...]] = (("donghyang", ours), ("feedparser", theirs))


def _robust(place: Path, *, told: bool) -> None:
    files = [path for path in sorted(place.glob("*")) if path.suffix != ".json" or path.name != "index.json"]
    for reader, read in _READERS:
        wrong = {path.name: faults(path.name, path.read_bytes(), read) for path in files}
        print(f"{place.name:9} {reader:11} right {sum(not said for said in wrong.values())} of {len(files)}")
        if told:
            print("".join(f"    {name}: {'; '.join(said)}\n" for name, said in wrong.items() if said), end="")


def _corpus(archive: Path, name: str, *, told: bool) -> None:
    files = list(corpus_files(archive))
    for reader, read in _READERS:
        met = total = 0
        for path, body in files:
            reading = read(body, "")
            for field, holds in expectations(body, reading, corpus=Corpus(ours=reader == "donghyang")):
                met, total = met + holds, total + 1
                if told and not holds:
                    print(f"    {reader} {path}: {field}")
        share = f"  expectations met {met} of {total}" if total else ""
        print(f"{name:17} {reader:11} {_counted(files, read)}{share}")


def _counted(files: Sequence[tuple[str, bytes]], read: Callable[[bytes, str], Reading]) -> str:
    fewer = exceptions = 0
    for _, body in files:
        try:
            fewer += len(read(body, "").rows) < _different(theirs(body))
        except Exception:  # noqa: BLE001 - it is what is counted
            exceptions += 1
    return f"files {len(files)}  exceptions {exceptions}  fewer entries than feedparser in {fewer}"


def _different(reading: Reading) -> int:
    """Entries that are not the same one twice: a feed that repeats an item tells nothing more."""
    return len({str(entry.get("id", "")) or str(entry) for entry in reading.entries})


def _documents(bodies: Sequence[bytes]) -> Iterator[str]:
    for body in bodies:
        text = charsets.decode(body, declared=charsets.declared_in(body), http=None)
        document = repaired(text)
        if document is not None:
            yield document.xml


def _identical(bodies: Sequence[bytes]) -> None:
    """Item by item and field by field."""
    fast = same = items = 0
    for document in _documents(bodies):
        paper = plain_feed.paper_of(document)
        if paper is not None:
            slow = xml_feed.paper_of(document)
            fast, same, items = fast + 1, same + (paper == slow), items + len(slow.items)
    print(f"recorded  read fast {fast} of {len(bodies)} feeds, identical {same} of {fast} ({items:,} items)")


def _speed(bodies: Sequence[bytes]) -> None:
    documents = list(_documents(bodies))
    clocked = {
        "feedparser alone": _seconds(lambda: [feedparser.parse(body) for body in bodies]),
        "our parser": _seconds(lambda: [plain_feed.paper_of(document) for document in documents]),
        "bytes to entries": _seconds(lambda: [ours(body) for body in bodies]),
    }
    alone = clocked["feedparser alone"]
    for name, seconds in clocked.items():
        print(f"{name:17} {len(bodies) / seconds:7.1f} feeds a CPU-second, {alone / seconds:.1f} times feedparser")


def _seconds(work: Callable[[], object]) -> float:
    """CPU time of the quickest of a few doings: a machine that is busy otherwise only makes them longer."""
    clocked = []
    for _ in range(_TIMES):
        urls.canonical.cache_clear()  # a run meets each address once
        started = time.process_time()
        work()
        clocked.append(time.process_time() - started)
    return min(clocked)


if __name__ == "__main__":
    main()
