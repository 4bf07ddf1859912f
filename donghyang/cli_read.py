"""Commands that only read the archive: status, search, stories, topics, export."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

import typer

from archive.weeks import Week
from donghyang.invocation import Invocation, UsageTrouble, of
from donghyang.messages import say
from donghyang.settings_values import duration
from donghyang.tables import Format, as_json, echo_rows, print_table, show

Shape = Annotated[Format, typer.Option("--format", help="table, json or csv.")]
WeekOption = Annotated[str | None, typer.Option("--week", help="Such as 2026-W08; without it, the current week.")]
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}.*")


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command in (status, search, stories, topics, export):
        app.command()(command)


def week_of(invocation: Invocation, text: str | None) -> Week:
    """The week a person named, else the one the invocation's time is in."""
    if text is None:
        return Week.containing(invocation.now, invocation.config.settings.zone)
    try:
        return Week.parse(text)
    except ValueError as error:
        raise UsageTrouble(say("week.wrong", text=text)) from error


def moment_ago(invocation: Invocation, text: str | None) -> datetime | None:
    """``30d`` before now, or a date."""
    if text is None:
        return None
    try:
        if _DAY.fullmatch(text):
            moment = datetime.fromisoformat(text)
            return moment if moment.tzinfo else moment.replace(tzinfo=invocation.config.settings.zone)
        return invocation.now - duration(text)
    except (ValueError, OverflowError) as error:
        raise UsageTrouble(say("since.wrong", text=text)) from error


def status(context: typer.Context, shape: Shape = Format.TABLE) -> None:
    """Show on one screen what was done, what is due, and how the sources are."""
    from donghyang import overview

    invocation = of(context)
    with invocation.services() as services:
        seen = overview.look(services, invocation.now)
    if shape is Format.TABLE:
        overview.show(seen)
    elif shape is Format.JSON:
        typer.echo(as_json(seen.as_dict()))
    else:
        echo_rows(seen.sources, shape)


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="In quotation marks, when it has several words.")],
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many to show.")] = 20,
    since: Annotated[str | None, typer.Option(help="A span such as 30d, or a date.")] = None,
    sort: Annotated[str, typer.Option(help="newest or best.")] = "newest",
    shape: Shape = Format.TABLE,
) -> None:
    """Search everything ever read: words are ANDed; OR, -word, "a phrase" and ( ) work."""
    from archive import search as finding
    from archive.query import parse
    from donghyang.views import search_view

    if sort not in ("newest", "best"):
        raise UsageTrouble(
            say("config.wrong", key="--sort", value=sort, expected=say("expected.choice", choices="newest, best"))
        )
    invocation = of(context)
    with invocation.services() as services, services.archive.reading() as db:
        found = finding.search(
            db,
            parse(query),
            services.tokenizer.terms,
            since=moment_ago(invocation, since),
            limit=limit,
            sort="best" if sort == "best" else "newest",
        )
    view = search_view(query, found)
    if shape is Format.JSON:
        typer.echo(as_json(view))
    elif shape is Format.CSV:
        echo_rows(view["results"], shape)
    else:
        _show_hits(view, invocation)


def _show_hits(view: dict[str, Any], invocation: Invocation) -> None:
    from donghyang.listings import marked

    zone = invocation.config.settings.zone
    typer.echo(say("search.total", total=view["total"]) if view["total"] else say("search.none", query=view["query"]))
    print_table(
        say("table.search").split("|"),
        (
            (
                f"{hit['published'].astimezone(zone):%Y-%m-%d}" if hit["published"] else "",
                hit["outlet"],
                marked(hit, zone),
                hit["url"],
            )
            for hit in view["results"]
        ),
    )


