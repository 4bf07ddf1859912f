"""What may be asked of the web, and what comes back: settings, answers, and the one error.

WebError is all that collectors.http raises: its message names the address, what happened and, where somebody can mend
it, how.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import Literal

from archive.records.words import Cause


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """Seconds a server may take: to accept a connection, between two pieces of its answer, and for all of it."""

    connect: float = 5.0
    read: float = 15.0
    total: float = 30.0  # over all redirects, without the waits we impose on ourselves


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """How the web is asked; the `[http]` table of config.toml."""

    contact: str = ""  # mailto: or https: address at which a webmaster reaches us
    spacing: timedelta = timedelta(seconds=1)  # between two requests to one host
    allow_hosts: tuple[str, ...] = ()  # may be private, on any port, and are not spaced; see AllowedHosts.parse
    proxy: str = ""  # http://[user:password@]host:port; "" = straight
    no_proxy: tuple[str, ...] = ()  # hosts, with all below them, that are asked straight
    ca_file: str = ""  # PEM file of an authority trusted beside the system's
    timeouts: Timeouts = field(default_factory=Timeouts)
    max_bytes: int = 15_000_000  # of a decoded body
    hosts_at_once: int = 16

    @property
    def user_agent(self) -> str:
        """Who asks, and where to complain: `donghyang/26.1 (+mailto:ai-team@city.example)`."""
        product = f"donghyang/{version('donghyang')}"
        return f"{product} (+{self.contact})" if self.contact else product


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer worth having: 2xx with a body, or 304."""

    url: str  # where it came from, after redirects
    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes  # decoded; empty for 304
    content_type: str
    etag: str  # byte-exact; "" when there is none or it cannot be sent back as it came
    modified: str  # Last-Modified, likewise
    permanent_url: str = ""  # where 301 and 308 say the address has moved for good


class WebError(Exception):
    """An address that gave no usable answer."""

    def __init__(
        self,
        url: str,
        reason: str,
        *,
        lasting: bool = False,
        retry_after: datetime | None = None,
        status: int | None = None,
        cause: Cause | Literal[""] = "",
    ) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason  # a sentence without the address
        self.lasting = lasting  # asking the same address again will not help
        self.retry_after = retry_after  # the server asked not to be asked before
        self.status = status  # when there was an answer
        self.cause = cause  # the reason in one word
