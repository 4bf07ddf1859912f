"""A few sentences that tell a story, each taken word for word from what may be shown of one article.

A sentence scores by its place in its article, times how central it is among all sentences shown (mean overlap, as in
LexRank) and how much of its headline it says; then the best are taken one by one, each at the price of what is said
already (maximal marginal relevance, Carbonell & Goldstein 1998). Only whole sentences without bylines and photo
credits stand for selection (``benchmarks/summaries.py`` counts those that are none). Articles of those who speak for
themselves and of sources that may be quoted in full come before the others.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from analysis.tokens import plain
from archive.records.editing import Shown, Told
from archive.records.incoming import Document
from archive.records.words import ArticleId

_HANGUL = re.compile("[가-힣]")
_CREDIT = re.compile(
    r"사진\s?(?:=|제공|출처|:|설명)|(?:제공|출처)\s?=|/\s?사진|연합뉴스\s?제공|무단\s?전재|재배포\s?금지|저작권자|ⓒ|©|[\w.]+@[\w.]+|"
    r"(?:기자|특파원)\s*(?:=|입니다)|^\s*[가-힣]{2,4}\s(?:기자|특파원)|기자\s*$|"
    r"게티이미지|Getty Images|All rights reserved|Photo(?:graph)? (?:by|courtesy)|appeared first on|"
    r"구독\s?(?:하기|신청|해\s?주)|클릭|바로가기|관련\s?기사|공유\s?드[립려]|읽어\s?(?:보|볼)|(?:원문|영문)\s?제목|"
    r"Read more|Sign up|Subscribe",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"^\s*[\[【(（][^\]】)）]{0,40}(?:기자|특파원|뉴스|신문|경제|일보|=)[^\]】)）]{0,30}[\]】)）]")
_END = re.compile(r"(?:[.!?。][\"'”’)\]]*|[다요음함됨임]\.?[\"'”’)]*)$")
# A Korean sentence ends in a verb; in notes also in the noun of one, when it says what is done to what.
_VERBAL = re.compile(r"(?:[다요까죠음함됨임네라자지군]|것|중|예정|전망|계획|방침)\.?[\"'”’)\]]*$")
_NOTED = re.compile(
    r"[을를이가]\s.*(?:기록|지원|확보|제공|가능|공개|발표|강화|개선|달성|출시|적용|도입|구현|사용|포함|필요|수행|전환|추진|증가|감소|향상|"
    r"확대|구축|개발|완료|해결|설명|제시|분석|공유|차지|유지|활용|처리|실행|생성|지적|강조|경고|운영|시작|통합|확인|명시|규정|검토|반영)$"
)
_CUT = re.compile(r"(?:…|\.{2,})\s*[\"'”’]?$")
_QUOTE_ALONE = re.compile(r"^[\"“‘'][^\"”’]*[\"”’'][.?!]?$")  # says nothing without who said it
_GLUED = re.compile(
    r"[다요죠까][.!?][\"”]?(?=[가-힣\"“])(?![\"”]?(?:[은는이가을를도의에며면]|이?라|하[고며]|고))|[\"”][\"“]|[가-힣]“|"
    r"[다요까]”(?=[가-힣])(?!이?[라란]|[고며면은는이가을를에의도과와로만던]|[하했]|으로|까지|부터|보다|처럼|같은|식|등|측|씩|조차|마저)"
)
_DANGLING = re.compile(
    r"^(?:이|그|이에|이는|이를|이번|이들|이들은|이날|이로써|이후|이처럼|이같은|그는|그녀는|그러면서|또|또한|한편|다만|하지만|그러나|반면|이어|이와|"
    r"해당|당시|특히|앞서|더불어|아울러|아직|즉)[\s,]|"
    r"^(?:But|And|However|He|She|They|It|This|These)\b"
)
_WORDS = re.compile(r"[0-9A-Za-z가-힣]+")
_SHORTEST, _LONGEST = 15, 220
_DECAY = 0.75  # what the next sentence of an article is worth beside the one before
_ARTICLE_DECAY = 0.9  # likewise from article to article, lead first
_NOVELTY = 0.5  # of the score, against likeness to what is told already
_TOLD = 0.1  # of its headline that some sentence of an article says; else it only sets a scene so far
_LEAST = 0.2  # what a sentence is worth that says nothing of its headline and nothing others say
_OWN = frozenset(("government", "lab", "research", "funding", "security"))
_SAME = 0.6  # containment of letter pairs from which two sentences say the same


class _Candidate(NamedTuple):
    told: Told
    place: tuple[int, int]  # article, sentence
    pairs: frozenset[str]
    weight: float
    of_title: float  # how much of its headline it says
    korean: bool


def summarise(lead_first: Sequence[Document], shown: Mapping[ArticleId, Shown], limit: int = 3) -> tuple[Told, ...]:
    """At most ``limit`` sentences in reading order; none when nothing may be shown.

    Korean sentences only, when there are any; a sentence that begins by pointing back follows the one it points to, or
    is the last resort.
    """
    candidates = _candidates(sorted(lead_first, key=_later), shown)
    candidates = [one for one in candidates if one.korean] or candidates
    chosen: list[_Candidate] = []
    scores = {one.place: one.weight * (_LEAST + _centrality(one, candidates) + one.of_title) for one in candidates}
    while candidates and len(chosen) < limit:
        best = max(candidates, key=lambda one: (_worth(one, scores[one.place], chosen), (-one.place[0], -one.place[1])))
        chosen.append(best)
        candidates = [one for one in candidates if one is not best and _containment(one.pairs, best.pairs) < _SAME]
    return tuple(one.told for one in _standing(_in_order(chosen)))


def _in_order(chosen: Sequence[_Candidate]) -> list[_Candidate]:
    """As they are read: the article that tells its headline first, each article's sentences in their own order."""
    telling = min(chosen, key=lambda one: (-one.of_title, one.place), default=None)
    first = telling.place[0] if telling else 0
    return sorted(chosen, key=lambda one: (one.place[0] != first, one.place))


