"""One item of an issue: its headline, the lines under it, and the numbered sources each rests on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from archive.records.editing import IssueStory
from archive.records.incoming import Article
from archive.records.issue import IssueItem, ItemArticle, Sentence
from archive.records.knowledge import Lexicon
from archive.records.words import StoryId, Style
from archive.weeks import Week
from digest import abroad, phrases, sayings, signals
from digest.choice import Pick
from digest.citations import Citations
from digest.claims import claimant
from digest.cleaning import clean, is_korean
from digest.endings import noun_ended
from digest.grounds import Fact, first, primary
from digest.length import Measured, words_in
from digest.sentences import clash, face, facts, headline_of, moved, names_in, quotable, whole_headline

_MOST_SOURCES = 3  # named by one item; the other members are counted
_FEW_SOURCES = 2
# What stands around its words in the text edition, counted in words.
_AROUND = " - [n] [n]"
_BEHIND = " [n] outlet date date"
_OF_AN_ITEM = "n [n] (perspective of it | section)"
_OF_A_DUTY = " mark its duty and its words mark implication line"


@dataclass(frozen=True, slots=True)
class Desk:
    """What every part of one issue is written with."""

    week: Week
    zone: ZoneInfo
    citations: Citations
    lexicon: Lexicon | None
    style: Style
    allowed: Mapping[StoryId, int]  # how many sentences an item may quote
    brief: bool = False  # so much is told that items name fewer sources

    def of(self, *articles: Article) -> tuple[int, ...]:
        """The numbers of articles as sources."""
        return self.citations.of(articles)


def highlight(pick: Pick, desk: Desk) -> Sentence:
    """The item's headline as a line of its own; of what nobody told in Korean with the names behind it."""
    text, names = headline_in(pick.story, desk.lexicon), names_in(pick.story, desk.lexicon)
    if names and not is_korean(text):
        text = phrases.FOREIGN_TOP.format(names=names, headline=text)
    return Sentence(text=text, sources=_head(pick.story, desk))


def item(rank: int, pick: Pick, desk: Desk) -> IssueItem:
    """A story as the issue tells it."""
    told, story = pick.story.story, pick.story
    head = _head(story, desk)
    sentences = tuple(_sentences(story, desk))
    numbers = {*head, *(n for sentence in sentences for n in sentence.sources)}
    headline = headline_in(story, desk.lexicon)
    whole = whole_headline(story)
    return IssueItem(
        rank=rank,
        perspective=pick.perspective,
        section=told.section,
        headline=headline,
        sentences=sentences,
        duties=told.duties,
        trend=signals.trend_of(story.topic_week) if story.topic_week else None,
        score=dict(sorted(told.score.items())),
        story=told.id,
        articles=tuple(_member(article) for article in story.articles),
        sources=(*head, *sorted(numbers - {*head})),
        title=whole if whole != headline else "",
        moved=story.issued,
    )


def headline_in(story: IssueStory, lexicon: Lexicon | None) -> str:
    """The headline, put together in Korean where nobody told the story in Korean and its matter is plain."""
    return abroad.made_headline(story, lexicon) or headline_of(story)


def measured(pick: Pick, zone: ZoneInfo, lexicon: Lexicon | None, *, brief: bool) -> Measured:
    """How many words an item is going to have."""
    story = pick.story
    own = [fact.text + _AROUND for fact in facts(story, zone, lexicon, brief=brief)]
    titles = [article.title + _BEHIND for article in _witnesses(story, lexicon, brief=brief)]
    duties = [" ".join(duty.words) + _OF_A_DUTY for duty in story.story.duties]
    quotes = tuple(words_in(line.text + _AROUND) for line in quotable(story))
    fixed = words_in(headline_of(story), _OF_AN_ITEM, *own, *titles, *duties)
    return Measured(story.story.id, fixed, quotes)


def _head(story: IssueStory, desk: Desk) -> tuple[int, ...]:
    """The sources of its headline: who speaks for themselves leads, then whose headline it is."""
    return desk.of(*primary(story, desk.lexicon)[:1], face(story))


def _sentences(story: IssueStory, desk: Desk) -> Iterator[Sentence]:
    for fact in moved(story, desk.week.ahead(-1)):
        yield _own(fact, desk)
    known = {article.id: article for article in story.articles}
    for place, line in enumerate(quotable(story)[: desk.allowed.get(story.story.id)]):
        yield _quoted(story, clean(line.text), known[line.article], desk, marked=place == 0)
    figures = clash(story)
    if figures:
        sources = desk.of(*(figure.article for figure in figures))
        told = ", ".join(f"{figure.words}[{n}]" for figure, n in zip(figures, sources, strict=True))
        yield Sentence(text=sayings.DIFFER.format(figures=told), sources=sources, own=True)
    *titles, ground = facts(story, desk.zone, desk.lexicon, brief=desk.brief)
    for fact in titles:
        yield _own(fact, desk)
    witnesses = desk.of(*ground.articles, *_witnesses(story, desk.lexicon, brief=desk.brief))
    yield Sentence(text=ground.text, sources=tuple(sorted(witnesses)), own=True)


def _own(fact: Fact, desk: Desk) -> Sentence:
    return Sentence(text=fact.text, sources=desk.of(*fact.articles), own=True)


def _quoted(story: IssueStory, text: str, article: Article, desk: Desk, *, marked: bool) -> Sentence:
    """A source's sentence: word for word but for an office's ending, after a mark of whose word alone it is."""
    claims = claimant(story, text) if marked else None
    mark = sayings.CLAIMS[claims] if claims else ""
    shown = mark + ((noun_ended(text) or text) if desk.style == "개조식" else text)
    return Sentence(text=shown, sources=desk.of(article), original=text if shown != text else "")


def _witnesses(story: IssueStory, lexicon: Lexicon | None, *, brief: bool) -> tuple[Article, ...]:
    """Members of different families, first-hand ones first, that stand for all who told it."""
    wanted = list(dict.fromkeys([*primary(story, lexicon)[:1], face(story), first(story)]))
    families = {article.family for article in wanted}
    for article in story.articles:
        if (
            len(wanted) < (_FEW_SOURCES if brief else _MOST_SOURCES)
            and article.family not in families
            and article.id not in story.duplicates
        ):
            wanted.append(article)
            families.add(article.family)
    return tuple(wanted)


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
