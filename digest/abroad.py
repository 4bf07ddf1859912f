"""A Korean line of our own for a story that nobody told in Korean: who, what kind of news, of what, how much, when.

It is put together from the lexicon's names, a few plain verbs and the figures as they stand in the original headline;
where no kind of news is plain to see, there is no line.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from archive.records.editing import IssueStory
from archive.records.incoming import Article
from archive.records.knowledge import Concept, Lexicon
from digest import phrases, sayings
from digest.choice import OWN_VOICE
from digest.cleaning import clean, is_korean, title_of
from digest.dates import local, weekday
from digest.named import named
from digest.sayings import Kind

_PATTERNS: Final[Mapping[Kind, str]] = {
    "regulation": r"\b(?:bans?|banned|regulat\w+|lawsuits?|sues?|sued|antitrust|executive order|sanctions?|"
    r"legislation|export (?:controls?|curbs?)|court|judge|fines?|fined|AI Act)\b",
    "funding": r"\b(?:raises?|raised|funding|invest(?:s|ed|ing|ment)?|valuation|valued at|acquir\w+|acquisition|"
    r"buys?|series [a-h]|IPO)\b",
    "release": r"\b(?:launch\w*|introduc\w+|releas\w+|unveil\w*|debuts?|rolls? out|rolling out|ships?|"
    r"now available|open-?sourc\w+|preview)\b",
    "research": r"\b(?:study|research(?:ers)?|papers?|benchmarks?|scientists|arxiv|experiments?|proofs?)\b",
}
_KINDS: Final = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _PATTERNS.items()}
_FIGURE = re.compile(
    r"(?<![\w.])(?:[$€£¥]\s?)?\d[\d,.]*\d?\s?(?:%|x\b|(?:thousand|million|billion|trillion|[KMBT])\b)?"
)
_TELLING = re.compile(r"[$€£¥%]|\d\s?(?:x|thousand|million|billion|trillion|[KMBT])\b")
_MOST_NAMES = 2
_DOERS = frozenset({"org", "government"})
_THINGS = frozenset({"model", "product"})


def needs_line(story: IssueStory) -> bool:
    """Whether no member's headline can be read in Korean."""
    return not any(is_korean(article.title) for article in story.articles)


def kind_of(story: IssueStory) -> Kind | None:
    """What kind of news its headline plainly is; a paper is research when its headline speaks of nothing else."""
    title = _title(story.articles[0])
    found = next((kind for kind, pattern in _KINDS.items() if pattern.search(title)), None)
    if found is None and all(article.role == "research" for article in story.articles):
        return "research"
    return found


def made_headline(story: IssueStory, lexicon: Lexicon | None) -> str:
    """``오빗AI, 오빗-4 출시``; "" when who or what kind is not plain, or somebody told it in Korean."""
    kind = kind_of(story)
    who, what = _names(story, lexicon)
    if kind is None or not who or not needs_line(story):
        return ""
    if what:
        return sayings.MADE_HEADLINE.format(who=who, what=what, kind=sayings.KINDS[kind])
    return sayings.MADE_SHORT.format(who=who, kind=sayings.KINDS[kind])


def made_line(story: IssueStory, face: Article, zone: ZoneInfo, lexicon: Lexicon | None) -> str:
    """``자동 구성: 오빗AI · 출시 · 오빗-4 · $40 billion · 2.16.(월) · 원제 「…」``; "" when no kind is plain."""
    kind = kind_of(story)
    if kind is None:
        return ""
    who, what = _names(story, lexicon)
    figures = ", ".join(_figures(face))
    day = weekday(local(face.moment, zone))
    parts = phrases.JOINT.join(filter(None, (who, sayings.KINDS[kind], what, figures, day)))
    return sayings.MADE.format(parts=parts, title=_title(face))


def _names(story: IssueStory, lexicon: Lexicon | None) -> tuple[str, str]:
    """Who acts and with what, as the lexicon writes them; of who speaks for themselves, else whose page it is."""
    lead = story.articles[0]
    found = named([_title(lead)], lexicon)
    who = _listed(found, _DOERS)
    if not who and lead.role in OWN_VOICE:
        who = _listed(named([clean(lead.outlet)], lexicon), _DOERS) or clean(lead.outlet)
    return who, _listed(found, _THINGS)


def _listed(concepts: Sequence[Concept], kinds: frozenset[str]) -> str:
    return ", ".join([concept.label for concept in concepts if concept.kind in kinds][:_MOST_NAMES])


def _figures(article: Article) -> list[str]:
    """Amounts in the headline, as they stand; bare numbers belong to names and versions."""
    return [match[0].strip() for match in _FIGURE.finditer(_title(article)) if _TELLING.search(match[0])]


def _title(article: Article) -> str:
    return title_of(clean(article.title), article.outlet)
