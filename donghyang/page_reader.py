"""Reads article pages in a process of its own, so that one hostile page cannot stop a run.

A page that takes longer than its budget, or kills its reader, costs that page alone: a new reader is started.
"""

import subprocess
import sys
from multiprocessing.connection import Connection, Pipe
from types import TracebackType
from typing import Self

from archive.records.incoming import Page
from collectors.articles import read_page

PAGE_SECONDS = 20.0  # the slowest real page measured took 3.4 s
START_SECONDS = 120.0  # imports, on a machine that is busy with something else
READY = "ready"


class PageTrouble(Exception):  # noqa: N818 - a fact about the page
    """A page used up its time, or its reader died over it."""


class PageReader:
    """A worker process that turns bytes into a Page; started at the first page."""

    def __init__(self, seconds: float = PAGE_SECONDS) -> None:
        self._seconds = seconds
        self._worker: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, body: bytes, *, url: str, content_type: str, robots: str = "") -> Page:
        """The page's article; PageTrouble says why there is none."""
        line = self._line or self._start()
        try:
            line.send((body, url, content_type, robots))
            if line.poll(self._seconds):
                page: Page = line.recv()
                return page
        except (EOFError, OSError) as error:
            self.close()
            raise PageTrouble("reading the page ended its reader; the feed's own text is kept") from error
        self.close()
        raise PageTrouble(f"reading the page took more than {self._seconds:g} s; the feed's own text is kept")

    def close(self) -> None:
        """Stop the worker."""
        if self._line is not None:
            self._line.close()
        if self._worker is not None:
            self._worker.kill()
            self._worker.wait()
        self._line = self._worker = None

    def _start(self) -> Connection:
        ours, theirs = Pipe()
        handle = theirs.fileno()
        command = [sys.executable, "-m", "donghyang.page_reader", str(handle)]
        self._worker = subprocess.Popen(command, pass_fds=(handle,), stdin=subprocess.DEVNULL)  # noqa: S603 - ourselves
        theirs.close()
        self._line = ours
        try:
            if ours.poll(START_SECONDS) and ours.recv() == READY:
                return ours
        except (EOFError, OSError):
            pass
        self.close()
        raise PageTrouble("the reader of pages does not start; the feed's own text is kept")


def serve(line: Connection) -> None:
    """Answer pages until the line is closed."""
    line.send(READY)
    while True:
        try:
            body, url, content_type, robots = line.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        line.send(read_page(body, url=url, content_type=content_type, robots=robots))


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])))
