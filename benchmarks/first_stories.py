"""Our first stories of a week beside what three readers would have carried.

    python -m benchmarks.first_stories [ITEMS.jsonl EDITORS.json]... [--show] [--weights]

ITEMS is what `donghyang try stories` reads, EDITORS the pooled picks of a week's readers (a list of ``title``, ``urls``
and ``votes`` by reader); without arguments, the two recorded weeks. Stories are taken by rank, as `try stories` gives
them. Counted are, of our first twelve, those that somebody picked; the votes they gain of the most that twelve could
gain; and how many stories that two readers picked are among our first twenty. Beside them: ranking by the number of
publishers alone, by the number of articles alone, and by each perspective alone with its share of each reader's picks.

``--weights`` moves every weight by 30 % and tells what becomes of the figures: a setting that only holds on the point
of a needle would show. It also fits the weights on each week and reports the other, which is why they are set by hand.
"""

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.ranking import PARTS, PERSPECTIVES, scored, shares_of, weights_of
from archive.records.findings import Story
from benchmarks.data import folder
from benchmarks.picks import Pick, picks_of
from collectors.urls import canonical
from donghyang import trial

WEEKS = ("w07", "w08")
FIRST, MORE = 12, 20
_MOVED = 0.3
_FACTORS = (0.0, 0.5, 1.5, 2.0)  # of a weight, tried while fitting
_ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Told:
    """A story, the addresses of its articles and how many published it."""

    story: Story
    addresses: frozenset[str]
    publishers: int

    def part(self, name: str) -> float:
        """A named part of its score."""
        return self.story.score[name]


@dataclass(frozen=True, slots=True)
class Figures:
    """What the first stories of an order are worth."""

    picked: int  # of the first twelve
    votes: float  # gained, as a share of the most that twelve could
    twice: int  # stories of two readers among the first twenty

    def __str__(self) -> str:
        return f"{self.picked:2} of {FIRST}   votes {self.votes:.3f}   by two {self.twice:2}"


@dataclass(frozen=True, slots=True)
class Week:
    """A week's stories and its readers' picks."""

    name: str
    told: Sequence[Told]
    picks: Sequence[Pick]

    @classmethod
    def read(cls, items: Path, editors: Path) -> "Week":
        """Analyse the items as `try stories` does."""
        found = trial.read_items(items)
        at = {item.id: item for item in found}
        told = [
            Told(
                story,
                frozenset(canonical(at[id_].url) for id_ in story.articles if at[id_].url),
                len({at[id_].outlet for id_ in story.articles}),
            )
            for story in trial.findings_of(found).stories
        ]
        return cls(items.stem, sorted(told, key=lambda one: one.story.rank), picks_of(editors))

    def order(self, worth: Callable[[Told], float]) -> list[Told]:
        """The stories about AI by worth; equals by rank."""
        return sorted((one for one in self.told if one.story.ai), key=lambda one: (-worth(one), one.story.rank))

    def figures(self, order: Sequence[Told]) -> Figures:
        """What its first stories are worth."""
        first = order[:FIRST]
        gained = sum(len(pick.votes) for pick in self.picks if pick.is_in(first))
        most = sum(sorted((len(pick.votes) for pick in self.picks), reverse=True)[:FIRST])
        return Figures(
            sum(any(pick.is_in([one]) for pick in self.picks) for one in first),
            gained / most,
            sum(pick.is_in(order[:MORE]) for pick in self.picks if len(pick.votes) > 1),
        )

    def weighed(self, given: Mapping[str, float]) -> list[Told]:
        """The order that other weights would give."""
        weights, shares = weights_of(given), shares_of(given)
        return self.order(lambda one: scored(parts_of(one.story), weights, shares)["total"])


def parts_of(story: Story) -> dict[str, float]:
    """The parts of its score without what they add up to."""
    return {part: story.score[part] for part in PARTS}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, help="ITEMS.jsonl EDITORS.json, week by week")
    parser.add_argument("--show", action="store_true", help="print the first twenty and who picked them")
    parser.add_argument("--weights", action="store_true", help="move and fit the weights")
    chosen = parser.parse_args()
    if len(chosen.files) % 2:
        parser.error("a file of items goes with a file of picks")
    files = chosen.files or [folder("stories", f"{name}{end}") for name in WEEKS for end in (".jsonl", "_editors.json")]
    weeks = [Week.read(items, editors) for items, editors in zip(files[::2], files[1::2], strict=True)]
    for week in weeks:
        report(week, show=chosen.show)
    if chosen.weights:
        move(weeks)
        fit(weeks)


