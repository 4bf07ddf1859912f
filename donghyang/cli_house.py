"""Commands that keep the house: doctor, backup, restore."""

from pathlib import Path
from typing import Annotated

import typer

from donghyang.invocation import of
from donghyang.messages import say

MEGABYTE = 1_000_000


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command in (backup, restore):
        app.command()(command)


def backup(
    context: typer.Context,
    path: Annotated[
        Path | None, typer.Argument(help="A new file, or a folder; without it, backups/ beside config.toml.")
    ] = None,
) -> None:
    """Copy the archive, also while a run is at work, and read the copy again; nothing is ever overwritten."""
    from donghyang.backup import back_up

    invocation = of(context)
    kept = back_up(invocation.config, path, invocation.now)
    typer.echo(say("backup.done", path=kept.path, size=kept.size / MEGABYTE, rows=kept.rows))


def restore(
    context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup made before.")]
) -> None:
    """Bring a backup to where config.toml says the archive lives, if none is there; letters of past weeks are held."""
    from donghyang.backup import restore as bring_back

    invocation = of(context)
    restored = bring_back(invocation.config, file, invocation.now)
    typer.echo(say("restore.done", file=file, address=restored.address, rows=restored.rows))
    typer.echo(say("restore.held", last=restored.held_before.ahead(-1)))
    if restored.aside:
        typer.echo(say("restore.aside", paths=", ".join(map(str, restored.aside))))
