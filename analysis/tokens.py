"""Texts into terms: Korean nouns by Kiwi, English words, and model names kept whole (``gpt-5.3``, ``h200``, ``hbm4``).

Terms are made once and stored, so a change here needs a new ``RULES``.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from archive.records.incoming import Tokens
from archive.records.knowledge import Lexicon

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

RULES = "1"  # the version of the rules in this file
LONGEST = 3000  # characters of a text that are read; later ones add little to what an article is about

_NOUNS = frozenset(("NNG", "NNP", "SH", "XR"))
_HANGUL = re.compile("[가-힣]")
# A letter-and-digit name is one term, whichever way round: gpt-5.3, hbm4e, m2.5, 7b, 3nm. Apostrophes end a word.
_LATIN = re.compile(r"[a-z]+-?\d+(?:\.\d+)*[a-z]*|\d+(?:[.,]\d+)*[a-z]*|[a-zà-öø-ÿ]+(?:'(?=[a-z]{3}))?")
_SHORTEST_NUMBER = 2
# What Korean headlines abbreviate to one character.
_HANJA = {
    "美": "미국", "中": "중국", "日": "일본", "韓": "한국", "英": "영국", "獨": "독일", "佛": "프랑스", "北": "북한",
    "臺": "대만", "印": "인도", "檢": "검찰", "靑": "청와대", "與": "여당", "野": "야당", "車": "자동차", "銀": "은행",
}  # fmt: skip
# English function words; then words of the trade: what every post is, who wrote, who photographed.
_STOPPED = """
a about after again all also although am an and any are as at be because been before being between both but by can could
did do does doing during each few for from further had has have having he her here hers him his how i if in into is it
its itself just like ll me more most my no nor not now of off on once only or other our out over own re s same she
should so some such t than that the their them then there these they this those through to too under until up ve very
was we were what when where which while who whom why will with would you your yours via per vs new says said say
show hn launch gn comments 기자 특파원 사진 제공 뉴스 무단 전재 재배포 금지 저작권자
"""
_STOP = frozenset(_STOPPED.split())
_BYLINE = re.compile(
    r"^\s*(?:[\[【(〔][^\]】)〕]{0,40}(?:기자|특파원|뉴스|경제|신문|일보|투데이|데일리|=|사진|제공)[^\]】)〕]{0,30}[\]】)〕]\s*)+"
)
_TAIL = re.compile(r"The post .{1,300} appeared first on .{1,80}\.?\s*$", re.DOTALL)


def plain(text: str) -> str:
    """A text without leftover HTML entities, in composed full-width-free form (NFKC)."""
    if "&" in text:
        text = html.unescape(html.unescape(text))
    return unicodedata.normalize("NFKC", text)


def body(text: str) -> str:
    """The beginning of an article's text, without the byline in front and the feed's boilerplate behind."""
    return _TAIL.sub("", _BYLINE.sub("", plain(text[:LONGEST])))


class Tokenizer:
    """Makes terms; loads Kiwi (seconds, half a gigabyte) when the first Korean text comes."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._kiwi: Kiwi | None = None

    @property
    def version(self) -> str:
        """The rules and the lexicon that make the terms; Kiwi itself is pinned."""
        return f"{RULES}-{self._lexicon.version[:12]}"

    def tokens(self, title: str, text: str, lang: str = "") -> Tokens:
        """The terms of one article."""
        return self.many([(title, text, lang)])[0]

    def many(self, articles: Iterable[tuple[str, str, str]]) -> list[Tokens]:
        """The terms of many articles, each (title, text, lang); Kiwi reads them on all cores."""
        parts = [part for title, text, _ in articles for part in (plain(title), body(text))]
        terms = list(self._split(parts))
        pairs = zip(terms[::2], terms[1::2], strict=True)
        return [Tokens(version=self.version, title=title, text=text) for title, text in pairs]

    def terms(self, text: str, lang: str | None = None) -> tuple[str, ...]:  # noqa: ARG002 -- Hangul decides by itself
        """The terms of any one text, such as a question put to the search."""
        return next(self._split([plain(text[:LONGEST])]))

    def _split(self, texts: Sequence[str]) -> Iterator[tuple[str, ...]]:
        korean = [text for text in texts if _HANGUL.search(text)]
        nouns = self._nouns(korean)
        for text in texts:
            found = next(nouns) if _HANGUL.search(text) else []
            yield tuple(term for _, term in sorted([*found, *_latin(text, found)]) if term not in _STOP)

    def _nouns(self, texts: Sequence[str]) -> Iterator[list[tuple[int, str]]]:
        """Position and form of the nouns of each text."""
        if not texts:
            return
        for morphemes in self._loaded().tokenize(texts):
            yield [
                (morpheme.start, _HANJA.get(morpheme.form, morpheme.form.lower()))
                for morpheme in morphemes
                if morpheme.tag in _NOUNS
            ]

    def _loaded(self) -> "Kiwi":
        if self._kiwi is None:
            from kiwipiepy import Kiwi  # noqa: PLC0415 -- commands that meet no Korean text must not pay for it

            self._kiwi = Kiwi()
            for word, tag in _own_words(self._lexicon):
                self._kiwi.add_user_word(word, tag)
        return self._kiwi


def _own_words(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Spellings Kiwi should keep whole: one word, with Hangul, long enough not to break others."""
    seen = set()
    for concept in lexicon.concepts:
        for alias in concept.aliases:
            if _is_own_word(alias) and alias not in seen:
                seen.add(alias)
                yield alias, "NNG" if concept.kind == "concept" else "NNP"


def _is_own_word(alias: str) -> bool:
    return bool(re.fullmatch(r"[가-힣A-Za-z0-9]{3,}", alias) and _HANGUL.search(alias))


def _latin(text: str, nouns: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Position and form of the Latin words and numbers that are not part of a noun (``오픈AI``)."""
    covered = {start + offset for start, form in nouns if not form.isascii() for offset in range(len(form))}
    for found in _LATIN.finditer(text.lower()):
        word = found[0].rstrip("'")
        if found.start() not in covered and (len(word) >= _SHORTEST_NUMBER or word.isalpha()):
            yield found.start(), word
