"""A real HTTP server on loopback that answers as a test tells it: the internet is all that is faked.

    with Loopback() as server:
        server.at("/feed", Scripted(body=b"<rss/>", headers={"ETag": '"1"'}))
        server.url("/feed")       # http://127.0.0.1:PORT/feed
        server.requests           # what was asked, in order

A path may be given several answers: they are used in order and the last one stays. Unknown paths are 404.
"""

import gzip
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self


@dataclass(frozen=True, kw_only=True)
class Scripted:
    """One answer, and how it misbehaves."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = ""
    gzipped: bool = False
    conditional: bool = False  # answers 304 to a validator it gave
    wait_headers: float = 0.0  # seconds before the first byte
    wait_body: float = 0.0  # seconds in the middle of the body
    cut: int | None = None  # bytes of the body sent before the connection is closed, though all were promised
    hang_up: bool = False  # closes without a word


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request as the server saw it."""

    path: str
    headers: Mapping[str, str]  # names in lower case
    active: int  # requests being answered at that moment, this one included


class Loopback:
    """The server; a context manager that listens on a free port of 127.0.0.1."""

    def __init__(self) -> None:
        self._answers: defaultdict[str, list[Scripted]] = defaultdict(list)
        self._active = 0
        self._lock = threading.Lock()
        self.requests: list[Asked] = []
        self.closing = threading.Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"loopback": self}))
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def encrypt(self, context: ssl.SSLContext) -> None:
        """Speak TLS from now on."""
        self._http.socket = context.wrap_socket(self._http.socket, server_side=True)

    @property
    def port(self) -> int:
        return int(self._http.server_address[1])

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def at(self, path: str, *answers: Scripted) -> None:
        """Give a path its answers, instead of those it had."""
        self._answers[path] = list(answers)

    def redirect(self, path: str, target: str, status: int = 302) -> None:
        self.at(path, Scripted(status=status, headers={"Location": target}))

    def paths(self) -> list[str]:
        return [asked.path for asked in self.requests]

    def take(self, path: str) -> Scripted:
        with self._lock:
            queue = self._answers.get(path, [])
            if not queue:
                return Scripted(status=404, body=b"not here")
            return queue.pop(0) if len(queue) > 1 else queue[0]

    def begin(self, path: str, headers: Mapping[str, str]) -> None:
        with self._lock:
            self._active += 1
            self.requests.append(Asked(path=path, headers=headers, active=self._active))

    def end(self) -> None:
        with self._lock:
            self._active -= 1


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    loopback: Loopback

    def do_GET(self) -> None:
        asked = {name.lower(): text for name, text in self.headers.items()}
        self.loopback.begin(self.path, asked)
        try:
            self._answer(self.loopback.take(self.path), asked)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client has had enough
        finally:
            self.loopback.end()

    def _answer(self, script: Scripted, asked: Mapping[str, str]) -> None:
        self._pause(script.wait_headers)
        if script.hang_up:
            self.close_connection = True
            return
        known = script.conditional and _known(script.headers, asked)
        body = b"" if known else gzip.compress(script.body, mtime=0) if script.gzipped else script.body
        self._headers(304 if known else script.status, script, len(body))
        middle = len(body) // 2 if script.wait_body else len(body)
        if script.cut is not None:
            self.wfile.write(body[: script.cut])
            self.close_connection = True
            return
        self.wfile.write(body[:middle])
        self._pause(script.wait_body)
        self.wfile.write(body[middle:])

    def _headers(self, status: int, script: Scripted, length: int) -> None:
        self.send_response(status)
        for name, text in script.headers.items():
            self.send_header(name, text)
        if script.content_type:
            self.send_header("Content-Type", script.content_type)
        if script.gzipped:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def _pause(self, seconds: float) -> None:
        """Wait, but not longer than the test does."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends and not self.loopback.closing.wait(0.01):
            pass

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server names it so
        """Say nothing."""


def _known(given: Mapping[str, str], asked: Mapping[str, str]) -> bool:
    pairs = (("ETag", "if-none-match"), ("Last-Modified", "if-modified-since"))
    return any(given.get(name) is not None and given.get(name) == asked.get(condition) for name, condition in pairs)
