"""Articles into stories, measured on labelled sets beside simpler ways on the same vectors.

    python -m benchmarks.stories [--fit]

Peers: every article alone; connected components of the cosine graph; HDBSCAN on an SVD of the vectors. Weights and
thresholds were set on w07 (Korean) and on the English sets inside a stream; w08 was not looked at while tuning. The
December headlines are clustered among the 4,414 unlabelled ones they came with. ``--fit`` prints what a logistic
regression makes of the pairs of w07 today.
"""

import sys
import time
from collections.abc import Callable, Sequence

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from sklearn.cluster import HDBSCAN
from sklearn.decomposition import TruncatedSVD
from sklearn.linear_model import LogisticRegression

from analysis import duplicates, pairs, stories
from analysis.mentions import Mentions
from analysis.tokens import Tokenizer
from analysis.vectors import Space, near_pairs, space
from archive.records.incoming import Document
from benchmarks.data import folder
from benchmarks.labelled import documents, rows
from benchmarks.scores import alone, grouped, report
from donghyang.config import lexicon

SETS = {  # name: labelled file, and the unlabelled stream it came in
    "w07 (tuned on)": ("w07", ""),
    "w08": ("w08", ""),
    "Korean headlines": ("ko_headlines_2025-12", "ko_context_2025-12"),
    "English headlines": ("en_headlines_2025-12", ""),
    "ECB+ full text": ("en_fulltext_ecbplus", ""),
}
COMPONENTS = 0.33  # cosine; the best for w07

Grouping = Sequence[Sequence[str]]


def main() -> None:
    """Print the figures."""
    root, known = folder("stories"), lexicon()
    mentions, tokenizer = Mentions(known), Tokenizer(known)
    for name, (labelled, stream) in SETS.items():
        found = rows(root / f"{labelled}.jsonl")
        if not found:
            continue
        made = documents(found + (rows(root / f"{stream}.jsonl") if stream else []), tokenizer)
        gold = {row["id"]: row["story"] for row in found}
        print(f"\n{name}: {len(gold)} labelled of {len(made)}")
        print(f"  alone       {report(gold, alone(gold))}")
        for peer, group in (("components", _components), ("hdbscan", _hdbscan), ("ours", _ours(mentions))):
            started = time.process_time()
            labels = grouped(group(made))
            took = time.process_time() - started
            print(f"  {peer:11s} {report(gold, {i: labels[i] for i in gold})} {took:.1f} s")
    if "--fit" in sys.argv:
        _fit(
            documents(rows(root / "w07.jsonl"), tokenizer),
            {row["id"]: row["story"] for row in rows(root / "w07.jsonl")},
        )


def _ours(mentions: Mentions) -> Callable[[Sequence[Document]], Grouping]:
    def group(made: Sequence[Document]) -> Grouping:
        return stories.cluster(made, duplicates.find(made), mentions)

    return group


def _components(made: Sequence[Document]) -> Grouping:
    def labels(place: Space) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        near = near_pairs(place.mixed, least=COMPONENTS)
        count = place.mixed.shape[0]
        graph = sparse.coo_matrix((near.cosine, (near.first, near.second)), shape=(count, count))
        return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)

    return _by_language(made, labels)


def _hdbscan(made: Sequence[Document]) -> Grouping:
    def labels(place: Space) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        wide = min(100, *(size - 1 for size in place.mixed.shape))
        dense = TruncatedSVD(wide, random_state=0).fit_transform(place.mixed)
        found = HDBSCAN(min_cluster_size=2, copy=True).fit_predict(dense)
        lonely = found < 0
        found[lonely] = found.max() + 1 + np.arange(lonely.sum())
        return np.asarray(found, dtype=np.int64)

    return _by_language(made, labels)


def _by_language(
    made: Sequence[Document], labels: Callable[[Space], "np.ndarray[tuple[int], np.dtype[np.int64]]"]
) -> Grouping:
    groups: list[list[str]] = []
    for korean, setting in ((True, stories.KOREAN), (False, stories.ENGLISH)):
        some = [document for document in made if (document.article.lang == "ko") is korean]
        if len(some) > 2:
            found = labels(space(some, grams=setting.grams))
            groups += [[some[row].id for row in group] for group in stories.grouped(found)]
        else:
            groups += [[document.id] for document in some]
    return groups


def _fit(made: Sequence[Document], gold: dict[str, str]) -> None:
    copies = duplicates.find(made)
    korean = [document for document in made if document.article.lang == "ko" and document.id not in copies]
    place = space(korean, grams=stories.KOREAN.grams)
    near = near_pairs(place.mixed, least=pairs.LEAST)
    evidence = pairs.likenesses(place, near, pairs.days_between(korean, near))
    names = np.array([gold[document.id] for document in korean])
    model = LogisticRegression(max_iter=2000).fit(evidence, names[near.first] == names[near.second])
    print("\nfit:", *(f"{name} {weight:+.1f}" for name, weight in zip(pairs.NAMES, model.coef_[0], strict=True)))
    print(f"bias {model.intercept_[0]:+.1f}")


if __name__ == "__main__":
    main()
