"""`sources add|disable|enable|import|export`: config.toml changed in one place, its comments and order kept."""

import asyncio
import sys
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from archive.records.words import Kind
from donghyang import config_writing
from donghyang.invocation import Invocation, UsageTrouble, of
from donghyang.messages import say, why
from donghyang.troubles import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from donghyang.source_finding import Found


Id = Annotated[str, typer.Argument(metavar="ID", help="A source's id, as in `sources list`.")]


def register(app: typer.Typer) -> None:
    """Add these commands to `sources`."""
    for name, command in (("add", add), ("disable", disable), ("enable", enable), ("import", take), ("export", give)):
        app.command(name)(command)


def add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="Of a feed, a board, a sitemap, or a site that has one.")],
    *,
    id_: Annotated[str, typer.Option("--id", help="Its label for good; else made from its site.")] = "",
    name: Annotated[str, typer.Option(help="What readers see; else the feed's title.")] = "",
    role: Annotated[str, typer.Option(help="press, lab, research, government, funding, community, security.")] = "",
    rights: Annotated[str, typer.Option(help="link, excerpt or full; link unless you may show more.")] = "",
    lang: Annotated[str, typer.Option(help="ko or en; else told entry by entry.")] = "",
    publisher: Annotated[str, typer.Option(help="Who publishes it, when its address does not tell.")] = "",
    clock: Annotated[str, typer.Option(help="Time zone of its dates, when it names a wrong one.")] = "",
    every: Annotated[str, typer.Option(help="How often it is read, such as 6h.")] = "",
    kind: Annotated[str, typer.Option(help="feed, listing or sitemap, when it is not to be found out.")] = "",
    board: Annotated[str, typer.Option(help="The family a list page belongs to, when it is not to be found out.")] = "",
    fetch: Annotated[bool, typer.Option("--fetch/--no-fetch", help="Look at the address first.")] = True,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask whether to add it.")] = False,
) -> None:
    """Add a source to config.toml, after a look at what it would give."""
    from donghyang import source_adding as adding
    from donghyang.source_editing import with_sources

    invocation = of(context)
    sources = invocation.config.settings.source_records()
    adding.refuse_known(url, sources)
    title, kind = "", kind or ("listing" if board else "")
    if fetch:
        found = _looked_at(invocation, url, clock=clock, lang=lang, kind=kind, board=board)
        adding.refuse_known(found.url, sources)
        url, title, kind, board = found.url, found.seen.title, found.kind, found.board
        for line in adding.told_of(found, invocation.config.settings.zone):
            typer.echo(line)
        if not yes and sys.stdin.isatty() and not typer.confirm(say("sources.sure"), default=True):
            raise Refused(say("sources.left"))
    taken = [str(source.id) for source in sources]
    if id_ in taken:
        raise Refused(say("sources.id_taken", id=id_))
    label = id_ or adding.mint_id(url, title, taken)
    told = {"id": label, "name": name or adding.short_name(title), "kind": "" if kind == "feed" else kind, "url": url}
    told |= {
        "board": board,
        "lang": lang,
        "publisher": publisher,
        "role": role,
        "rights": rights,
        "clock": clock,
        "every": every,
    }
    row = {key: value for key, value in told.items() if value}
    _edit(invocation, lambda text: with_sources(text, [row]))
    typer.echo(say("sources.added", id=label, name=row.get("name", label), url=url))


def disable(context: typer.Context, id_: Id) -> None:
    """Let a source rest: it is not read, and what it gave stays."""
    _switch(of(context), id_, enabled=False)


def enable(context: typer.Context, id_: Id) -> None:
    """Read a resting source again."""
    _switch(of(context), id_, enabled=True)


