"""Publisher family of an address: what is counted when we say how many outlets told a story."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass

AGGREGATORS = frozenset(
    {
        "feeds.feedburner.com",
        "github.com",
        "medium.com",
        "news.google.com",
        "news.naver.com",
        "n.news.naver.com",
        "raw.githubusercontent.com",
        "v.daum.net",
        "x.com",
        "youtube.com",
    }
)
# Suffixes under which anybody may register: the label before them belongs to the name.
_PUBLIC = frozenset(f"{kind}.kr" for kind in ("co", "or", "go", "ne", "re", "ac", "pe")) | {
    "co.uk",
    "ac.uk",
    "co.jp",
    "com.cn",
    "com.au",
}


@dataclass(frozen=True, slots=True)
class Families:
    """Host suffix → family; the longest matching suffix decides."""

    table: Mapping[str, str]

    def of(self, host: str, fallback: str) -> str:
        """The family of a host; the fallback (the source's publisher) when the host names no publisher."""
        plain = host.lower().rstrip(".")
        labels = plain.split(".")
        for start in range(len(labels)):
            family = self.table.get(".".join(labels[start:]))
            if family:
                return family
        if fallback and opaque(plain):
            return fallback
        return registrable(plain) or fallback


def opaque(host: str) -> bool:
    """Whether a host names no publisher: an address literal, a single label, or a place where many publish."""
    if "." not in host or host in AGGREGATORS:
        return True
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def registrable(host: str) -> str:
    """The part of a host that somebody registered: ``news.mt.co.kr`` → ``mt.co.kr``."""
    labels = host.split(".")
    keep = 3 if ".".join(labels[-2:]) in _PUBLIC else 2
    return host if opaque(host) else ".".join(labels[-keep:])
