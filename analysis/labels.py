"""What a story and a topic are called, and which article stands for a story.

A story's label is a headline one of its own outlets wrote, cleaned of what belongs to the outlet ([단독], (종합),
" - 전자신문", a tail cut off with "…"), Korean when there is one, and the most typical of those that are whole.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from html import unescape

from analysis.tokens import plain
from archive.records.incoming import Document

_OPEN, _CLOSE = r"[\[【〔<〈《(（]", r"[\]】〕>〉》)）]"
_FRONT = re.compile(r"^(?:\s*[\[【〔<〈][^\]】〕>〉]{1,24}[\]】〕>〉]|\s*(?:단독|속보|종합|포토|영상)\s*[:|])+\s*")
_BACK = re.compile(
    rf"(?:\s*[\[【〔][^\]】〕]{{1,24}}[\]】〕]|\s*{_OPEN}(?:종합|상보|영상|포토|단독)\d?보?{_CLOSE})+\s*$"
)
_CUT = re.compile(r"\s*(?:\.{2,}|…+|⋯+)\s*$")
_SPACE = re.compile(r"\s+")
_HANGUL = re.compile("[가-힣]")
_OPINION = re.compile(
    rf"^\s*{_OPEN}[^\]】〕>〉)）]*(?:사설|칼럼|기고|시론|논단|오피니언|인터뷰|기자수첩|시평|포럼|만평|포토|영상|컨콜|표)"
)
_ROUNDUP = re.compile(
    r"브리핑|모닝|헤드라인|주요\s?뉴스|뉴스\s?모음|이번\s?주|오늘의|[\[(<]\s?\d{1,2}월\s?\d{1,2}일|^\d{1,2}월\s?\d{1,2}일|"
    r"roundup|digest|weekly",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"\s+(?:[-–—|]|::)\s+([^-–—|:]{2,30})$")
_TEASER = re.compile(
    r"[?？]\W*$|뭐길래|뭐기에|무슨 일|이유는\W*$|왜\W*$|알고\s?보니|이 회사|이 종목|그 이유|"
    r"['‘“\"]이\s?(?:것|곳|사람)|절대|화들짝|발칵|결국[,.…]"
)
JOINT = "·"  # between the phrases of a name
_NEARLY = 0.8
_NAME = re.compile(r"[A-Za-z].*[0-9]|[0-9].*[A-Za-z]|[a-z].*[A-Z]")  # digits or capitals within: no ordinary word
_MOST = 3  # phrases of a topic's label
_PRIMARY_WITHIN = timedelta(days=1)  # a release follows the first leak within a day, or it only takes up the subject
_WHOLE = 12  # characters of a headline that says something


def clean_headline(title: str, outlets: Iterable[str] = ()) -> str:
    """A headline without what belongs to its outlet; the title itself when nothing else would be left."""
    text = _SPACE.sub(" ", unescape(unescape(title))).strip()
    names = {_folded(name) for name in outlets if name}
    if (suffix := _SUFFIX.search(text)) and _folded(suffix[1]) in names:
        text = text[: suffix.start()]
    text = _CUT.sub("", _BACK.sub("", _FRONT.sub("", text))).strip()
    return text or _SPACE.sub(" ", title).strip()


def is_opinion(title: str) -> bool:
    """Whether a title announces somebody's opinion, an interview or a picture rather than news."""
    return bool(_OPINION.search(plain(title)))


def is_roundup(title: str) -> bool:
    """Whether a title announces several news at once."""
    return bool(_ROUNDUP.search(plain(title)))


def headline(documents: Sequence[Document]) -> str:
    """The headline of a story a person would choose among its articles' own."""
    chosen = documents[0] if len(documents) == 1 else max(documents, key=lambda one: _fitness(one, documents))
    return clean_headline(chosen.article.title, (chosen.article.outlet, chosen.article.family))


def _fitness(one: Document, documents: Sequence[Document]) -> tuple[bool, bool, bool, float, float, str]:
    """Korean, whole news and no teaser first, then the most typical; the earliest of equals."""
    title = one.article.title
    news = not (is_opinion(title) or is_roundup(title) or _CUT.search(title)) and len(title) >= _WHOLE
    told = not _TEASER.search(title)
    return (
        one.article.lang == "ko",
        news,
        told,
        round(likeness(one, documents), 6),
        -one.article.moment.timestamp(),
        one.id,
    )