def take(
    context: typer.Context, path: Annotated[Path, typer.Argument(metavar="FILE.opml", help="From any feed reader.")]
) -> None:
    """Add the feeds of an OPML list; those that are there already are named and passed over."""
    from collectors.opml import OpmlError, read_opml
    from donghyang.source_adding import rows_of
    from donghyang.source_editing import with_sources

    invocation = of(context)
    sources = invocation.config.settings.source_records()
    try:
        feeds = read_opml(path.read_bytes())
    except (OpmlError, OSError) as error:
        raise Refused(say("sources.bad_opml", path=path, reason=why(error))) from error
    problems: list[str] = []
    rows = rows_of(feeds, sources, problems)
    if rows:
        _edit(invocation, lambda text: with_sources(text, rows))
    for line in problems:
        typer.echo(line, err=True)
    for row in rows:
        typer.echo(say("sources.added", id=row["id"], name=row.get("name", row["id"]), url=row["url"]))
    typer.echo(say("sources.imported", added=len(rows), skipped=len(problems)))


def give(
    context: typer.Context,
    path: Annotated[Path | None, typer.Argument(metavar="[FILE.opml]", help="Without it: to standard output.")] = None,
) -> None:
    """Write the sources as an OPML list."""
    from donghyang import hosts

    invocation = of(context)
    count = sum(source.kind == "feed" for source in invocation.config.settings.sources)
    if not count:
        raise Refused(say("sources.nothing"))
    with invocation.services("spared") as services:
        listed = hosts.as_opml(services, invocation.now)
    if path is None:
        typer.echo(listed.decode("utf-8"), nl=False)
        return
    try:
        path.write_bytes(listed)
    except OSError as error:
        raise Refused(say("sources.unwritable", path=path, reason=why(error))) from error
    typer.echo(say("sources.exported", count=count, path=path))


def _looked_at(invocation: Invocation, url: str, *, clock: str, lang: str, kind: str, board: str) -> "Found":
    """Fetch an address and say what is there; Refused when nothing there can be read."""
    from collectors.answers import WebError
    from collectors.feeds import NotAFeed
    from donghyang.source_finding import look
    from donghyang.way_out import way_out

    known = _known_kind(kind, board)

    async def once() -> "Found":
        async with way_out(invocation.config, invocation.now) as web:
            return await look(url, web, invocation.now, clock=clock, lang=lang, kind=known, board=board)

    try:
        return asyncio.run(once())
    except (WebError, NotAFeed) as error:
        reason = say("sources.not_feed", url=url, reason=error.reason)
        raise Refused(say("sources.no_fetch", reason=reason)) from error


def _known_kind(kind: str, board: str) -> Kind | None:
    """The kind a person names; UsageTrouble when there is none such, nor such a board."""
    from donghyang.boards import boards

    if board and board not in boards():
        raise UsageTrouble(say("expected.choice", choices=", ".join(boards())))
    if kind not in ("", *get_args(Kind)):
        raise UsageTrouble(say("expected.choice", choices=", ".join(get_args(Kind))))
    return next((known for known in get_args(Kind) if known == kind), None)


def wake(invocation: Invocation, ids: "Sequence[str]") -> None:
    """Read several resting sources again, in one change of config.toml."""
    from donghyang.source_editing import with_enabled

    _edit(invocation, lambda text: reduce(lambda page, id_: with_enabled(page, id_, enabled=True), ids, text))


def _switch(invocation: Invocation, id_: str, *, enabled: bool) -> None:
    from donghyang.source_editing import with_enabled

    known = {source.id: source.enabled for source in invocation.config.settings.sources}
    if id_ not in known:
        raise Refused(say("sources.none", id=id_, known=", ".join(known)))
    if known[id_] == enabled:
        typer.echo(say("sources.as_it_was", id=id_))
        return
    _edit(invocation, lambda text: with_enabled(text, id_, enabled=enabled))
    typer.echo(say("sources.woken", id=id_) if enabled else say("sources.rested", id=id_))


def _edit(invocation: Invocation, change: "Callable[[str], str]") -> None:
    """Change config.toml in one place."""
    path = invocation.config.path
    text = config_writing.read_text(path)
    config_writing.replace_text(path, text, change(text))