def _later(document: Document) -> bool:
    """First those who speak for themselves and those who may be quoted in full; the order within stays."""
    return document.article.role not in _OWN and document.article.rights != "full"


def _standing(chosen: list[_Candidate]) -> list[_Candidate]:
    """The sentences that can be understood: those that point back only behind the one before them."""
    kept: list[_Candidate] = []
    for one in chosen:
        row, column = one.place
        if not _DANGLING.search(one.told.text) or (kept and kept[-1].place == (row, column - 1)):
            kept.append(one)
    return kept or chosen[:1]


def _candidates(lead_first: Sequence[Document], shown: Mapping[ArticleId, Shown]) -> list[_Candidate]:
    found = []
    for row, document in enumerate(lead_first):
        permitted = shown.get(document.id)
        sentences = list(_of_article(row, document, permitted.excerpt)) if permitted else []
        if any(one.of_title >= _TOLD or one.korean is not _is_korean(document.article.title) for one in sentences):
            found += sentences
    return found


def _of_article(row: int, document: Document, excerpt: Sequence[str]) -> Iterator[_Candidate]:
    title = _pairs(plain(document.article.title))
    for column, sentence in enumerate(excerpt):
        if is_whole(sentence):
            weight = _ARTICLE_DECAY**row * _DECAY**column * (0.5 if _DANGLING.search(sentence) else 1.0)
            told, pairs = Told(text=sentence, article=document.id), _pairs(sentence)
            yield _Candidate(
                told, (row, column), pairs, weight, _containment_of(title, pairs), korean=_is_korean(sentence)
            )


def _is_korean(text: str) -> bool:
    return bool(_HANGUL.search(text))


def is_whole(sentence: str) -> bool:
    """Whether a sentence is one: neither cut nor a fragment, a byline or a photo credit."""
    text = sentence.strip()
    if not _SHORTEST <= len(text) <= _LONGEST or _CUT.search(text) or not _ends(text):
        return False
    if _QUOTE_ALONE.search(text) or _GLUED.search(text):
        return False
    balanced = text.count("(") == text.count(")") and text.count("“") == text.count("”") and text.count('"') % 2 == 0
    return balanced and not _CREDIT.search(text) and not _BYLINE.search(text)


def _ends(text: str) -> bool:
    """Whether it ends as a sentence does."""
    if _HANGUL.search(text[-6:]):
        return bool(_VERBAL.search(text) or _NOTED.search(text))
    return bool(_END.search(text))


def _centrality(one: _Candidate, candidates: Sequence[_Candidate]) -> float:
    """How much of it the other articles say too: the likest sentence of each, on average."""
    likest: dict[int, float] = {}
    for other in candidates:
        row = other.place[0]
        if row != one.place[0]:
            likest[row] = max(likest.get(row, 0.0), _dice(one.pairs, other.pairs))
    return sum(likest.values()) / len(likest) if likest else 0.0


def _worth(one: _Candidate, score: float, chosen: Sequence[_Candidate]) -> float:
    said = max((_dice(one.pairs, other.pairs) for other in chosen), default=0.0)
    return _NOVELTY * score - (1 - _NOVELTY) * score * said


def _pairs(sentence: str) -> frozenset[str]:
    """Letter pairs within words: good enough for Korean without morphology, and for English."""
    words = (word.lower() for word in _WORDS.findall(sentence))
    return frozenset(word[i : i + 2] for word in words for i in range(max(1, len(word) - 1)))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def _containment(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _containment_of(part: frozenset[str], whole: frozenset[str]) -> float:
    """How much of a part a whole has; all of nothing."""
    return len(part & whole) / len(part) if part else 1.0
