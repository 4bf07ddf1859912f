"""One line per thing done: for people on a terminal, logfmt for machines; always on standard error."""

import io
import logging
import sys
from typing import TextIO, cast

import structlog


def set_up(*, verbose: bool = False, stream: TextIO | None = None) -> None:
    """Send our lines to the stream; quieter libraries, colours only on a terminal."""
    human = (stream or sys.stderr).isatty()
    out = stream or cast("TextIO", _StandardError())
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(colors=True)
        if human
        else structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"])
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%H:%M:%S" if human else "iso", utc=not human),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG if verbose else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(file=out),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, stream=out, force=True)
    for noisy in ("trafilatura", "readability", "htmldate", "asyncio", "alembic", "charset_normalizer"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)


class _StandardError(io.TextIOBase):
    """Standard error as it is when a line is written, not as it was when logging was set up."""

    def write(self, text: str) -> int:
        """Pass it on."""
        return sys.stderr.write(text)

    def flush(self) -> None:
        """Pass it on."""
        sys.stderr.flush()


def logger() -> structlog.typing.FilteringBoundLogger:
    """Where a step says what it did."""
    log: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return log
