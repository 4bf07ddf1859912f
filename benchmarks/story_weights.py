"""What a logistic regression makes of labelled pairs of articles: the weights of ``analysis.pairs``.

Pairs of a set are those that are looked at, copies aside; a pair is right when its two articles have one label. The
week is read alone and among the other items of its days, as it is met. A story of thirty articles has four hundred
pairs, a story of two has one: the pairs of large stories count less.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from analysis import duplicates, pairs, stories
from analysis.mentions import Mentions
from analysis.stories import Setting
from analysis.tokens import Tokenizer
from analysis.vectors import Floats, space
from archive.records.incoming import Document
from benchmarks import recordings
from benchmarks.data import folder
from benchmarks.labelled import Row, documents, rows
from benchmarks.scores import bcubed, grouped, pairwise, story_f

_SOFTER = 0.25  # power of the size of a pair's stories by which it counts less
_REGULAR = 0.3  # inverse strength of the L2 penalty, on standardised evidence

Names = npt.NDArray[np.str_]


class Evidence(NamedTuple):
    """Pairs with their likenesses and whether they are one event."""

    likenesses: Floats
    same: npt.NDArray[np.bool_]
    counts: Floats  # how much each pair counts


def main(tokenizer: Tokenizer, mentions: Mentions) -> None:
    """Print the weights of both languages, and ECB+ by topics the weights do not know."""
    root = folder("stories")
    week, ecb = rows(root / "w07.jsonl"), rows(root / "en_fulltext_ecbplus.jsonl")
    in_korean = [row for row in week if row["lang"] == "ko"]
    around = [row for row in recordings.beside(week, folder("feeds", "2026-02"), mentions) if row["lang"] == "ko"]
    korean = [evidence(in_korean, tokenizer, stories.KOREAN, stream) for stream in ((), around)]
    english = evidence([row for row in week if row["lang"] != "ko"], tokenizer, stories.ENGLISH)
    _print("Korean", fitted(korean, stories.KOREAN.model.least))
    _print("English", fitted([english, evidence(ecb, tokenizer, stories.ENGLISH)], stories.ENGLISH.model.least))
    for odd in (0, 1):
        half = [[row for row in ecb if int(row["story"].split("_")[0]) % 2 == side] for side in (odd, 1 - odd)]
        model = fitted([english, evidence(half[0], tokenizer, stories.ENGLISH)], stories.ENGLISH.model.least)
        setting = Setting(model, stories.ENGLISH.event, stories.ENGLISH.grams)
        gold = {row["id"]: row["story"] for row in half[1]}
        found = grouped([d.id for d in story] for story in _stories(documents(half[1], tokenizer), setting))
        figures = (bcubed(gold, found).f, pairwise(gold, found).f, story_f(gold, found).f)
        print("ECB+, topics not fitted on: BCubed {:.3f} pairs {:.3f} stories {:.3f}".format(*figures))


def evidence(labelled: Sequence[Row], tokenizer: Tokenizer, setting: Setting, stream: Sequence[Row] = ()) -> Evidence:
    """The pairs of a labelled set in one language, seen among the unlabelled rows of a stream."""
    made = _by_moment(documents([*labelled, *stream], tokenizer))
    copies = duplicates.find(made)
    originals = [document for document in made if document.id not in copies]
    place = space(originals, grams=setting.grams)
    found, gap = pairs.candidates(originals, place, setting.model.least)
    story = {row["id"]: row["story"] for row in labelled}
    names = np.array([story.get(document.id, "") for document in originals])
    known = (names[found.first] != "") & (names[found.second] != "")
    first, second = names[found.first][known], names[found.second][known]
    return Evidence(
        pairs.likenesses(originals, place, found, gap)[known], first == second, _counts(names, first, second)
    )


def _counts(names: Names, first: Names, second: Names) -> Floats:
    """What each pair counts, by the sizes of its two stories, copies aside."""
    sizes = Counter(names.tolist())
    product = np.array([sizes[one] * sizes[other] for one, other in zip(first.tolist(), second.tolist(), strict=True)])
    return np.asarray(product ** (-_SOFTER / 2), dtype=np.float64)


def fitted(sets: Sequence[Evidence], least: float) -> pairs.Model:
    """The model of the pairs of some sets together."""
    likenesses = np.vstack([one.likenesses for one in sets])
    same = np.concatenate([one.same for one in sets])
    counts = np.concatenate([one.counts for one in sets])
    scale = StandardScaler().fit(likenesses)
    model = LogisticRegression(C=_REGULAR, max_iter=2000)
    found = model.fit(scale.transform(likenesses), same, sample_weight=counts / counts.mean())
    weights = found.coef_[0] / scale.scale_
    return pairs.Model(tuple(weights.tolist()), float(found.intercept_[0] - weights @ scale.mean_), least)


def _stories(made: Sequence[Document], setting: Setting) -> list[tuple[Document, ...]]:
    return stories.in_one_language(_by_moment(made), setting)


def _by_moment(made: Sequence[Document]) -> list[Document]:
    return sorted(made, key=lambda document: (document.article.moment, document.id))


def _print(name: str, model: pairs.Model) -> None:
    weights = zip(pairs.NAMES, model.weights, strict=True)
    print(f"{name}:", *(f"{what} {weight:+.1f}" for what, weight in weights), f"bias {model.bias:+.1f}")
