"""BERTopic's topics of texts whose vectors are given; run by ``benchmarks.peers`` in the environment of the peers.

    python bertopic_topics.py FOLDER SMALLEST

Reads texts.json and vectors.npy, writes topics.npy (-1: outlier). Everything is as BERTopic has it, but UMAP looks at
no more neighbours than a cluster needs and has a seed, and terms are split at spaces, as they were made.
"""

import json
import sys
from pathlib import Path

import numpy as np
from bertopic import BERTopic
from hdbscan import HDBSCAN
from sklearn.feature_extraction.text import CountVectorizer
from umap import UMAP

_NEIGHBOURS = 15  # UMAP's and BERTopic's own


def main(folder: str, smallest: str) -> None:
    """Write the topic of each text."""
    place, size = Path(folder), int(smallest)
    texts = json.loads((place / "texts.json").read_text(encoding="utf-8"))
    model = BERTopic(
        embedding_model=None,
        min_topic_size=size,
        umap_model=UMAP(
            n_neighbors=min(_NEIGHBOURS, max(size, 5)), n_components=5, metric="cosine", min_dist=0.0, random_state=0
        ),
        hdbscan_model=HDBSCAN(min_cluster_size=size),
        vectorizer_model=CountVectorizer(token_pattern=r"\S+"),  # noqa: S106 -- it is none
    )
    topics, _ = model.fit_transform(texts, np.load(place / "vectors.npy"))
    np.save(place / "topics.npy", np.array(topics))


if __name__ == "__main__":
    main(*sys.argv[1:])
