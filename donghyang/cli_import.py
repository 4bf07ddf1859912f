"""`import`: what others have kept: articles from BigKinds, lists of feeds."""

from pathlib import Path
from typing import Annotated

import typer

from donghyang import cli_sources_edit
from donghyang.invocation import of
from donghyang.messages import say, why
from donghyang.troubles import Refused

app = typer.Typer(help="Bring in what others have kept.", no_args_is_help=True)
app.command("opml")(cli_sources_edit.take)


@app.command()
def bigkinds(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="As BigKinds gives it: 뉴스분석 > 엑셀 다운로드.")],
) -> None:
    """File the articles of a BigKinds spreadsheet as the past: searchable, and never a trend."""
    from collectors.bigkinds import NotBigKindsError, read_bigkinds
    from donghyang.importing import import_sheet

    invocation = of(context)
    try:
        sheet = read_bigkinds(path.read_bytes())
    except (NotBigKindsError, OSError) as error:
        raise Refused(say("import.refused", path=path, reason=why(error))) from error
    with invocation.services("begun") as services:
        imported = import_sheet(services, sheet, invocation.now)
    for problem in sheet.problems:
        typer.echo(say("import.problem", problem=problem), err=True)
    told = {"new": imported.new, "known": imported.known, "left_out": sheet.left_out}
    typer.echo(say("import.done", **told, problems=len(sheet.problems)))
