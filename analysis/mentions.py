"""Where a text names the lexicon's concepts: 오픈AI, OpenAI and 오픈에이아이 are one thing.

All spellings are folded into a trie, and its branches into regular expressions, one for each first letter: a text is
read once however long the lexicon is, and only where two letters are those some spelling begins with is one asked.
Which neighbours a spelling tolerates depends on what it is:

- Latin spellings are whole words (``AI`` is not in ``training``), plural ``s`` allowed, Korean particles may follow,
  and a generation number after an abbreviation (``HBM5``);
- Korean names begin a word, and short ones end it but for particles (``메타가`` yes, ``메타버스`` no);
- Korean words for ideas may sit inside a compound (``생성형인공지능``), but one syllable behind a Latin word ends it
  (``AI폰``, not ``AI폰트``).

Abbreviations that are words (``US``) and names that look like one (``Meta``) must be capitalised in the text too.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from operator import add
from typing import NamedTuple

from archive.records.knowledge import Concept, Lexicon

_SEPARATORS = " -·‐–"
_SEPARATOR = f"[{re.escape(_SEPARATORS)}]"
_HANGUL = "[가-힣]"
_PARTICLE = (
    "은|는|이|가|을|를|의|와|과|도|에|에서|에게|에선|서|로|으로|만|까지|부터|보다|처럼|이나|나|이라|라|이며|며|이고|고|이란|란|"
    "측|발|판|용|급|도|조차|마저|한테|께서|씨|님|들|코리아"
)
_WORD_END = f"(?:{_PARTICLE}){{0,3}}(?!{_HANGUL})"
_LATIN_END = r"s?(?![0-9a-z])(?!\.[0-9])"
_GENERATION = r"(?:-?\d{1,3}(?:\.\d+)?[a-z]?)?"  # HBM is named in HBM5E, GPT in GPT-6
# Abbreviations that are words too.
_WORDS = """
aim am an any arm as ask at ax be by can cat do end era fit get gist go he if in ion is it kit lab map may me ms my net
new no now of on one or pad pet pro rag raw ray see set so star sun tip to top up us use war we who
"""
_EVERYDAY = frozenset(_WORDS.split())
_LONE_LAST = re.compile(rf"(?<!{_HANGUL}){_HANGUL}$")  # AI폰, but not the beginning of AI폰트
_SHORT = 2  # a Korean name of so few syllables must end its word
_TEXTS, _SPELLINGS = 2**13, 2**12  # kept: one analysis asks of a title or lead several times, and names recur

_END = ""  # the key of a trie node under which its ending conditions are kept
_Node = dict[str, "_Node | set[str]"]


class Mention(NamedTuple):
    """A concept named in a text: its id, the words used, and where (in the NFKC form of the text)."""

    concept: str
    words: str
    start: int


class Mentions:
    """Finds the concepts of one lexicon in texts."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.version = lexicon.version
        self.concepts = {concept.id: concept for concept in lexicon.concepts}
        self._ids: dict[str, str] = {}
        self._spellings: dict[str, set[str]] = {}
        strict, free = _Node(), _Node()
        for concept in lexicon.concepts:
            for alias in dict.fromkeys((concept.label, *concept.aliases)):
                spelling = unicodedata.normalize("NFKC", alias).strip()
                if spelling:
                    self._register(spelling, concept.id)
                    _plant(free if _is_free(spelling, concept) else strict, spelling, concept)
        self._branches = _by_first(strict, free)
        self._starts = frozenset(start for root in (strict, free) for start in _starts(root))
        self._letters = frozenset(start for start in self._starts if len(start) == 1)  # spellings of one letter
        self._beginning = lru_cache(maxsize=None)(self._beginning_with)  # one for each letter a spelling begins with
        self.occurrences = lru_cache(maxsize=_TEXTS)(self._occurrences)
        self._concept = lru_cache(maxsize=_SPELLINGS)(self._concept_of)

    def find(self, text: str) -> tuple[str, ...]:
        """The ids of the concepts a text names, in order of first mention."""
        return tuple(dict.fromkeys(mention.concept for mention in self.occurrences(text)))

    def _occurrences(self, text: str) -> tuple[Mention, ...]:
        """Every mention in reading order; the longest spelling wins, none overlap."""
        plain = unicodedata.normalize("NFKC", text)
        found = self._spans(_folded(plain))
        named = ((plain[start:end], start) for start, end in found)
        return tuple(Mention(concept, words, start) for words, start in named if (concept := self._concept(words)))

    def _spans(self, folded: str) -> Iterator[tuple[int, int]]:
        """From where to where a spelling stands."""
        reached = 0
        for at in self._places(folded):
            found = self._beginning(folded[at]).match(folded, at) if at >= reached else None
            if found:
                reached = found.end()
                yield at, reached

    def _places(self, folded: str) -> list[int]:
        """Where a spelling may begin."""
        starts, letters = self._starts, self._letters
        places = [at for at, pair in enumerate(map(add, folded, f"{folded[1:]} ")) if pair in starts]
        return sorted({*places, *(at for at, one in enumerate(folded) if one in letters)}) if letters else places

    def _beginning_with(self, letter: str) -> re.Pattern[str]:
        return re.compile("|".join(self._branches[letter]))

    def label(self, concept: str) -> str:
        """How we write a concept."""
        return self.concepts[concept].label

    def subject(self, concept: str) -> str:
        """What stories and topics call a concept: the label of that as which they know it (AX: AI 전환)."""
        own = self.concepts[concept]
        return self.concepts.get(own.subject, own).label

    def _register(self, spelling: str, concept: str) -> None:
        key = _key(spelling)
        self._ids.setdefault(key, concept)
        self._spellings.setdefault(key, set()).add(spelling)

    def _concept_of(self, words: str) -> str | None:
        key = _key(words)
        for candidate in (key, key.removesuffix("s"), re.sub(r"[\d.]+[a-z]?s?$", "", key)):
            concept = self._ids.get(candidate)
            if concept and any(
                _same_case(words, alias, self.concepts[concept]) for alias in self._spellings[candidate]
            ):
                return concept
        return None


