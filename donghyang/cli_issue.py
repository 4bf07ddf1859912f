"""`issue`: back numbers, the open week's preview, sending by hand, and rebuilding to the byte."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from donghyang import cli_editing, cli_explaining, tables
from donghyang.cli_read import Shape, week_of
from donghyang.ending import ended_by_sigterm
from donghyang.invocation import Invocation, UsageTrouble, of
from donghyang.messages import say
from donghyang.settings_values import mail_address
from donghyang.tables import Format
from donghyang.troubles import Refused

if TYPE_CHECKING:
    from archive.weeks import Week
    from donghyang.handover import Posted
    from donghyang.services import Services

app = typer.Typer(help="The weekly issues.", no_args_is_help=True)
WeekArgument = Annotated[str, typer.Argument(metavar="WEEK", help="Such as 2026-W08.")]


@app.command("list")
def list_issues(context: typer.Context, shape: Shape = Format.TABLE) -> None:
    """List the issues made, newest first."""
    from archive import issues

    invocation = of(context)
    zone = invocation.config.settings.zone
    with invocation.services() as services:
        with services.archive.reading() as db:
            made = issues.issue_rows(db)
        newest = {row.week: row.revision for row in sorted(made, key=lambda row: row.revision)}
        states = {week: _state(services, week) for week in newest}
    rows: list[dict[str, Any]] = [
        {
            "week": str(row.week),
            "number": row.number,
            "revision": row.revision,
            "title": row.title,
            "made": row.made.astimezone(zone),
            "late": row.late,
            "state": states[row.week] if newest[row.week] == row.revision else "replaced",
            "reason": row.reason,
        }
        for row in sorted(made, key=lambda row: (row.week, row.revision), reverse=True)
    ]
    if not rows and shape is Format.TABLE:
        typer.echo(say("issue.no_issues"))
        return
    tables.show(
        rows,
        shape,
        "table.issues",
        (
            (
                row["week"],
                row["number"],
                row["revision"],
                row["title"],
                f"{row['made']:%Y-%m-%d %H:%M}",
                say(f"issue_state.{row['state']}"),
                " · ".join(filter(None, (say("late") if row["late"] else "", row["reason"]))),
            )
            for row in rows
        ),
    )


def _state(services: "Services", week: "Week") -> str:
    """How far a week's newest revision has come."""
    from archive import issues
    from donghyang import approving

    with services.archive.reading() as db:
        issue = issues.issue(db, week)
    return approving.state_of(services, issue) if issue else "made"


@app.command("show")
def show(context: typer.Context, week: WeekArgument, shape: Shape = Format.TABLE) -> None:
    """Show an issue: as text, or as JSON with every source, score and trend."""
    invocation = of(context)
    from archive import issues

    wanted = week_of(invocation, week)
    with invocation.services() as services, services.archive.reading() as db:
        issue = issues.issue(db, wanted)
        if issue is None:
            raise _missing(week, [str(row.week) for row in issues.issue_rows(db)])
        files = issues.files(db, wanted, issue.revision)
    name = "issue.json" if shape is Format.JSON else "issue.txt"
    if shape is Format.CSV:
        items = json.loads(files["issue.json"])["items"]
        tables.echo_rows(items, shape)
    else:
        typer.echo(files[name].decode("utf-8"))


@app.command("preview")
def preview(
    context: typer.Context,
    week: Annotated[str | None, typer.Argument(metavar="[WEEK]", help="Without it, the week that is open.")] = None,
    shape: Shape = Format.TABLE,
) -> None:
    """Compose a week as things stand and write it to out/preview, without freezing it."""
    from donghyang import publishing, steps

    invocation = of(context)
    with invocation.services() as services:
        issue = steps.draft(services, week_of(invocation, week), invocation.now)
        files = publishing.issue_files(issue, services)
        path = publishing.write_preview(services, files)
    if shape is Format.JSON:
        typer.echo(files["issue.json"].decode("utf-8"))
    else:
        typer.echo(say("issue.previewed", path=path))


