"""`sources`: what we read and how it is doing."""

from typing import Annotated

import typer

from archive.records.words import SourceId
from donghyang import cli_sources_edit
from donghyang.invocation import Invocation, UsageTrouble, of
from donghyang.messages import say
from donghyang.tables import Format, local, show
from donghyang.troubles import Refused

app = typer.Typer(help="What we read, and how it is doing.", no_args_is_help=True)
cli_sources_edit.register(app)
Shape = Annotated[Format, typer.Option("--format", help="table, json or csv.")]


@app.command("list")
def list_sources(context: typer.Context, shape: Shape = Format.TABLE) -> None:
    """List the configured sources with their last fetch."""
    from donghyang import overview

    invocation = of(context)
    with invocation.services("spared") as services:
        rows = overview.source_rows(services, invocation.now)
    show(rows, shape, "table.sources", (overview.source_cells(row, services.settings.zone) for row in rows))


@app.command("try")
def try_source(
    context: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="[ID]", help="A source's id, as in `sources list`.")] = "",
    *,
    resting: Annotated[
        bool, typer.Option("--resting", help="Try every source that rests, and say how each did.")
    ] = False,
    enable: Annotated[bool, typer.Option("--enable", help="With --resting: wake those that pass.")] = False,
    shape: Shape = Format.TABLE,
) -> None:
    """Fetch one source now and show its entries, or try all that rest; nothing is filed."""
    from donghyang import overview

    invocation = of(context)
    if resting == bool(id_) or (enable and not resting):
        raise UsageTrouble(say("sources.try_what"))
    if resting:
        raise typer.Exit(_try_resting(invocation, shape, enable=enable))
    sources = {source.id: source for source in invocation.config.settings.source_records()}
    source = sources.get(SourceId(id_))
    if source is None:
        raise Refused(say("sources.none", id=id_, known=", ".join(sources)))
    harvest = overview.try_source(invocation.config, source, invocation.now)
    if harvest.fetch.outcome == "failed":
        raise Refused(f"{source.id}: {harvest.fetch.error}")
    zone = invocation.config.settings.zone
    rows = [
        {"published": entry.published, "title": entry.title, "url": entry.url, "lang": entry.lang}
        for entry in harvest.entries
    ]
    show(rows, shape, "table.entries", ((local(e.published, zone), e.title, e.url, e.lang) for e in harvest.entries))


def _try_resting(invocation: Invocation, shape: Format, *, enable: bool) -> int:
    """Try what rests and wake what passes if that is wanted; 0 when all passed, 3 when some did, 1 when none."""
    from donghyang.source_trials import try_resting

    trials = try_resting(invocation.config, invocation.now)
    zone = invocation.config.settings.zone
    lines = (
        (one.source.id, say(f"trial.{one.verdict}"), one.found, local(one.newest, zone), one.said) for one in trials
    )
    show([one.row() for one in trials], shape, "table.trials", lines)
    passed = [str(one.source.id) for one in trials if one.verdict == "passed"]
    if enable and passed:
        cli_sources_edit.wake(invocation, passed)
    if passed:
        ids = " ".join(passed)
        typer.echo(say("sources.woken_many", ids=ids) if enable else say("sources.may_wake", ids=ids), err=True)
    return (0 if len(passed) == len(trials) else 3) if passed or not trials else 1


@app.command("hosts")
def list_hosts(context: typer.Context, shape: Shape = Format.TABLE) -> None:
    """List the hosts a firewall must let through: of feeds, and of the article pages they have named."""
    from donghyang import hosts

    with of(context).services("spared") as services:
        rows = hosts.hosts_asked(services)
    zone = services.settings.zone
    lines = (
        (r["host"], r["port"], ", ".join(r["what"]), ", ".join(r["sources"]), local(r["last"], zone)) for r in rows
    )
    show(rows, shape, "table.hosts", lines)
