"""A real SMTP server on loopback (aiosmtpd) that takes letters, and misbehaves as a test tells it.

    with PostOffice() as office:
        office.faults["kim@city.example"] = [Fault("rcpt", "450 4.2.0 greylisted"), Fault("answer", CUT)]
        office.port, office.letters, office.counts()

A reader's faults are used up one a try, in order; then the server behaves. With ``certificates`` it speaks TLS.
"""

import asyncio
import ssl
import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path
from typing import Any, Final, Literal, Self

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

Stage = Literal["mail", "rcpt", "data", "body", "dot", "answer"]
CUT: Final = "cut"  # instead of a reply the connection is closed


@dataclass(frozen=True)
class Fault:
    """What goes wrong, and when: at MAIL, RCPT, DATA, within the body, at its end, or after it was taken."""

    stage: Stage
    reply: str = CUT


@dataclass(frozen=True)
class Taken:
    """A letter the server has answered for (or would have)."""

    sender: str
    reader: str
    raw: bytes

    @property
    def message_id(self) -> str:
        return str(message_from_bytes(self.raw)["Message-ID"])


@dataclass(frozen=True)
class Certificates:
    """A certificate authority of our own, in files."""

    authority: Path
    host: Path

    @classmethod
    def made(cls, folder: Path, name: str = "localhost") -> Self:
        authority, own = trustme.CA(), folder / f"{name}.pem"
        authority.cert_pem.write_to_path(str(folder / f"{name}-ca.pem"))
        authority.issue_cert(name).private_key_and_cert_chain_pem.write_to_path(str(own))
        return cls(folder / f"{name}-ca.pem", own)

    def context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.host)
        return context


class PostOffice:
    """The server; a context manager that listens on a free port of 127.0.0.1."""

    def __init__(
        self,
        certificates: Certificates | None = None,
        *,
        security: Literal["none", "starttls", "tls"] = "none",
        login: tuple[str, str] | None = None,
    ) -> None:
        self.faults: defaultdict[str, list[Fault]] = defaultdict(list)
        self.letters: list[Taken] = []
        self.commands: list[str] = []
        self.connections = 0
        self.at_stage: Callable[[Stage, str], None] = lambda _stage, _reader: None
        self.port = 0
        self._login = login
        self._security = security
        self._context = certificates.context() if certificates and security != "none" else None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._ready = threading.Event()
        self._links: set[asyncio.BaseTransport] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop listening; may be done twice."""
        if not self._thread.is_alive():
            return
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def counts(self) -> Counter[str]:
        """Letters taken, by reader."""
        return Counter(letter.reader for letter in self.letters)

    def forget(self) -> None:
        """Empty the office."""
        self.letters.clear()
        self.commands.clear()
        self.faults.clear()

    def fault(self, stage: Stage, reader: str) -> str | None:
        """The reply a stage is to fail with, and None when it is to succeed."""
        self.at_stage(stage, reader)
        waiting = self.faults[reader]
        return waiting.pop(0).reply if waiting and waiting[0].stage == stage else None

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        implicit = self._context if self._security == "tls" else None
        server = self._loop.run_until_complete(self._loop.create_server(self._greet, "127.0.0.1", 0, ssl=implicit))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for link in self._links:
            link.close()
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    def _greet(self) -> SMTP:
        self.connections += 1
        return _Clerk(
            self,
            hostname="localhost",
            loop=self._loop,
            tls_context=self._context if self._security == "starttls" else None,
            require_starttls=self._security == "starttls",
            auth_required=self._login is not None,
            auth_exclude_mechanism=None if self._login else ("PLAIN", "LOGIN"),
            authenticator=self._check,
        )

    def _check(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        given = (data.login.decode(), data.password.decode()) if isinstance(data, LoginPassword) else None
        return AuthResult(success=given == self._login, handled=False)


class _Clerk(SMTP):
    """aiosmtpd's server, with a place for faults at every stage."""

    def __init__(self, office: PostOffice, **options: Any) -> None:
        self._office = office
        super().__init__(self, **options)  # the handler of its own events

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._office._links.add(transport)
        super().connection_made(transport)
        if transport.get_extra_info("sslcontext") and not self._tls_protocol:  # it knows only the TLS it began itself
            self._tls_protocol = transport._ssl_protocol  # type: ignore[attr-defined] # of TLS

    def connection_lost(self, error: Exception | None) -> None:
        if self.transport:
            self._office._links.discard(self.transport)
        super().connection_lost(error)

    async def push(self, status: Any) -> None:
        """Reply; CUT closes the connection instead."""
        if status == CUT:
            assert self.transport is not None
            self.transport.abort()  # type: ignore[attr-defined] # of a socket
            raise ConnectionResetError
        await super().push(status)

    async def smtp_MAIL(self, arg: str | None) -> None:  # noqa: N802 - aiosmtpd names it so
        self._office.commands.append(f"MAIL {arg}")
        if fault := self._office.fault("mail", "*"):
            await self.push(fault)
            return
        await super().smtp_MAIL(arg)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd names it so
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self._office.commands.append(f"RCPT {address}")
        if fault := self._office.fault("rcpt", address):
            return fault
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd names it so
        reader = self.envelope.rcpt_tos[0] if self.envelope and self.envelope.rcpt_tos else ""
        self._office.commands.append("DATA")
        if fault := self._office.fault("data", reader):
            await self.push(fault)
            return
        if fault := self._office.fault("body", reader):
            await super().push("354 go on")
            await self._reader.readuntil(b"\r\n")
            await self.push(fault)
            return
        await super().smtp_DATA(arg)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd names it so
        (reader,) = envelope.rcpt_tos
        if fault := self._office.fault("dot", reader):
            return fault
        content = envelope.original_content or b""
        self._office.letters.append(Taken(str(envelope.mail_from), reader, content))
        return self._office.fault("answer", reader) or "250 2.0.0 queued"
