"""How long an issue is: five minutes' reading, so at most 1,200 words in all, sources included."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_WORDS = 1200
FRAME = 150  # words of headings, of the box on coverage and of the foot
_FEWEST_QUOTES = 1


@dataclass(frozen=True, slots=True)
class Measured:
    """An item to come: words that stay whatever happens, and those of each sentence it would quote."""

    key: str
    fixed: int
    quotes: tuple[int, ...]


def words_in(*texts: str) -> int:
    """Words as a reader of Korean counts them: what stands between spaces."""
    return sum(len(text.split()) for text in texts)


def quotes_allowed(items: Sequence[Measured], besides: int) -> tuple[Mapping[str, int], bool]:
    """How many sentences each item may quote beside so many other words, and whether all then fits.

    The items that quote most give up their last sentence first, and of those the last in the issue; each keeps one.
    """
    allowed = {item.key: len(item.quotes) for item in items}
    room = MOST_WORDS - FRAME - besides - sum(item.fixed + sum(item.quotes) for item in items)
    while room < 0:
        longest = max(((allowed[item.key], place) for place, item in enumerate(items)), default=(0, 0))
        if longest[0] <= _FEWEST_QUOTES:
            break
        item = items[longest[1]]
        allowed[item.key] -= 1
        room += item.quotes[allowed[item.key]]
    return allowed, room >= 0
