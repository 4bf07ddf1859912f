"""What a text says that survives translation: names, amounts, model numbers, borrowed words, and a few plain ones.

Anchors are short strings: ``c:openai`` (a concept of the lexicon), ``<:openai`` (the organisation, product or model
named first), ``v:gemini:3.1`` (one with its version), ``w:github`` (a Latin word, which Korean texts often keep),
``#3e+10`` (an amount: $30B and 300억 달러 are one; ``₩3e+10`` when it is in won), ``s:kmpr`` (the consonants of a
borrowed word: 컴파일러, compiler), ``g:invest`` (a plain word of the news), ``p:italy`` (a country or city).

The consonant skeleton follows the idea of phonetic matching (Soundex; Knight & Graehl 1998 on transliteration):
Hangul and Latin letters fall into seven classes, vowels and h, w, y are dropped.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from analysis.glosses import of_english, of_korean
from analysis.mentions import Mention, Mentions
from analysis.tokens import plain

_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z’']+[A-Za-z]|\b[A-Z]{2}\b|\b(?:U\.S\.|U\.K\.)")
_HANGUL_WORD = re.compile("[가-힣]+|[美中日英獨佛北臺]")
# Behind a name: 3.1, -5, 3 Pro; a name of one more word may stand between when the number has a point (Qwen-Image-2.0).
_VERSION = re.compile(
    r"(?:[\s‐-–-]?v?|[\s‐-–-](?:[A-Za-z]{3,}|[가-힣]{2,4})[\s‐-–-]v?(?=\d+\.\d))(\d{1,2}(?:\.\d{1,2})?)"
    r"(?![\d,.%]*\d|\s?(?:%|배|개|명|년|월|일|억|조|만|원|시간|분기|위|차|건|주|달러|x\b|times|years?|days?|ways|months?))"
)
_NAMED_VERSION = re.compile(r"([A-Za-z][A-Za-z']+[A-Za-z])[\s‐-–-]?v?(\d{1,2}\.\d{1,2})(?![\d,.%]*\d|\s?[%x배])")
_OWN_VERSION = re.compile(r"\d+(?:\.\d+)?$")  # of a spelling that includes it: GPT-5.3
_PARTICLES = frozenset(
    ("으로", "에서", "에게", "까지", "부터", "처럼", "보다", "이나", "이라", *"은는이가을를의와과도에로만")
)

_KOREAN_AMOUNT = re.compile(
    r"(\$?)(\d[\d,]*(?:\.\d+)?)\s?(조|억|만)?(?:\s?(\d[\d,]*)\s?(억|만))?"
    r"(?:\s?(원|달러|弗|불|유로|위안|엔|파운드)|([가-힣A-Za-z]))?"
)
_ENGLISH_AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s?-?(trillion|billion|million|thousand|tn|bn|mn|[TBMK])?\b")
_UNITS = {
    "조": 1e12, "억": 1e8, "만": 1e4, "trillion": 1e12, "tn": 1e12, "T": 1e12, "billion": 1e9, "bn": 1e9, "B": 1e9,
    "million": 1e6, "mn": 1e6, "M": 1e6, "thousand": 1e3, "K": 1e3,
}  # fmt: skip
_WON_UNITS = frozenset("조억")
_POSSESSIVE = re.compile("[’']s?$")
_SHORTEST_NAME = 3  # letters of a Latin word that is a name beside what it means
_SMALLEST = 10  # smaller whole numbers are everywhere
_YEARS = range(2000, 2040)
_CONSONANTS = 3  # a shorter skeleton fits too many words
_ACTORS = frozenset(("org", "product", "model"))
_NEXT = 20  # characters behind a name in which its version stands
_KEPT = 2**13  # texts likewise: joining and linking ask for the same ones
_REMEMBERED = 2**15  # words whose anchors are kept: the news repeats most of its words

_INITIALS = "kkntt" + "rmpps" + "s" + " " + "sss" + "ktp "  # ㄱㄲㄴㄷㄸ ㄹㅁㅂㅃㅅ ㅆ ㅇ ㅈㅉㅊ ㅋㅌㅍㅎ
_FINALS = (
    " kkk" + "nnn" + "t" + "rrrrrrrr" + "m" + "pp" + "tt" + "n" + "tt" + "ktpt"
)  # none ㄱㄲㄳ ㄴㄵㄶ ㄷ ㄹ… ㅁ ㅂㅄ ㅅㅆ ㅇ …
_HANGUL = {ord("가") + n: (_INITIALS[n // 588] + _FINALS[n % 28]).replace(" ", "") for n in range(11172)}
_DOUBLED = re.compile(r"(.)\1+")
_LATIN = [
    (re.compile(pattern), classes)
    for pattern, classes in (
        ("x", "ks"), ("ph", "p"), ("[st]?ch|sh|ti(?=on)", "s"), ("ck", "k"), ("ng(?![eio])", "n"), ("th", "t"),
        ("[cg](?=[eiy])", "s"), ("(?<=[aeiou])r(?![aeiouy])", ""), ("[cgkq]", "k"), ("[dt]", "t"), ("[lr]", "r"),
        ("[bpfv]", "p"), ("[szj]", "s"), ("m", "m"), ("n", "n"), ("[^KNTRMPS]", ""),
    )
]  # fmt: skip


@lru_cache(maxsize=_KEPT)
def anchors(text: str, mentions: Mentions) -> frozenset[str]:
    """The anchors of a text in Korean or English."""
    text = plain(text)
    found: list[str] = []
    rest, named = list(text), mentions.occurrences(text)
    for mention in named:
        end = mention.start + len(mention.words)
        found += [f"c:{mention.concept}", *_versions(mention, text[end : end + _NEXT], mentions)]
        rest[mention.start : end] = " " * len(mention.words)
    found += _first(named, mentions)
    remaining = "".join(rest)
    latin = _korean_latin_word if _HANGUL_WORD.search(text) else _latin_word
    found += [anchor for word in _LATIN_WORD.findall(remaining) for anchor in latin(word)]
    found += [f"v:{word.lower()}:{float(version):g}" for word, version in _NAMED_VERSION.findall(remaining)]
    found += [anchor for word in _HANGUL_WORD.findall(remaining) for anchor in _hangul_word(word)]
    return frozenset([*found, *_amounts(remaining)])


def is_plain(word: str) -> bool:
    """Whether a Latin word is one of the plain words of the news."""
    return any(anchor[0] == "g" for anchor in _latin_word(word))


def _first(named: Iterable[Mention], mentions: Mentions) -> list[str]:
    """Who a headline is about: mostly the first it names."""
    return [f"<:{one.concept}" for one in named if mentions.concepts[one.concept].kind in _ACTORS][:1]


def _versions(mention: Mention, behind: str, mentions: Mentions) -> Iterator[str]:
    """The name with its version, when a model or product has one."""
    if mentions.concepts[mention.concept].kind in ("model", "product"):
        version = _OWN_VERSION.search(mention.words) or _VERSION.match(behind)
        if version:
            yield f"v:{mention.concept}:{float(version[version.re.groups]):g}"


def skeleton(word: str) -> str:
    """The classes of a word's consonants, doubled ones once: ``compiler`` and ``컴파일러`` are both ``kmpr``."""
    classes = word.translate(_HANGUL) if "가" <= word[0] <= "힣" else _latin_classes(word.lower())
    return _DOUBLED.sub(r"\1", classes)


