"""Lets through the addresses a connection may go to, for names and literals alike."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from collectors.addresses import AllowedHosts, forbidden, read_address

MEND: Final = "name it in [http] allow_hosts if that is meant"

Lookup = Callable[[str, int], Awaitable[Sequence[str]]]


class ForbiddenAddressError(OSError):
    """A host that leads only where no connection may go."""


class Gate:
    """Asked twice: when a name is looked up, and when a socket is made.

    What is connected to is exactly what `addresses_of` let through, so a name that changes its answer between check
    and use (DNS rebinding) gains nothing; `check` covers literal addresses, which are never looked up.
    """

    def __init__(self, allowed: AllowedHosts, lookup: Lookup, proxy: tuple[str, int] | None = None) -> None:
        self._allowed = allowed
        self._lookup = lookup
        self._proxy = proxy
        self._cleared = {proxy} if proxy else set()  # private, but resolved from an allowed name

    async def addresses_of(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses of a name that may be connected to; ForbiddenAddressError when there is none."""
        found = await self._lookup(host, port)
        if self._allowed.host(host, port) or (host, port) == self._proxy:
            self._cleared.update((address, port) for address in found)
            return tuple(found)
        fit = tuple(address for address in found if self._public(address, port))
        if not fit:
            raise ForbiddenAddressError(self._leads_to(host, found))
        return fit

    def check(self, address: str, port: int) -> None:
        """ForbiddenAddressError for an address that was neither public nor cleared."""
        if (address, port) not in self._cleared and not self._public(address, port):
            raise ForbiddenAddressError(self._leads_to(address, (address,)))

    def _public(self, text: str, port: int) -> bool:
        address = read_address(text)
        return address is not None and (not forbidden(address) or self._allowed.address(address, port))

    def _leads_to(self, host: str, found: Sequence[str]) -> str:
        if not found:
            return f"{host} resolves to no address"
        address = read_address(found[0])
        return f"{host} resolves to {found[0]}, {forbidden(address) if address else 'no address'}; {MEND}"
