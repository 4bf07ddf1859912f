"""A thousand feeds on five hundred loopback hosts, as slow as the web is: `python -m benchmarks.feed_server ITEMS`.

Any 127.x.y.z address of this machine is one of the hosts. Prints its port, then answers `/NUMBER.xml` until it is
ended: gzip, an ETag, 304 to those who have it, each after 50 to 300 ms.
"""

import asyncio
import gzip
import sys
from functools import cache
from hashlib import sha256
from typing import Final

_WORDS: Final = (
    "인공지능",
    "행정",
    "시범",
    "운영",
    "데이터",
    "안전",
    "교통",
    "예산",
    "조례",
    "언어모델",
    "공개",
    "협약",
)
_LONGEST_REQUEST: Final = 65_536


def feed(number: int, items: int) -> bytes:
    """An RSS feed of Korean headlines, the same for the same number."""

    def item(place: int) -> str:
        words = [_WORDS[byte % len(_WORDS)] for byte in sha256(f"{number} {place}".encode()).digest()]
        link = f"http://{host(number)}/articleView.html?idxno={number * 1000 + place}"
        date = f"Fri, 20 Feb 2026 {place % 24:02}:00:00 +0900"
        summary = " ".join(words * 4)
        return (
            f"<item><title>{' '.join(words[:8])}</title><link>{link}</link><guid>{link}</guid>"
            f"<description>{summary}</description><pubDate>{date}</pubDate></item>"
        )

    told = "".join(map(item, range(items)))
    channel = f"<channel><title>신문 {number}</title><link>http://{host(number)}/</link>{told}</channel>"
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0">{channel}</rss>'.encode()


def host(number: int) -> str:
    """The host of a feed: two feeds share one."""
    return f"127.0.{number // 2 // 250 + 1}.{number // 2 % 250 + 1}"


async def main(items: int) -> None:
    """Serve until ended."""

    @cache
    def packed(number: int) -> bytes:
        return gzip.compress(feed(number, items), 6)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1].decode()
                number = int(path.strip("/").removesuffix(".xml"))
                etag = f'"{number}"'
                await asyncio.sleep(0.05 + sha256(path.encode()).digest()[0] / 1024)
                known = etag.encode() in head
                body = b"" if known else packed(number)
                status = "304 Not Modified" if known else "200 OK"
                coded = "" if known else f"Content-Encoding: gzip\r\nContent-Length: {len(body)}\r\n"
                kind = "Content-Type: application/rss+xml; charset=utf-8\r\n"
                writer.write(f"HTTP/1.1 {status}\r\nETag: {etag}\r\n{kind}{coded}\r\n".encode() + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "0.0.0.0", 0, limit=_LONGEST_REQUEST, backlog=1024)  # noqa: S104 - all of 127/8
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
