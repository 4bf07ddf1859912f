"""Words of an issue whose meaning its readers have not been told: the glossary (용어 풀이)."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache

from archive.records.issue import IssueItem, Term
from archive.records.knowledge import Concept, Lexicon
from digest.named import spelling

RESTS = 12  # issues in which a word that was explained is not explained again
MOST = 4
_AS_IT_STANDS = re.compile(r"AI [가-힣 ]+|(?:공공|의료|교육|제조|금융|산업|국방|농업|법률|행정|기업용|업무용) AI")
_EVERYDAY = 0.08  # a word in so many of the week's headlines needs no telling


@cache
def _explained_words(lexicon: Lexicon) -> tuple[tuple[Concept, re.Pattern[str]], ...]:
    """The words worth explaining; AI 검색 and 공공 AI say themselves what they are."""
    told = [concept for concept in lexicon.concepts if concept.note and not _AS_IT_STANDS.fullmatch(concept.label)]
    return tuple((concept, re.compile("|".join(map(spelling, concept.aliases)))) for concept in told)


def terms(
    items: Sequence[IssueItem], headlines: Iterable[str], lexicon: Lexicon | None, known: Collection[str]
) -> tuple[Term, ...]:
    """The rarest of the words that the items use, that the lexicon explains and no recent issue has (``known`` ids).

    ``headlines`` are those of the week's stories: what many of them say needs no explaining.
    """
    if lexicon is None:
        return ()
    lines = tuple(headlines)
    found: list[tuple[int, str, Term]] = []
    for concept, pattern in _explained_words(lexicon):
        places = tuple(item.rank for item in items if pattern.search(_words_of(item)))
        common = sum(bool(pattern.search(line)) for line in lines)
        if places and concept.id not in known and common <= max(1, _EVERYDAY * len(lines)):
            term = Term(concept=concept.id, label=concept.label, note=concept.note, items=places)
            found.append((common, concept.id, term))
    rarest = sorted(found, key=lambda row: row[:2])[:MOST]
    return tuple(sorted((term for *_, term in rarest), key=lambda term: (term.items, term.concept)))


def _words_of(item: IssueItem) -> str:
    return "\n".join((item.headline, *(sentence.text for sentence in item.sentences)))
