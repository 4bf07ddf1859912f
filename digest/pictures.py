"""Five weeks of a topic as a small PNG, written by hand: a letter may show no SVG, and bars made of boxes fall apart.

Its numbers always stand beside it in words, so the picture may be blocked, or left out by config. The colours are seen
on white and on the dark of a night screen; what is not a bar is transparent.
"""

import struct
import zlib
from collections.abc import Iterator

from archive.records.issue import Issue, ItemTrend
from digest import charts

WIDTH, HEIGHT = 84, 26  # as shown, in CSS pixels
_SCALE = 2  # drawn twice as large, for sharp screens
_BAR, _STEP = 12, 18
_PALETTE = bytes.fromhex("0000008fb0d62f7bd08a96a5")  # nothing, earlier weeks, this week, not collected
_SEEN = bytes((0, 255, 255, 255))
_THEN, _NOW, _BLANK = 1, 2, 3
_DEPTH = 2  # bits a pixel


def chart(trend: ItemTrend) -> bytes:
    """The weeks as a PNG of ``WIDTH`` x ``HEIGHT`` CSS pixels; a week without collection is a thin grey foot."""
    rows = list(_rows(_columns(trend)))
    size = struct.pack(">IIBBBBB", WIDTH * _SCALE, HEIGHT * _SCALE, _DEPTH, 3, 0, 0, 0)
    body = zlib.compress(b"".join(b"\x00" + row for row in rows), 9)
    parts = ((b"IHDR", size), (b"PLTE", _PALETTE), (b"tRNS", _SEEN), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def charted(issue: Issue) -> dict[str, bytes]:
    """The pictures a letter may show, by Content-ID: one for each topic that is compared with earlier weeks."""
    return {name(issue, n): chart(signal.trend) for n, signal in enumerate(issue.signals) if _compared(signal.trend)}


def name(issue: Issue, n: int) -> str:
    """The Content-ID of the n-th topic's picture (RFC 2392)."""
    return f"chart{n + 1}.{str(issue.week).lower()}.r{issue.revision}@donghyang"


def _compared(trend: ItemTrend) -> bool:
    return trend.trend != "unknown"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _columns(trend: ItemTrend) -> list[tuple[int, int]]:
    """Colour and height in pixels of each bar, oldest first."""
    counts = charts.counts(trend)
    highest = max([count for count in counts if count] or [1])
    bars = [(_BLANK, 1) if count is None else (_THEN, _tall(count, highest)) for count in counts]
    return [*bars[:-1], (_NOW, bars[-1][1])]


def _tall(count: float, highest: float) -> int:
    return max(_SCALE, round(HEIGHT * _SCALE * count / highest))


def _rows(bars: list[tuple[int, int]]) -> Iterator[bytes]:
    for above in range(HEIGHT * _SCALE, 0, -1):
        pixels = [0] * (WIDTH * _SCALE)
        for place, (colour, height) in enumerate(bars):
            if above <= height:
                begin = place * _STEP * _SCALE
                pixels[begin : begin + _BAR * _SCALE] = [colour] * (_BAR * _SCALE)
        yield bytes(a << 6 | b << 4 | c << 2 | d for a, b, c, d in zip(*[iter(pixels)] * 4, strict=True))
