"""What a story rests on, in one line: how many told it, since when, in which languages, who speaks for themselves."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from archive.records.editing import IssueStory
from archive.records.incoming import Article
from archive.records.knowledge import Lexicon
from digest import phrases, sayings
from digest.caps import families_of
from digest.choice import OWN_VOICE
from digest.cleaning import clean
from digest.dates import local, weekday
from digest.named import named

_PRIMARY = OWN_VOICE | {"research"}
_MOST_PRIMARY = 2
_A_RELEASE = 0.5  # of the part "release": what outlets share is what they were sent


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of our own and the articles it rests on."""

    text: str
    articles: tuple[Article, ...]


def ground(story: IssueStory, zone: ZoneInfo, lexicon: Lexicon | None = None) -> Fact:
    """How many told it and since when, in which languages, and whether a first-hand source is among them."""
    clauses = (
        _spread(story, zone, lexicon),
        *_languages(story, zone),
        *_primary(story, lexicon),
        *_copies(story),
    )
    witnesses = dict.fromkeys(article for clause in clauses for article in clause.articles)
    return Fact(phrases.JOINT.join(clause.text for clause in clauses), tuple(witnesses))


def primary(story: IssueStory, lexicon: Lexicon | None = None) -> tuple[Article, ...]:
    """Members that speak for themselves: ministries, laboratories, papers, companies; one for each family."""
    members = sorted(story.articles, key=age, reverse=True)
    own = {article.family: article for article in members if _own_voice(article, lexicon)}
    return tuple(sorted(own.values(), key=age))


def _own_voice(article: Article, lexicon: Lexicon | None) -> bool:
    """Whether it speaks for itself: by its source's role, or linked from a community, on an organisation's page."""
    if article.role != "community":
        return article.role in _PRIMARY
    return any(concept.kind == "org" for concept in named([clean(article.outlet)], lexicon))


def first(story: IssueStory) -> Article:
    """The member that told it first."""
    return min(story.articles, key=age)


def age(article: Article) -> tuple[float, str]:
    """Articles in the order they were told."""
    return article.moment.timestamp(), article.id


def _spread(story: IssueStory, zone: ZoneInfo, lexicon: Lexicon | None) -> Fact:
    begin, end = first(story), max(story.articles, key=age)
    number = len(families_of(story))
    days = local(begin.moment, zone), local(end.moment, zone)
    if number == 1:
        pattern = phrases.ONE_OWN if _own_voice(begin, lexicon) else phrases.ONE_OUTLET
    else:
        pattern = phrases.SAME_DAY if days[0] == days[1] else phrases.MANY_OUTLETS
    words = {"first": weekday(days[0]), "last": weekday(days[1]), "n": number, "outlet": clean(begin.outlet)}
    return Fact(pattern.format(**words), (begin,) if begin is end else (begin, end))


def _languages(story: IssueStory, zone: ZoneInfo) -> tuple[Fact, ...]:
    korean = [a for a in story.articles if a.lang == "ko"]
    foreign = [a for a in story.articles if a.lang != "ko"]
    counts = {"korean": len({a.family for a in korean}), "foreign": len({a.family for a in foreign})}
    if not foreign or len(families_of(story)) == 1:
        return ()
    lead = min(foreign, key=age)
    if not korean:
        return (Fact(phrases.FOREIGN_ONLY, ()),)
    follow = min(korean, key=age)
    late = local(follow.moment, zone)
    pattern = phrases.FOREIGN_FIRST if local(lead.moment, zone) < late else phrases.BOTH
    return (Fact(pattern.format(**counts, day=weekday(late), outlet=clean(follow.outlet)), (lead, follow)),)


def _primary(story: IssueStory, lexicon: Lexicon | None) -> tuple[Fact, ...]:
    own = primary(story, lexicon)[:_MOST_PRIMARY]
    if not own:
        return (Fact(sayings.NO_PRIMARY, ()),)
    if len(families_of(story)) == 1:
        return ()  # of a single source the clause before said it
    names = ", ".join(clean(article.outlet) for article in own)
    return (Fact(phrases.PRIMARY.format(outlets=names), own),)


def _copies(story: IssueStory) -> tuple[Fact, ...]:
    known = {a.id: a for a in story.articles}
    copies = tuple(
        known[copy]
        for copy, original in sorted(story.duplicates.items())
        if copy in known and original in known and known[copy].family != known[original].family
    )
    pattern = sayings.REPRINTS if story.story.score.get("release", 0.0) >= _A_RELEASE else phrases.COPIES
    return (Fact(pattern.format(n=len(copies)), ()),) if copies else ()
