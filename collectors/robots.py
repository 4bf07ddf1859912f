"""What a host's robots.txt (RFC 9309) lets us read: pure decisions over its text.

protego matches the longest rule; the standard library takes the first, which turns `Disallow: /search` +
`Allow: /search/ok` around.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, Self

from protego import Protego

PRODUCT: Final = "donghyang"
MAX_BYTES: Final = 500 * 1024  # RFC 9309 §2.5: at least 500 KiB are read
_LONGEST_DELAY: Final = 30.0  # seconds; a longer Crawl-delay would keep a whole run waiting


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host for us."""

    rules: Protego | None = None  # None: nothing is said
    closed: str = ""  # why nothing may be read for now

    @classmethod
    def read(cls, body: bytes) -> Self:
        """The rules in a robots.txt; lines that are none are skipped, so an HTML page means no rules."""
        return cls(rules=Protego.parse(body[:MAX_BYTES].decode("utf-8-sig", errors="replace")))

    @classmethod
    def missing(cls, status: int | None, reason: str) -> Self:
        """What a robots.txt that was not answered means: 4xx everything, anything else nothing for now (§2.3.1)."""
        refused = status is not None and HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
        if refused and status != HTTPStatus.TOO_MANY_REQUESTS:
            return cls()
        return cls(closed=reason)

    def allows(self, url: str) -> bool:
        """Whether the page may be read by us."""
        return not self.closed and (self.rules is None or self.rules.can_fetch(url, PRODUCT))

    @property
    def delay(self) -> float:
        """Seconds the host wants between two requests."""
        wanted = self.rules.crawl_delay(PRODUCT) if self.rules else None
        return min(max(wanted or 0.0, 0.0), _LONGEST_DELAY)
