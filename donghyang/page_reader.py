"""Reads article pages in a process of its own, so that one hostile page cannot stop a run.

A page that takes longer than its budget costs that page alone: the worker is killed and a new one started.
"""

import multiprocessing
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

from archive.records.incoming import Page
from collectors.articles import read_page

PAGE_SECONDS = 20.0  # the worst real page measured took 3.4 s on a slow machine


class PageTooSlow(Exception):  # noqa: N818 - a fact about the page
    """A page used up its time, or its reader died over it."""


class PageReader:
    """A worker process that turns bytes into a Page; started at the first page."""

    def __init__(self, seconds: float = PAGE_SECONDS) -> None:
        self._seconds = seconds
        self._worker: multiprocessing.process.BaseProcess | None = None
        self._line: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, body: bytes, *, url: str, content_type: str) -> Page:
        """The page's article; PageTooSlow when the budget is spent."""
        line = self._line or self._start()
        try:
            line.send((body, url, content_type))
            if line.poll(self._seconds):
                page: Page = line.recv()
                return page
        except (EOFError, OSError):
            pass  # the worker died: out of memory, or a crash in a parser
        self.close()
        raise PageTooSlow(url)

    def close(self) -> None:
        """Stop the worker."""
        if self._line is not None:
            self._line.close()
        if self._worker is not None:
            self._worker.kill()
            self._worker.join()
        self._line = self._worker = None

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")  # a fork would copy the tokenizer's half gigabyte
        ours, theirs = context.Pipe()
        self._worker = context.Process(target=serve, args=(theirs,), daemon=True)
        self._worker.start()
        theirs.close()
        self._line = ours
        return ours


def serve(line: Connection) -> None:
    """Answer pages until the line is closed."""
    while True:
        try:
            body, url, content_type = line.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        line.send(read_page(body, url=url, content_type=content_type))
