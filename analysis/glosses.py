"""What plain words of the news and names of places mean in either language: evidence, weak and less weak."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from analysis.glossary import WORDS
from analysis.places import PLACES

_WHOLE = "."  # behind a stem that is a whole word
_PARTICLES = tuple(
    "으로 에서 에게 까지 부터 처럼 보다 이나 이라 은 는 이 가 을 를 의 와 과 도 에 로 만 서 등 들 용 발 측".split()  # noqa: SIM905 -- easier to read
)

Stems = Mapping[str, tuple[str, ...]]


def _by_stem() -> tuple[Stems, Stems]:
    """The anchors of each Korean and each English stem: ``g:`` for plain words, ``p:`` for places."""
    korean: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    english: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for kind, table in (("g", WORDS), ("p", PLACES)):
        for line in table.strip().splitlines():
            key, stems = line.split(maxsplit=1)
            for side, listed in zip((korean, english), stems.split("|"), strict=True):
                for stem in listed.split():
                    side[stem] += (f"{kind}:{key}",)
    return dict(korean), dict(english)


KOREAN, ENGLISH = _by_stem()
_MEANINGS: dict[str, str] = {}
for _stem, _anchors in KOREAN.items():
    for _anchor in _anchors:
        _MEANINGS.setdefault(_anchor, _stem.rstrip(_WHOLE))
_SIZES = sorted({len(stem) for stem in KOREAN if not stem.endswith(_WHOLE)})


def of_korean(word: str) -> frozenset[str]:
    """The anchors of a word of Hangul, or of one Chinese character."""
    parts = (word[at : at + size] for size in _SIZES for at in range(len(word) - size + 1))
    keys = (word, *parts) if len(word) == 1 else tuple(parts)
    inside = {anchor for part in keys for anchor in KOREAN.get(part, ())}
    return frozenset(inside | {anchor for whole in bare(word) for anchor in KOREAN.get(whole + _WHOLE, ())})


@cache
def of_english(word: str) -> frozenset[str]:
    """The anchors of a Latin word in small letters."""
    begun = {anchor for end in range(2, len(word) + 1) for anchor in ENGLISH.get(word[:end], ())}
    return frozenset(begun.union(ENGLISH.get(word + _WHOLE, ())))


def meaning(anchor: str) -> str:
    """The first Korean word of an anchor's line."""
    return _MEANINGS[anchor]


def bare(word: str) -> Iterator[str]:
    """A word of Hangul as it is, and without its particle."""
    yield word
    yield from (
        word[: -len(particle)] for particle in _PARTICLES if len(word) > len(particle) and word.endswith(particle)
    )
