"""What comes first: three readers' perspectives, each a sum of the named parts of analysis.scoring.

``city`` asks what our city can act on, ``technology`` what changes technically, ``talk`` what everybody talks about.
Each weighs the parts its own way (config's [ranking.city], [ranking.technology], [ranking.talk]). A story's ``total``
is the mean of the three, each counted by the places an issue gives it: what several readers want comes first, and
what only one wants keeps its place in the issue by that perspective's own score (digest.choice).

The weights are few and round, set by hand; fitted ones did no better on a week they had not seen
(``benchmarks/first_stories.py`` prints how the order fares when one is changed).

Stories about AI come first, then by total, spread, time and id.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import get_args

from analysis.mentions import Mentions
from analysis.scoring import Case, parts_of
from archive.records.findings import Story
from archive.records.words import Perspective

PERSPECTIVES: tuple[Perspective, ...] = get_args(Perspective)
_AGAINST = {"market": -1.0, "opinion": -0.7, "politics": -1.5}
WEIGHTS: Mapping[Perspective, Mapping[str, float]] = MappingProxyType(
    {
        "city": {
            "public": 1.6,
            "duty": 1.0,
            "spread": 1.0,
            "programme": 0.6,
            "use": 0.6,
            "risk": 0.4,
            "primary": 0.4,
            "depth": 0.3,
            "policy": 0.3,
            "freshness": 0.2,
            "momentum": 0.2,
            "release": -0.8,
            "foreign": -1.0,
            **_AGAINST,
        },
        "technology": {
            "model": 1.6,
            "spread": 1.2,
            "risk": 0.8,
            "primary": 0.5,
            "public": 0.4,
            "depth": 0.4,
            "technical": 0.3,
            "momentum": 0.3,
            "freshness": 0.2,
            "release": -0.8,
            "foreign": -0.4,
            **_AGAINST,
        },
        "talk": {
            "spread": 2.0,
            "depth": 1.0,
            "public": 0.6,
            "model": 0.6,
            "programme": 0.3,
            "risk": 0.4,
            "policy": 0.3,
            "momentum": 0.3,
            "freshness": 0.2,
            "release": -1.0,
            "foreign": -0.6,
            **_AGAINST,
        },
    }
)
PARTS: tuple[str, ...] = tuple(dict.fromkeys(part for weights in WEIGHTS.values() for part in weights))
PLACES: Mapping[Perspective, float] = MappingProxyType({"city": 5, "technology": 4, "talk": 3})
_OF_PLACES = "places."

Weights = Mapping[Perspective, Mapping[str, float]]


def weights_of(given: Mapping[str, float]) -> Weights:
    """The weights of each perspective: the usual ones, changed by ``market`` (in all three) or ``city.market``."""
    return {
        view: {part: given.get(f"{view}.{part}", given.get(part, WEIGHTS[view].get(part, 0.0))) for part in PARTS}
        for view in PERSPECTIVES
    }


def shares_of(given: Mapping[str, float]) -> Mapping[Perspective, float]:
    """What each perspective counts in the total, 1 in all: as the places ``places.city`` of an issue."""
    places = {view: max(0.0, given.get(f"{_OF_PLACES}{view}", PLACES[view])) for view in PERSPECTIVES}
    if not any(places.values()):
        places = dict(PLACES)
    return {view: count / sum(places.values()) for view, count in places.items()}


def scored(parts: Mapping[str, float], weights: Weights, shares: Mapping[Perspective, float]) -> dict[str, float]:
    """The parts with the score of each perspective and their ``total``."""
    views = {view: sum(weights[view][part] * parts.get(part, 0.0) for part in PARTS) for view in PERSPECTIVES}
    total = sum(shares[view] * value for view, value in views.items())
    return {**parts, **{view: round(value, 4) for view, value in views.items()}, "total": round(total, 4)}


def ranked(cases: Sequence[Case], given: Mapping[str, float], *, until: datetime, mentions: Mentions) -> list[Story]:
    """The stories with their scores and ranks, first one first; ``given`` are the weights and places to be changed."""
    weights, shares = weights_of(given), shares_of(given)
    stories = []
    for case in cases:
        parts = {name: round(value, 4) for name, value in parts_of(case, until=until, mentions=mentions).items()}
        stories.append(replace(case.story, score=scored(parts, weights, shares)))
    stories.sort(key=_order)
    return [replace(story, rank=place) for place, story in enumerate(stories, 1)]


def _order(story: Story) -> tuple[bool, float, float, float, str]:
    return not story.ai, -story.score["total"], -story.score["spread"], -story.last_seen.timestamp(), story.id
