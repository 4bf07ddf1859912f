"""A real HTTP proxy on loopback: forwards plain requests, tunnels CONNECT, or misbehaves as a test tells it.

The names it is asked for exist nowhere: it leads every one of them to one port of 127.0.0.1, so that what it answers
proves that nobody looked the name up before.
"""

import select
import socket
import threading
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self


class Proxy:
    """The proxy; a context manager that listens on a free port."""

    def __init__(self, target: int, *, status: int = 0, block_page: bytes = b"", password: str = "") -> None:
        self.target = target
        self.status = status  # answered to everything, when not 0
        self.block_page = block_page  # answered with 200 to every plain request
        self.password = password  # the Proxy-Authorization that is wanted
        self.asked: list[str] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"proxy": self}))
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()

    @property
    def port(self) -> int:
        return int(self._http.server_address[1])


class _Handler(BaseHTTPRequestHandler):
    proxy: Proxy

    def do_GET(self) -> None:
        if self._refused():
            return
        if self.proxy.block_page:
            self._reply(200, self.proxy.block_page)
            return
        path = "/" + self.path.split("/", 3)[3]
        origin = HTTPConnection("127.0.0.1", self.proxy.target, timeout=10)
        origin.request("GET", path)
        answer = origin.getresponse()
        self._reply(answer.status, answer.read(), answer.getheader("Location") or "")
        origin.close()

    def do_CONNECT(self) -> None:
        if self._refused():
            return
        with socket.create_connection(("127.0.0.1", self.proxy.target), timeout=10) as origin:
            self.send_response(200)
            self.end_headers()
            self._shovel(origin)

    def _shovel(self, origin: socket.socket) -> None:
        ends = {self.connection: origin, origin: self.connection}
        while True:
            for end in select.select(list(ends), [], [], 10)[0]:
                data = end.recv(65536)
                if not data:
                    return
                ends[end].sendall(data)

    def _refused(self) -> bool:
        self.proxy.asked.append(f"{self.command} {self.path}")
        wanted = self.proxy.password
        status = self.proxy.status or (407 if wanted and self.headers.get("Proxy-Authorization") != wanted else 0)
        if status:
            self._reply(status, b"no")
        return bool(status)

    def _reply(self, status: int, body: bytes, location: str = "") -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server names it so
        """Keep quiet."""
