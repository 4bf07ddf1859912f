"""Why articles stand in one story, for a person to check: to which earlier one each stands closest, and what both have.

The clustering weighs hundreds of likenesses (analysis.pairs); a person sees names, numbers and words that two articles
share, and that one is a copy of the other. Terms are enough for that: no article's text is needed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from analysis.mentions import Mentions
from analysis.tokens import plain
from archive.records.incoming import Document
from archive.records.words import ArticleId

_MOST = 8  # of each kind that are shown
_NAME, _NUMBER, _WORD = 3.0, 2.0, 1.0  # what makes one article the closest
_DAY = timedelta(days=1)

Copies = Mapping[ArticleId, tuple[ArticleId, str]]  # copy → original, and why: address, title or text


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """What holds an article in its story."""

    article: ArticleId
    other: ArticleId | None  # the member it stands closest to; None for the first
    copied: str = ""  # why it is a copy of that one: address, title or text; "" when it is none
    names: tuple[str, ...] = ()  # that both headlines have: the lexicon's labels
    numbers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()  # of one headline, found in the other's headline or text
    days: float = 0.0  # between the two


def bonds(documents: Sequence[Document], copies: Copies, mentions: Mentions) -> tuple[Bond, ...]:
    """One for each member, by time."""
    told = sorted(documents, key=lambda one: (one.article.moment, one.id))
    known = {one.id: one for one in told}
    return tuple(_bond(one, told[:place], known, copies, mentions) for place, one in enumerate(told))


def _bond(
    one: Document,
    earlier: Sequence[Document],
    known: Mapping[ArticleId, Document],
    copies: Copies,
    mentions: Mentions,
) -> Bond:
    original, reason = copies.get(one.id, (one.id, ""))
    if original != one.id and original in known:
        return _between(one, known[original], mentions, reason)
    if not earlier:
        return Bond(article=one.id, other=None)
    return max((_between(one, other, mentions) for other in earlier), key=_strength)


def _between(one: Document, other: Document, mentions: Mentions, copied: str = "") -> Bond:
    names = [name for name in _names(one, mentions) if name in _names(other, mentions)]
    shared = list(dict.fromkeys(_shared(one, other)))
    spelt = {term for name in names for term in name.lower().split()}
    plain_words = [term for term in shared if term not in spelt]
    return Bond(
        article=one.id,
        other=other.id,
        copied=copied,
        names=tuple(names[:_MOST]),
        numbers=tuple(term for term in plain_words if _has_digit(term))[:_MOST],
        words=tuple(term for term in plain_words if not _has_digit(term))[:_MOST],
        days=round(abs(one.article.moment - other.article.moment) / _DAY, 2),
    )


def _shared(one: Document, other: Document) -> Iterator[str]:
    """Terms of both headlines, then those of one headline that the other article's text has."""
    mine, theirs = set(one.tokens.title), set(other.tokens.title)
    yield from _in_order(one.tokens.title, theirs)
    yield from _in_order(one.tokens.title, set(other.tokens.text))
    yield from _in_order(other.tokens.title, set(one.tokens.text) - mine)


def _in_order(terms: Iterable[str], among: set[str]) -> Iterator[str]:
    return (term for term in terms if term in among)


def _names(one: Document, mentions: Mentions) -> tuple[str, ...]:
    return tuple(mentions.concepts[found].label for found in mentions.find(plain(one.article.title)))


def _has_digit(term: str) -> bool:
    return any(sign.isdigit() for sign in term)


def _strength(bond: Bond) -> tuple[float, float, str]:
    """The closest by what is shared, then in time, then by id."""
    worth = _NAME * len(bond.names) + _NUMBER * len(bond.numbers) + _WORD * len(bond.words)
    return worth, -bond.days, bond.other or ""
