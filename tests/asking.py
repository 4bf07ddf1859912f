"""Asking the web in a test: real loopback connections, a name server of our own."""

import asyncio
import socket
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from collectors.gate import Lookup
from collectors.http import Answer, Timeouts, Web, WebError, WebSettings

NOW = datetime(2026, 2, 20, 9, 0, tzinfo=UTC)
FEED = b"<rss version='2.0'><channel><title>t</title></channel></rss>"


async def no_network(host: str, port: int) -> Sequence[str]:
    raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")


class Names:
    """A name server of our own."""

    def __init__(self, **names: Sequence[str]) -> None:
        self.names = {name.replace("_", "."): list(addresses) for name, addresses in names.items()}
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        if host not in self.names:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return self.names[host]


def settings(*hosts: str, timeouts: Timeouts | None = None, max_bytes: int = 1_000_000) -> WebSettings:
    return WebSettings(
        contact="mailto:team@city.example",
        spacing=timedelta(0),
        allow_hosts=hosts or ("127.0.0.1",),
        timeouts=timeouts or Timeouts(connect=2, read=2, total=5),
        max_bytes=max_bytes,
    )


def get(
    url: str,
    using: WebSettings | None = None,
    lookup: Lookup | None = None,
    *,
    etag: str = "",
    modified: str = "",
    robots: bool = False,
) -> Answer:
    """The answer to one GET of a Web of its own."""

    async def ask() -> Answer:
        async with Web(using or settings(), now=NOW, lookup=lookup or Names()) as web:
            return await web.get(url, etag=etag, modified=modified, robots=robots)

    return asyncio.run(ask())


def failure(
    url: str, using: WebSettings | None = None, lookup: Lookup | None = None, *, robots: bool = False
) -> WebError:
    """The error that the GET ends in."""
    with pytest.raises(WebError) as caught:
        get(url, using, lookup, robots=robots)
    return caught.value
