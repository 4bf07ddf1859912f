"""What we may state ourselves about a story: who told it, since when, in which language, and on what ground.

Nothing here is taken from an article's text; these lines make an item worth reading even when every source allows a
link only.
"""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from archive.records.editing import IssueStory, Told
from archive.records.incoming import Article
from archive.records.knowledge import Lexicon
from digest import phrases
from digest.choice import OWN_VOICE, families_of
from digest.cleaning import alike, clean, headline, is_korean, title_of
from digest.dates import brief_period, local, weekday
from digest.named import named

_PRIMARY = OWN_VOICE | {"research"}
_MOST_NAMES = 4
_FOREIGN_SENTENCES = 1
_MOST_TITLES = 2
_LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of our own and the articles it rests on."""

    text: str
    articles: tuple[Article, ...]


def face(story: IssueStory) -> Article:
    """The article whose headline a Korean reader is shown: its label's, the first Korean one, or the lead."""
    label = clean(story.story.label)
    own = (article for article in story.articles if label in title_of(article.title, article.outlet))
    korean = next(iter(_korean(story)), story.articles[0])
    return next(own, korean) if is_korean(label) else korean


def headline_of(story: IssueStory) -> str:
    """At most 60 characters, Korean whenever a Korean member lends its title, and not ending in half a word."""
    shown, label = face(story), clean(story.story.label)
    lent = title_of(shown.title, shown.outlet)
    return headline(lent if is_korean(lent) and not is_korean(label) else label or lent)


def facts(story: IssueStory, zone: ZoneInfo, lexicon: Lexicon | None = None) -> tuple[Fact, ...]:
    """Our lines about a story: of one we may not quote what it is about, then what is told of it in another language.

    The last is what it rests on.
    """
    silent = () if quotable(story) else (*_about(story, lexicon), *_other_titles(story))
    return (*silent, *_related(story), _ground(story, zone))


def quotable(story: IssueStory) -> tuple[Told, ...]:
    """The sentences an item quotes: Korean ones, or one foreign one where nobody told it in Korean."""
    known = {article.id for article in story.articles}
    told = tuple(line for line in story.told if line.article in known and clean(line.text))
    korean = tuple(line for line in told if is_korean(line.text))
    return korean if korean or _korean(story) else told[:_FOREIGN_SENTENCES]


def primary(story: IssueStory) -> tuple[Article, ...]:
    """Members that speak for themselves: ministries, laboratories, papers; one for each family."""
    own = {a.family: a for a in sorted(story.articles, key=_age, reverse=True) if a.role in _PRIMARY}
    return tuple(sorted(own.values(), key=_age))


def first(story: IssueStory) -> Article:
    """The member that told it first."""
    return min(story.articles, key=_age)


def _age(article: Article) -> tuple[float, str]:
    return article.moment.timestamp(), article.id


def _korean(story: IssueStory) -> tuple[Article, ...]:
    return tuple(a for a in story.articles if is_korean(a.title))


def _related(story: IssueStory) -> tuple[Fact, ...]:
    """The surest story of the other language, and how long one was told before the other."""
    if not story.related:
        return ()
    one = story.related[0]
    pattern = phrases.AT_HOME if one.article.lang == "ko" else phrases.ABROAD
    title = headline(title_of(one.article.title, one.article.outlet), _LONGEST_TITLE)
    line = pattern.format(outlet=clean(one.article.outlet), title=title)
    days = round(abs(one.days))
    when = (phrases.ABROAD_FIRST if one.days > 0 else phrases.HOME_FIRST).format(n=days) if days else ""
    return (Fact(phrases.JOINT.join(filter(None, (line, when))), (one.article,)),)


def _ground(story: IssueStory, zone: ZoneInfo) -> Fact:
    """How many told it and since when, in which languages, and whether a first-hand source is among them."""
    clauses = (
        _spread(story, zone),
        *_languages(story, zone),
        *_primary(story),
        *_copies(story),
        *_moved(story),
    )
    witnesses = dict.fromkeys(article for clause in clauses for article in clause.articles)
    return Fact(phrases.JOINT.join(clause.text for clause in clauses), tuple(witnesses))


def _spread(story: IssueStory, zone: ZoneInfo) -> Fact:
    begin, end = first(story), max(story.articles, key=_age)
    number = len(families_of(story))
    days = local(begin.moment, zone), local(end.moment, zone)
    if number == 1:
        pattern = phrases.ONE_OWN if begin.role in _PRIMARY else phrases.ONE_OUTLET
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
    lead = min(foreign, key=_age)
    if not korean:
        return (Fact(phrases.FOREIGN_ONLY, ()),)
    follow = min(korean, key=_age)
    late = local(follow.moment, zone)
    pattern = phrases.FOREIGN_FIRST if local(lead.moment, zone) < late else phrases.BOTH
    return (Fact(pattern.format(**counts, day=weekday(late), outlet=clean(follow.outlet)), (lead, follow)),)


def _primary(story: IssueStory) -> tuple[Fact, ...]:
    own = primary(story)[:2]
    if not own or len(families_of(story)) == 1:
        return ()  # of a single source the clause before said it; that there is none goes without saying
    names = ", ".join(clean(article.outlet) for article in own)
    return (Fact(phrases.PRIMARY.format(outlets=names), own),)


def _copies(story: IssueStory) -> tuple[Fact, ...]:
    known = {a.id: a for a in story.articles}
    copies = tuple(
        known[copy]
        for copy, original in sorted(story.duplicates.items())
        if copy in known and original in known and known[copy].family != known[original].family
    )
    return (Fact(phrases.COPIES.format(n=len(copies)), ()),) if copies else ()


def _moved(story: IssueStory) -> tuple[Fact, ...]:
    if not story.issued:
        return ()
    newest = max(story.articles, key=_age)
    return (Fact(phrases.MOVED.format(period=brief_period(max(story.issued)), n=story.fresh), (newest,)),)


def _about(story: IssueStory, lexicon: Lexicon | None) -> tuple[Fact, ...]:
    if _korean(story):
        return ()
    section = phrases.SECTIONS[story.story.section] if story.story.section else "AI"
    lang = phrases.ENGLISH if all(a.lang == "en" for a in story.articles) else phrases.FOREIGN
    names = names_in(story, lexicon)
    pattern = phrases.ABOUT if names else phrases.ABOUT_SECTION
    return (Fact(pattern.format(names=names, section=section, lang=lang), (face(story),)),)


def names_in(story: IssueStory, lexicon: Lexicon | None) -> str:
    """The things of the lexicon its titles name, as we write them: ``오픈AI, GPT-5``; "" when none."""
    concepts = named([a.title for a in story.articles], lexicon)
    return ", ".join(concept.label for concept in concepts[:_MOST_NAMES])


def _other_titles(story: IssueStory) -> tuple[Fact, ...]:
    """Headlines of other publishers that add something: what a link-only source tells us on its face."""
    seen = [headline_of(story), title_of(face(story).title, face(story).outlet)]
    told = {face(story).family}
    chosen: list[Fact] = []
    for article in sorted(story.articles, key=lambda a: (not is_korean(a.title), *_age(a))):
        title = title_of(article.title, article.outlet)
        if len(chosen) == _MOST_TITLES or article.family in told or article.id in story.duplicates:
            continue
        if title and not any(alike(title, other) for other in seen):
            line = phrases.OTHER_TITLE.format(outlet=clean(article.outlet), title=headline(title, _LONGEST_TITLE))
            chosen.append(Fact(line, (article,)))
            seen.append(title)
            told.add(article.family)
    return tuple(chosen)
