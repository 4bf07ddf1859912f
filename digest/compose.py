"""From a week's stories to the issue: what is in, in which order, and which numbered source each sentence rests on.

``weigh`` (digest.choice) picks; this module arranges. Items stand in reading order (the city's duties first, then the
sections as the edition orders them), and sources are numbered as the reader meets them. What was weighed and why, and
what is left out, is kept with the issue.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from archive.records.editing import Edition, IssueStory
from archive.records.findings import Topic, TopicWeek
from archive.records.issue import Coverage, Issue, IssueItem, Weighed
from archive.records.knowledge import Lexicon
from archive.records.words import Perspective, StoryId, TopicId
from archive.weeks import Week
from digest import charts, signals
from digest.choice import Choice, Pick, perspectives_of, weigh
from digest.citations import Citations
from digest.cleaning import clean, is_korean
from digest.items import Desk, headline_in, highlight, item, measured
from digest.length import quotes_allowed, words_in
from digest.named import named
from digest.sentences import headline_of
from digest.terms import terms

_HIGHLIGHTS = 3
_NEXT = 5  # stories that are out, of which the issue keeps why
_WORDS_OF_A_SIGNAL = 24  # its label, its counts, its headline and that one's source


@dataclass(frozen=True, slots=True)
class Before:
    """What readers have been told already, and how the week's stories were weighed."""

    last: Issue | None = None  # the issue of the week before
    explained: frozenset[str] = frozenset()  # ids of concepts that recent issues explained
    weights: Mapping[str, float] = field(default_factory=dict)  # "city.public" → weight


def compose(
    week: Week,
    *,
    number: int,
    revision: int,
    stories: Iterable[IssueStory],
    topics: Mapping[TopicId, tuple[Topic, TopicWeek]],
    coverage: Coverage,
    edition: Edition,
    made: datetime,
    late: bool,
    lexicon: Lexicon | None = None,
    before: Before = Before(),
) -> Issue:
    """The issue of a week; pure, and the same for any order of stories.

    ``number`` is the city's own count; ``made`` (aware) is when it was composed. The lexicon names organisations: with
    it no company takes more than its share of the places, and link-only items say who is named.
    """
    told = tuple(stories)
    choice = weigh(told, edition, lambda story: _firms(story, lexicon))
    order = _reading_order(choice.picks, edition)
    desk = _desk(week, order, edition, lexicon)
    highlights = tuple(highlight(pick, desk) for pick in _most_telling(choice.picks))
    items = tuple(item(n, pick, desk) for n, pick in enumerate(order, 1))
    found = signals.signals(topics, told, choice.picks, desk.citations, before.last, brief=desk.brief)
    return Issue(
        week=week,
        number=number,
        revision=revision,
        title=clean(edition.title),
        organisation=clean(edition.organisation),
        start=week.start(desk.zone),
        end=week.end(desk.zone),
        made=made,
        late=late,
        highlights=highlights,
        items=items,
        calls=(),
        signals=tuple(replace(signal, words=charts.in_words(signal.trend)) for signal in found),
        sources=desk.citations.sources(),
        coverage=replace(coverage, left_out=_left_out(choice, coverage)),
        links=edition.links,
        terms=terms(items, [story.story.label for story in told], lexicon, before.explained),
        weighed=_weighed(choice, items, lexicon),
        weights=before.weights,
        places=edition.places,
    )


def _desk(week: Week, order: Sequence[Pick], edition: Edition, lexicon: Lexicon | None) -> Desk:
    """The desk, with as many quoted sentences allowed as five minutes' reading bears."""
    zone = ZoneInfo(edition.zone)
    tops = words_in(*(headline_of(pick.story) for pick in _most_telling(order)))
    besides = tops + _WORDS_OF_A_SIGNAL * signals.MOST
    allowed, fits = quotes_allowed([measured(pick, zone, lexicon, brief=False) for pick in order], besides)
    if not fits:
        allowed, _ = quotes_allowed([measured(pick, zone, lexicon, brief=True) for pick in order], besides)
    by_story = {pick.story.story.id: allowed[pick.story.story.id] for pick in order}
    return Desk(week, zone, Citations(), lexicon, edition.style, by_story, brief=not fits)


def _firms(story: IssueStory, lexicon: Lexicon | None) -> frozenset[str]:
    """The companies, models and products its headline names."""
    concepts = named([story.story.label], lexicon)
    return frozenset(concept.id for concept in concepts if concept.kind in {"org", "model", "product"})


def _most_telling(picks: Iterable[Pick]) -> tuple[Pick, ...]:
    """The best pick of each perspective, filled up with the best of the rest.

    Korean headlines go before others: the first lines must be readable at a glance, and a foreign-only story keeps its
    place further down.
    """
    by_rank = sorted(picks, key=lambda pick: (pick.story.story.rank, pick.story.story.id))
    ranked = sorted(by_rank, key=lambda pick: not is_korean(headline_of(pick.story)))  # stable: rank within each
    best: dict[Perspective, Pick] = {}
    for pick in ranked:
        best.setdefault(pick.perspective, pick)
    rest = [pick for pick in ranked if best[pick.perspective] is not pick]
    chosen = (*best.values(), *islice(rest, _HIGHLIGHTS - len(best)))
    return tuple(pick for pick in ranked if pick in chosen)


def _reading_order(picks: Iterable[Pick], edition: Edition) -> list[Pick]:
    places = {section: place for place, section in enumerate(edition.sections)}

    def place(pick: Pick) -> tuple[int, int, str]:
        story = pick.story.story
        section = places.get(story.section, len(places)) if story.section else len(places)
        return -1 if story.duties else section, story.rank, story.id

    return sorted(picks, key=place)


def _left_out(choice: Choice, coverage: Coverage) -> dict[str, int]:
    """How many stories of the week are not in, by reason; those too far down to be looked at have no place either."""
    counts = Counter[str](reason.fate for _, reason in choice.out)
    counts["room"] += max(0, coverage.stories - len(choice.out) - len(choice.picks))
    return {fate: count for fate, count in sorted(counts.items()) if count}


def _weighed(choice: Choice, items: Sequence[IssueItem], lexicon: Lexicon | None) -> tuple[Weighed, ...]:
    """The items in their order with the place each took, then the next stories and why they are out."""
    picks = {pick.story.story.id: pick for pick in choice.picks}
    carried = tuple(_carried(picks[one.story], one) for one in items)
    out = tuple(
        Weighed(
            story=story.story.id,
            headline=headline_in(story, lexicon),
            rank=story.story.rank,
            fate=reason.fate,
            score=dict(sorted(story.story.score.items())),
            perspective=perspectives_of(story)[0],
            against=reason.against,
        )
        for story, reason in choice.out[:_NEXT]
    )
    return (*carried, *out)


def _carried(pick: Pick, one: IssueItem) -> Weighed:
    return Weighed(
        story=StoryId(one.story),
        headline=one.headline,
        rank=pick.story.story.rank,
        fate=pick.fate,
        score=one.score,
        item=one.rank,
        perspective=pick.perspective,
        place=pick.place,
    )
