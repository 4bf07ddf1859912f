"""Commands that keep the house: doctor, backup, restore."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from donghyang.cli_read import Shape
from donghyang.config import ConfigError
from donghyang.invocation import of
from donghyang.messages import say
from donghyang.tables import Format, show
from donghyang.troubles import exit_code, sentence

if TYPE_CHECKING:
    from donghyang.checkup import Finding

MEGABYTE = 1_000_000


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command in (doctor, backup, restore):
        app.command()(command)


def doctor(
    context: typer.Context,
    sources: Annotated[bool, typer.Option("--sources", help="Fetch each source once, too; nothing is filed.")] = False,
    mail: Annotated[
        bool, typer.Option("--mail", help="Knock at the mail server, too: log in and leave; no letter is sent.")
    ] = False,
    shape: Shape = Format.TABLE,
) -> None:
    """Look over config, machine, archive, sources and letters, and name what to mend; exit 1 when something fails."""
    from donghyang import doctor as house
    from donghyang.checkup import Finding

    invocation = of(context)
    try:
        config = invocation.config
    except ConfigError as error:
        _show([Finding("config", "fail", sentence(error))], shape)
        raise typer.Exit(exit_code(error)) from error
    findings = house.examine(config, invocation.now)
    if sources:
        from donghyang.source_visits import visit_sources

        findings += visit_sources(config, invocation.now)
    if mail:
        from donghyang.mail_trial import knock

        findings += knock(config)
    _show(findings, shape)
    raise typer.Exit(1 if any(finding.state == "fail" for finding in findings) else 0)


def _show(findings: "Sequence[Finding]", shape: Format) -> None:
    rows = [asdict(finding) for finding in findings]
    lines = ((say(f"state.{row['state']}"), row["check"], row["said"]) for row in rows)
    show(rows, shape, "table.doctor", lines)


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
