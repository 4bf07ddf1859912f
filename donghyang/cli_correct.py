"""`correct`: what people tell analysis it must obey; nothing is ever overwritten, and all of it can be taken back."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from archive.records.words import ArticleId, Section
from donghyang.invocation import UsageTrouble, of
from donghyang.messages import say
from donghyang.tables import Format, show
from donghyang.troubles import Refused

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from donghyang.correcting import Kind, Saying

app = typer.Typer(
    help="Correct what analysis thinks: every later analysis obeys. SUBJECT is an article's id or address, "
    "or a story's id.",
    no_args_is_help=True,
)
Subject = Annotated[str, typer.Argument(metavar="SUBJECT", help="An article's id or address, or a story's id.")]
Subjects = Annotated[list[str], typer.Argument(metavar="SUBJECT", help="Ids or addresses of articles or stories.")]
Who = Annotated[str, typer.Option(envvar=["USER", "LOGNAME"], help="Who says so.")]
Reason = Annotated[str, typer.Option(help="Why, for whoever reads the list next year.")]
_ANSWERS = {"yes": "yes", "예": "yes", "no": "no", "아니오": "no"}


@app.command("list")
def list_corrections(
    context: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Those taken back, too.")] = False,
    shape: Annotated[Format, typer.Option("--format", help="table, json or csv.")] = Format.TABLE,
) -> None:
    """List the corrections, and those that no longer apply to anything."""
    from donghyang import correcting

    invocation = of(context)
    with invocation.services() as services:
        rows = correcting.rows(services, every=every)
    if not rows and shape is Format.TABLE:
        typer.echo(say("correct.nothing"))
        return
    zone = invocation.config.settings.zone
    show(
        rows,
        shape,
        "table.corrections",
        (
            (
                row["number"],
                f"{row['at'].astimezone(zone):%Y-%m-%d}",
                row["who"],
                say(f"kind.{row['kind']}"),
                row["value"],
                " / ".join(article["title"] for article in row["articles"]),
                say(f"state.{row['state']}"),
                row["reason"],
            )
            for row in rows
        ),
    )


@app.command("together")
def together(context: typer.Context, subjects: Subjects, who: Who = "", reason: Reason = "") -> None:
    """Say that articles (or whole stories) are one story."""
    _note(context, "together", lambda db: _several(db, subjects), "", who, reason)


@app.command("apart")
def apart(context: typer.Context, subjects: Subjects, who: Who = "", reason: Reason = "") -> None:
    """Say that no two of these belong to one story; a single one stands alone."""
    _note(
        context,
        "apart",
        lambda db: _several(db, subjects) if len(subjects) > 1 else _leads(db, subjects),
        "",
        who,
        reason,
    )


@app.command("same-topic")
def same_topic(context: typer.Context, subjects: Subjects, who: Who = "", reason: Reason = "") -> None:
    """Say that the stories of these are one topic. Topics stay joined when it is withdrawn."""
    _note(context, "same-topic", lambda db: _several(db, subjects), "", who, reason)


@app.command("topic-name")
def topic_name(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(metavar="TOPIC|SUBJECT", help="A topic's id, or something in it.")],
    name: Annotated[str, typer.Argument(help="What it is to be called.")],
    who: Who = "",
    reason: Reason = "",
) -> None:
    """Give a topic a name."""
    from donghyang import correcting

    if not name.strip():
        raise UsageTrouble(say("correct.empty_name"))
    _note(context, "topic-name", lambda db: correcting.topic_leads(db, subject), name.strip(), who, reason)


@app.command("ai")
def ai(
    context: typer.Context,
    subject: Subject,
    answer: Annotated[str, typer.Argument(metavar="yes|no", help="Whether it is.")],
    who: Who = "",
    reason: Reason = "",
) -> None:
    """Say that an article (or every article of a story) is about AI, or is not."""
    from donghyang import correcting

    value = _ANSWERS.get(answer.strip().casefold())
    if value is None:
        raise UsageTrouble(say("correct.answer", value=answer))
    _note(context, "ai", lambda db: correcting.members(db, subject), value, who, reason)


@app.command("section")
def section(
    context: typer.Context,
    subject: Subject,
    section: Annotated[str, typer.Argument(metavar="SECTION", help=", ".join(get_args(Section)) + ".")],
    who: Who = "",
    reason: Reason = "",
) -> None:
    """Say which section a story belongs to."""
    if section not in get_args(Section):
        raise UsageTrouble(say("correct.section", value=section, known=", ".join(get_args(Section))))
    _note(context, "section", lambda db: _leads(db, [subject]), section, who, reason)


@app.command("duty", context_settings={"ignore_unknown_options": True})  # -교통 is a word, not an option
def duty(
    context: typer.Context,
    subject: Subject,
    name: Annotated[str, typer.Argument(metavar="NAME|-NAME", help="A duty of config.toml; with - it is not touched.")],
    who: Who = "",
    reason: Reason = "",
) -> None:
    """Say that a story touches a duty of the city, or (-NAME) that it does not."""
    known = [one.name for one in of(context).config.settings.duties]
    if name.removeprefix("-").strip() not in known:
        raise Refused(say("correct.duty", value=name, known=", ".join(known)))
    _note(context, "duty", lambda db: _leads(db, [subject]), name, who, reason)


@app.command("withdraw")
def withdraw(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="N", help="As `correct list` numbers it.")],
    who: Who = "",
    reason: Reason = "",
) -> None:
    """Take a correction back; it stays on the list."""
    from donghyang import correcting

    saying = _saying(context, who, reason)
    with of(context).services() as services, services.archive.writing() as db:
        correcting.withdraw(db, number, saying)
    typer.echo(say("correct.withdrawn", number=number))
    typer.echo(say("correct.next"))


def _note(
    context: typer.Context,
    kind: "Kind",
    find: "Callable[[Connection], tuple[ArticleId, ...]]",
    value: str,
    who: str,
    reason: str,
) -> None:
    """Find what is meant, keep what is said of it, and say it back."""
    from archive import intake
    from donghyang import correcting

    saying = _saying(context, who, reason)
    with of(context).services() as services, services.archive.writing() as db:
        articles = find(db)
        number = correcting.note(db, kind, articles, value, saying)
        named = intake.articles_by_id(db, articles)
    titles = " / ".join(named[id_].title for id_ in articles)
    told = f": {value}" if value else ""
    typer.echo(say("correct.noted", number=number, kind=say(f"kind.{kind}"), value=told, titles=titles))
    typer.echo(say("correct.next"))


def _saying(context: typer.Context, who: str, reason: str) -> "Saying":
    from donghyang.correcting import Saying

    if not who.strip():
        raise UsageTrouble(say("correct.who"))
    return Saying(who=who.strip(), at=of(context).now, reason=reason.strip())


def _leads(db: "Connection", words: list[str]) -> tuple[ArticleId, ...]:
    from donghyang import correcting

    return correcting.leads(db, words)


def _several(db: "Connection", words: list[str]) -> tuple[ArticleId, ...]:
    """Two different articles, or more."""
    found = _leads(db, words)
    if len(found) < 2:  # noqa: PLR2004 - one alone cannot be together or apart
        raise UsageTrouble(say("correct.too_few"))
    return found
