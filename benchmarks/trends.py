"""How well rising subjects are told: signals planted in a background, analysis' score beside five others.

    python -m benchmarks.trends [FILE.jsonl ...] [--seeds 3] [--trials 40] [--together 1]

A subject is *found* when it is among the twenty best of a week of its signal; *delay* counts the weeks from the
signal's first (found at once is 0). Every week is scored with the four before it, and every score is given the rules
of analysis (three articles, two publishers, more than usual, scaled by volume).

Backgrounds: the terms donghyang sees in recorded headlines on technology and companies over ten weeks, real bursts
and a year's end included, Korean and English; and constant Poisson rates, where besides the class "rising" is false
every time it is given. With files in the format of the data folder's stories (eight weeks or more of ``published``),
their texts are the background instead. ``rise`` was set on Korean signals that begin in the fifth week; the sixth and
seventh, and the English headlines, were kept apart.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from math import log
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import nbinom

from analysis.mentions import Mentions
from analysis.phrases import nouns_of, phrases
from analysis.tokens import Tokenizer
from analysis.trends import BASELINE, Panel, anscombe, rise, trend_of
from archive.records.incoming import Document
from archive.records.words import SourceId
from archive.weeks import Week
from benchmarks.data import folder
from benchmarks.labelled import documents, rows
from benchmarks.planting import Background, Counts, Score, found, lasting
from donghyang.config import lexicon

SIGNALS = {"weak": (1, 2, 3, 4), "middling": (1, 2, 4, 8), "strong": (2, 5, 10, 15)}
_SUBJECTS, _WEEKS, _PAPERS = 400, 12, 6
_FEWEST = 3  # articles in ten weeks that make a term a subject
_SECTIONS = {"ko": {"IT", "기업"}, "en": {"Technology", "Business"}}
_PANEL = SourceId("panel")


def of_mean(score: Callable[[float, float], float]) -> Score:
    """A score that looks at the mean of the weeks before only."""
    return lambda count, before: score(count, sum(before) / len(before))


def likelihood_ratio(count: float, mean: float) -> float:
    """Dunning's G2 of a Poisson count, with a quarter of an article added to what is usual."""
    usual = mean + 0.25
    return 2 * (count * log(count / usual) - (count - usual)) if count > usual else -1.0


def gamma_poisson(count: float, before: Sequence[float]) -> float:
    """How improbable so many are when the rate has a gamma prior and the weeks before were seen (minus log)."""
    shape, rate = 0.5 + sum(before), 0.25 + len(before)
    return float(-nbinom.logsf(count - 1, shape, rate / (rate + 1)))


SCORES: dict[str, Score] = {
    "rise": rise,
    "Anscombe z": of_mean(anscombe),
    "difference": of_mean(lambda count, mean: count - mean),
    "ratio": of_mean(lambda count, mean: (count + 0.5) / (mean + 0.5)),
    "G2": of_mean(likelihood_ratio),
    "gamma-Poisson": gamma_poisson,
}


def main() -> None:
    """Print one table for each background."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("file", nargs="*", type=Path, help="articles to plant in; else the recorded headlines")
    options.add_argument("--seeds", type=int, default=3)
    options.add_argument("--trials", type=int, default=40)
    options.add_argument("--together", type=int, default=1, help="subjects that rise at once")
    asked = options.parse_args()
    table = partial(_table, seeds=asked.seeds, trials=asked.trials, together=asked.together)
    made = Background(_poisson(np.random.default_rng(1)))
    table("Poisson", made, range(BASELINE, _WEEKS - 3))
    print(
        f"false alarms of class rising: {_false_alarms(made.counts):.3f} of topic-weeks with three articles or more\n"
    )
    tokenizer = Tokenizer(lexicon())
    if asked.file:
        _planted_in(asked.file, tokenizer, table)
        return
    korean = Background(_headlines("ko", tokenizer))
    table("Korean headlines", korean, range(BASELINE, BASELINE + 1), half="first half")
    table("Korean headlines", korean, range(BASELINE + 1, korean.weeks - 3), half="second half")
    english = Background(_headlines("en", tokenizer))
    table("English headlines", english, range(BASELINE, english.weeks - 3))
    print("still above 1.5 times the usual a week later, of the twenty best of each week of the Korean headlines:")
    print("  " + ", ".join(f"{name} {lasting(korean, score):.2f}" for name, score in SCORES.items()))


def _planted_in(files: Sequence[Path], tokenizer: Tokenizer, table: Callable[..., None]) -> None:
    """The table of a background of one's own, or a line that says how much more it takes."""
    read = [row | {"day": row["published"][:10]} for file in files for row in rows(file) if row.get("published")]
    background = Background(_counted(read, tokenizer))
    starts = range(BASELINE, background.weeks - 3 if background.counts.size else 0)
    if starts:
        table(", ".join(file.name for file in files), background, starts)
    else:
        print(f"needs {BASELINE + 4} weeks of dated articles; there are {background.weeks}")


