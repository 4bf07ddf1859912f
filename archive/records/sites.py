"""What a site told us and we keep between runs: its robots.txt, and how its sitemaps stood when they were read."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsFile:
    """The robots.txt of an origin (``https://paper.example``) as it was read."""

    origin: str
    read: datetime
    text: str  # "" where there is none: then nothing is forbidden
    delay: float = 0.0  # seconds it wants between two requests, however many they are


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRead:
    """A sitemap named in an index, as it stood when it was read last."""

    url: str
    read: datetime
    changed: datetime | None = None  # its lastmod in the index then
    etag: str = ""
    modified: str = ""
