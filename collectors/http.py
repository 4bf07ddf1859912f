"""The world's door: the only file that opens a socket.

    get ─▶ for each hop: judge the URL ─▶ robots.txt (pages only) ─▶ the host's turn ─▶ look the name up,
           let through only public addresses ─▶ connect to one of those ─▶ read, bounded in size and time

Redirects are followed here, not by aiohttp, because every hop is judged anew. There are no cookies and no Referer.
Behind a proxy the resolver sees the proxy alone, which is always allowed; `refusal` is then all that judges a hop.
"""

import asyncio
import socket
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from functools import cached_property
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final, Self

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from archive.records.sites import RobotsFile
from archive.records.words import Cause
from collectors import bodies, politeness
from collectors import robots as robots_txt
from collectors.addresses import AllowedHosts
from collectors.answers import Answer, Timeouts, WebError, WebSettings
from collectors.encodings import ACCEPTED, BadEncodingError
from collectors.gate import MEND, ForbiddenAddressError, Gate, Lookup
from collectors.hops import REDIRECTS, Journey, read_url, refusal
from collectors.proxies import Route
from collectors.replies import MAY_HIDE, PROXY_LOCKED, Reply, trouble
from collectors.robots import Robots
from collectors.turns import Turns

__all__ = ["Answer", "Timeouts", "Web", "WebError", "WebSettings", "look_up"]

_ACCEPT: Final = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, "
    "text/html;q=0.9, */*;q=0.5"
)
_LONGEST_HEADER: Final = 64 * 1024  # aiohttp's 8 KB are less than some sites' Content-Security-Policy
_FAILURES: Final = (aiohttp.ClientError, OSError, ValueError, BadEncodingError)


async def look_up(host: str, port: int) -> Sequence[str]:
    """The addresses the system's resolver gives for a name; OSError when there are none."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(str(place[0]) for *_, place in found)


class _Resolver(AbstractResolver):
    """The gate, as aiohttp asks for it."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        addresses = await self._gate.addresses_of(host, port)
        return [
            ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=0)
            for address in addresses
        ]

    async def close(self) -> None:
        """Nothing is kept open."""


