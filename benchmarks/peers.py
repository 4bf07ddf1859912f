"""Other ways to group the same documents by the same vectors, each language by itself.

Components: articles joined by any cosine above a bar. HDBSCAN (Campello et al. 2013) on an SVD of the vectors. BERTopic
(Grootendorst 2022) on the same SVD, in its light form, in an environment of its own (`make bench-peers`): as it comes,
and with clusters of two allowed, which is kinder to stories.
"""

import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from sklearn.cluster import HDBSCAN
from sklearn.decomposition import TruncatedSVD

from analysis import stories
from analysis.vectors import Floats, Integers, near_pairs, space
from archive.records.incoming import Document

BERTOPIC = Path(__file__).parents[1] / ".venv-peers" / "bin" / "python"
COMPONENTS = 0.33  # cosine; the best for w07
_WIDE = 100  # dimensions of the SVD
_FEWEST = 12  # documents of a language; with fewer, UMAP has no neighbours to look for

Grouping = Sequence[Sequence[str]]
Rows = Sequence[Document]


def components(made: Rows) -> Grouping:
    """Connected components of the graph of cosines."""
    return _by_language(made, _components)


def hdbscan(made: Rows) -> Grouping:
    """HDBSCAN with clusters of two."""
    return _by_language(made, _hdbscan)


def bertopic(made: Rows, *, smallest: int) -> Grouping:
    """BERTopic with its own settings but for the smallest cluster; UMAP looks at as many neighbours at most."""

    def labels(some: Rows, vectors: sparse.csr_matrix) -> Integers:
        return _bertopic(some, _dense(vectors), smallest)

    return _by_language(made, labels)


def bertopic_python() -> Path | None:
    """The interpreter that has BERTopic, when there is one."""
    found = Path(os.environ.get("DONGHYANG_PEERS") or BERTOPIC)
    return found if found.exists() else None


def _components(_: Rows, vectors: sparse.csr_matrix) -> Integers:
    near = near_pairs(vectors, least=COMPONENTS)
    count = vectors.shape[0]
    graph = sparse.coo_matrix((near.cosine, (near.first, near.second)), shape=(count, count))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def _hdbscan(_: Rows, vectors: sparse.csr_matrix) -> Integers:
    return _outliers_alone(HDBSCAN(min_cluster_size=2, copy=True).fit_predict(_dense(vectors)))


def _bertopic(made: Rows, vectors: Floats, smallest: int) -> Integers:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        np.save(place / "vectors.npy", vectors)
        texts = [" ".join((*document.tokens.title, *document.tokens.text)) for document in made]
        (place / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
        script = Path(__file__).with_name("bertopic_topics.py")
        subprocess.run([str(bertopic_python()), str(script), name, str(smallest)], check=True)
        return _outliers_alone(np.load(place / "topics.npy"))


def _dense(vectors: sparse.csr_matrix) -> Floats:
    wide = min(_WIDE, *(size - 1 for size in vectors.shape))
    return np.asarray(TruncatedSVD(wide, random_state=0).fit_transform(vectors))


def _outliers_alone(found: npt.ArrayLike) -> Integers:
    labels = np.array(found, dtype=np.int64)
    lonely = labels < 0
    labels[lonely] = labels.max() + 1 + np.arange(lonely.sum())
    return labels


def _by_language(made: Rows, labels: Callable[[Rows, sparse.csr_matrix], Integers]) -> Grouping:
    groups: list[list[str]] = []
    for korean, setting in ((True, stories.KOREAN), (False, stories.ENGLISH)):
        some = [document for document in made if (document.article.lang == "ko") is korean]
        if len(some) >= _FEWEST:
            found = labels(some, space(some, grams=setting.grams).mixed)
            groups += [[some[row].id for row in group] for group in stories.grouped(found)]
        else:
            groups += [[document.id] for document in some]
    return groups
