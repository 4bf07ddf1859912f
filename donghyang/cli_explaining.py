"""`issue explain`: why an item is in, with every part of its score, and why the next ones are not."""

from typing import TYPE_CHECKING, Annotated

import typer

from donghyang import tables
from donghyang.cli_read import Shape, week_of
from donghyang.invocation import Invocation, of
from donghyang.messages import say
from donghyang.tables import Format
from donghyang.troubles import Refused

if TYPE_CHECKING:
    from archive.records.issue import Issue
    from archive.weeks import Week


def register(app: typer.Typer) -> None:
    """Put the command beside the others of `issue`."""
    app.command("explain")(explain)


def explain(
    context: typer.Context,
    week: Annotated[str | None, typer.Argument(metavar="[WEEK]", help="Without it, the week that is open.")] = None,
    number: Annotated[int | None, typer.Argument(metavar="[ITEM]", help="Its number; without it, every item.")] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="The week as it would be composed now, though its issue is made.")
    ] = False,
    shape: Shape = Format.TABLE,
) -> None:
    """Say why an item is in the issue, part by part of its score, and why the next five stories are not.

    Of a week without an issue it explains the preview.
    """
    from donghyang import issue_explaining

    invocation = of(context)
    issue, frozen = _issue(invocation, week_of(invocation, week), preview=preview)
    if not issue.weighed:
        raise Refused(say("issue.unexplained", week=issue.week))
    known = [item.rank for item in issue.items]
    if number is not None and number not in known:
        raise Refused(say("issue.no_item", week=issue.week, number=number, count=len(known)))
    told = issue_explaining.explain(issue, number, frozen=frozen)
    rows = [*told["items"], *told["next"]]
    if shape is not Format.TABLE:
        typer.echo(tables.as_json(told)) if shape is Format.JSON else tables.echo_rows(rows, shape)
        return
    if not frozen:
        typer.echo(say("issue.explained_preview", week=issue.week))
    headings = say("table.weighed").split("|")
    tables.print_table(headings, map(issue_explaining.cells, told["items"]))
    if number is not None:
        tables.print_table(say("table.score").split("|"), issue_explaining.part_cells(told["items"][0]))
    if told["next"]:
        typer.echo(say("issue.next"))
        tables.print_table(headings, map(issue_explaining.cells, told["next"]))


def _issue(invocation: Invocation, week: "Week", *, preview: bool) -> tuple["Issue", bool]:
    """The week's frozen issue, else what would be composed now; and whether it is frozen."""
    from archive import issues
    from donghyang import steps

    with invocation.services() as services:
        with services.archive.reading() as db:
            issue = None if preview else issues.issue(db, week)
        return (issue, True) if issue else (steps.draft(services, week, invocation.now), False)
