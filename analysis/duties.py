"""Which of the city's duties a text touches, with the words that show it.

Bare words such as 교통 or 안전 are in every other text (66 AI items of two weeks, about 15 of them city business).
So a duty has three lists: words that count anywhere, words that count only in a sentence which also names a public
body, and words that never count and are struck out before looking. And the text of an article is read only when its
headline or first sentence is about a public body or the people a city serves: else the headline itself must say it, or
pictures taken in a 복지관 become the city's business. What happens abroad is none, nor what a company sells.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from analysis.mentions import Mentions
from analysis.public_bodies import is_abroad, names_service
from archive.records.findings import DutyMatch
from archive.records.knowledge import Duty

_PUBLIC = re.compile(
    r"(?<![가-힣])(?:지자체|지방자치단체|지방정부|기초단체|광역시|특별시|특례시|시청|도청|군청|구청|주민센터|행정복지센터|시민|주민|구민|"
    r"도민|군민|민원|공공기관|공공\s?서비스|국민비서|정부24|국민신문고|보건소|시·군·구|시군구|공무원)"
)
# A company tells of its wares, prizes and fairs: 복지 or 안전 is a market to it.
_COMPANY = re.compile(
    r"출시|선보|공략|(?:글로벌|국내|해외|돌봄|보안)\s?시장|시장\s?(?:진출|선점|규모|점유)|수상|혁신상|솔루션|팝업|체험\s?행사|콘퍼런스|컨퍼런스|세미나|특강|고도화|매출|투자\s?유치|특허|신제품|플랫폼\s?공개|발간|고객|기업\b"
)
# What was made up did not happen: a rumour of complaints is no work of the office that takes them.
_UNTRUE = re.compile(
    r"사실\s?무근|사실\s?아[니냐닌]|알고\s?보니|루머|괴담|유언비어|허위\s?(?:사실|정보|영상|사진)|가짜\s?(?:뉴스|사진|영상)|"
    r"(?:AI|인공지능)\s?(?:합성|조작)(?:이었|[…,.·'‘’\s]|$)"
)
_SENTENCE = re.compile(r"(?<=[.?!。])\s+|\n+|(?<=[가-힣]다\.)(?=[가-힣△“\"])")  # some feeds glue sentences together
_SHORT = 2  # a word of so few syllables must begin a word of the text: 교통 in 교통약자, not in 국토교통부

Place = Literal["anywhere", "beginning", "alone"]
_BEFORE: Mapping[Place, str] = MappingProxyType(
    {"anywhere": "", "beginning": r"(?<![가-힣□])", "alone": r"(?<![가-힣A-Za-z0-9□])"}
)


class Duties:
    """The city's duties, ready to be looked for."""

    def __init__(self, duties: Sequence[Duty], mentions: Mentions) -> None:
        self._duties = tuple(duties)
        self._mentions = mentions

    def matches(self, text: str) -> Mapping[str, tuple[str, ...]]:
        """The duties an article touches, each with its words in order of appearance; the first line is the headline."""
        headline, _, rest = text.partition("\n")
        if is_abroad(headline):
            return {}
        first = _SENTENCE.split(rest.lstrip(), maxsplit=1)[0]
        public = self._is_public(headline) or self._is_public(first)
        if not public and _COMPANY.search(headline):
            return {}
        read = text if public else headline
        untrue = bool(_UNTRUE.search(headline))
        found = {duty.name: tuple(dict.fromkeys(self._words(duty, read, untrue=untrue))) for duty in self._duties}
        return {name: words for name, words in found.items() if words}

    def _words(self, duty: Duty, text: str, *, untrue: bool) -> Iterator[str]:
        for sentence in _SENTENCE.split(text):
            plain = _struck(sentence, duty.unless)
            yield from _present([word for word in duty.any if _is_long(word) or not untrue], plain)
            near = [] if untrue else _present(duty.near, plain, weak=True)
            if near and self._is_public(plain):
                yield from near

    def _is_public(self, sentence: str) -> bool:
        return bool(_PUBLIC.search(sentence)) or names_service(sentence, self._mentions)


def matches_of_story(found: Sequence[Mapping[str, tuple[str, ...]]]) -> tuple[DutyMatch, ...]:
    """What the members of a story say together: a duty counts when a third of them show it."""
    names = dict.fromkeys(name for matches in found for name in matches)
    return tuple(
        DutyMatch(name=name, words=_agreed(name, found))
        for name in sorted(names)
        if 3 * sum(name in matches for matches in found) >= len(found)
    )


def _agreed(name: str, found: Sequence[Mapping[str, tuple[str, ...]]]) -> tuple[str, ...]:
    """The words of a duty, those of most members first."""
    words = [word for matches in found for word in matches.get(name, ())]
    return tuple(sorted(dict.fromkeys(words), key=lambda word: (-words.count(word), word)))


def _struck(sentence: str, words: Sequence[str]) -> str:
    for word in sorted(words, key=len, reverse=True):
        sentence = _pattern(word, "anywhere").sub("□", sentence)
    return sentence


def _present(words: Sequence[str], sentence: str, *, weak: bool = False) -> list[str]:
    """The words a sentence has, in its order; weak ones must begin a word: 모빌리티, but not 카카오모빌리티."""
    kinds: list[Place] = ["beginning" if weak else "anywhere" if _is_long(word) else "alone" for word in words]
    places = ((_pattern(word, kind).search(sentence), word) for word, kind in zip(words, kinds, strict=True))
    return [word for _, word in sorted((place.start(), word) for place, word in places if place)]


def _is_long(word: str) -> bool:
    return len(word.replace(" ", "")) > _SHORT


@lru_cache(maxsize=4096)
def _pattern(word: str, place: Place) -> re.Pattern[str]:
    """Spaces are free (자율주행 버스); Latin words are whole; others stand where they may."""
    letters = word.replace(" ", "")
    if letters.isascii():
        return re.compile(rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])", re.IGNORECASE)
    written = r"\s?".join(re.escape(letter) for letter in letters)
    return re.compile(_BEFORE[place] + written, re.IGNORECASE)
