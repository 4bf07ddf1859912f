"""A request on its way through redirects: which hop may be taken, and what a reply is worth. Pure decisions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from yarl import URL

from collectors.addresses import PORTS, AllowedHosts, forbidden, read_address
from collectors.answers import Answer, WebError
from collectors.gate import MEND
from collectors.proxies import inside_name

MOST_REDIRECTS: Final = 5
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PERMANENT: Final = frozenset({301, 308})
PROXY_LOCKED: Final = (
    "is not let through: the proxy asks for a password (407); write [http] proxy as http://user:password@host:port"
)
_SENTENCES: Final[Mapping[int, str]] = {
    HTTPStatus.UNAUTHORIZED: "asks for a password (401), which is never sent; use a public address",
    HTTPStatus.FORBIDDEN: "is forbidden to us (403); the site may refuse programs, choose another source",
    HTTPStatus.NOT_FOUND: "is not there (404); check the address, the site may have moved its feeds",
    HTTPStatus.GONE: "is gone for good (410); remove the source or give its new address",
    HTTPStatus.PROXY_AUTHENTICATION_REQUIRED: PROXY_LOCKED,
    HTTPStatus.TOO_MANY_REQUESTS: "was asked too often (429); raise the source's `every`",
    HTTPStatus.NOT_MODIFIED: "says it did not change (304), though nothing was known of it",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server sent at one hop."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes  # decoded; read for 2xx only


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
            raise WebError(self.start, f"redirects in a circle, back to {hop}")
        if len(self.seen) > MOST_REDIRECTS:
            raise WebError(self.start, f"redirects more than {MOST_REDIRECTS} times")
        self.seen.append(hop)

    def onward(self, reply: Reply) -> URL:
        """Where a redirect leads; ValueError when that is no address."""
        place = reply.headers.get("location", "").strip()
        if not place:
            raise WebError(self.start, self.says(f"answers {reply.status} without saying where to go"))
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
    """A URL with the publisher's percent-encoding kept as it is; ValueError for what is none."""
    text = text.strip()
    return URL(text, encoded=text.isascii() and text.isprintable() and " " not in text)


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


def trouble(reply: Reply, *, conditional: bool) -> str:
    """What is wrong with a reply; "" when it is worth having."""
    status = reply.status
    if status == HTTPStatus.NOT_MODIFIED and conditional:
        return ""
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return "" if reply.body.strip() else f"answers nothing (status {status}, empty body)"
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return f"has trouble of its own (status {status}); it will be asked again later"
    return _SENTENCES.get(status, f"answers {status}")


def _ports() -> str:
    return ", ".join(map(str, sorted(PORTS)))


def _sendable(validator: str) -> str:
    """A validator goes back byte for byte or not at all: one that was not UTF-8 cannot be stored as it came."""
    return validator if validator.isprintable() else ""
