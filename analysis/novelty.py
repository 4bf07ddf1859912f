"""Terms nobody wrote before this week: which are asked for, and which of those asked for are new.

A term of a week's stories about AI is a *candidate* when a headline has it, two publisher families tell of these
stories, and it can be a name or a technical term: a Latin word must look like one (GLM-5, xAI), be all capitals, or
stand in a Korean headline; places are none. The archive then says who had it, before the week and in it. It is *new*
when nothing earlier has it, back-catalogue included, and articles of two families in these stories do.

What a longer new term says already, of the same stories, is left out.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.labels import has_hangul, is_name
from analysis.mentions import Mentions
from analysis.tokens import plain
from archive.records.findings import NewTerm, Sighting, Story
from archive.records.incoming import Article
from archive.records.words import ArticleId, StoryId

FAMILIES = 2
WEEKS_READ = 4  # before a week, without which every other word would be new
_SHORTEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A term that may be new."""

    term: str
    kind: str
    written: tuple[str, ...]  # every spelling by which an older article may have it
    stories: tuple[StoryId, ...]  # by rank
    articles: frozenset[ArticleId]  # those of the stories, of the week


def candidates(
    stories: Sequence[Story],
    articles: Mapping[ArticleId, Article],
    known: Collection[str],
    mentions: Mentions,
) -> list[Candidate]:
    """What to ask the archive for.

    ``stories`` are a week's, by rank; ``articles`` their members of that week, those filed when their source was new
    left out; ``known`` are terms that earlier stories told of.
    """
    told: defaultdict[str, list[Story]] = defaultdict(list)
    for story in stories:
        for term in story.terms if story.ai else ():
            if term not in known:
                told[term].append(story)
    concepts = {concept.label: concept for concept in mentions.concepts.values()}
    spelt: defaultdict[str, list[str]] = defaultdict(list)
    for one in mentions.concepts.values():
        spelt[mentions.subject(one.id)] += one.aliases
    found = []
    for term, its in told.items():
        members = [articles[id_] for story in its for id_ in story.articles if id_ in articles]
        concept = concepts.get(term)
        if concept and concept.kind == "government":
            continue
        if len({one.family for one in members}) >= FAMILIES and _is_term(term, members, mentions, known=bool(concept)):
            found.append(
                Candidate(
                    term=term,
                    kind=concept.kind if concept else "",
                    written=tuple(dict.fromkeys((term, *spelt[term]))),
                    stories=tuple(story.id for story in its),
                    articles=frozenset(one.id for one in members),
                )
            )
    return found


def _is_term(term: str, members: Iterable[Article], mentions: Mentions, *, known: bool) -> bool:
    """Whether a headline has a term, and it can be one."""
    titles = [(one.lang, plain(one.title)) for one in members]
    if known:
        return any(_names(title, term, mentions) for _, title in titles)
    low = term.casefold()
    having = [lang for lang, title in titles if low in title.casefold()]
    could_be = has_hangul(term) or is_name(term) or term.isupper() or "ko" in having
    return bool(having) and could_be and len(term) >= _SHORTEST


def _names(title: str, label: str, mentions: Mentions) -> bool:
    return any(mentions.subject(one.concept) == label for one in mentions.occurrences(title))


def judged(candidate: Candidate, seen: Sequence[Sighting]) -> NewTerm | None:
    """A candidate that nothing earlier has, with who had it first; None when too few have it.

    ``seen`` are the week's articles that have it, oldest first.
    """
    fresh = [one for one in seen if not one.backfill]
    families = tuple(dict.fromkeys(one.family for one in fresh if one.article in candidate.articles))
    if len(families) < FAMILIES:
        return None
    return NewTerm(
        term=candidate.term,
        kind=candidate.kind,
        first=fresh[0].article,
        at=fresh[0].moment,
        families=families,
        stories=candidate.stories,
    )


def ordered(found: Iterable[NewTerm]) -> tuple[NewTerm, ...]:
    """New terms, those of most families first, without parts of longer ones."""
    terms = sorted(found, key=lambda one: (-len(one.families), not one.kind, one.at, one.term))
    return tuple(one for one in terms if not any(_within(one, other) for other in terms))


def _within(one: NewTerm, other: NewTerm) -> bool:
    """Whether a term is a part of a longer one of the same stories."""
    part, whole = _squeezed(one.term), _squeezed(other.term)
    return part != whole and part in whole and set(one.stories) <= set(other.stories)


def _squeezed(term: str) -> str:
    return "".join(plain(term).casefold().split())