def stories(
    context: typer.Context,
    week: WeekOption = None,
    explain: Annotated[
        str | None, typer.Option(help="A story's id: why it is one, is called so and ranks so, with its members.")
    ] = None,
    shape: Shape = Format.TABLE,
) -> None:
    """List a week's stories, most important first."""
    from donghyang import listings

    invocation = of(context)
    with invocation.services() as services:
        if explain:
            rows = [listings.one_story(services, explain)]
        else:
            rows = listings.stories(services, week_of(invocation, week))
    if not rows and shape is Format.TABLE:
        typer.echo(say("story.no_week", week=week_of(invocation, week)))
        return
    show(rows, shape, "table.stories", map(listings.story_cells, rows))
    if explain and shape is Format.TABLE:
        _explain(rows[0], invocation)


def _explain(story: Mapping[str, Any], invocation: Invocation) -> None:
    """Why a story is one, is called so and stands where it stands, for a person."""
    from donghyang import explaining, listings

    why, zone = story["why"], invocation.config.settings.zone
    typer.echo()
    for sentence in explaining.sentences(story):
        typer.echo(sentence)
    typer.echo()
    print_table(say("table.score").split("|"), explaining.rank_cells(why["rank"]))
    typer.echo()
    print_table(say("table.bonds").split("|"), map(explaining.bond_cells, why["together"]))
    typer.echo()
    members = (listings.member_cells(article, zone) for article in story["articles"])
    print_table(say("table.members").split("|"), members)


def topics(
    context: typer.Context,
    week: WeekOption = None,
    explain: Annotated[
        str | None, typer.Option(help="A topic's id: all its weeks, why its stories are one, and why it moves.")
    ] = None,
    new: Annotated[
        bool, typer.Option("--new", help="Instead, terms that no earlier article has, and who had each first.")
    ] = False,
    shape: Shape = Format.TABLE,
) -> None:
    """List a week's topics and whether they rise or fade, or the terms never seen before it."""
    from donghyang import listings

    invocation = of(context)
    if new and explain:
        raise UsageTrouble(say("term.alone"))
    if new:
        _show_new_terms(invocation, week_of(invocation, week), shape)
        return
    with invocation.services() as services:
        if explain:
            rows = listings.one_topic(services, explain)
        else:
            rows = listings.topics(services, week_of(invocation, week))
    if not rows and shape is Format.TABLE:
        typer.echo(say("topic.no_week", week=week_of(invocation, week)))
        return
    show(rows, shape, "table.topics", map(listings.topic_cells, rows))
    if explain and rows and shape is Format.TABLE:
        _explain_topic(rows, invocation)


def _show_new_terms(invocation: Invocation, week: Week, shape: Format) -> None:
    """The terms never seen before a week; that too little was read before is no answer but a remark."""
    from donghyang import new_terms

    with invocation.services() as services:
        found = new_terms.rows(services, week)
    if found is None:
        typer.echo(say("term.too_few", week=week, least=new_terms.WEEKS_READ), err=shape is not Format.TABLE)
    elif not found and shape is Format.TABLE:
        typer.echo(say("term.none", week=week))
    if found or shape is not Format.TABLE:
        zone = invocation.config.settings.zone
        show(found or [], shape, "table.new-terms", [new_terms.cells(row, zone) for row in found or []])


def _explain_topic(rows: Sequence[Mapping[str, Any]], invocation: Invocation) -> None:
    """Why stories are one topic, why it is called so and why it moves, for a person."""
    from donghyang import topic_explaining

    why, zone = rows[-1]["why"], invocation.config.settings.zone
    typer.echo()
    for sentence in topic_explaining.sentences(rows, why, zone):
        typer.echo(sentence)
    typer.echo()
    bonds = (topic_explaining.bond_cells(row, zone) for row in why["together"])
    print_table(say("table.topic-bonds").split("|"), bonds)


def export(
    context: typer.Context,
    what: Annotated[str, typer.Argument(help="articles, stories, topics, issues or deliveries.")],
    shape: Shape = Format.JSON,
) -> None:
    """Write a whole part of the archive to standard output; no text beyond its source's rights."""
    from archive import export as exporting

    if what not in exporting.PARTS:
        raise UsageTrouble(say("export.unknown", what=what, known=", ".join(exporting.PARTS)))
    with of(context).services() as services, services.archive.reading() as db:
        rows = list(exporting.rows(db, what))
    echo_rows(rows, shape)
