"""Why an issue carries its stories and not the next ones: rows from its snapshot alone, in words and in figures."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from analysis.ranking import PARTS, PERSPECTIVES, shares_of
from archive.records.issue import Issue, Weighed
from archive.records.words import Perspective
from digest.choice import USUAL_FEWEST
from digest.phrases import PERSPECTIVES as NAMES
from donghyang.messages import say

Row = dict[str, Any]
_IN: Final = frozenset({"reserved", "ranked", "filled", "pinned"})


def explain(issue: Issue, number: int | None, *, frozen: bool) -> Row:
    """One item (or all, when none is named), the next stories that are out, and how each was scored.

    Keys as docs/formats.md shows them. ``number`` must be an item of the issue.
    """
    weights = _by_view(issue.weights)
    inside = [one for one in issue.weighed if one.item and number in {None, one.item}]
    out = [one for one in issue.weighed if not one.item]
    return {
        "week": str(issue.week),
        "number": issue.number,
        "revision": issue.revision if frozen else None,
        "frozen": frozen,
        "places": {view: issue.places.get(view, 0) for view in PERSPECTIVES},
        "shares": dict(shares_of({f"places.{view}": float(count) for view, count in issue.places.items()})),
        "items": [_row(one, issue, weights) for one in sorted(inside, key=lambda one: one.item)],
        "next": [_row(one, issue, weights) for one in out],
    }


def _by_view(weights: Mapping[str, float]) -> Mapping[Perspective, Mapping[str, float]]:
    return {view: {part: weights.get(f"{view}.{part}", 0.0) for part in PARTS} for view in PERSPECTIVES}


def _row(one: Weighed, issue: Issue, weights: Mapping[Perspective, Mapping[str, float]]) -> Row:
    return {
        "item": one.item or None,
        "headline": one.headline,
        "story": one.story,
        "rank": one.rank,
        "fate": one.fate if one.item or one.fate not in _IN else "dropped",
        "why": why(one, issue),
        "perspective": one.perspective,
        "place": one.place or None,
        "against": one.against,
        "scores": {name: one.score[name] for name in (*PERSPECTIVES, "total") if name in one.score},
        "parts": [
            {
                "part": part,
                "value": one.score[part],
                "weights": {view: weights[view][part] for view in PERSPECTIVES},
                "points": {view: round(weights[view][part] * one.score[part], 4) for view in PERSPECTIVES},
            }
            for part in PARTS
            if one.score.get(part)
        ],
    }


def why(one: Weighed, issue: Issue) -> str:
    """Why a story is in or out, in a sentence."""
    fate = one.fate if one.item or one.fate not in _IN else "dropped"
    view = one.perspective
    twin = next((other.headline for other in issue.weighed if one.against and other.story == one.against), "")
    return say(
        f"fate.{fate}",
        view=NAMES[view] if view else "",
        places=issue.places.get(view, 0) if view else 0,
        place=one.place,
        score=f"{one.score.get(view, 0.0) if view else 0.0:.2f}",
        rank=one.rank,
        total=f"{one.score.get('total', 0.0):.2f}",
        fewest=USUAL_FEWEST,
        twin=twin,
    )


def part_cells(row: Mapping[str, Any]) -> Iterator[tuple[object, ...]]:
    """A line for each part that counts: its value, and in each perspective weight and what it adds; then the sums."""
    for part in row["parts"]:
        adds = (f"{part['weights'][view]:+.1f} → {part['points'][view]:+.2f}" for view in PERSPECTIVES)
        yield say(f"part.{part['part']}"), f"{part['value']:.2f}", *adds
    scores = row["scores"]
    yield say("part.total"), f"{scores.get('total', 0):.2f}", *(f"{scores.get(view, 0):+.2f}" for view in PERSPECTIVES)


def cells(row: Mapping[str, Any]) -> tuple[object, ...]:
    """A line of a table of stories."""
    return row["item"] or "", row["rank"], row["headline"], f"{row['scores'].get('total', 0):.2f}", row["why"]
