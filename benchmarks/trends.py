"""How well rising topics are told: signals planted in a background, Anscombe z beside a ratio and a difference.

    python -m benchmarks.trends [--seed 1] [--trials 40]

Every week is scored with the four before it, as analysis does. Two backgrounds: Poisson counts at the levels topics
have, and (when the recordings are there) the weekly counts of words in the recorded headlines, real bursts included.
Signals of three strengths are added to words chosen at random; a word is *found* when it is among the twenty best of
a week of its signal. Printed for each score: the share found, the share planted among the ten best of the signal's
last week, the mean delay in weeks of those found, and, on the
pure background, how often the class is "rising" though nothing rises (false alarms among topics with three articles).
"""

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from analysis.headlines import headline
from analysis.trends import BASELINE, Panel, anscombe, trend_of
from archive.records.words import SourceId
from archive.weeks import Week
from benchmarks.data import folder

Counts = NDArray[np.float64]  # subjects by weeks
Score = Callable[[float, float], float]  # of this week's count and the mean before

SIGNALS = {"weak": (1, 2, 3, 4), "middling": (1, 2, 4, 8), "strong": (2, 5, 10, 15)}
SCORES: dict[str, Score] = {
    "Anscombe z": anscombe,
    "ratio": lambda count, mean: (count + 0.5) / (mean + 0.5),
    "difference": lambda count, mean: count - mean,
}
PLACES = 20
_SUBJECTS, _WEEKS = 400, 12
_PANEL = SourceId("panel")


@dataclass(frozen=True, slots=True)
class Found:
    """What became of the signals of one strength under one score."""

    recall: float
    precision: float  # of the ten best in the signal's last week, the share that was planted
    delay: float


def main() -> None:
    """Print one table for each background."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--trials", type=int, default=40)
    asked = options.parse_args()
    chance = np.random.default_rng(asked.seed)
    made = _poisson(chance)
    print(f"Poisson background: {_SUBJECTS} subjects, {_WEEKS} weeks, mean {made.mean():.1f} a week")
    _table(made, chance, asked.trials)
    print(f"false alarms of class rising: {_false_alarms(made):.3f} of topic-weeks with three articles or more\n")
    real = _headlines()
    print(f"Recorded headlines: {real.shape[0]} words, {real.shape[1]} weeks, mean {real.mean():.1f} a week")
    _table(real, chance, asked.trials)


def _table(background: Counts, chance: np.random.Generator, trials: int) -> None:
    print(f"{'signal':10}{'score':12}{'recall@20':>10}{'P@10':>10}{'delay':>7}")
    for strength, signal in SIGNALS.items():
        plans = [_plan(background, len(signal), chance) for _ in range(trials)]
        for name, score in SCORES.items():
            found = _search(background, signal, plans, score)
            print(f"{strength:10}{name:12}{found.recall:10.2f}{found.precision:10.2f}{found.delay:7.2f}")


def _plan(background: Counts, length: int, chance: np.random.Generator) -> tuple[NDArray[np.intp], int]:
    """Ten subjects of the background, and the week their signals begin."""
    first = int(chance.integers(BASELINE, background.shape[1] - length + 1))
    return chance.choice(background.shape[0], size=10, replace=False), first


def _search(
    background: Counts, signal: tuple[int, ...], plans: list[tuple[NDArray[np.intp], int]], score: Score
) -> Found:
    delays: list[int] = []
    hits = shown = planted = 0
    for subjects, first in plans:
        counts = background.copy()
        counts[subjects, first : first + len(signal)] += signal
        wanted, seen = set(map(int, subjects)), dict[int, int]()
        bests = [_best(counts, first + week, score) for week in range(len(signal))]
        for week, best in enumerate(bests, 1):
            seen |= {subject: week for subject in wanted.intersection(best) if subject not in seen}
        hits += len(wanted.intersection(bests[-1][: len(wanted)]))
        shown += min(len(bests[-1]), len(wanted))
        planted += len(subjects)
        delays += seen.values()
    return Found(len(delays) / planted, hits / shown, sum(delays) / len(delays) if delays else float("nan"))


def _best(counts: Counts, week: int, score: Score) -> list[int]:
    """The twenty subjects that rise most, of those with three articles (all scores are given this rule)."""
    means = counts[:, week - BASELINE : week].mean(axis=1)
    scores = [
        (score(float(count), float(mean)), subject)
        for subject, (count, mean) in enumerate(zip(counts[:, week], means, strict=True))
        if count >= 3 and count > mean
    ]
    return [subject for _, subject in sorted(scores, reverse=True)[:PLACES]]


def _false_alarms(counts: Counts) -> float:
    """The share of topic-weeks called rising by analysis itself, where every rate is constant."""
    called = told = 0
    for week in range(BASELINE, counts.shape[1]):
        now = Week(2026, 10)
        panel = Panel(
            week=now, sources=frozenset((_PANEL,)), scale={now.ahead(-n): 1.0 for n in range(1, BASELINE + 1)}
        )
        for row in counts:
            by_week = {now.ahead(-back): {_PANEL: int(row[week - back])} for back in range(BASELINE + 1)}
            if row[week] >= 3:
                told += 1
                called += trend_of(panel, by_week, families=2, first=now.ahead(-9)).trend == "rising"
    return called / told


def _poisson(chance: np.random.Generator) -> Counts:
    """Subjects with rates spread as topics' are: many small, a few large."""
    rates = chance.gamma(0.7, 4.0, size=_SUBJECTS)
    return chance.poisson(rates[:, None], size=(_SUBJECTS, _WEEKS)).astype(float)


def _headlines() -> Counts:
    """Weekly counts of the words of the recorded Korean headlines on technology and companies, from ten up."""
    source = folder("headlines", "ko_2025-12-08_2026-02-14.jsonl")
    counts: dict[str, dict[Week, int]] = {}
    weeks: set[Week] = set()
    for line in source.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["category"] not in {"IT", "기업"}:
            continue
        week = Week.of(date.fromisoformat(row["snapshot"]))
        weeks.add(week)
        for word in set(headline(row["title"]).split()):
            by_week = counts.setdefault(word, {})
            by_week[week] = by_week.get(week, 0) + 1
    order = sorted(weeks)
    return np.array([[row.get(week, 0) for week in order] for row in counts.values() if sum(row.values()) >= 10], float)


if __name__ == "__main__":
    main()
