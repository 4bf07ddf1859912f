"""Content encodings, undone a bounded piece at a time: a bomb never grows past the limit, a cut is noticed.

HTTP clients commonly hand over a gzip body that ends half-way as if it were whole; a feed read so would silently lose
entries. RFC 9110 §8.4.1; "deflate" is zlib by the letter and raw deflate in practice.
"""

import zlib
from collections.abc import Iterator
from typing import Final, Protocol

ACCEPTED: Final = "gzip, deflate"
_PIECE: Final = 64 * 1024
_ZLIB_METHOD: Final = 8


class BadEncodingError(Exception):
    """The body cannot be decoded; the message says why, to follow "its answer"."""


class Decoder(Protocol):
    """Undoes one content encoding."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Decoded pieces of at most 64 KiB; BadEncodingError when the data is broken."""
        ...

    def finish(self) -> None:
        """Raise BadEncodingError when the data ended too early."""


def decoder_for(encoding: str) -> Decoder:
    """The decoder for a Content-Encoding header; BadEncodingError for one that was not asked for."""
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return _Plain()
    if name in {"gzip", "x-gzip", "deflate"}:
        return _Inflater(name)
    raise BadEncodingError(f"is encoded as {encoding!r}, which was not asked for")


class _Plain:
    def feed(self, data: bytes) -> Iterator[bytes]:
        yield data

    def finish(self) -> None:
        """Nothing can be missing that HTTP itself would not notice."""


class _Inflater:
    """gzip (several members one after the other too) and deflate, with or without zlib's header."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._gzip = name != "deflate"
        self._stream: zlib._Decompress | None = None

    def feed(self, data: bytes) -> Iterator[bytes]:
        try:
            more = bool(data)
            while more and (stream := self._ready(data)) is not None:
                piece = stream.decompress(data, _PIECE)
                data = stream.unused_data if stream.eof else stream.unconsumed_tail
                # A full piece may leave output inside zlib although all input is eaten.
                more = bool(data) or (len(piece) == _PIECE and not stream.eof)
                if piece:
                    yield piece
        except zlib.error as error:
            raise BadEncodingError(f"is broken {self._name} data ({error})") from error

    def _ready(self, data: bytes) -> "zlib._Decompress | None":
        """The open stream, or a new one; None when what follows a complete member is only padding."""
        if self._stream is None or (self._stream.eof and self._gzip and data[:1] == b"\x1f"):
            self._stream = zlib.decompressobj(self._window(data))
        return None if self._stream.eof else self._stream

    def _window(self, data: bytes) -> int:
        if self._gzip:
            return 16 + zlib.MAX_WBITS
        return zlib.MAX_WBITS if data[0] & 0xF == _ZLIB_METHOD else -zlib.MAX_WBITS

    def finish(self) -> None:
        if self._stream is not None and not self._stream.eof:
            raise BadEncodingError(f"ends in the middle of its {self._name} data")
