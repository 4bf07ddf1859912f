"""What a server's reply is worth, and what is wrong with one that is worth nothing. Pure decisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, Literal, NamedTuple

from archive.records.words import Cause
from collectors import charsets
from collectors.not_feeds import kind_of_page

PROXY_LOCKED: Final = (
    "is not let through: the proxy asks for a password (407); write [http] proxy as http://user:password@host:port"
)


class Trouble(NamedTuple):
    """What is wrong with a reply, as a sentence to follow the address, and in one word."""

    reason: str
    cause: Cause | Literal[""]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server sent at one hop."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes  # decoded; of an error only the beginning


_SENTENCES: Final[Mapping[int, Trouble]] = {
    HTTPStatus.UNAUTHORIZED: Trouble("asks for a password (401), which is never sent; use a public address", "login"),
    HTTPStatus.FORBIDDEN: Trouble(
        "is forbidden to us (403); the site may refuse programs, choose another source", "refused"
    ),
    HTTPStatus.NOT_FOUND: Trouble(
        "is not there (404); check the address, the site may have moved its feeds", "missing"
    ),
    HTTPStatus.GONE: Trouble("is gone for good (410); remove the source or give its new address", "gone"),
    HTTPStatus.PROXY_AUTHENTICATION_REQUIRED: Trouble(PROXY_LOCKED, "unreachable"),
    HTTPStatus.TOO_MANY_REQUESTS: Trouble("was asked too often (429); raise the source's `every`", "busy"),
    HTTPStatus.NOT_MODIFIED: Trouble("says it did not change (304), though nothing was known of it", "broken"),
}
_WALLS: Final[Mapping[Cause, str]] = {
    "cloudflare": "is shut to programs by Cloudflare ({status}); ask the publisher to let this program in",
    "firewall": "is shut to programs by a firewall ({status}); ask the publisher to let this program in",
    "maintenance": "is closed for maintenance ({status}); it will be asked again",
    "login": "wants a login ({status}); look for a public address",
}
MAY_HIDE: Final = frozenset(  # statuses whose page may say who shuts us out
    (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_ACCEPTABLE, HTTPStatus.SERVICE_UNAVAILABLE)
)


def trouble(reply: Reply, *, conditional: bool) -> Trouble | None:
    """What is wrong with a reply; None when it is worth having."""
    status = reply.status
    if status == HTTPStatus.NOT_MODIFIED and conditional:
        return None
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return None if reply.body.strip() else Trouble(f"answers nothing (status {status}, empty body)", "empty")
    if status in MAY_HIDE and (wall := _wall(reply)):
        return Trouble(_WALLS[wall].format(status=status), wall)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Trouble(f"has trouble of its own (status {status}); it will be asked again later", "server")
    return _SENTENCES.get(status, Trouble(f"answers {status}", "refused"))


def _wall(reply: Reply) -> Cause | None:
    """Who stands between us and a site that refuses: told by its headers, else by the page it shows."""
    server = reply.headers.get("server", "").lower()
    if "cf-mitigated" in reply.headers or (server.startswith("cloudflare") and reply.status == HTTPStatus.FORBIDDEN):
        return "cloudflare"
    declared = charsets.declared_in(reply.body)
    http = charsets.declared_by_server(reply.headers.get("content-type", ""))
    text = charsets.decode(reply.body, declared=declared, http=http) if reply.body else ""
    return page_cause(text) if "<" in text else None


def page_cause(text: str) -> Cause | None:
    """Who shuts us out with a page, by what it says; None when it does not look like that."""
    kind, _ = kind_of_page(text)
    if kind == "blocked":
        return "cloudflare" if "cloudflare" in text.lower() else "firewall"
    if kind == "maintenance":
        return "maintenance"
    return "login" if kind == "login" else None
