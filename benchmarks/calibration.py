"""Whether a score is a probability: of what is said with .7, seven in ten should be so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

TENTHS = 10


class Said(NamedTuple):
    """A probability that was said, whether it was so, and how many such there are for one that was looked at."""

    score: float
    true: bool
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenth:
    """What was said with a probability in one tenth of the scale."""

    weight: float
    said: float  # mean
    true: float  # share


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How good probabilities are.

    ``brier`` is the mean squared difference from what was so (Brier 1950), ``base`` that of always saying the base
    rate; ``error`` the expected calibration error over tenths (Naeini, Cooper & Hauskrecht 2015).
    """

    brier: float
    base: float
    error: float
    tenths: tuple[Tenth, ...]  # without empty ones

    @property
    def skill(self) -> float:
        """The share of the base rate's error that is gone: 1 is perfect, 0 no better than the base rate."""
        return 1 - self.brier / self.base if self.base else 0.0

    def __str__(self) -> str:
        return f"Brier {self.brier:.3f} (base rate {self.base:.3f}, skill {self.skill:.3f}) ECE {self.error:.3f}"

    def reliability(self) -> str:
        """Said and true by tenths, with how many there are."""
        return "  ".join(f"{one.said:.2f}→{one.true:.2f} ({one.weight:.0f})" for one in self.tenths)


def calibration(said: Sequence[Said]) -> Calibration:
    """Judge probabilities; there must be at least one."""
    total = sum(one.weight for one in said)
    rate = sum(one.weight * one.true for one in said) / total
    tenths = tuple(_tenth(part) for number in range(TENTHS) if (part := [one for one in said if _place(one) == number]))
    return Calibration(
        brier=sum(one.weight * (one.score - one.true) ** 2 for one in said) / total,
        base=rate * (1 - rate),
        error=sum(tenth.weight * abs(tenth.said - tenth.true) for tenth in tenths) / total,
        tenths=tenths,
    )


def _place(one: Said) -> int:
    return min(int(one.score * TENTHS), TENTHS - 1)


def _tenth(said: Iterable[Said]) -> Tenth:
    some = list(said)
    weight = sum(one.weight for one in some)
    return Tenth(
        weight=weight,
        said=sum(one.weight * one.score for one in some) / weight,
        true=sum(one.weight * one.true for one in some) / weight,
    )