@app.command("send")
def send(
    context: typer.Context,
    week: WeekArgument,
    to: Annotated[str, typer.Option(metavar="ADDRESS", help="One address alone, a reader's or any other.")] = "",
    unknown: Annotated[
        bool, typer.Option("--unknown", help="Send again the letters that may or may not have arrived, and only them.")
    ] = False,
    test: Annotated[
        bool, typer.Option("--test", help="With --to: a trial letter, marked [시험] and counted as nobody's.")
    ] = False,
    correction: Annotated[
        str, typer.Option("--correction", metavar="TEXT", help="Tell those who had the issue what was wrong with it.")
    ] = "",
    who: Annotated[
        str, typer.Option("--by", envvar=["USER", "LOGNAME"], metavar="NAME", help="Of a correction: who makes it.")
    ] = "",
) -> None:
    """Send a week's letters now, without waiting: those not sent yet, put off or refused. Nobody gets one twice."""
    from donghyang import amending, posting, runs

    invocation = of(context)
    _check_sending(to, unknown=unknown, test=test, correction=correction, who=who)
    wanted, settings = week_of(invocation, week), invocation.config.settings
    if to:
        _check_address(to)
    elif not settings.readers:
        raise Refused(say("issue.no_readers", path=invocation.config.path))
    if test:
        _send_trial(invocation, week, to)
        return
    if str(wanted) not in (known := _known(invocation)):
        raise _missing(week, known)
    told: list[str] = []
    posted: list[Posted] = []

    def ask(services: "Services", now: datetime) -> "Posted":
        if correction:
            posted.append(amending.correct(services, wanted, correction, who, now))
        else:
            posted.append(posting.send(services, wanted, now, to=to, unknown=unknown))
        return posted[0]

    with ended_by_sigterm(), invocation.services() as services:
        code = runs.send(services, invocation.now, ask, report=told.append)
    if posted and not posted[0].letters:
        told = [say("issue.none_unknown", week=wanted) if unknown else say("issue.sent_all", week=wanted)]
    typer.echo("\n".join(told))
    raise typer.Exit(code)


def _check_sending(to: str, *, unknown: bool, test: bool, correction: str, who: str) -> None:
    """UsageTrouble for wishes that do not go together."""
    if test and (not to or unknown or correction):
        raise UsageTrouble(say("issue.test_to"))
    if correction and (to or unknown):
        raise UsageTrouble(say("correction.alone"))
    if correction and not who:
        raise UsageTrouble(say("edit.who"))


def _send_trial(invocation: Invocation, week: str, to: str) -> None:
    """Send one letter that is nobody's issue: of what is frozen, or of the week as it stands."""
    from archive import issues
    from donghyang import steps, trial_letter

    wanted = week_of(invocation, week)
    with ended_by_sigterm(), invocation.services() as services:
        with services.archive.reading() as db:
            issue = issues.issue(db, wanted)
        issue = issue or steps.draft(services, wanted, invocation.now)
        typer.echo(trial_letter.send(services, issue, to))


@app.command("rebuild")
def rebuild(context: typer.Context, week: WeekArgument) -> None:
    """Make an issue's files again from its frozen snapshot and check that every byte is the same."""
    from donghyang import publishing

    invocation = of(context)
    wanted = week_of(invocation, week)
    with invocation.services() as services:
        rebuilt = publishing.rebuild(services, wanted)
    if rebuilt is None:
        raise _missing(week, _known(invocation))
    typer.echo(rebuilt)


def _known(invocation: Invocation) -> list[str]:
    from archive import issues

    with invocation.services() as services, services.archive.reading() as db:
        return [str(row.week) for row in issues.issue_rows(db)]


def _check_address(address: str) -> None:
    try:
        mail_address(address)
    except ValueError as error:
        raise UsageTrouble(say("issue.not_address", address=address, expected=error)) from error


def _missing(week: str, known: list[str]) -> Refused:
    return Refused(say("issue.none", week=week, known=", ".join(known)) if known else say("issue.no_issues"))


cli_editing.register(app)
cli_explaining.register(app)
