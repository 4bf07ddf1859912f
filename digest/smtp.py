"""The one file that speaks SMTP: letters to the city's mail server, one reader each, over a verified connection.

    with Relay(mailbox) as relay:
        relay.send("ai@city.example", "kim@city.example", raw, before_data=commit)

    Unsendable          no letter can go out now; ``kind`` says why, ``said`` holds the server's or system's words
    Answer              what became of one letter; the other letters are not concerned

``before_data`` is called when the server has accepted sender and reader and is about to be given the letter: until
it returns, nothing can have arrived. From the final dot on nobody but the server knows, so its answer is waited for
as long as RFC 5321 4.5.3.2.6 asks (ten minutes); a connection lost in that wait gives the outcome "unknown".
"""

import contextlib
import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from types import TracebackType
from typing import Final, Literal, NoReturn, Self

from digest.delivery import Answer
from digest.inside import is_inside
from digest.mail import stuffed

Trouble = Literal[
    "unresolved",  # the host's name is unknown
    "refused",  # nobody listens there
    "silent",  # no answer in time
    "unreachable",  # any other trouble of the network
    "certificate",  # not the host's own, expired, or signed by somebody we do not know
    "handshake",  # TLS cannot be spoken: usually the wrong port for it
    "no_starttls",  # the server offers no encryption, and we do not go without
    "public_plain",  # no encryption was asked for, but the host is not inside
    "ca_file",  # the file of our own certificate authority cannot be read
    "no_password",  # a user without one
    "not_ascii",  # user or password has other letters, which smtplib cannot send
    "login",  # user or password wrong
    "no_login",  # the server knows no way to log in that we know
    "unwelcome",  # it will not talk to us
    "sender",  # it takes no letters from this sender
    "address",  # sender or reader is no address: nothing is said to the server
]

_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
_CLOSING: Final = 421
_MOST_LOSSES: Final = 3  # then it is no letter's trouble: a server that hangs up on all must not hold us for hours


