"""The lines of an item: what it quotes, and what we may state ourselves about its story.

What we state is never taken from an article's text: it makes an item worth reading even when every source allows a link
only. Headlines are quoted as headlines, between 「 」.
"""

import re
from zoneinfo import ZoneInfo

from archive.records.editing import IssueStory, Told
from archive.records.incoming import Article
from archive.records.issue import Issue
from archive.records.knowledge import Lexicon
from archive.records.words import ArticleId
from archive.weeks import Week
from digest import abroad, phrases, sayings
from digest.cleaning import alike, clean, headline, is_korean, short_headline, title_of
from digest.dates import brief_period
from digest.differing import Figure, differing
from digest.grounds import Fact, age, ground
from digest.named import named

_OURSELVES = re.compile(
    r"(?:^|[ ,])(?:우리(?:는|가|의)|저희(?:는|가|의)?|나는|내가) "
)  # a blog's background, not the news
_MOST_NAMES = 4
_FOREIGN_SENTENCES = 1
_MOST_TITLES = 2
_LONGEST_TITLE = 80


def face(story: IssueStory) -> Article:
    """The article whose headline a Korean reader is shown: its label's, the first Korean one, or the lead.

    Of a story told before it is one that is new since.
    """
    members = _new(story) or story.articles
    label = clean(story.story.label)
    own = (article for article in members if label in title_of(article.title, article.outlet))
    korean = next((a for a in members if is_korean(a.title)), None)
    if korean is None:
        return next(own, next(iter(_korean(story)), members[0]) if not story.issued else members[0])
    return next(own, korean) if is_korean(label) else korean


def whole_headline(story: IssueStory) -> str:
    """The headline shown, uncut: the label, or the face's title where that reads better in Korean or is newer."""
    shown, label = face(story), clean(story.story.label)
    lent = title_of(shown.title, shown.outlet)
    newer = bool(story.issued) and label not in lent
    return lent if newer or (is_korean(lent) and not is_korean(label)) else label or lent


def headline_of(story: IssueStory) -> str:
    """At most 40 characters where they end a clause, else 60; Korean whenever a Korean member lends its title."""
    return short_headline(whole_headline(story))


def quotable(story: IssueStory) -> tuple[Told, ...]:
    """The sentences an item quotes: Korean ones, or one foreign one where nobody told it in Korean."""
    known = {article.id: article for article in story.articles}
    told = tuple(line for line in story.told if line.article in known and clean(line.text))
    korean = tuple(line for line in told if is_korean(line.text))
    korean = tuple(line for line in korean if not _OURSELVES.search(line.text)) or korean
    return korean if korean or _korean(story) else told[:_FOREIGN_SENTENCES]


def moved(story: IssueStory, last: Week) -> tuple[Fact, ...]:
    """Of a story told before: how much is new since, and how it was called then. ``last`` is the week before."""
    if not story.issued:
        return ()
    told = max(story.issued)
    count = len(_new(story)) or story.fresh
    line = sayings.SINCE_LAST if told == last else sayings.SINCE
    said = line.format(n=count, period=brief_period(told))
    was = clean(story.told_as)
    if was and not alike(was, headline_of(story)):
        said += sayings.WAS.format(headline=headline(was, _LONGEST_TITLE))
    newest = max(_new(story) or story.articles, key=age)
    return (Fact(said, (newest,)),)


def told_as(issue: Issue, articles: frozenset[ArticleId]) -> str:
    """The headline under which an issue told of any of the articles; "" when it did not."""
    found = (item for item in issue.items if any(article.id in articles for article in item.articles))
    return next((item.title or item.headline for item in found), "")


def clash(story: IssueStory) -> tuple[Figure, ...]:
    """Figures on which the headlines do not agree."""
    return differing(story)


def facts(
    story: IssueStory, zone: ZoneInfo, lexicon: Lexicon | None = None, *, brief: bool = False
) -> tuple[Fact, ...]:
    """Our lines about a story: of one we may not quote what it is about, then what is told of it in another language.

    The last is what it rests on.
    """
    silent = () if quotable(story) else _other_titles(story)[: 1 if brief else _MOST_TITLES]
    return (*_about(story, zone, lexicon), *silent, *_related(story), ground(story, zone, lexicon))


def names_in(story: IssueStory, lexicon: Lexicon | None) -> str:
    """The things of the lexicon its titles name, as we write them: ``오픈AI, GPT-5``; "" when none."""
    concepts = named([a.title for a in story.articles], lexicon)
    return ", ".join(concept.label for concept in concepts[:_MOST_NAMES])


def _new(story: IssueStory) -> tuple[Article, ...]:
    """Of a story told before, the members readers have not been told of, copies aside."""
    if not story.issued:
        return ()
    return tuple(a for a in story.articles if a.id in story.new and a.id not in story.duplicates)


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


def _about(story: IssueStory, zone: ZoneInfo, lexicon: Lexicon | None) -> tuple[Fact, ...]:
    """A Korean line for what nobody told in Korean: put together by rule, or at least what and whom it is about."""
    if _korean(story):
        return ()
    shown = face(story)
    made = abroad.made_line(story, shown, zone, lexicon)
    if made:
        return (Fact(made, (shown,)),)
    section = phrases.SECTIONS[story.story.section] if story.story.section else "AI"
    lang = phrases.ENGLISH if all(a.lang == "en" for a in story.articles) else phrases.FOREIGN
    names = names_in(story, lexicon)
    pattern = phrases.ABOUT if names else phrases.ABOUT_SECTION
    return (Fact(pattern.format(names=names, section=section, lang=lang), (shown,)),)


def _other_titles(story: IssueStory) -> tuple[Fact, ...]:
    """Headlines of other publishers that add something: what a link-only source tells us on its face."""
    seen = [headline_of(story), title_of(face(story).title, face(story).outlet)]
    told = {face(story).family}
    chosen: list[Fact] = []
    for article in sorted(_new(story) or story.articles, key=lambda a: (not is_korean(a.title), *age(a))):
        title = title_of(article.title, article.outlet)
        if len(chosen) == _MOST_TITLES or article.family in told or article.id in story.duplicates:
            continue
        if title and not any(alike(title, other) for other in seen):
            line = phrases.OTHER_TITLE.format(outlet=clean(article.outlet), title=headline(title, _LONGEST_TITLE))
            chosen.append(Fact(line, (article,)))
            seen.append(title)
            told.add(article.family)
    return tuple(chosen)
