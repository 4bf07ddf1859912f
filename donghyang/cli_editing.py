"""`issue edit` and `issue approve`: a person's hand on an issue before its readers see it."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from donghyang import tables
from donghyang.cli_read import Shape, week_of
from donghyang.ending import ended_by_sigterm
from donghyang.invocation import Invocation, UsageTrouble, of
from donghyang.messages import say
from donghyang.tables import Format
from donghyang.troubles import Refused

if TYPE_CHECKING:
    from archive.records.issue import Issue
    from donghyang.editing import Edited
    from donghyang.services import Services

WeekArgument = Annotated[str, typer.Argument(metavar="WEEK", help="Such as 2026-W08.")]
Who = Annotated[str, typer.Option("--by", envvar=["USER", "LOGNAME"], metavar="NAME", help="Who does it.")]
ACTIONS = ("pin", "drop", "move", "headline", "note", "implication")


def register(app: typer.Typer) -> None:
    """Put the commands beside the others of `issue`."""
    app.command("edit")(edit)
    app.command("approve")(approve)


def edit(  # noqa: PLR0917 - a word of the command line each
    context: typer.Context,
    week: WeekArgument,
    action: Annotated[
        str, typer.Argument(metavar="[ACTION]", help="pin, drop, move, headline, note or implication.")
    ] = "",
    subject: Annotated[
        str,
        typer.Argument(metavar="[STORY]", help="Its number in the issue, its id, or an article's id or address."),
    ] = "",
    value: Annotated[
        str,
        typer.Argument(
            metavar="[VALUE]",
            help="Of move: top, city, technology, talk, a section, or a place under its heading (1 = first). Of "
            "headline, note and implication (시사점): the words; empty takes a note away.",
        ),
    ] = "",
    undo: Annotated[int, typer.Option("--undo", metavar="N", help="Take the edit of that number back.", min=0)] = 0,
    who: Who = "",
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="Why; it is kept with the issue.")] = "",
    shape: Shape = Format.TABLE,
) -> None:
    """Change an issue before it goes out; without an action, list what was changed.

    Every later composing of the week obeys. An issue that is made already gets its next revision, as long as nothing
    was sent; afterwards the edit waits for `issue send WEEK --correction`.
    """
    invocation = of(context)
    wanted = week_of(invocation, week)
    if not action and not undo:
        _list(invocation, str(wanted), shape)
        return
    _check(action, subject, value, undo=undo, who=who, why=why)
    from donghyang import editing
    from donghyang.lock import one_run

    hand = editing.Hand(who=who, at=invocation.now, reason=why)
    with ended_by_sigterm(), invocation.services() as services, one_run(invocation.config.database_url):
        if undo:
            done = editing.undo(services, wanted, undo, hand)
        else:
            kind = next(kind for kind in editing.KINDS if kind == action)
            done = editing.edit(services, wanted, kind, subject, value, hand)
    typer.echo(_told(done, str(wanted)))


def _check(action: str, subject: str, value: str, *, undo: int, who: str, why: str) -> None:
    """UsageTrouble when that is not what can be asked."""
    if undo and action:
        raise UsageTrouble(say("edit.undo_alone"))
    if action and action not in ACTIONS:
        raise UsageTrouble(say("edit.unknown_action", action=action, known=", ".join(ACTIONS)))
    if action and not subject:
        raise UsageTrouble(say("edit.no_subject", action=action))
    if action in {"move", "headline"} and not value:
        raise UsageTrouble(say("edit.no_value_given", action=action))
    if not who:
        raise UsageTrouble(say("edit.who"))
    if not why and not undo:
        raise UsageTrouble(say("edit.why"))


def _told(done: "Edited", week: str) -> str:
    if done.sent:
        return say("edit.kept_after", number=done.number, week=week)
    if done.revision is None:
        return say("edit.kept", number=done.number, week=week)
    return say("edit.revised", number=done.number, week=week, revision=done.revision)


def _list(invocation: Invocation, week: str, shape: Format) -> None:
    from donghyang import editing

    zone = invocation.config.settings.zone
    with invocation.services() as services:
        rows = editing.rows(services, week_of(invocation, week))
    if not rows and shape is Format.TABLE:
        typer.echo(say("edit.nothing", week=week))
        return
    tables.show(rows, shape, "table.edits", (_cells(row, zone) for row in rows))


def _cells(row: dict[str, Any], zone: Any) -> tuple[object, ...]:
    gone = say("state.withdrawn") if row["withdrawn"] else ""
    headline, when = row["stood"].get("headline", row["article"]), tables.local(row["at"], zone)
    return row["number"], when, row["who"], say(f"edit.{row['kind']}"), headline, row["value"], row["reason"], gone


def approve(
    context: typer.Context,
    week: WeekArgument,
    who: Who = "",
    undo: Annotated[bool, typer.Option("--undo", help="Take the approval back, as long as nothing was sent.")] = False,
) -> None:
    """Let an issue go out where `[digest] approval` asks for it; at once when its hour has passed."""
    from donghyang import approving, editing

    invocation = of(context)
    wanted = week_of(invocation, week)
    if not who:
        raise UsageTrouble(say("edit.who"))
    with ended_by_sigterm(), invocation.services() as services:
        if undo and editing.is_out(services, wanted):
            raise Refused(say("approve.too_late", week=wanted))
        issue = approving.approve(services, wanted, who, invocation.now, granted=not undo)
        if issue is None:
            raise Refused(say("approve.none", week=wanted))
        if undo:
            typer.echo(say("approve.undone", week=wanted, revision=issue.revision))
            return
        code = _send_if_due(services, issue, invocation.now)
    raise typer.Exit(code)


def _send_if_due(services: "Services", issue: "Issue", now: datetime) -> int:
    """Say when the letters go out, or send them when their hour has passed; the exit code."""
    from donghyang import posting, runs
    from donghyang.workdays import letters_due

    due = letters_due(services.settings, issue.week)
    named = {"week": issue.week, "revision": issue.revision, "at": tables.local(due, services.settings.zone)}
    if due > now:
        typer.echo(say("approve.done", **named))
        return 0
    typer.echo(say("approve.at_once", **named))
    return runs.send(services, now, posting.deliver, report=typer.echo)
