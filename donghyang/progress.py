"""Progress bars on a terminal; elsewhere nothing, since every thing done has its log line."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class Advance(Protocol):
    """What a step calls when so many more things are done."""

    def __call__(self, steps: int = 1) -> None:
        """Move the bar."""


@contextmanager
def bar(title: str, total: int) -> Iterator[Advance]:
    """A bar of so many things while the block runs; invisible unless standard error is a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task(title, total=total)

        def advance(steps: int = 1) -> None:
            progress.advance(task, steps)

        yield advance
