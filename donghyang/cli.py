"""The verbs a person types; each opens what it needs, and heavy rooms only then.

Results go to standard output, logs and progress to standard error.
Exit codes: 0 done, 1 failed, 2 wrong usage or config, 3 done in part, 75 another run holds the lock.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from donghyang import cli_correct, cli_house, cli_import, cli_issue, cli_read, cli_readers, cli_sources, cli_try, logs
from donghyang.config import ConfigError, starter
from donghyang.ending import ended_by_sigterm
from donghyang.invocation import Invocation, UsageTrouble, of, parse_now
from donghyang.messages import say, why
from donghyang.troubles import NAMED_TROUBLES, Refused, exit_code, sentence

app = typer.Typer(
    name="donghyang",
    help="Read the AI news for a city: collect, extract, analyse, compose, deliver.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def begin(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(
            help="The configuration; else $DONGHYANG_CONFIG, ./config.toml or /etc/donghyang/config.toml.",
            metavar="FILE",
        ),
    ] = None,
    now: Annotated[
        str | None, typer.Option(help="Act as of this moment; without a zone it is in the config's.", metavar="ISO")
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more on standard error.")] = False,
) -> None:
    """Take what every command shares."""
    logs.set_up(verbose=verbose)
    context.obj = Invocation(config_file=config, now_text=now, verbose=verbose)


@app.command()
def init(
    path: Annotated[Path, typer.Argument(help="Where to write it.")] = Path("config.toml"),
) -> None:
    """Write a starter config.toml to edit; an existing one is never overwritten."""
    try:
        with path.open("x", encoding="utf-8") as out:
            out.write(starter())
    except FileExistsError as error:
        raise ConfigError(say("init.exists", path=path)) from error
    except OSError as error:
        raise ConfigError(say("init.unwritable", path=path, reason=why(error))) from error
    typer.echo(say("init.done", path=path))


@app.command()
def run(
    context: typer.Context,
    steps: Annotated[list[str] | None, typer.Argument(metavar="STEP", help="Without any: those that are due.")] = None,
    *,
    since: Annotated[
        str, typer.Option(metavar="DATE", help="With `collect`: read list pages and sitemaps back to this day.")
    ] = "",
) -> None:
    """Do the steps that are due (or those named): collect, extract, analyse, compose, deliver."""
    invocation = of(context)
    settings, path = invocation.config.settings, invocation.config.path
    from donghyang import runs
    from donghyang.steps import STEPS

    unknown = [step for step in steps or [] if step not in STEPS]
    if unknown:
        raise UsageTrouble(say("run.unknown_step", step=unknown[0], known=", ".join(STEPS)))
    if not settings.sources:
        raise ConfigError(say("run.no_sources", path=path))
    if since:
        raise typer.Exit(_past(invocation, steps, since))
    if not invocation.config.has_archive:
        typer.echo(say("archive.begun", path=invocation.config.archive_file))
    with ended_by_sigterm(), invocation.services("begun") as services:
        code = runs.run(services, steps or [], invocation.now, report=typer.echo)
    raise typer.Exit(code)


def _past(invocation: Invocation, steps: list[str] | None, since: str) -> int:
    """Read the past back to a day; UsageTrouble when that is not what can be asked."""
    from donghyang import runs

    begin = parse_now(since, invocation.config.settings.zone)
    if steps != ["collect"]:
        raise UsageTrouble(say("collect.since_alone"))
    if begin > invocation.now:
        raise UsageTrouble(say("collect.since_ahead", text=since))
    if not any(source.enabled and source.kind != "feed" for source in invocation.config.settings.sources):
        raise Refused(say("collect.no_past"))
    with invocation.services("begun") as services:
        return runs.fetch_past(services, begin, invocation.now, report=typer.echo)


@app.command()
def schedule(context: typer.Context) -> None:
    """Stay and run what is due at the times config.toml names, until told to stop (SIGTERM)."""
    invocation = of(context)
    if invocation.now_text is not None:
        raise UsageTrouble(say("schedule.now"))
    from donghyang import config as configuration
    from donghyang.schedule import serve

    serve(lambda: configuration.load(invocation.config_file))


cli_read.register(app)
cli_house.register(app)
app.add_typer(cli_issue.app, name="issue")
app.add_typer(cli_readers.app, name="readers")
app.add_typer(cli_sources.app, name="sources")
app.add_typer(cli_import.app, name="import")
app.add_typer(cli_try.app, name="try")
app.add_typer(cli_correct.app, name="correct")


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and give the exit code; known trouble is one sentence, never a traceback."""
    try:
        app(args=arguments)
    except SystemExit as ended:  # how Typer ends: done, called wrongly (it has said how), or Ctrl-C
        return ended.code if isinstance(ended.code, int) else 0
    except NAMED_TROUBLES as error:
        typer.echo(sentence(error), err=True)
        return exit_code(error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
