"""Which addresses may be connected to: a pure table, and the officer's exceptions to it.

`ipaddress.is_global` calls NAT64, 6to4, multicast and more public, so the table is our own. It follows the IANA
special-purpose registries (RFC 6890 and its updates) and is asked about the address a socket is about to connect to,
never about the text of a URL: `2130706433`, `0x7f.1` and `①②⑦.⓪.⓪.①` are all 127.0.0.1.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Self

from yarl import URL

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# What the web is served on; `allow_hosts` lifts the limit for the hosts it names.
PORTS = frozenset({80, 443, 8000, 8080, 8443})

_FORBIDDEN = {
    "0.0.0.0/8": "an unspecified address",
    "10.0.0.0/8": "a private address",
    "100.64.0.0/10": "a carrier-grade NAT address",
    "127.0.0.0/8": "a loopback address",
    "169.254.0.0/16": "a link-local address",
    "172.16.0.0/12": "a private address",
    "192.0.0.0/24": "a reserved address",
    "192.0.2.0/24": "a documentation address",
    "192.31.196.0/24": "a reserved address",
    "192.52.193.0/24": "a reserved address",
    "192.88.99.0/24": "a 6to4 relay address",
    "192.168.0.0/16": "a private address",
    "192.175.48.0/24": "a reserved address",
    "198.18.0.0/15": "a benchmarking address",
    "198.51.100.0/24": "a documentation address",
    "203.0.113.0/24": "a documentation address",
    "224.0.0.0/4": "a multicast address",
    "240.0.0.0/4": "a reserved address",
    "::/128": "an unspecified address",
    "::1/128": "a loopback address",
    "::/96": "an IPv4-compatible address",
    "::ffff:0:0:0/96": "an IPv4-translated address",
    "64:ff9b::/96": "a NAT64 address",
    "64:ff9b:1::/48": "a NAT64 address",
    "100::/64": "a discard-only address",
    "100:0:0:1::/64": "a dummy address",
    "2001::/23": "a reserved address",
    "2001:db8::/32": "a documentation address",
    "2002::/16": "a 6to4 address",
    "2620:4f:8000::/48": "a reserved address",
    "3fff::/20": "a documentation address",
    "5f00::/16": "a segment-routing address",
    "fc00::/7": "a private address",
    "fe80::/10": "a link-local address",
    "fec0::/10": "a site-local address",
    "ff00::/8": "a multicast address",
}
_TABLE: tuple[tuple[Network, str], ...] = tuple((ip_network(text), what) for text, what in _FORBIDDEN.items())


@lru_cache(maxsize=1 << 13)
def read_address(text: str) -> Address | None:
    """The address a literal host means, an IPv4-mapped one unwrapped; None for a name."""
    try:
        address = ip_address(text.strip("[]").partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def forbidden(address: Address) -> str:
    """What makes an address unfit to be connected to, as "a private address"; "" when it is public."""
    address = getattr(address, "ipv4_mapped", None) or address
    return next((what for network, what in _TABLE if address.version == network.version and address in network), "")


@dataclass(frozen=True, slots=True)
class AllowedHosts:
    """The names, addresses and networks that may be private, on any port unless one is named."""

    names: frozenset[tuple[str, int | None]] = frozenset()
    networks: tuple[tuple[Network, int | None], ...] = ()

    @classmethod
    def parse(cls, entries: Iterable[str]) -> Self:
        """Read `name`, `name:port`, `10.0.0.5`, `10.0.0.5:8080`, `[::1]:8080`, `10.0.0.0/8`; ValueError otherwise."""
        names: set[tuple[str, int | None]] = set()
        networks: list[tuple[Network, int | None]] = []
        for entry in entries:
            host, port = _split(entry.strip().lower())
            network = _network(host)
            if network is None:
                names.add((_name(host, entry), port))
            else:
                networks.append((network, port))
        return cls(frozenset(names), tuple(networks))

    def host(self, host: str, port: int) -> bool:
        """Whether the host of a URL, a name or a literal address, was allowed."""
        address = read_address(host)
        if address is not None:
            return self.address(address, port)
        name = _ascii(host.rstrip(".").lower())
        return (name, None) in self.names or (name, port) in self.names

    def address(self, address: Address, port: int) -> bool:
        """Whether an address was allowed as such or by its network."""
        return any(
            address.version == network.version and address in network and only in (None, port)
            for network, only in self.networks
        )


def _split(entry: str) -> tuple[str, int | None]:
    """Host and port of an entry; an IPv6 address needs brackets to carry a port."""
    host, colon, port = entry.rpartition(":")
    if colon and port.isascii() and port.isdigit() and (":" not in host or host.endswith("]")):
        return host.strip("[]"), int(port)
    return entry.strip("[]"), None


def _network(host: str) -> Network | None:
    try:
        network = ip_network(host, strict=False)
    except ValueError:
        return None
    mapped = network.network_address.ipv4_mapped if isinstance(network, IPv6Network) else None
    return ip_network(mapped) if mapped and network.num_addresses == 1 else network


def _name(host: str, entry: str) -> str:
    if not host or set(host) & set("/:@ *[]"):
        message = f"{entry!r} is no host; write a name, an address or a network, as intranet.city.kr or 10.0.0.5:8080"
        raise ValueError(message)
    return _ascii(host.rstrip("."))


def _ascii(name: str) -> str:
    """A name as the resolver is asked for it: `시청.kr` is `xn--…`, and an officer may write either."""
    try:
        return name if name.isascii() else URL.build(scheme="http", host=name).raw_host or name
    except ValueError:  # no name the resolver could be asked for
        return name