def _table(
    name: str, background: Background, starts: range, *, seeds: int, trials: int, together: int, half: str = ""
) -> None:
    subjects, weeks = background.counts.shape[:2]
    print(f"{name}{', ' if half else ''}{half}: {subjects} subjects, {weeks} weeks, {together} planted at a time")
    print(f"  {'score':14}" + "".join(f"{strength:>20}" for strength in SIGNALS) + "   recall@20 / delay")
    chances = [np.random.default_rng(seed) for seed in range(1, seeds + 1)]
    plans = {
        strength: [
            background.plan(signal, int(chance.choice(list(starts))), together, chance)
            for chance in chances
            for _ in range(trials)
        ]
        for strength, signal in SIGNALS.items()
    }
    for title, score in SCORES.items():
        told = [found(background, planned, score) for planned in plans.values()]
        print(f"  {title:14}" + "".join(f"{one.recall:>13.3f} / {one.delay:.2f}" for one in told))
    print()


def _false_alarms(counts: Counts) -> float:
    """The share of topic-weeks called rising by analysis itself, where every rate is constant."""
    called = told = 0
    totals = counts.sum(axis=2)
    for week in range(BASELINE, totals.shape[1]):
        now = Week(2026, 10)
        panel = Panel(
            week=now, sources=frozenset((_PANEL,)), scale={now.ahead(-n): 1.0 for n in range(1, BASELINE + 1)}
        )
        for row in totals:
            by_week = {now.ahead(-back): {_PANEL: int(row[week - back])} for back in range(BASELINE + 1)}
            if row[week] >= 3:
                told += 1
                called += trend_of(panel, by_week, families=2, first=now.ahead(-9)).trend == "rising"
    return called / told


def _poisson(chance: np.random.Generator) -> Counts:
    """Subjects with rates spread as topics' are (many small, a few large), in papers of one size."""
    rates = chance.gamma(0.7, 4.0, size=_SUBJECTS) / _PAPERS
    return chance.poisson(rates[:, None, None], size=(_SUBJECTS, _WEEKS, _PAPERS)).astype(float)


def _headlines(language: str, tokenizer: Tokenizer) -> Counts:
    """Weekly counts by paper of the terms of the recorded headlines."""
    return _counted(_read(language), tokenizer)


def _counted(read: list[dict[str, Any]], tokenizer: Tokenizer) -> Counts:
    """Weekly counts by paper of the terms of rows with a day."""
    weeks = sorted({_week(row) for row in read})
    papers = sorted({row["outlet"] or "" for row in read})
    counts: dict[str, Counts] = {}
    for row, terms in zip(read, _terms(read, tokenizer), strict=True):
        for term in terms:
            held = counts.setdefault(term, np.zeros((len(weeks), len(papers))))
            held[weeks.index(_week(row)), papers.index(row["outlet"] or "")] += 1
    told = [held for held in counts.values() if held.sum() >= _FEWEST]
    return np.array(told).reshape(len(told), len(weeks), len(papers))


def _read(language: str) -> list[dict[str, Any]]:
    """The headlines on technology and companies, each address once."""
    source = folder("headlines", f"{language}_2025-12-08_2026-02-14.jsonl")
    read = (json.loads(line) for line in source.read_text(encoding="utf-8").splitlines())
    told = {row["url"]: row for row in read if row["category"] in _SECTIONS[language]}
    return [
        {
            "id": url,
            "title": row["title"],
            "text": "",
            "lang": language,
            "outlet": row["source"],
            "day": row["snapshot"],
        }
        for url, row in told.items()
    ]


def _terms(read: list[dict[str, Any]], tokenizer: Tokenizer) -> list[frozenset[str]]:
    mentions = Mentions(lexicon())
    return [frozenset(_phrases(document, mentions)) for document in documents(read, tokenizer)]


def _phrases(document: Document, mentions: Mentions) -> tuple[str, ...]:
    return phrases(document, mentions, nouns_of(document))


def _week(row: dict[str, Any]) -> Week:
    return Week.of(date.fromisoformat(row["day"]))


if __name__ == "__main__":
    main()
