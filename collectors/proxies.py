"""Which requests go through the city's proxy, and which names may be asked for there. Pure decisions.

Behind a proxy the resolver sees only the proxy, so a name cannot be judged by where it leads: names that belong to a
network inside (one label, .local, .internal, …) and numbers dressed up as names are refused before anything is sent.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from yarl import URL

# Names no public server has: RFC 6762 (.local), RFC 8375 (home.arpa), RFC 6761/2606, and what offices use.
_INSIDE: Final = frozenset(
    {"local", "localhost", "localdomain", "internal", "intranet", "lan", "home", "corp", "private", "test", "invalid"}
)
_NUMBER: Final = re.compile(r"(?:0x[0-9a-f]*|\d+)", re.IGNORECASE)


def inside_name(host: str) -> bool:
    """Whether a name (no address literal) belongs inside a network, or is a number dressed up as a name."""
    labels = host.rstrip(".").lower().split(".")
    return (
        len(labels) == 1
        or labels[-1] in _INSIDE
        or labels[-2:] == ["home", "arpa"]
        or bool(_NUMBER.fullmatch(labels[-1]))
    )


@dataclass(frozen=True, slots=True)
class Route:
    """The way out: straight, or through a proxy but for the hosts that are exempt."""

    proxy: URL | None = None
    exempt: tuple[str, ...] = ()

    @classmethod
    def parse(cls, proxy: str, no_proxy: Iterable[str] = ()) -> Self:
        """Read ``http://[user:password@]host:port``; ValueError for what is no proxy's address."""
        if not proxy:
            return cls()
        try:
            address = URL(proxy if "://" in proxy else f"http://{proxy}")
        except ValueError:
            address = URL()
        if address.scheme not in {"http", "https"} or not address.host:
            raise ValueError("a proxy is written as http://host:port")
        return cls(address.origin() if address.user is None else address, tuple(map(_plain, no_proxy)))

    def through(self, host: str) -> URL | None:
        """The proxy for a host; None when it is asked straight."""
        plain = _plain(host)
        if self.proxy is None or any(plain == one or plain.endswith(f".{one}") or one == "*" for one in self.exempt):
            return None
        return self.proxy

    @property
    def door(self) -> tuple[str, int] | None:
        """Host and port of the proxy itself, which is always allowed."""
        return (str(self.proxy.host), self.proxy.port or 0) if self.proxy else None


def _plain(host: str) -> str:
    return host.strip().strip(".").lower().removeprefix("*.")
