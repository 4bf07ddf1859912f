"""Which addresses are inside: private networks, and this machine."""

import ipaddress
from typing import Final

_NETWORKS: Final = tuple(
    ipaddress.ip_network(net)
    for net in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "::1/128", "fc00::/7", "fe80::/10")
)


def is_address(host: str) -> bool:
    """Whether a host is written as an IP address."""
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def is_inside(address: str) -> bool:
    """Whether an IP address belongs to a private network (RFC 1918, 4193, 4291) or to this machine; names do not."""
    if not is_address(address):
        return False
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None) or ip
    return any(mapped.version == net.version and mapped in net for net in _NETWORKS)