def _folded(text: str) -> str:
    """Lower case without changing the length, so that positions stay valid."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _key(spelling: str) -> str:
    return _folded(spelling).translate(dict.fromkeys(map(ord, _SEPARATORS)))


def _same_case(words: str, alias: str, concept: Concept) -> bool:
    """Whether the words may stand for the alias as far as capitals go: everyday words need those of the alias."""
    if alias[0].islower() and alias[1:].isupper():
        return words.startswith(alias[0])  # xAI is a company, XAI what explains itself
    if alias.isupper() and alias.lower() in _EVERYDAY:
        return words.removesuffix("s").isupper()
    if concept.kind != "concept" and re.fullmatch("[A-Z][a-z]+", alias):
        return words[0].isupper()
    return True


def _is_free(spelling: str, concept: Concept) -> bool:
    """Whether a spelling may begin inside a word: Korean words for ideas, of two syllables or more."""
    return concept.kind == "concept" and _is_hangul(spelling[0]) and len(spelling) >= _SHORT


def _is_hangul(character: str) -> bool:
    return "가" <= character <= "힣"


def _has_generations(spelling: str, concept: Concept) -> bool:
    """Whether a number may follow at once: abbreviations of things, not of bodies and people."""
    return concept.kind in ("concept", "model", "product") and bool(re.fullmatch("[A-Z]{3,}", spelling))


def _ending(spelling: str, concept: Concept) -> str:
    """What must follow a spelling."""
    if not _is_hangul(spelling[-1]):
        if not spelling[-1].isalnum():
            return ""
        return _GENERATION + _LATIN_END if _has_generations(spelling, concept) else _LATIN_END
    short = _SHORT + (concept.kind == "government")
    if _LONE_LAST.search(spelling) or (concept.kind != "concept" and len(spelling) <= short):
        return f"(?={_WORD_END})"
    return ""


def _plant(root: _Node, spelling: str, concept: Concept) -> None:
    node = root
    for character in re.sub(f"{_SEPARATOR}+", " ", _folded(spelling)):
        branch = node.setdefault(character, _Node())
        assert isinstance(branch, dict)  # noqa: S101 -- only _END holds a set; tells mypy so
        node = branch
    endings = node.setdefault(_END, set())
    assert isinstance(endings, set)  # noqa: S101 -- the same
    endings.add(_ending(spelling, concept))


def _branches(node: _Node) -> Iterator[str]:
    """The alternatives after a node, longer ones first."""
    for character, branch in node.items():
        if isinstance(branch, dict):
            yield _written(character) + _group(branch)
    endings = node.get(_END)
    if isinstance(endings, set):
        yield from sorted(endings, key=len, reverse=True)


def _group(node: _Node) -> str:
    alternatives = list(_branches(node))
    return alternatives[0] if len(alternatives) == 1 else f"(?:{'|'.join(alternatives)})"


def _written(character: str) -> str:
    return f"{_SEPARATOR}?" if character == " " else re.escape(character)


def _by_first(strict: _Node, free: _Node) -> Mapping[str, list[str]]:
    """The alternatives of spellings by their first letter; those of ``strict`` begin a word."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for root in (strict, free):
        for character, branch in root.items():
            if isinstance(branch, dict):
                first = re.escape(character)
                before = _HANGUL if _is_hangul(character) else "[0-9a-z]"
                condition = f"(?<!{before}{first})" if root is strict else ""
                found[character].append(f"{first}{condition}{_group(branch)}")
    return found


def _starts(root: _Node) -> Iterator[str]:
    """The first two letters of all spellings, as texts may write them."""
    for first, branch in root.items():
        if isinstance(branch, dict):
            yield from (first + second for second in _seconds(branch))


def _seconds(node: _Node) -> Iterator[str]:
    for second, branch in node.items():
        if second == " " and isinstance(branch, dict):
            yield from (*_SEPARATORS, *_seconds(branch))
        else:
            yield second
