"""What a host's robots.txt (RFC 9309) lets us read: pure decisions over its text.

protego matches the longest rule; the standard library takes the first, which turns `Disallow: /search` +
`Allow: /search/ok` around.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final, Self

from protego import Protego

from archive.records.sites import RobotsFile
from collectors.answers import WebError

PRODUCT: Final = "donghyang"
MAX_BYTES: Final = 500 * 1024  # RFC 9309 §2.5: at least 500 KiB are read
GOOD_FOR: Final = timedelta(hours=24)  # RFC 9309 §2.4
LONGEST_DELAY: Final = 60.0  # seconds; a longer Crawl-delay would keep a whole run waiting


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host for us."""

    rules: Protego | None = None  # None: nothing is said
    closed: str = ""  # why nothing may be read for now

    @classmethod
    def parse(cls, text: str) -> Self:
        """The rules in a robots.txt; lines that are none are skipped, so an HTML page means no rules."""
        return cls(rules=Protego.parse(text) if text else None)

    def allows(self, url: str) -> bool:
        """Whether the page may be read by us."""
        return not self.closed and (self.rules is None or self.rules.can_fetch(url, PRODUCT))

    @property
    def delay(self) -> float:
        """Seconds to leave between two requests: what the host wants, up to a minute."""
        return min(self.wanted_delay, LONGEST_DELAY)

    @property
    def wanted_delay(self) -> float:
        """Seconds the host wants between two requests."""
        wanted = self.rules.crawl_delay(PRODUCT) if self.rules else None
        return max(wanted, 0.0) if wanted and math.isfinite(wanted) else 0.0


def file_of(origin: str, body: bytes, now: datetime) -> RobotsFile:
    """A robots.txt to be kept."""
    text = body[:MAX_BYTES].decode("utf-8-sig", errors="replace").replace("\0", "")
    return RobotsFile(origin=origin, read=now, text=text, delay=Robots.parse(text).wanted_delay)


def is_good(file: RobotsFile | None, now: datetime) -> bool:
    """Whether a file that was read before need not be read again yet."""
    return file is not None and file.read <= now < file.read + GOOD_FOR


def means_none(error: WebError) -> bool:
    """Whether a failure means that there is no robots.txt, so that all may be read (RFC 9309 §2.3.1).

    So do an empty file, any 4xx but 429 (which asks for patience), and more redirects than are followed; all other
    trouble closes the host for now.
    """
    if error.status is None:
        return error.cause == "redirects"
    client = HTTPStatus.BAD_REQUEST <= error.status < HTTPStatus.INTERNAL_SERVER_ERROR
    return error.cause == "empty" or (client and error.status != HTTPStatus.TOO_MANY_REQUESTS)
