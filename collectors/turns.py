"""Whose turn it is: one request at a time to a host, spaced, and so many hosts at once."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager


class Turns:
    """Hands out turns; a host that waits for its spacing to pass takes no place from the others."""

    def __init__(
        self,
        at_once: int,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._hosts: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._free_at: dict[str, float] = {}
        self._clock = clock
        self._sleep = sleep

    @asynccontextmanager
    async def spaced(self, host: str, spacing: float) -> AsyncIterator[None]:
        """A turn at a host, `spacing` seconds or more after the end of the one before."""
        async with self._hosts[host]:
            wait = self._free_at.get(host, 0.0) - self._clock()
            if wait > 0:
                await self._sleep(wait)
            async with self._places:
                try:
                    yield
                finally:
                    self._free_at[host] = self._clock() + spacing

    @asynccontextmanager
    async def at_once(self) -> AsyncIterator[None]:
        """A turn at a host that need not be spared."""
        async with self._places:
            yield
