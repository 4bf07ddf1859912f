"""Vectors of headlines make pairs of foreign articles more or less likely, within bounds."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.closeness import closer
from analysis.vectors import Pairs
from archive.records.incoming import Document, Tokens
from tests.builders import an_article

NEAR, FAR = np.array([1.0, 0.0]), np.array([0.0, 1.0])


def a_document(name: str, family: str) -> Document:
    article = replace(an_article(name), family=family, lang="en")
    return Document(article=article, text="", tokens=Tokens(version="", title=(), text=()))


def odds_of(*vectors: np.ndarray, families: str = "ab") -> float:
    documents = [a_document(str(place), family) for place, family in enumerate(families)]
    known = {document.id: vector for document, vector in zip(documents, vectors, strict=False)}
    pairs = Pairs(np.array([0]), np.array([1]), np.array([0.3]))
    return float(closer(pairs, documents, known).cosine[0])


def test_near_headlines_of_two_papers_are_one_event_sooner_and_far_ones_later() -> None:
    assert odds_of(NEAR, NEAR) > 0.9
    assert odds_of(NEAR, FAR) < 0.1


def test_near_headlines_of_one_paper_are_its_beat() -> None:
    assert odds_of(NEAR, NEAR, families="aa") == pytest.approx(0.3)
    assert odds_of(NEAR, FAR, families="aa") < 0.1


def test_without_both_vectors_nothing_changes() -> None:
    assert odds_of() == 0.3
    assert odds_of(NEAR) == pytest.approx(0.3)
    none = Pairs(np.array([], int), np.array([], int), np.array([]))
    assert closer(none, [], {}) is none