class Unsendable(Exception):  # noqa: N818 - a state of the world, told to the operator
    """No letter can go out now, for a reason that is no single letter's."""

    def __init__(self, kind: Trouble, said: object = "") -> None:
        super().__init__(f"{kind}: {said}" if said else kind)
        self.kind: Trouble = kind
        self.said = _line(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds to wait; RFC 5321 4.5.3.2 asks for minutes where an early end means a letter sent twice."""

    connect: float = 30
    command: float = 300
    final: float = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where letters are handed over, and how."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: str = ""  # added to the system's authorities
    named_inside: bool = False  # the operator vouches that the host is inside, whatever its address
    patience: Patience = Patience()


class Relay:
    """A connection to the mail server, made when the first letter needs it and kept for the others."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._link: smtplib.SMTP | None = None
        self._losses = 0  # fresh connections lost one after the other

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Say goodbye, unless something broke in the middle."""
        if self._link and kind is None:
            with contextlib.suppress(OSError):
                self._link.docmd("QUIT")
        self._drop()

    def send(self, sender: str, reader: str, raw: bytes, before_data: Callable[[], None]) -> Answer:
        """Hand one letter over.

        Raises Unsendable when this is no matter of the letter, and whatever ``before_data`` raises. A connection
        that has grown stale since the last letter is made again, once: nothing was given yet.
        """
        for address in (sender, reader):
            if not _ADDRESS.fullmatch(address):
                raise Unsendable("address", address)
        stale_once = self._link is not None
        while True:
            link = self._link = self._link or self._connect()
            try:
                answer = _ask(link, sender, reader)
            except OSError as error:
                answer = Answer("later", _line(error))
                self._drop()
                if stale_once:
                    stale_once = False
                    continue
                self._losses += 1
                if self._losses >= _MOST_LOSSES:
                    _explain(error)
            else:
                self._losses = 0
            return answer or self._give(link, raw, before_data)

    def _give(self, link: smtplib.SMTP, raw: bytes, before_data: Callable[[], None]) -> Answer:
        """DATA, the letter, the dot, the answer."""
        try:
            before_data()
        except BaseException:
            self._drop()  # the server has an address but no letter
            raise
        body, final = stuffed(raw), False
        try:
            code, said = link.docmd("DATA")
            if code != 354:  # noqa: PLR2004 - RFC 5321's "start mail input"
                link.rset()
                return _answer(code, said)
            link.send(body)
            link.putcmd(".")  # raises before a byte of it has left
            final = True
            _wait(link, self._server.patience.final)
            code, said = link.getreply()
            _wait(link, self._server.patience.command)
        except OSError as error:
            self._drop()
            return Answer("unknown" if final else "later", _line(error))
        if _accepted(code) or 400 <= code < 600:  # noqa: PLR2004 - after any other answer it may have taken the letter
            return _answer(code, said)
        self._drop()
        return Answer("unknown", _line(said))

    def _connect(self) -> smtplib.SMTP:
        """Connect, encrypt, log in; Unsendable tells which of them did not work."""
        server, context = self._server, _context(self._server.ca_file)
        if server.user and not server.password:
            raise Unsendable("no_password")
        if not (server.user + server.password).isascii():
            raise Unsendable("not_ascii")
        try:
            link = _dial(server, context)
        except OSError as error:
            _explain(error)
        try:
            _settle_in(link, server, context)
        except OSError as error:
            link.close()
            _explain(error)
        except BaseException:
            link.close()
            raise
        return link

    def _drop(self) -> None:
        if self._link:
            self._link.close()
        self._link = None


def _ask(link: smtplib.SMTP, sender: str, reader: str) -> Answer | None:
    """Name sender and reader; None when both are accepted."""
    code, said = link.mail(sender)
    if code == _CLOSING:
        raise smtplib.SMTPServerDisconnected(_line(said))
    if code >= 500:  # noqa: PLR2004 - permanent
        link.rset()
        raise Unsendable("sender", _reply(code, said))
    if not _accepted(code):
        link.rset()
        return _answer(code, said)
    code, said = link.rcpt(reader)
    if code == _CLOSING:
        raise smtplib.SMTPServerDisconnected(_line(said))
    if code == 530:  # noqa: PLR2004 - RFC 4954: authentication required
        raise Unsendable("sender", _reply(code, said))
    if not _accepted(code):
        link.rset()
        return _answer(code, said)
    return None


def _dial(server: MailServer, context: ssl.SSLContext) -> smtplib.SMTP:
    # smtplib would ask the resolver for our own full name, which takes seconds where there is none.
    name = socket.gethostname()
    own = name if "." in name and name.isascii() else "[127.0.0.1]"
    dial = partial(smtplib.SMTP_SSL, context=context) if server.security == "tls" else smtplib.SMTP
    return dial(server.host, server.port, local_hostname=own, timeout=server.patience.connect)


def _settle_in(link: smtplib.SMTP, server: MailServer, context: ssl.SSLContext) -> None:
    """EHLO, STARTTLS, AUTH: in the clear nothing is said to a host that is not inside."""
    if server.security == "none" and not (server.named_inside or is_inside(_peer(link))):
        raise Unsendable("public_plain", _peer(link))
    if link.sock:  # else the final dot waits 40 ms for the acknowledgement of the letter
        link.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    link.ehlo_or_helo_if_needed()
    if server.security == "starttls":
        if not link.has_extn("starttls"):
            raise Unsendable("no_starttls", "EHLO: no STARTTLS")
        try:
            link.starttls(context=context)
        except smtplib.SMTPResponseException as error:  # the line is still in the clear
            raise Unsendable("no_starttls", error) from error
        link.ehlo_or_helo_if_needed()
    if server.user and server.security != "none":
        try:
            link.login(server.user, server.password)
        except smtplib.SMTPNotSupportedError as error:
            raise Unsendable("no_login", error) from error
    _wait(link, server.patience.command)


def _context(ca_file: str) -> ssl.SSLContext:
    """Certificates are always checked, against the system's authorities and the city's own."""
    context = ssl.create_default_context()
    if ca_file:
        try:
            context.load_verify_locations(ca_file)
        except OSError as error:  # ssl.SSLError is one
            raise Unsendable("ca_file", error) from error
    return context


def _explain(error: Exception) -> NoReturn:
    """Raise Unsendable with the kind of trouble an error stands for."""
    kinds: tuple[tuple[type[Exception], Trouble], ...] = (
        (ssl.SSLCertVerificationError, "certificate"),
        (ssl.SSLError, "handshake"),
        (socket.gaierror, "unresolved"),
        (ConnectionRefusedError, "refused"),
        (TimeoutError, "silent"),
        (smtplib.SMTPAuthenticationError, "login"),
        (smtplib.SMTPServerDisconnected, "unwelcome"),
        (smtplib.SMTPResponseException, "unwelcome"),
        (smtplib.SMTPException, "no_login"),  # "No suitable authentication method found."
    )
    cause = error.__context__ if isinstance(error.__context__, TimeoutError | ssl.SSLError) else error
    kind: Trouble = next((kind for type_, kind in kinds if isinstance(cause, type_)), "unreachable")
    raise Unsendable(kind, _line(cause)) from error


def _answer(code: int, said: bytes) -> Answer:
    if _accepted(code):
        return Answer("sent", _reply(code, said))
    return Answer("refused" if code >= 500 else "later", _reply(code, said))  # noqa: PLR2004 - permanent


def _accepted(code: int) -> bool:
    return 200 <= code < 300  # noqa: PLR2004 - RFC 5321 4.2.1; smtplib gives -1 for what is no answer


def _wait(link: smtplib.SMTP, seconds: float) -> None:
    if link.sock:
        link.sock.settimeout(seconds)


def _peer(link: smtplib.SMTP) -> str:
    return str(link.sock.getpeername()[0]) if link.sock else ""


def _reply(code: int, said: bytes) -> str:
    return f"{code} {_line(said)}".strip()


def _line(said: object) -> str:
    """A server's words on one line, without control characters, and not too many."""
    if isinstance(said, smtplib.SMTPResponseException):
        return _reply(said.smtp_code, said.smtp_error if isinstance(said.smtp_error, bytes) else b"")
    text = said.decode("utf-8", errors="replace") if isinstance(said, bytes) else str(said)
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:500]
