"""`try`: read a feed, a page or a file of articles and show what we make of it; nothing is filed.

`try feed` and `try page` need no configuration and load neither the tokenizer nor scikit-learn.
"""

import asyncio
import gzip
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from archive.records.incoming import Source
from archive.records.words import SourceId
from donghyang.config import ConfigError, at_hand, read_settings
from donghyang.config import find as find_config
from donghyang.config import lexicon as packaged_lexicon
from donghyang.invocation import of
from donghyang.messages import say, why
from donghyang.settings_tables import HttpTable
from donghyang.tables import as_json, as_json_line

app = typer.Typer(help="Try a feed, a page or a file of articles; nothing is filed.", no_args_is_help=True)

Files = Annotated[list[str], typer.Argument(metavar="FILE|URL", help="Saved, gzipped or not, or on the web.")]
Address = Annotated[str, typer.Option("--url", help="The address it came from, when FILE is a saved copy.")]
ContentType = Annotated[str, typer.Option("--content-type", help="The Content-Type it was served with.")]


class Unreadable(Exception):  # noqa: N818 - told to a person, and the next file is read
    """One of the files or addresses gave nothing."""


@app.command("feed")
def try_feed(
    places: Files,
    url: Address = "",
    lang: Annotated[str, typer.Option(help="ko or en, when you know it.")] = "auto",
    clock: Annotated[str, typer.Option(help="Time zone that overrides what the feed claims.")] = "",
    content_type: ContentType = "",
) -> None:
    """Show a feed's entries as JSON; exit 1 when there is no feed."""
    source = Source(id=SourceId("try"), name="", url=url, lang=_lang(lang), clock=clock)
    _each(places, lambda place: _feed(place, source, content_type), [])


@app.command("page")
def try_page(places: Files, url: Address = "", content_type: ContentType = "") -> None:
    """Show the article found on a page as JSON; exit 1 when there is no text."""
    _each(places, lambda place: _page(place, url, content_type), {"text": ""})


@app.command("stories")
def try_stories(
    context: typer.Context, path: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help="See docs/formats.md.")]
) -> None:
    """Group the articles of a JSONL file into stories; one line of JSON for each, in their order."""
    from donghyang.trial import stories_of  # brings the tokenizer and scikit-learn

    for row in stories_of(path, of(context).config_file):
        typer.echo(as_json_line(row))


@app.command("links")
def try_links(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="FILE.tsv", help="With the columns id, ko, en.")],
) -> None:
    """Find each Korean headline's English partner and each English one's Korean; one line of JSON for each."""
    from donghyang import embedding
    from donghyang.links_trial import links_of

    config = at_hand(of(context).config_file)
    embedder = embedding.wanted(config.settings.analysis.embed if config else "auto")
    for row in links_of(path, config.lexicon if config else packaged_lexicon(), embedder):
        typer.echo(as_json_line(row))


def _each(places: list[str], read: Callable[[str], Any], nothing: Any) -> None:
    """Print what each place gives: readable JSON for one, a line of JSON each for several."""
    show = as_json if len(places) == 1 else as_json_line
    failed = False
    for place in places:
        try:
            value = read(place)
        except Unreadable as error:
            typer.echo(str(error), err=True)
            failed, value = True, error.__cause__.value if isinstance(error.__cause__, _Empty) else nothing
        typer.echo(show(value))
    raise typer.Exit(1 if failed else 0)


class _Empty(Exception):  # noqa: N818 - carries the answer that holds no text
    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


def _feed(place: str, source: Source, content_type: str) -> list[dict[str, Any]]:
    from collectors.feeds import NotAFeed, read_feed

    body, address, served = _bytes(place)
    address = source.url or address
    try:
        feed = read_feed(body, url=address, source=replace(source, url=address), content_type=content_type or served)
    except NotAFeed as error:
        raise Unreadable(say("try.no_feed", path=place, reason=error)) from error
    return [
        {
            "title": entry.title,
            "url": entry.url,
            "published": entry.published,
            "summary": entry.summary,
            "id": entry.key,
            "authors": list(entry.authors),
            "lang": entry.lang,
        }
        for entry in feed.entries
    ]


def _page(place: str, url: str, content_type: str) -> dict[str, Any]:
    from collectors.articles import read_page

    body, address, served = _bytes(place)
    page = read_page(body, url=url or address, content_type=content_type or served)
    value = {
        "title": page.title,
        "text": page.text,
        "published": page.published,
        "published_from": page.published_from,
        "authors": list(page.authors),
        "language": page.lang,
        "canonical": page.canonical,
        "extractor": page.extractor,
        "reserved": page.reserved,
        "paywall": page.paywall,
    }
    if not page.text:
        raise Unreadable(say("try.no_text", path=place)) from _Empty(value)
    return value


def _bytes(place: str) -> tuple[bytes, str, str]:
    """The content of a file (gzip or not) or an address, its address, and its Content-Type."""
    if place.startswith(("http://", "https://")):
        return _fetched(place)
    try:
        body = Path(place).read_bytes()
        return (gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body), "", ""
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable(say("try.not_file", path=place, reason=why(error))) from error


def _fetched(url: str) -> tuple[bytes, str, str]:
    """Fetch an address within the limits of the configuration, if there is one."""
    from collectors.http import Web, WebError
    from donghyang.way_out import web_settings

    try:
        path = find_config(None)
        settings = web_settings(read_settings(path).http, path.parent)
    except ConfigError:
        settings = web_settings(HttpTable(), Path())

    async def fetch() -> tuple[bytes, str, str]:
        async with Web(settings, now=datetime.now(UTC)) as web:
            answer = await web.get(url)
            return answer.body, answer.url, answer.content_type

    try:
        return asyncio.run(fetch())
    except WebError as error:
        raise Unreadable(str(error)) from error


def _lang(text: str) -> Any:
    return text if text in ("ko", "en", "other") else "auto"
