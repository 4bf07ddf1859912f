"""`readers`: who gets letters, and who is to get none for a while, or no more."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from donghyang import tables
from donghyang.cli_read import Shape
from donghyang.invocation import Invocation, UsageTrouble, of
from donghyang.messages import say
from donghyang.settings_values import mail_address
from donghyang.tables import Format

if TYPE_CHECKING:
    from archive.records.ledgers import ReaderChangeKind

app = typer.Typer(
    help="The readers of config.toml, and what the archive keeps of them: its word wins over the file.",
    no_args_is_help=True,
)
Email = Annotated[str, typer.Argument(metavar="ADDRESS", help="The reader's e-mail address.")]
Who = Annotated[str, typer.Option("--by", envvar=["USER", "LOGNAME"], metavar="NAME", help="Who says so.")]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="Why, for whoever asks next year.")]


@app.command("list")
def list_readers(context: typer.Context, shape: Shape = Format.TABLE) -> None:
    """List the readers, how each stands, and since when."""
    from donghyang import returns, subscribing

    invocation = of(context)
    with invocation.services("spared") as services:
        standings = subscribing.standings(services, invocation.now)
        came = returns.recent(services, invocation.now)
    rows: list[dict[str, Any]] = [
        {
            "name": one.reader.name,
            "email": one.reader.email,
            "state": one.state,
            "since": one.change.at if one.change else None,
            "until": (one.change.until if one.change else None) or one.reader.paused_until,
            "who": one.change.who if one.change else "",
            "reason": one.change.reason if one.change else "",
            "sections": list(one.reader.sections),
            "perspectives": dict(one.reader.perspectives),
            "returned": sum(mail.reader == one.reader.email.casefold() for _, mail in came),
        }
        for one in standings
    ]
    zone = invocation.config.settings.zone
    cells = (
        (
            row["name"],
            row["email"],
            say(f"reader.{row['state']}"),
            tables.local(row["since"], zone),
            row["until"],
            row["who"],
            row["reason"],
            row["returned"] or "",
        )
        for row in rows
    )
    tables.show(rows, shape, "table.readers", cells)


@app.command("pause")
def pause(
    context: typer.Context,
    email: Email,
    until: Annotated[str, typer.Option(metavar="DAY", help="The last day without letters, such as 2026-12-31.")] = "",
    who: Who = "",
    why: Why = "",
) -> None:
    """Send a reader no letters, until a day or until `resume`; issues of that time are not sent later."""
    invocation = of(context)
    day = _day(until)
    _note(invocation, email, "pause", who, why, until=day)
    typer.echo(say("readers.paused_until", email=email, until=day) if day else say("readers.paused", email=email))


@app.command("resume")
def resume(context: typer.Context, email: Email, who: Who = "", why: Why = "") -> None:
    """Send a reader letters again: after a pause, a request to unsubscribe, or mails that came back."""
    _note(of(context), email, "resume", who, why)
    typer.echo(say("readers.resumed", email=email))


@app.command("unsubscribe")
def unsubscribe(context: typer.Context, email: Email, who: Who = "", why: Why = "") -> None:
    """Send a reader no more letters, whatever config.toml says, because they asked for it."""
    _note(of(context), email, "unsubscribe", who, why)
    typer.echo(say("readers.unsubscribed", email=email))


def _note(
    invocation: Invocation, email: str, kind: "ReaderChangeKind", who: str, why: str, *, until: date | None = None
) -> None:
    from donghyang import subscribing

    try:
        mail_address(email)
    except ValueError as error:
        raise UsageTrouble(f"{email}: {error}") from error
    if not who:
        raise UsageTrouble(say("edit.who"))
    with invocation.services("begun") as services:
        subscribing.note(services, email, kind, invocation.now, who=who, reason=why, until=until)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageTrouble(say("readers.not_a_day", text=text)) from error
