"""A request on its way through redirects: which hop may be taken. Pure decisions."""

from dataclasses import dataclass, field
from typing import Final

from yarl import URL

from collectors.addresses import PORTS, AllowedHosts, forbidden, read_address
from collectors.answers import Answer, WebError
from collectors.gate import MEND
from collectors.proxies import inside_name
from collectors.replies import Reply
from collectors.urls import slashed

MOST_REDIRECTS: Final = 5
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PERMANENT: Final = frozenset({301, 308})


@dataclass(slots=True)
class Journey:
    """One GET on its way."""

    start: str
    seconds: float  # left of the total time
    seen: list[URL] = field(default_factory=list)
    permanent: str = ""  # how far 301 and 308 alone led
    _for_good: bool = True

    def arrive(self, hop: URL) -> None:
        """Take a hop; WebError for a circle or too many of them."""
        if hop in self.seen:
            raise WebError(self.start, f"redirects in a circle, back to {hop}", cause="redirects")
        if len(self.seen) > MOST_REDIRECTS:
            raise WebError(self.start, f"redirects more than {MOST_REDIRECTS} times", cause="redirects")
        self.seen.append(hop)

    def onward(self, reply: Reply) -> URL:
        """Where a redirect leads; ValueError when that is no address."""
        place = reply.headers.get("location", "").strip()
        if not place:
            reason = self.says(f"answers {reply.status} without saying where to go")
            raise WebError(self.start, reason, cause="redirects")
        target = self.seen[-1].join(read_url(place)).with_fragment(None)
        self._for_good = self._for_good and reply.status in _PERMANENT
        if self._for_good:
            self.permanent = str(target)
        return target

    @property
    def redirected(self) -> bool:
        """Whether the address itself was left."""
        return len(self.seen) > 1

    def says(self, reason: str) -> str:
        """The reason, with the hop it happened at when that is not where we began."""
        return f"redirects to {self.seen[-1]}, which {reason}" if self.redirected else reason

    def answer(self, reply: Reply) -> Answer:
        """A good reply as the answer to the whole journey."""
        return Answer(
            url=str(self.seen[-1]),
            status=reply.status,
            headers=reply.headers,
            body=reply.body,
            content_type=reply.headers.get("content-type", ""),
            etag=_sendable(reply.headers.get("etag", "")),
            modified=_sendable(reply.headers.get("last-modified", "")),
            permanent_url=self.permanent,
        )


def read_url(text: str) -> URL:
    """A URL, its host in one spelling, the publisher's percent-encoding as it is; ValueError for what is none.

    A host whose punycode stands for nothing is none either: ``.host`` decodes it, here rather than in mid-request.
    """
    text = slashed(text.strip())
    url = URL(text, encoded=text.isascii() and text.isprintable() and " " not in text)
    host = url.raw_host or ""
    if plain := host.lower().rstrip("."):  # one host in one spelling: it is spared, and its robots.txt read, as one
        url = url if plain == host or ":" in host else url.with_host(plain)
    _ = url.host
    return url


def refusal(hop: URL, allowed: AllowedHosts, *, proxied: bool = False) -> str:
    """Why a hop is not even tried; "" when it may be. Behind a proxy this is all that judges a name."""
    if hop.scheme not in {"http", "https"} or not hop.host or not hop.host.isprintable() or " " in hop.host:
        return "is not an http or https address"
    if hop.user is not None or hop.password is not None:
        return "carries a user name or password, which is never sent; write the address without it"
    if allowed.host(hop.host, hop.port or 0):
        return ""
    if inside := _inside(hop.host, proxied=proxied):
        return f"leads to {hop.host}, {inside}; {MEND}"
    if hop.port not in PORTS:
        return f"uses port {hop.port} of {hop.host}, and the web is served on {_ports()}; {MEND}"
    return ""


def _inside(host: str, *, proxied: bool) -> str:
    """What of a network inside a host names, as far as its spelling tells; "" when nothing."""
    address = read_address(host)
    if address is not None:
        return forbidden(address)
    return "a name from inside a network" if proxied and inside_name(host) else ""


def _ports() -> str:
    return ", ".join(map(str, sorted(PORTS)))


def _sendable(validator: str) -> str:
    """A validator goes back byte for byte or not at all: one that was not UTF-8 cannot be stored as it came."""
    return validator if validator.isprintable() else ""
