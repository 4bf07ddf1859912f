"""Signals planted in a background of weekly counts, and what becomes of them under a score."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.trends import BASELINE

Counts = NDArray[np.float64]  # subjects by weeks by publishers
Score = Callable[[float, Sequence[float]], float]  # of a week's count and the scaled counts of the weeks before

PLACES = 20
_ARTICLES, _FAMILIES = 3, 2  # analysis calls fewer a weak signal: every score is given this rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where one signal is planted."""

    subjects: NDArray[np.intp]  # rows; several are planted at once
    first: int  # the week it begins
    articles: NDArray[np.float64]  # weeks of the signal by publishers


@dataclass(frozen=True, slots=True)
class Found:
    """What became of the signals of one strength under one score."""

    recall: float  # among the twenty best in a week of the signal
    delay: float  # weeks from the signal's first to the one it is found in; found at once is 0


@dataclass(frozen=True, slots=True)
class Background:
    """Counts, and by how much earlier weeks are scaled to be compared with one."""

    counts: Counts

    @property
    def weeks(self) -> int:
        """How many there are."""
        return int(self.counts.shape[1])

    def before(self, counts: Counts, week: int) -> NDArray[np.float64]:
        """The four weeks before, each scaled by the volume of all subjects, as a panel scales it."""
        volumes = self.counts.sum(axis=(0, 2))
        scale = volumes[week] / volumes[week - BASELINE : week]
        scaled: NDArray[np.float64] = counts[:, week - BASELINE : week].sum(axis=2) * scale
        return scaled

    def scores(self, counts: Counts, week: int, score: Score) -> NDArray[np.float64]:
        """The score of each subject in a week; -inf for those that may not be called rising."""
        before, now = self.before(counts, week), counts[:, week]
        families = (now > 0).sum(axis=1)
        total = now.sum(axis=1)
        fit = (total >= _ARTICLES) & (families >= _FAMILIES) & (total > before.mean(axis=1))
        told = np.full(len(counts), -np.inf)
        for row in np.flatnonzero(fit):
            told[row] = score(float(total[row]), before[row].tolist())
        return told

    def plan(self, signal: Sequence[int], first: int, together: int, chance: np.random.Generator) -> Plan:
        """Plant a signal in subjects chosen at random; its articles fall to publishers by their volume."""
        volumes = self.counts.sum(axis=(0, 1))
        articles = np.array([chance.multinomial(size, volumes / volumes.sum()) for size in signal], float)
        subjects = chance.choice(len(self.counts), size=together, replace=False)
        return Plan(subjects=subjects, first=first, articles=articles)


def found(background: Background, plans: Sequence[Plan], score: Score) -> Found:
    """How many of the planted subjects come among the twenty best, and when."""
    alone = {week: background.scores(background.counts, week, score) for week in range(BASELINE, background.weeks)}
    delays = [delay for plan in plans for delay in _delays(background, plan, score, alone)]
    planted = sum(len(plan.subjects) for plan in plans)
    return Found(len(delays) / planted, sum(delays) / len(delays) if delays else float("nan"))


def _delays(background: Background, plan: Plan, score: Score, alone: dict[int, NDArray[np.float64]]) -> list[int]:
    """For each planted subject that is found, after how many weeks."""
    rows = background.counts[plan.subjects].copy()
    rows[:, plan.first : plan.first + len(plan.articles)] += plan.articles
    seen: dict[int, int] = {}
    for delay in range(len(plan.articles)):
        week = plan.first + delay
        told = alone[week].copy()
        told[plan.subjects] = background.scores(rows, week, score)
        best = np.argsort(-told, kind="stable")[:PLACES]
        for subject in plan.subjects:
            if subject in best and np.isfinite(told[subject]):
                seen.setdefault(int(subject), delay)
    return list(seen.values())


def lasting(background: Background, score: Score) -> float:
    """Of the twenty best of a week, the share that the next week still is above one and a half times its usual."""
    shares = []
    for week in range(BASELINE, background.weeks - 1):
        told = background.scores(background.counts, week, score)
        best = np.argsort(-told, kind="stable")[:PLACES]
        after = background.counts[best, week + 1].sum(axis=1)
        usual = background.before(background.counts, week)[best].mean(axis=1)
        shares.append(float(((after >= _FAMILIES) & (after > 1.5 * usual)).mean()))
    return sum(shares) / len(shares)
