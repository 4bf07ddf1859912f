"""Articles into stories, measured on labelled sets beside other ways on the same vectors.

    python -m benchmarks.stories [FILE.jsonl [--stream STREAM.jsonl]] [--embed] [--fit]

FILE has the format of the labelled sets (id, title, text, lang, published, outlet, story); STREAM the unlabelled rows
they came among, which are clustered with them and not scored. Without FILE: both labelled weeks, alone and in the rest
of those days' recorded feeds, and the December headlines and ECB+ in theirs. ``--embed`` also measures ours with the
vectors of headlines that the extra `embed` makes (about 25 a CPU-second, not counted in the cost).

Peers: every article alone, connected components of the cosine graph, HDBSCAN, and BERTopic when `make bench-peers` has
set it up. CPU seconds and memory are those of a process that does nothing else, from tokens to groups. The largest
groups are those of the whole stream.

The Korean weights were fitted on w07 alone, by itself and in its stream; the kinds of evidence and the thresholds were
chosen with w08 and the December headlines in sight, so none of the three is blind. The English ones were fitted on ECB+
and the English of w07, where nearly all is single; ``--fit`` prints what a logistic regression makes of those pairs
today, and ECB+ by topics it was not fitted on.
"""

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from analysis import duplicates, stories
from analysis.embeddings import Vectors
from analysis.mentions import Mentions
from analysis.tokens import Tokenizer
from archive.records.incoming import Document
from benchmarks import peers, recordings, story_weights
from benchmarks.data import folder
from benchmarks.labelled import Row, documents, rows
from benchmarks.measured import measured
from benchmarks.peers import Grouping
from benchmarks.scores import alone, grouped, report
from donghyang.config import lexicon
from donghyang.embedding import at_hand
from donghyang.headline_vectors import vectors_of

HEADLINES = ("2025-12-15", "2026-01-02")  # days of unlabelled English headlines around the labelled ones


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--stream", type=Path)
    parser.add_argument("--embed", action="store_true", help="ours with vectors of headlines, too")
    parser.add_argument("--fit", action="store_true", help="print the weights of today's pairs")
    chosen = parser.parse_args()
    known = lexicon()
    mentions, tokenizer = Mentions(known), Tokenizer(known)
    if peers.bertopic_python() is None:
        print("BERTopic is not run: `make bench-peers` sets it up in an environment of its own")
    if chosen.fit:
        story_weights.main(tokenizer, mentions)
    sets = [(chosen.file.name, rows(chosen.file), rows(chosen.stream) if chosen.stream else [])] if chosen.file else ()
    for name, labelled, stream in sets or _sets(mentions):
        if labelled:
            made = documents([*labelled, *stream], tokenizer)
            show(name, labelled, made, mentions, vectors_of(made, at_hand()) if chosen.embed else {})


def show(
    name: str, labelled: Sequence[Row], made: Sequence[Document], mentions: Mentions, vectors: Vectors | None = None
) -> None:
    """One set: what each way scores and costs, and what ours makes of the whole stream."""
    gold = {row["id"]: row["story"] for row in labelled}
    print(f"\n{name}: {len(gold)} labelled of {len(made)}\n  alone       {report(gold, alone(gold))}", flush=True)
    for way, group in _ways(mentions, vectors or {}).items():
        groups, cost = measured(group, made)
        labels = grouped(groups)
        print(f"  {way:11s} {report(gold, {i: labels[i] for i in gold})} {cost}", flush=True)
    titles: dict[str, str] = {document.id: document.article.title for document in made}
    for story in sorted(ours(mentions, made), key=len, reverse=True)[:5]:
        print(f"    {len(story):3d} {titles[story[0]][:60]} … {titles[story[-1]][:60]}")


def ours(mentions: Mentions, made: Sequence[Document], vectors: Vectors | None = None) -> Grouping:
    """Duplicates and stories as the pipeline finds them, with vectors of headlines or without."""
    return stories.cluster(made, duplicates.find(made), mentions, vectors)


def _ways(mentions: Mentions, vectors: Vectors) -> Mapping[str, Callable[[Sequence[Document]], Grouping]]:
    ways: dict[str, Callable[[Sequence[Document]], Grouping]] = {
        "components": peers.components,
        "hdbscan": peers.hdbscan,
        "ours": partial(ours, mentions),
    }
    if vectors:
        ways["ours, embed"] = partial(ours, mentions, vectors=vectors)
    if peers.bertopic_python():
        ways |= {f"bertopic {least}": partial(peers.bertopic, smallest=least) for least in (10, 2)}
    return ways


def _sets(mentions: Mentions) -> Iterator[tuple[str, list[Row], list[Row]]]:
    """Name, labelled rows, and the unlabelled ones they came among."""
    root = folder("stories")
    feeds = folder("feeds", "2026-02")
    for week, name in (("w07", "w07 (tuned on)"), ("w08", "w08")):
        labelled = rows(root / f"{week}.jsonl")
        yield name, labelled, []
        yield f"{week} in its stream", labelled, recordings.beside(labelled, feeds, mentions)
    yield "Korean headlines", rows(root / "ko_headlines_2025-12.jsonl"), rows(root / "ko_context_2025-12.jsonl")
    yield "English headlines", rows(root / "en_headlines_2025-12.jsonl"), _english()
    yield "ECB+ full text", rows(root / "en_fulltext_ecbplus.jsonl"), []


def _english() -> list[Row]:
    """Headlines of three English papers in the weeks of the labelled ones, each address once."""
    file = folder("headlines") / "en_2025-12-08_2026-02-14.jsonl"
    found = {row["url"]: row for row in rows(file) if HEADLINES[0] <= row["snapshot"] <= HEADLINES[1]}
    return [
        {**row, "id": url, "text": "", "lang": "en", "published": row["snapshot"], "outlet": row["source"]}
        for url, row in found.items()
    ]


if __name__ == "__main__":
    main()
