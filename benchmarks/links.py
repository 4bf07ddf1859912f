"""Whether Korean and English headlines of one event find each other, and whether the links asserted are right.

    python -m benchmarks.links [FILE.tsv]      columns id, ko and en by name; both headlines of one event in a row

Accuracy@1: the best partner is the right one. Precision and recall of the links asserted, over the pairs there are.
Beside it the simplest thing that could work: the cosine of shared Latin words and numbers, weighed by rarity. The same
with vectors where the extra ``embed`` is installed. Below, harder: of two thirds of the headlines of each language,
drawn ten times, about half have no partner; asserted links are right or not.

The glossary and the lexicon are general, but whoever wrote them had seen these 64 pairs: on headlines nobody looked at
the figures are lower. Of all the stories joined over recorded news, without vectors, read one by one: in three weeks of
feeds 11 of 13 were one event (wrong: what somebody made of a thing, and a later mode of a model, beside the thing
itself), in ten weeks of headlines 7 of 10 (one of the three wrong ones took XAI for xAI).
"""

import argparse
import csv
import math
import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from analysis.crosslingual import best_partners
from analysis.mentions import Mentions
from benchmarks.data import folder
from donghyang.config import lexicon
from donghyang.embedding import INSTALL, Embedder, at_hand

_TOKEN = re.compile(r"[A-Za-z]+|\d+(?:[.,]\d+)*")
_DRAWS = 10
Partners = dict[int, int]  # place of a text → place of its best partner


class Answer(NamedTuple):
    """Best partners both ways, and the pairs asserted."""

    of_korean: Partners
    of_english: Partners
    asserted: set[tuple[int, int]]


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.links")
    options.add_argument("file", nargs="?", type=Path, help="pairs; else those of the data folder")
    rows, mentions = pairs(options.parse_args().file), Mentions(lexicon())
    korean, english = [row["ko"] for row in rows], [row["en"] for row in rows]
    print(f"{len(rows)} pairs")
    print(line("shared tokens", baseline(korean, english), len(rows)))
    for name, embedder in (("ours", None), ("ours with embed", at_hand())):
        if name != "ours" and embedder is None:
            print(f"{name}: skipped, not installed ({INSTALL})")
            continue
        print(line(name, ours(korean, english, mentions, embedder), len(rows)))
        print(f"{name:<15} half without a partner:", drawn(korean, english, mentions, embedder))


def pairs(file: Path | None = None) -> list[dict[str, str]]:
    """The rows of a file (else the data folder's): both headlines of one event in each."""
    with (file or folder("crosslingual", "pairs.tsv")).open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if row["ko"] and row["en"]]


def ours(korean: Sequence[str], english: Sequence[str], mentions: Mentions, embedder: Embedder | None) -> Answer:
    """What analysis finds."""
    vectors = (embedder.vectors(korean, "ko"), embedder.vectors(english, "en")) if embedder else None
    of_korean, of_english = best_partners(korean, english, mentions, vectors)
    return Answer(
        {link.korean: link.english for link in of_korean},
        {link.english: link.korean for link in of_english},
        {(link.korean, link.english) for link in (*of_korean, *of_english) if link.asserted},
    )


def drawn(korean: Sequence[str], english: Sequence[str], mentions: Mentions, embedder: Embedder | None) -> str:
    """Precision and recall of the links asserted where many headlines have no partner."""
    chance = random.Random(0)  # noqa: S311 -- draws, no secrets
    right = wrong = possible = 0
    for _ in range(_DRAWS):
        order = chance.sample(range(len(korean)), len(korean))
        cut = 2 * len(order) // 3
        mine, yours = order[:cut], order[-cut:]
        found = ours([korean[n] for n in mine], [english[n] for n in yours], mentions, embedder).asserted
        correct = sum(mine[one] == yours[other] for one, other in found)
        right, wrong, possible = right + correct, wrong + len(found) - correct, possible + 2 * cut - len(order)
    return f"P {right / max(right + wrong, 1):.3f} R {right / max(possible, 1):.3f} of {possible}"


def baseline(korean: Sequence[str], english: Sequence[str]) -> Answer:
    """Shared Latin words and numbers; asserted when each is the other's best."""
    sides = [[set(_TOKEN.findall(text.lower())) for text in side] for side in (korean, english)]
    spread = Counter(token for side in sides for tokens in side for token in tokens)
    rarity = {token: math.log((len(korean) + len(english) + 1) / count) for token, count in spread.items()}
    of_korean, of_english = _best(sides[0], sides[1], rarity), _best(sides[1], sides[0], rarity)
    mutual = {(one, other) for one, other in of_korean.items() if of_english.get(other) == one}
    return Answer(of_korean, of_english, mutual)


def line(name: str, answer: Answer, count: int) -> str:
    """One method's figures; row n of one language belongs to row n of the other."""
    right = sum(one == other for one, other in answer.asserted)
    precision = right / len(answer.asserted) if answer.asserted else 0.0
    return (
        f"{name:<15} accuracy@1 ko2en {_accuracy(answer.of_korean, count):.3f}"
        f" en2ko {_accuracy(answer.of_english, count):.3f}"
        f" | asserted {len(answer.asserted)}: P {precision:.3f} R {right / count:.3f}"
    )


def _accuracy(partners: Partners, count: int) -> float:
    return sum(one == other for one, other in partners.items()) / count


def _best(side: Sequence[set[str]], other: Sequence[set[str]], rarity: dict[str, float]) -> Partners:
    """The partner with the highest cosine, for those that share anything."""
    found: Partners = {}
    for place, tokens in enumerate(side):
        scores = [_cosine(tokens, partner, rarity) for partner in other]
        if scores and max(scores) > 0:
            found[place] = scores.index(max(scores))
    return found


def _cosine(one: set[str], other: set[str], rarity: dict[str, float]) -> float:
    shared = sum(rarity[token] ** 2 for token in sorted(one & other))
    return shared / (_norm(one, rarity) * _norm(other, rarity)) if shared else 0.0


def _norm(tokens: set[str], rarity: dict[str, float]) -> float:
    return math.sqrt(sum(rarity[token] ** 2 for token in sorted(tokens)))


if __name__ == "__main__":
    main()
