"""Bodies are held within bounds whatever a server sends."""

import asyncio
import gzip
import subprocess
import sys
import zlib
from collections.abc import AsyncIterator, Iterator

import pytest

from collectors import bodies
from collectors.encodings import BadEncodingError
from tests.loopback import Loopback, Scripted

LIMIT = 300_000
MEGABYTE = 1 << 20
# What a process that reads a bomb through the world's door holds more than before, in kilobytes.
ASKING = """
import asyncio, resource, sys
from datetime import UTC, datetime
from collectors.http import Web, WebError, WebSettings

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

async def ask():
    async with Web(WebSettings(allow_hosts=("127.0.0.1",)), now=datetime(2026, 2, 20, tzinfo=UTC)) as web:
        await web.get(sys.argv[1] + "/small")
        before = peak()
        try:
            await web.get(sys.argv[1] + "/bomb")
        except WebError as error:
            print(peak() - before, error.reason)

asyncio.run(ask())
"""


async def pieces(body: bytes, size: int = 10_000) -> AsyncIterator[bytes]:
    for start in range(0, len(body), size):
        yield body[start : start + size]


def whole(body: bytes, encoding: str = "") -> bytes:
    return asyncio.run(bodies.whole(pieces(body), encoding, LIMIT))


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_the_limit_is_exact(encoding: str) -> None:
    pack = gzip.compress if encoding else bytes
    assert len(whole(pack(b"x" * LIMIT), encoding)) == LIMIT
    with pytest.raises(BadEncodingError, match="larger than 300,000 bytes"):
        whole(pack(b"x" * (LIMIT + 1)), encoding)


def test_of_an_error_the_beginning_is_enough() -> None:
    def head(body: bytes, encoding: str = "") -> bytes:
        return asyncio.run(bodies.head(pieces(body), encoding))

    assert len(head(b"x" * 1_000_000)) == bodies.HEAD
    assert head(gzip.compress(b"closed"), "gzip") == b"closed"
    assert head(b"no gzip", "gzip") == head(b"x", "br") == b""


def zeros(megabytes: int) -> Iterator[bytes]:
    packer = zlib.compressobj(wbits=31)
    for _ in range(megabytes):
        yield packer.compress(b"\0" * MEGABYTE)
    yield packer.flush()


def test_a_bomb_of_two_hundred_megabytes_costs_less_than_twenty() -> None:
    with Loopback() as server:
        server.at("/small", Scripted(body=b"<rss/>", gzipped=True))
        server.at("/bomb", Scripted(body=b"".join(zeros(200)), headers={"Content-Encoding": "gzip"}))
        asked = [sys.executable, "-c", ASKING, server.url().rstrip("/")]
        told = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    kilobytes, _, reason = told.partition(" ")
    assert reason.startswith("is larger than 15,000,000 bytes")
    assert int(kilobytes) < 20 * 1024