def report(week: Week, *, show: bool) -> None:
    """Our order beside simpler ones, and each perspective beside the readers."""
    twice = sum(len(pick.votes) > 1 for pick in week.picks)
    print(f"{week.name}: {len(week.told)} stories, {len(week.picks)} picks, {twice} of them by two readers")
    for name, order in _orders(week):
        print(f"  {name:20} {week.figures(order)}")
    readers = sorted({reader for pick in week.picks for reader in pick.votes})
    for view in PERSPECTIVES:
        order = week.order(lambda one, view=view: one.part(view))[:MORE]  # type: ignore[misc] # a default binds it now
        shares = [sum(reader in pick.votes and pick.is_in(order) for pick in week.picks) for reader in readers]
        told = ", ".join(f"{reader} {share}" for reader, share in zip(readers, shares, strict=True))
        print(f"  {view:20} picks in its first {MORE}: {told}")
    if show:
        _show(week)


def _orders(week: Week) -> Iterator[tuple[str, list[Told]]]:
    yield "ours", list(week.told)
    yield "publishers alone", week.order(lambda one: one.publishers)
    yield "articles alone", week.order(lambda one: len(one.story.articles))


def _show(week: Week) -> None:
    for one in week.told[:MORE]:
        by = "+".join("".join(sorted(pick.votes)) for pick in week.picks if pick.is_in([one])) or "-"
        views = "  ".join(f"{one.part(view):5.2f}" for view in PERSPECTIVES)
        print(f"    {one.story.rank:2} {by:8} {views}  {one.story.label}")


def move(weeks: Sequence[Week]) -> None:
    """Each weight by thirty per cent up and down: the lowest and the highest of each figure."""
    usual = weights_of({})
    print(f"every weight moved by {_MOVED:.0%}, one at a time")
    for week in weeks:
        found = [
            week.figures(week.weighed({f"{view}.{part}": weight * factor}))
            for view in PERSPECTIVES
            for part, weight in usual[view].items()
            if weight
            for factor in (1 - _MOVED, 1 + _MOVED)
        ]
        picked, votes, twice = ([getattr(one, name) for one in found] for name in ("picked", "votes", "twice"))
        print(
            f"  {week.name:18} picked {min(picked)} to {max(picked)}, votes {min(votes):.3f} to {max(votes):.3f}, "
            f"by two {min(twice)} to {max(twice)}"
        )


def fit(weeks: Sequence[Week]) -> None:
    """Weights fitted on one week by coordinate ascent, and what they do on the others."""
    for week in weeks:
        given = _fitted(week)
        others = "; ".join(
            f"{other.name} {other.figures(other.weighed(given))}" for other in weeks if other is not week
        )
        print(f"fitted on {week.name}: {week.figures(week.weighed(given))}; {others}")


def _fitted(week: Week) -> dict[str, float]:
    """The best weights of a week, one weight at a time from the usual ones."""
    given: dict[str, float] = {}
    usual = weights_of({})
    for _ in range(_ROUNDS):
        for key, weight in [(f"{view}.{part}", usual[view][part]) for view in PERSPECTIVES for part in PARTS]:
            if weight:
                tried = [given, *({**given, key: weight * factor} for factor in _FACTORS)]
                given = max(tried, key=lambda one: (_gain(week, one), -len(one)))
    return given


def _gain(week: Week, given: Mapping[str, float]) -> float:
    """The mean over list lengths from eight to twenty-five of the votes gained of the most one could."""
    order = week.weighed(given)
    most = sorted((len(pick.votes) for pick in week.picks), reverse=True)
    lengths = range(8, 26)
    shares = [
        sum(len(pick.votes) for pick in week.picks if pick.is_in(order[:count])) / sum(most[:count])
        for count in lengths
    ]
    return sum(shares) / len(shares)


if __name__ == "__main__":
    main()
