"""Figures on which headlines of one story do not agree: 3조 원 here, 3.5조 원 there.

Only amounts of one unit are compared, one a headline, of headlines that name one subject: of money beside a word they
share (투자, 예산), of things counted the same things (53개 기관). Figures that are one another rounded (2조 9,800억 and
3조) agree, and one that says it is about so much (여, 약, 이상) is not compared.
"""

import re
from dataclasses import dataclass
from itertools import combinations

from archive.records.editing import IssueStory
from archive.records.incoming import Article
from digest.cleaning import clean, title_of

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_SCALES = {"조": 1e12, "억": 1e8, "천만": 1e7, "백만": 1e6, "만": 1e4, "천": 1e3, "": 1.0}
_UNITS = "원|달러|유로|위안|엔|명|곳|개|대|건|%|배|GW|MW"
_AMOUNT = re.compile(
    rf"(?<![\w.])(?P<vague>약 ?|최대 ?|최소 ?)?(?P<first>{_NUMBER}) ?(?P<scale>조|억|천만|백만|만|천)?"
    rf"(?: ?(?P<second>{_NUMBER}) ?(?P<scale2>억|만))? ?(?P<unit>{_UNITS})"
    r"(?P<about>여|대|선|↑|↓| 이상| 넘| 안팎| 가까)?"
)
_MONEY = frozenset({"원", "달러", "유로", "위안", "엔"})
_SUBJECT = 3  # letters of it: what follows may be a particle
_FARTHEST = 5.0  # times: beyond that the figures are of different things
_A_TENTH_MORE = 1.1
_WORD = re.compile(r"[가-힣A-Za-z]{2,}")
_NEAR = 12  # characters either side in which a shared word is looked for


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount as one article's headline has it."""

    words: str
    value: float
    unit: str
    beside: frozenset[str]  # the beginnings of the words around it; of things counted, of what they are
    subject: str  # the headline's first word, without its particle
    title: str
    article: Article


def differing(story: IssueStory) -> tuple[Figure, ...]:
    """The figures that disagree, of different publishers, smallest first; () when none do."""
    told = [article for article in story.articles if article.id not in story.duplicates]
    figures = [figure for article in told for figure in _only_one(article)]
    clashing = {
        id(figure): figure for one, other in combinations(figures, 2) if _clash(one, other) for figure in (one, other)
    }
    by_value: dict[float, Figure] = {}
    for figure in sorted(clashing.values(), key=lambda f: (f.value, f.article.moment, f.article.id)):
        by_value.setdefault(figure.value, figure)
    return tuple(by_value.values())


def _only_one(article: Article) -> tuple[Figure, ...]:
    """The headline's amount, when it has just one of its unit and is sure of it."""
    title = clean(title_of(article.title, article.outlet))
    found = list(_AMOUNT.finditer(title))
    units = [match["unit"] for match in found]
    return tuple(
        _figure(match, title, article)
        for match in found
        if units.count(match["unit"]) == 1 and not match["vague"] and not match["about"]
    )


def _figure(match: re.Match[str], title: str, article: Article) -> Figure:
    value = _value(match["first"], match["scale"]) + _value(match["second"], match["scale2"])
    after = title[match.end() : match.end() + _NEAR]
    counted = match["unit"] not in _MONEY
    around = after if counted else title[max(0, match.start() - _NEAR) : match.start()] + " " + after
    subject = next(iter(_WORD.findall(title)), "")[:_SUBJECT]
    words = [word[:2] for word in _WORD.findall(around) if word[:2] != subject[:2]]
    return Figure(
        match[0].strip(), value, match["unit"], frozenset(words[:1] if counted else words), subject, title, article
    )


def _value(number: str | None, scale: str | None) -> float:
    return float(number.replace(",", "")) * _SCALES[scale or ""] if number else 0.0


def _clash(one: Figure, other: Figure) -> bool:
    same_matter = one.unit == other.unit and bool(one.beside & other.beside)
    same_subject = any(f.subject and f.subject in g.title for f, g in ((one, other), (other, one)))
    if (
        not (same_matter and same_subject)
        or one.article.family == other.article.family
        or not one.value
        or not other.value
    ):
        return False
    low, high = sorted((one, other), key=lambda figure: figure.value)
    return high.value <= low.value * _FARTHEST and not _rounds_to(low.value, high.value)


def _rounds_to(low: float, high: float) -> bool:
    """Whether the two are one figure, told to different numbers of digits."""
    close = high / low < _A_TENTH_MORE
    return low == high or (close and any(_rounded(low, digits) == _rounded(high, digits) for digits in (1, 2)))


def _rounded(value: float, digits: int) -> str:
    return f"{value:.{digits}g}"