def _latin_classes(word: str) -> str:
    for pattern, classes in _LATIN:
        word = pattern.sub(classes.upper(), word) if classes else pattern.sub("", word)
    return word.lower()


@lru_cache(maxsize=_REMEMBERED)
def _latin_word(word: str) -> tuple[str, ...]:
    low = _POSSESSIVE.sub("", word.lower().replace(".", ""))
    meant = of_english(low)
    named = (f"w:{low}", *_borrowed(low)) if len(low) >= _SHORTEST_NAME or not meant else ()
    return (*named, *meant)


def _korean_latin_word(word: str) -> tuple[str, ...]:
    """In a Korean text a Latin word stands for itself: its consonants would only say the same again."""
    return tuple(anchor for anchor in _latin_word(word) if anchor[0] != "s")


@lru_cache(maxsize=_REMEMBERED)
def _hangul_word(word: str) -> tuple[str, ...]:
    return (*_borrowed(_bare(word)), *of_korean(word))


def _bare(word: str) -> str:
    """A word of Hangul without its particle; two syllables stay."""
    for size in (2, 1):
        if len(word) >= size + 2 and word[-size:] in _PARTICLES:
            return word[:-size]
    return word


def _borrowed(word: str) -> Iterator[str]:
    consonants = skeleton(word)
    if len(consonants) >= _CONSONANTS:
        yield f"s:{consonants}"


def _amounts(text: str) -> Iterator[str]:
    for dollar, whole, unit, more, smaller, currency, counted in _KOREAN_AMOUNT.findall(text):
        named = dollar or currency or counted  # headlines often leave 원 out
        won = currency == "원" or (unit in _WON_UNITS and not named)
        found = _amount(_value(whole, unit) + _value(more, smaller))
        yield from (f"₩{amount[1:]}" if won else amount for amount in found)
    for whole, unit in _ENGLISH_AMOUNT.findall(text):
        if unit:
            yield from _amount(_value(whole, unit))


def _value(digits: str, unit: str) -> float:
    return float(digits.replace(",", "") or 0) * _UNITS.get(unit, 1.0)


def _amount(value: float) -> Iterator[str]:
    if (value >= _SMALLEST or value % 1) and value not in _YEARS:
        yield f"#{value:.3g}"