def likeness(one: Document, documents: Sequence[Document]) -> float:
    """How much of the other titles a title shares, on average (Dice coefficient of their terms), 0 to 1."""
    mine = frozenset(one.tokens.title)
    shares = [_dice(mine, frozenset(other.tokens.title)) for other in documents if other.id != one.id]
    return sum(shares) / len(shares) if shares else 1.0


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def lead(documents: Sequence[Document]) -> Document:
    """The article that stands for a story: its primary source, else the most typical of its first half.

    ``documents`` are the members that are no copies, in order of time. A ministry, a laboratory or an institute is
    the source when it spoke within a day of the first report.
    """
    first = documents[0].article.moment
    for role in ("government", "lab", "research"):
        for one in documents:
            if one.article.role == role and one.article.moment <= first + _PRIMARY_WITHIN:
                return one
    early = documents[: (len(documents) + 1) // 2]
    return max(early, key=lambda one: (not is_opinion(one.article.title), round(likeness(one, documents), 6)))


def terms(members: Sequence[Sequence[str]], rarity: Mapping[str, float], *, most: int) -> tuple[str, ...]:
    """The phrases that say best what the members share, best first.

    ``members`` are the phrases of each, most telling first; a phrase weighs the more the more members have it, the
    earlier they name it and the rarer it is elsewhere (``rarity``). In a group of several it must occur in two.
    """
    count = Counter(phrase for phrases in members for phrase in set(phrases))
    weight: dict[str, float] = {}
    for phrases in members:
        for place, phrase in enumerate(dict.fromkeys(phrases)):
            weight[phrase] = weight.get(phrase, 0.0) + rarity.get(phrase, 0.0) / (1 + place / 6)
    shared = [phrase for phrase in weight if count[phrase] >= min(2, len(members)) and weight[phrase] > 0]
    return tuple(sorted(shared, key=lambda phrase: (-weight[phrase], phrase))[:most])


def topic_name(
    members: Sequence[Sequence[str]], rarity: Mapping[str, float], subjects: frozenset[str], names: frozenset[str]
) -> tuple[str, ...]:
    """At most three phrases that name a topic, each in half of its members (two at least), none common to everything.

    ``subjects`` are phrases that name a topic by themselves, the first alone unless nearly all members have another
    too: who else was in the news when a topic began says little of it months later. ``names`` are others that are
    known (a company, a place, the technology at large); they need a second phrase beside them, for a company is in
    very different news. Other words are taken when nearly all members have them; alone they name a topic only when
    they cannot but be a name (GLM-5).
    Empty when the members share nothing that could be a name.
    """
    count = Counter(phrase for phrases in members for phrase in set(phrases))
    least = max(min(2, len(members)), len(members) / 2)
    fit = [phrase for phrase, n in count.items() if n >= least and rarity.get(phrase, 0.0) and _told(phrase, names)]
    fit.sort(key=_by_count(count, rarity))
    shared = [phrase for phrase in fit if count[phrase] >= _NEARLY * len(members)]
    if strong := [phrase for phrase in fit if phrase in subjects]:
        return _apart([strong[0], *(phrase for phrase in shared if phrase in subjects)])
    known = [phrase for phrase in fit if phrase in names][:1]  # two companies together are no subject either
    others = [phrase for phrase in (fit if known else shared) if phrase not in names]
    chosen = _apart([*known, *others])[:2]
    return chosen if len(chosen) > 1 or any(map(is_name, chosen)) else ()


def _told(phrase: str, names: frozenset[str]) -> bool:
    """Whether a phrase could be part of a name: a known one, a Korean noun, a Latin one that is no ordinary word."""
    return phrase in names or has_hangul(phrase) or is_name(phrase)


def is_name(phrase: str) -> bool:
    """Whether a Latin phrase cannot but be a name: digits or capitals within (GLM-5, xAI)."""
    return bool(_NAME.search(phrase))


def has_hangul(text: str) -> bool:
    """Whether a text has a Korean letter."""
    return bool(_HANGUL.search(text))


def _apart(phrases: Iterable[str]) -> tuple[str, ...]:
    """The first few phrases of which none is within another."""
    chosen: list[str] = []
    for phrase in phrases:
        if len(chosen) < _MOST and not any(_overlap(phrase, one) for one in chosen):
            chosen.append(phrase)
    return tuple(chosen)


def _by_count(count: Mapping[str, int], rarity: Mapping[str, float]) -> Callable[[str], tuple[float, str]]:
    return lambda phrase: (-count[phrase] * rarity[phrase], phrase)


def _overlap(one: str, other: str) -> bool:
    low, high = sorted((_folded(one), _folded(other)), key=len)
    return low in high


def _folded(name: str) -> str:
    return _SPACE.sub("", plain(name)).casefold()
