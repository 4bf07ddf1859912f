"""docs/commands.md: what --help says of every command, as plain text of a fixed width."""

from collections.abc import Iterator
from typing import Any

import typer

from donghyang.cli import app

WIDTH = 100
HEAD = """# Commands

What `--help` says, command by command. This page is made by `make docs`; change the words in `donghyang/cli*.py`.
[operating.md](operating.md) shows them at work; [formats.md](formats.md) tells what `--format json` gives.

Exit codes, of every command: 0 done · 1 failed, or nothing there · 2 wrong usage or configuration · 3 done in part: a
source, a page or a letter failed · 75 another run is at work.
"""


def commands_page() -> str:
    """The page."""
    entries = (f"## {title}\n\n```text\n{text}\n```\n" for title, text in helps())
    return "\n".join((HEAD, *entries))


def helps() -> Iterator[tuple[str, str]]:
    """Each command as it is typed, and its help."""
    yield from _walk(typer.main.get_command(app), "donghyang", None)


def _walk(command: Any, name: str, parent: Any) -> Iterator[tuple[str, str]]:
    command.rich_markup_mode = None  # plain words: boxes depend on the terminal
    with command.make_context(name, [], parent=parent, resilient_parsing=True, max_content_width=WIDTH) as context:
        context.terminal_width = WIDTH
        yield context.command_path, command.get_help(context).rstrip()
        for inner, below in getattr(command, "commands", {}).items():
            yield from _walk(below, inner, context)