class Web:
    """The web as one run sees it: `async with Web(settings, now=now) as web`.

    `now` turns a Retry-After in seconds into a moment; `lookup` stands in for the system's resolver. `robots` are the
    robots.txt files read before, by origin, and `keep` is told on leaving which were read anew (`robots_read`).
    ValueError for an entry of allow_hosts that is neither a name, an address nor a network.
    """

    def __init__(
        self,
        settings: WebSettings,
        *,
        now: datetime,
        lookup: Lookup = look_up,
        robots: Mapping[str, RobotsFile] = MappingProxyType({}),
        keep: Callable[[Sequence[RobotsFile]], None] | None = None,
    ) -> None:
        self._settings = settings
        self._now = now
        self._allowed = AllowedHosts.parse(settings.allow_hosts)
        self._route = Route.parse(settings.proxy, settings.no_proxy)
        self._gate = Gate(self._allowed, lookup, self._route.door)
        self._turns = Turns(settings.hosts_at_once)
        self._robots: dict[URL, asyncio.Task[Robots]] = {}
        self._kept = robots
        self._keep = keep
        self.robots_read: list[RobotsFile] = []
        self._shut: dict[str, WebError] = {}  # hosts that answered 429 in this run

    async def __aenter__(self) -> Self:
        """Open for asking."""
        self._client = self._session()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close every connection."""
        for task in self._robots.values():
            task.cancel()
        await asyncio.gather(*self._robots.values(), return_exceptions=True)
        await self._client.close()
        if self._keep and self.robots_read:
            self._keep(tuple(self.robots_read))

    def _session(self) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            limit=0,
            resolver=_Resolver(self._gate),
            socket_factory=self._open,
            use_dns_cache=False,
        )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self._settings.user_agent, "Accept": _ACCEPT, "Accept-Encoding": ACCEPTED},
            auto_decompress=False,
            trust_env=False,
            max_line_size=_LONGEST_HEADER,
            max_field_size=_LONGEST_HEADER,
        )

    def _open(self, info: tuple[Any, ...]) -> socket.socket:
        family, kind, protocol, _, place = info
        self._gate.check(place[0], place[1])
        return socket.socket(family, kind, protocol)

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        """The system's certificate authorities, which take a while to load, and the city's own if there is one."""
        context = ssl.create_default_context()
        if self._settings.ca_file:
            context.load_verify_locations(cafile=self._settings.ca_file)
        return context

    async def get(self, url: str, *, etag: str = "", modified: str = "", robots: bool = False) -> Answer:
        """The answer to a GET: 2xx with a body, or 304 to the validators, which are sent byte for byte.

        `robots` asks the robots.txt of every host on the way first, as pages need and feeds do not.
        WebError for everything else.
        """
        validators = {"If-None-Match": etag, "If-Modified-Since": modified}
        journey = Journey(start=url, seconds=self._settings.timeouts.total)
        try:
            return await self._travel(journey, {name: text for name, text in validators.items() if text}, robots=robots)
        except _FAILURES as error:
            # A first address that cannot be read will not get better; one we were redirected to may.
            hopeless = isinstance(error, ValueError) and not isinstance(error, OSError) and not journey.redirected
            reason, cause = _explain(error, self._settings.timeouts)
            raise WebError(url, journey.says(reason), lasting=hopeless, cause=cause) from error

    async def _travel(self, journey: Journey, validators: Mapping[str, str], *, robots: bool) -> Answer:
        hop = read_url(journey.start).with_fragment(None)
        while True:
            journey.arrive(hop)
            delay = await self._judge(hop, journey, robots=robots)
            reply = await self._ask(hop, journey, validators, delay)
            if reply.status not in REDIRECTS:
                return self._answer(reply, journey, conditional=bool(validators))
            hop = journey.onward(reply)

    async def _judge(self, hop: URL, journey: Journey, *, robots: bool) -> float:
        """Seconds the host wants between requests; WebError when the hop may not be taken."""
        refused = refusal(hop, self._allowed, proxied=self._route.through(hop.host or "") is not None)
        if not refused and (hop.host, hop.port) == self._route.door:
            refused = f"is the proxy itself, which has no pages; {MEND}"
        if refused:
            raise WebError(journey.start, journey.says(refused), lasting=MEND not in refused, cause="address")
        self._stay_away(hop, journey)
        rules = await self._rules(hop.origin()) if robots else Robots()
        if not rules.allows(str(hop)):
            reason = rules.closed or f"is not to be read by programs, says {hop.origin()}/robots.txt"
            raise WebError(journey.start, journey.says(reason), lasting=not rules.closed, cause="robots")
        return rules.delay

    def _stay_away(self, hop: URL, journey: Journey) -> None:
        """WebError for a host that answered 429 in this run: it has had enough of us, whatever we ask for."""
        shut = self._shut.get(hop.host or "")
        if shut is not None:
            reason = journey.says("is not asked, because its host was asked too often (429) a moment ago")
            raise WebError(journey.start, reason, retry_after=shut.retry_after, cause="busy")

    def _shut_host(self, hop: URL, error: WebError) -> None:
        """Leave a host alone for this run; one of our own network (allow_hosts) is not spared as a whole."""
        if not self._allowed.host(hop.host or "", hop.port or 0):
            self._shut[hop.host or ""] = error

    async def _rules(self, origin: URL) -> Robots:
        """The robots.txt of a host, asked once for all who want to know."""
        if origin not in self._robots:
            self._robots[origin] = asyncio.create_task(self._read_robots(origin))
        return await asyncio.shield(self._robots[origin])

    async def _read_robots(self, origin: URL) -> Robots:
        """Its rules: those read lately, else as they are now, else (when it does not answer) as they last were."""
        before = self._kept.get(str(origin))
        if before is not None and robots_txt.is_good(before, self._now):
            return Robots.parse(before.text)
        try:
            body = (await self.get(f"{origin}/robots.txt")).body
        except WebError as error:
            if not robots_txt.means_none(error):
                reason = f"is left alone for now, because its host's robots.txt could not be read ({error.reason})"
                return Robots.parse(before.text) if before is not None else Robots(closed=reason)
            body = b""
        file = robots_txt.file_of(str(origin), body, self._now)
        self.robots_read.append(file)
        return Robots.parse(file.text)

    async def _ask(self, hop: URL, journey: Journey, validators: Mapping[str, str], delay: float) -> Reply:
        async with self._turn(hop, delay):
            started = time.monotonic()
            try:
                return await self._exchange(hop, journey.seconds, validators)
            finally:
                journey.seconds = max(journey.seconds - (time.monotonic() - started), 0.001)  # 0 would mean no limit

    def _turn(self, hop: URL, delay: float) -> AbstractAsyncContextManager[None]:
        host = (hop.host or "").lower()
        if self._allowed.host(host, hop.port or 0):
            return self._turns.at_once()
        return self._turns.spaced(host, max(self._settings.spacing.total_seconds(), delay))

    async def _exchange(self, hop: URL, seconds: float, validators: Mapping[str, str]) -> Reply:
        limits = self._settings.timeouts
        timeout = aiohttp.ClientTimeout(total=seconds, sock_connect=limits.connect, sock_read=limits.read)
        proxy = self._route.through(hop.host or "")
        trust = self._trust if hop.scheme == "https" or (proxy and proxy.scheme == "https") else True
        async with self._client.get(
            hop, headers=validators, allow_redirects=False, timeout=timeout, proxy=proxy, ssl=trust
        ) as response:
            headers: dict[str, str] = {}
            for name, text in response.headers.items():
                headers.setdefault(name.lower(), text)  # of several the first
            return Reply(response.status, headers, await self._body(response))

    async def _body(self, response: aiohttp.ClientResponse) -> bytes:
        """What there is to read of a reply: all of a good one, the beginning of one that may say who shuts us out."""
        pieces, encoding = response.content.iter_any(), response.headers.get("Content-Encoding", "")
        if HTTPStatus.OK <= response.status < HTTPStatus.MULTIPLE_CHOICES:
            return await bodies.whole(pieces, encoding, self._settings.max_bytes)
        try:
            return await bodies.head(pieces, encoding) if response.status in MAY_HIDE else b""
        except (aiohttp.ClientError, OSError):  # the status is what counts
            return b""

    def _answer(self, reply: Reply, journey: Journey, *, conditional: bool) -> Answer:
        wrong = trouble(reply, conditional=conditional)
        if wrong is None:
            return journey.answer(reply)
        error = WebError(
            journey.start,
            journey.says(wrong.reason),
            lasting=reply.status == HTTPStatus.GONE,
            retry_after=self._retry_after(reply),
            status=reply.status,
            cause=wrong.cause,
        )
        if reply.status == HTTPStatus.TOO_MANY_REQUESTS:
            self._shut_host(journey.seen[-1], error)
        raise error

    def _retry_after(self, reply: Reply) -> datetime | None:
        if reply.status not in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
            return None
        return politeness.retry_after(reply.headers.get("retry-after", ""), self._now, reply.headers.get("date", ""))


def _explain(error: Exception, limits: Timeouts) -> tuple[str, Cause]:
    """What went wrong, as a sentence to follow the address, and in one word."""
    inner = getattr(error, "os_error", None)
    if isinstance(inner, ForbiddenAddressError):
        return f"is not asked: {inner}", "address"
    if isinstance(error, aiohttp.ClientHttpProxyError):
        refused = PROXY_LOCKED if error.status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED else _PROXY_REFUSES
        return refused.format(status=error.status), "unreachable"
    for kind, cause, sentence in _SENTENCES:
        if isinstance(error, kind):
            return sentence.format(error=error, cause=_cause(inner or error), limits=limits, host=_host(error)), cause
    return f"broke the connection off ({_cause(error)})", "unreachable"


def _cause(error: BaseException) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _host(error: Exception) -> str:
    place = getattr(error, "host", "")
    return f"{place}:{error.port}" if place and isinstance(error, aiohttp.ClientConnectorError) else str(place)


_PROXY_REFUSES: Final = "is not let through: the proxy answers {status}; ask those who run it to open the host"
_UNTRUSTED: Final = "cannot be trusted: its certificate or encryption is not valid ({cause})"
_UNKNOWN: Final = (
    "cannot be found: {host} is unknown ({cause}); check the spelling, or the network when other sources fail too"
)
_DEAD_PROXY: Final = "cannot be asked: the proxy {host} accepts no connection ({cause}); check [http] proxy"
# In order: the first kind that fits explains the error.
_SENTENCES: Final[tuple[tuple[type[Exception], Cause, str], ...]] = (
    (BadEncodingError, "broken", "{error}"),
    (aiohttp.ClientConnectorDNSError, "nowhere", _UNKNOWN),
    (aiohttp.ConnectionTimeoutError, "slow", "did not accept a connection within {limits.connect:g} s"),
    (aiohttp.SocketTimeoutError, "slow", "sent nothing for {limits.read:g} s"),
    (TimeoutError, "slow", "did not finish its answer within {limits.total:g} s"),
    (aiohttp.ClientSSLError, "certificate", _UNTRUSTED),
    (ssl.SSLError, "certificate", _UNTRUSTED),
    (aiohttp.ClientProxyConnectionError, "unreachable", _DEAD_PROXY),
    (aiohttp.ClientConnectorError, "unreachable", "cannot be reached: {host} accepts no connection ({cause})"),
    (aiohttp.ServerDisconnectedError, "unreachable", "closed the connection without an answer"),
    (aiohttp.ClientPayloadError, "broken", "ends in the middle of its answer"),
    (aiohttp.ClientResponseError, "broken", "does not answer in HTTP ({cause})"),
    (ValueError, "address", "is not a usable address ({error})"),
)
