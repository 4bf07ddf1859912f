"""A loopback server that shows the invented world as it stood at any moment.

The server's clock is moved by hand: what has not happened yet answers 404 and stands in no feed.
"""

import hashlib
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

from donghyang.demo.feeds import MEDIA, write_feed
from donghyang.demo.pages import article_page, front_page, notice_page
from donghyang.demo.world import Outlet, Piece, World

HOST = "127.0.0.1"
PORT = 47637  # the demo's own: ids are made from addresses, so the same port gives the same archive every time
ROBOTS = b"User-agent: *\nDisallow: /private/\nAllow: /\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What an address holds at a moment."""

    body: bytes
    media: str
    changed: datetime | None = None  # Last-Modified
    status: HTTPStatus = HTTPStatus.OK

    @property
    def etag(self) -> str:
        """A strong validator of the body."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


@dataclass
class WorldServer:
    """The running server; assign ``now`` to move the world's clock."""

    world: World
    now: datetime
    site: str
    answered: dict[int, int] = field(default_factory=dict)  # how often each status was answered

    def look(self, path: str) -> Shown:
        """What stands at this path at the server's moment."""
        if path == "/robots.txt":
            return Shown(body=ROBOTS, media="text/plain; charset=utf-8")
        outlet_id, _, rest = path.removeprefix("/").partition("/")
        outlet = self.world.outlet(outlet_id)
        if outlet is None or outlet.gone:
            return _missing()
        if rest == f"feed.{_suffix(outlet)}":
            return self._feed(outlet)
        if not rest:
            return self._front(outlet)
        piece = self.world.by_path.get(path)
        return self._article(piece) if piece and piece.at <= self.now else _missing()

    def _feed(self, outlet: Outlet) -> Shown:
        if outlet.is_down(self.now):
            return Shown(body=notice_page(outlet), media="text/html; charset=utf-8")
        pieces = self.world.printed(outlet, self.now)
        body = write_feed(outlet, pieces, self.site)
        return Shown(body=body, media=_media(MEDIA[outlet.feed], outlet), changed=pieces[0].at if pieces else None)

    def _front(self, outlet: Outlet) -> Shown:
        pieces = self.world.printed(outlet, self.now)
        return Shown(body=front_page(outlet, pieces, self.site), media=_media("text/html", outlet))

    def _article(self, piece: Piece) -> Shown:
        others = self.world.printed(piece.outlet, self.now)
        body = article_page(piece, others, self.site)
        return Shown(body=body, media=_media("text/html", piece.outlet), changed=piece.at)


def feed_path(outlet: Outlet) -> str:
    """Where an outlet's feed lies on the server."""
    return f"/{outlet.id}/feed.{_suffix(outlet)}"


def _suffix(outlet: Outlet) -> str:
    return "json" if outlet.feed == "json" else "xml"


def _media(media: str, outlet: Outlet) -> str:
    return f"{media}; charset={outlet.declared}"


def _missing() -> Shown:
    return Shown(
        body="<h1>페이지를 찾을 수 없습니다</h1>".encode(),
        media="text/html; charset=utf-8",
        status=HTTPStatus.NOT_FOUND,
    )


class _Handler(BaseHTTPRequestHandler):
    """Answers GET with the world's page, or with 304 to who has it already."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        world = cast("_HTTPServer", self.server).shown
        shown = world.look(self.path)
        status = HTTPStatus.NOT_MODIFIED if self._is_known(shown) else shown.status
        world.answered[status] = world.answered.get(status, 0) + 1
        self.send_response(status)
        self._send_headers(shown, 0 if status == HTTPStatus.NOT_MODIFIED else len(shown.body))
        if status != HTTPStatus.NOT_MODIFIED:
            self.wfile.write(shown.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name http.server gives it
        """Say nothing: the demo's own lines are what a reader wants."""

    def _send_headers(self, shown: Shown, length: int) -> None:
        self.send_header("Content-Type", shown.media)
        self.send_header("Content-Length", str(length))
        if shown.status == HTTPStatus.OK:
            self.send_header("ETag", shown.etag)
        if shown.changed:
            self.send_header("Last-Modified", format_datetime(shown.changed.astimezone(UTC), usegmt=True))
        self.end_headers()

    def _is_known(self, shown: Shown) -> bool:
        """Whether the asker's validators fit (RFC 9110: If-None-Match wins over If-Modified-Since)."""
        if shown.status != HTTPStatus.OK:
            return False
        if tag := self.headers.get("If-None-Match"):
            return shown.etag in tag
        since = self.headers.get("If-Modified-Since")
        return bool(since and shown.changed and shown.changed <= parsedate_to_datetime(since))


class _HTTPServer(ThreadingHTTPServer):
    """Carries the world to its handlers."""

    daemon_threads = True
    shown: WorldServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A reader that hangs up between two requests is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serving(world: World, now: datetime, port: int = 0) -> Iterator[WorldServer]:
    """Serve the world on loopback until the block ends; any free port is taken for 0 or for one that is in use."""
    with _listening(port) as http:
        http.shown = WorldServer(world, now, f"http://{HOST}:{http.server_address[1]}")
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield http.shown
        finally:
            http.shutdown()
            thread.join()


def _listening(port: int) -> _HTTPServer:
    try:
        return _HTTPServer((HOST, port), _Handler)
    except OSError:
        return _HTTPServer((HOST, 0), _Handler)
