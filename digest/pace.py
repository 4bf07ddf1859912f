"""No more letters in a minute than the mail server takes: a relay that is asked too fast puts all of them off."""

import time
from collections.abc import Callable
from typing import Final

_MINUTE: Final = 60.0


class Pace:
    """Evenly spaced turns, ``per_minute`` of them; 0 = no limit. The clock and the sleep are the caller's to give."""

    def __init__(
        self, per_minute: int, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._gap = _MINUTE / per_minute if per_minute else 0.0
        self._clock = clock
        self._sleep = sleep
        self._next = float("-inf")

    def wait(self) -> None:
        """Wait for the next turn; the first comes at once, and a pause is not made up for by a burst."""
        if not self._gap:
            return
        if (left := self._next - self._clock()) > 0:
            self._sleep(left)
        self._next = max(self._next, self._clock()) + self._gap
