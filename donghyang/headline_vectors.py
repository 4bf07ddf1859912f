"""The vectors of the headlines analysis is to think about: kept ones, and those made now, a batch at a time."""

from collections.abc import Iterator, Sequence

import numpy as np

from analysis.embeddings import Floats, Vectors
from archive import embeddings
from archive.records.incoming import Article, Document
from archive.records.words import ArticleId
from archive.store import Archive
from donghyang.embedding import Embedder, title_version
from donghyang.logs import logger

BATCH = 64  # vectors made between two commits: two seconds' work
_STORED = np.dtype("<f2")


def vectors_of(documents: Sequence[Document], embedder: Embedder | None) -> Vectors:
    """The vector of each document's headline, made now; nothing without an embedder."""
    if embedder is None:
        return {}
    articles = [document.article for document in documents]
    return {id_: vector for batch in _batches(articles) for id_, vector in _made(batch, embedder)}


def kept_vectors(archive: Archive, documents: Sequence[Document], embedder: Embedder | None) -> Vectors:
    """The vector of each document's headline; those that are missing or out of date are made and kept."""
    if embedder is None:
        return {}
    versions = {document.id: title_version(embedder, document.article.title) for document in documents}
    with archive.reading() as db:
        found = {id_: _read(stored) for id_, stored in embeddings.kept(db, versions).items()}
    missing = [document.article for document in documents if document.id not in found]
    for batch in _batches(missing):
        made = [(id_, _stored(vector)) for id_, vector in _made(batch, embedder)]
        with archive.writing() as db:
            embeddings.keep(db, [(id_, versions[id_], stored) for id_, stored in made])
        found |= {id_: _read(stored) for id_, stored in made}
    if missing:
        logger().info("headlines embedded", made=len(missing), kept=len(documents) - len(missing))
    return found


def _batches(articles: Sequence[Article]) -> Iterator[list[Article]]:
    """Articles of one language each."""
    for korean in (True, False):
        some = [article for article in articles if (article.lang == "ko") is korean]
        yield from (some[at : at + BATCH] for at in range(0, len(some), BATCH))


def _made(batch: Sequence[Article], embedder: Embedder) -> Iterator[tuple[ArticleId, Floats]]:
    rows = embedder.vectors([article.title for article in batch], batch[0].lang)
    yield from zip((article.id for article in batch), rows, strict=True)


def _stored(vector: Floats) -> bytes:
    return vector.astype(_STORED).tobytes()


def _read(stored: bytes) -> Floats:
    """As it was kept: half precision, so that one made now and one made before give the same stories."""
    return np.frombuffer(stored, dtype=_STORED).astype(np.float64)
