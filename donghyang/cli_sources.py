"""`sources`: what we read and how it is doing."""

from typing import Annotated

import typer

from donghyang import cli_sources_edit
from donghyang.invocation import of
from donghyang.messages import say
from donghyang.tables import Format, as_csv, as_json, local, print_table
from donghyang.troubles import Refused

app = typer.Typer(help="What we read, and how it is doing.", no_args_is_help=True)
cli_sources_edit.register(app)
Shape = Annotated[Format, typer.Option("--format", help="table, json or csv.")]


@app.command("list")
def list_sources(context: typer.Context, shape: Shape = Format.TABLE) -> None:
    """List the configured sources with their last fetch."""
    from donghyang import overview

    with of(context).services() as services:
        rows = overview.source_rows(services)
    if shape is Format.TABLE:
        print_table(
            say("table.sources").split("|"), (overview.source_cells(row, services.settings.zone) for row in rows)
        )
    else:
        typer.echo(as_json(rows) if shape is Format.JSON else as_csv(rows), nl=shape is Format.JSON)


@app.command("try")
def try_source(
    context: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="ID", help="A source's id, as in `sources list`.")],
    shape: Shape = Format.TABLE,
) -> None:
    """Fetch one source now and show its entries; nothing is filed."""
    from donghyang import overview

    invocation = of(context)
    sources = {source.id: source for source in invocation.config.settings.source_records()}
    source = next((source for source in sources.values() if source.id == id_), None)
    if source is None:
        raise Refused(say("sources.none", id=id_, known=", ".join(sources)))
    harvest = overview.try_source(invocation.config, source, invocation.now)
    if harvest.fetch.outcome == "failed":
        raise Refused(f"{source.id}: {harvest.fetch.error}")
    if shape is Format.TABLE:
        zone = invocation.config.settings.zone
        lines = ((local(e.published, zone), e.title, e.url, e.lang) for e in harvest.entries)
        print_table(say("table.entries").split("|"), lines)
        return
    rows = [
        {"published": entry.published, "title": entry.title, "url": entry.url, "lang": entry.lang}
        for entry in harvest.entries
    ]
    typer.echo(as_json(rows) if shape is Format.JSON else as_csv(rows), nl=shape is Format.JSON)


@app.command("hosts")
def list_hosts(context: typer.Context, shape: Shape = Format.TABLE) -> None:
    """List the hosts a firewall must let through: of feeds, and of the article pages they have named."""
    from donghyang import hosts

    with of(context).services() as services:
        rows = hosts.hosts_asked(services)
    if shape is Format.TABLE:
        zone = services.settings.zone
        lines = (
            (r["host"], r["port"], ", ".join(r["what"]), ", ".join(r["sources"]), local(r["last"], zone)) for r in rows
        )
        print_table(say("table.hosts").split("|"), lines)
    else:
        typer.echo(as_json(rows) if shape is Format.JSON else as_csv(rows), nl=shape is Format.JSON)
