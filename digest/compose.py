"""From a week's stories to the issue: what is in, in which order, and which numbered source each sentence rests on.

``choose`` (digest.choice) picks; this module arranges. Items stand in reading order (the city's duties first, then the
sections as the edition orders them), and sources are numbered as the reader meets them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from archive.records.editing import Edition, IssueStory
from archive.records.findings import Topic, TopicWeek
from archive.records.incoming import Article
from archive.records.issue import Coverage, Issue, IssueItem, ItemArticle, Sentence
from archive.records.knowledge import Lexicon
from archive.records.words import Perspective, TopicId
from archive.weeks import Week
from digest import phrases, signals
from digest.choice import Pick, choose
from digest.citations import Citations
from digest.cleaning import clean, is_korean
from digest.named import named
from digest.sentences import face, facts, first, headline_of, names_in, primary, quotable

_HIGHLIGHTS = 3
_MOST_SOURCES = 4  # named by one item; the other members are counted


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every part of one issue is written with."""

    zone: ZoneInfo
    citations: Citations
    lexicon: Lexicon | None


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
) -> Issue:
    """The issue of a week; pure, and the same for any order of stories.

    ``number`` is the city's own count; ``made`` (aware) is when it was composed. The lexicon names organisations: with
    it no company takes more than its share of the places, and link-only items say who is named.
    """
    told = tuple(stories)
    zone = ZoneInfo(edition.zone)
    desk = _Desk(zone, Citations(), lexicon)
    picks = choose(told, edition, lambda story: _firms(story, lexicon))
    highlights = tuple(_highlight(pick, desk) for pick in _most_telling(picks))
    items = tuple(_item(n, pick, desk) for n, pick in enumerate(_reading_order(picks, edition), 1))
    found = signals.signals(topics, told, picks, desk.citations)
    return Issue(
        week=week,
        number=number,
        revision=revision,
        title=clean(edition.title),
        organisation=clean(edition.organisation),
        start=week.start(zone),
        end=week.end(zone),
        made=made,
        late=late,
        highlights=highlights,
        items=items,
        calls=(),
        signals=found,
        sources=desk.citations.sources(),
        coverage=coverage,
        links=edition.links,
    )


def _firms(story: IssueStory, lexicon: Lexicon | None) -> frozenset[str]:
    """The companies, models and products its headline names."""
    concepts = named([story.story.label], lexicon)
    return frozenset(concept.id for concept in concepts if concept.kind in {"org", "model", "product"})


def _most_telling(picks: Iterable[Pick]) -> tuple[Pick, ...]:
    """The best pick of each perspective, filled up with the best of the rest.

    Korean headlines go before others: the first lines must be readable at a glance, and a foreign-only story keeps its
    place further down.
    """
    ranked = sorted(picks, key=lambda pick: not is_korean(headline_of(pick.story)))  # stable: rank within each
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


def _highlight(pick: Pick, desk: _Desk) -> Sentence:
    text, names = headline_of(pick.story), names_in(pick.story, desk.lexicon)
    if names and not is_korean(text):
        text = phrases.FOREIGN_TOP.format(names=names, headline=text)
    return Sentence(text=text, sources=desk.citations.of([face(pick.story)]))


def _item(rank: int, pick: Pick, desk: _Desk) -> IssueItem:
    story = pick.story.story
    head = desk.citations.of([face(pick.story)])
    sentences = _sentences(pick.story, desk)
    numbers = {*head, *(n for sentence in sentences for n in sentence.sources)}
    return IssueItem(
        rank=rank,
        perspective=pick.perspective,
        section=story.section,
        headline=headline_of(pick.story),
        sentences=sentences,
        duties=story.duties,
        trend=signals.trend_of(pick.story.topic_week) if pick.story.topic_week else None,
        score=dict(sorted(story.score.items())),
        story=story.id,
        articles=tuple(_member(article) for article in pick.story.articles),
        sources=(*head, *sorted(numbers - {*head})),
    )


def _witnesses(story: IssueStory) -> tuple[Article, ...]:
    """Members of different families, first-hand ones first, that stand for all who told it."""
    wanted = list(dict.fromkeys([face(story), *primary(story)[:1], first(story)]))
    families = {article.family for article in wanted}
    for article in story.articles:
        if len(wanted) < _MOST_SOURCES and article.family not in families and article.id not in story.duplicates:
            wanted.append(article)
            families.add(article.family)
    return tuple(wanted)


def _sentences(story: IssueStory, desk: _Desk) -> tuple[Sentence, ...]:
    known = {article.id: article for article in story.articles}
    quoted = [
        Sentence(text=clean(line.text), sources=desk.citations.of([known[line.article]])) for line in quotable(story)
    ]
    *titles, ground = facts(story, desk.zone, desk.lexicon)
    own = [Sentence(text=fact.text, sources=desk.citations.of(fact.articles), own=True) for fact in titles]
    witnesses = desk.citations.of([*ground.articles, *_witnesses(story)])
    return (*quoted, *own, Sentence(text=ground.text, sources=tuple(sorted(witnesses)), own=True))


def _member(article: Article) -> ItemArticle:
    return ItemArticle(
        id=article.id,
        title=clean(article.title),
        url=article.url,
        canonical=article.canonical,
        outlet=clean(article.outlet),
        publisher=clean(article.family),
        published=article.published,
        lang=article.lang,
    )
