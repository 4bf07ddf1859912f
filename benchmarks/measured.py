"""What a piece of work costs by itself: run in a process of its own, so that nothing else is counted.

The child is a fork and begins with the parent's memory; what is reported is how far its peak rose above that.
"""

import multiprocessing
import resource
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

_MB = 1024 * 1024
_PAGE = resource.getpagesize()

Result = TypeVar("Result")


class Cost(NamedTuple):
    """CPU seconds (children included) and megabytes of memory at the peak, beyond what was there before."""

    seconds: float
    megabytes: float

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s {self.megabytes:.0f} MB"


def measured(work: Callable[..., Result], *given: Any) -> tuple[Result, Cost]:
    """What the work gives and costs; the error it raises is raised here."""
    here, there = multiprocessing.get_context("fork").Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=_run, args=(there, work, given))
    child.start()
    there.close()
    try:
        result, cost = here.recv()
    except EOFError:
        child.join()
        message = f"{getattr(work, '__name__', 'the work')} ended with code {child.exitcode} and gave nothing"
        raise RuntimeError(message) from None
    child.join()
    if isinstance(result, BaseException):
        raise result
    return result, cost


def _run(there: Connection, work: Callable[..., Any], given: tuple[Any, ...]) -> None:
    before, started = _resident(), time.process_time()
    try:
        result: Any = work(*given)
    except Exception as error:  # noqa: BLE001 -- sent to the parent, which raises it
        result = error
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = time.process_time() - started + children.ru_utime + children.ru_stime
    peak = max(own.ru_maxrss * 1024 - before, children.ru_maxrss * 1024)
    there.send((result, Cost(seconds, max(peak, 0) / _MB)))


def _resident() -> int:
    """Bytes of this process in memory now."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE
