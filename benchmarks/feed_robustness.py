"""When a hand-made broken feed counts as read right: the same rules for every reader."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

_NO_FEED: Final = ("html_page", "empty.xml", "cloudflare", "maintenance", "점검")
_HANGUL: Final = re.compile("[가-힣]")
_MOJIBAKE: Final = re.compile("[\ufffd\u0080-\u009f]|[ÃÂÌÍÎìíëê][\u0080-\u00bf]")
_MARKUP: Final = re.compile(r"</?[a-z]+[^<>]*>|&(?:amp|lt|gt|nbsp|#\d+);")
_ITEM: Final = re.compile(rb"<(?:item|entry)[\s>]")
_SEOUL: Final = timedelta(hours=9)
# The newest moment in each set, which all its files share; the clock its publishers write is Seoul's.
_NEWEST: Final = {
    b"x.kr": datetime(2026, 1, 15, 8, 30, tzinfo=UTC),
    b"": datetime(2026, 2, 27, 9, 0, tzinfo=UTC),
}
_FUTURE: Final = datetime(2027, 1, 1, tzinfo=UTC)
_PAST: Final = datetime(1990, 1, 1, tzinfo=UTC)
_DATED: Final = re.compile(rb"<(?:pubDate|published|updated|dc:date)|date_published", re.IGNORECASE)
Row = tuple[str, str, datetime | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader made of a file."""

    rows: tuple[Row, ...] = ()
    entries: tuple[Any, ...] = ()  # in the reader's own shape
    reason: str = ""  # why there are none


def faults(name: str, body: bytes, read: Callable[[bytes, str], Reading]) -> list[str]:
    """What is wrong with a reading; nothing when it is right."""
    reading = read(body, "application/xml; charset=euc-kr" if "http_charset" in name else "")
    if any(part in name for part in _NO_FEED):
        return [] if reading.reason and not reading.rows else ["not told that it is no feed"]
    return [*_counted(name, body, reading), *_words(reading), *_dates(name, body, reading)]


def _counted(name: str, body: bytes, reading: Reading) -> Iterator[str]:
    there = len(_ITEM.findall(body if b"\0" not in body else body.replace(b"\0", b""))) or (b'"items"' in body)
    if len(reading.rows) < there and "truncated" not in name:
        yield f"{len(reading.rows)} of {int(there)} entries"
    if any(not link.startswith(("http://", "https://")) for _, link, _ in reading.rows):
        yield "a link that is not absolute"


def _words(reading: Reading) -> Iterator[str]:
    titles = [title for title, *_ in reading.rows]
    if any(_MOJIBAKE.search(title) for title in titles):
        yield "mojibake"
    if any(_MARKUP.search(title) for title in titles):
        yield "markup in a title"
    if titles and not any(_HANGUL.search(title) or title.startswith("&") for title in titles):
        yield "no Hangul"


def _dates(name: str, body: bytes, reading: Reading) -> Iterator[str]:
    plain = body.replace(b"\0", b"")
    moments = [moment for *_, moment in reading.rows if moment]
    if any(moment < _PAST for moment in moments):
        yield "an empty date taken for 1970"
    near = [moment for moment in moments if moment < _FUTURE]
    if not reading.rows or "future" in name or not _DATED.search(plain):
        return
    newest = next(moment for mark, moment in _NEWEST.items() if mark in plain)
    if not near or max(near) != newest:
        yield f"newest {max(near, default=None)}, not {newest}"
