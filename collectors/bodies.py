"""Bodies as they come in: decoded a piece at a time, never more than a piece beyond the limit held."""

from collections.abc import AsyncIterator
from typing import Final

from collectors.encodings import BadEncodingError, decoder_for

HEAD: Final = 64 * 1024  # bytes of an error's page, which names who shuts us out


async def whole(pieces: AsyncIterator[bytes], encoding: str, limit: int) -> bytes:
    """The decoded body; BadEncodingError when it is broken, cut off, or larger than ``limit``."""
    decoder = decoder_for(encoding)
    body = bytearray()
    async for data in pieces:
        for piece in decoder.feed(data):
            body += piece
            if len(body) > limit:
                raise BadEncodingError(f"is larger than {limit:,} bytes; such an answer is not read")
    decoder.finish()
    return bytes(body)


async def head(pieces: AsyncIterator[bytes], encoding: str) -> bytes:
    """The beginning of a body, whatever is wrong with the rest."""
    body = bytearray()
    try:
        decoder = decoder_for(encoding)
        async for data in pieces:
            for piece in decoder.feed(data):
                body += piece
                if len(body) >= HEAD:
                    return bytes(body[:HEAD])
    except BadEncodingError:
        pass
    return bytes(body)
