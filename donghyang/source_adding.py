"""New sources for config.toml: looked at first, named, and never one that is there already."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from archive.records.incoming import Source
from archive.records.words import Role
from collectors.opml import Subscription
from collectors.plain_text import beginning
from collectors.survey import Survey
from collectors.urls import canonical, host_of
from donghyang.families import opaque, registrable
from donghyang.messages import say
from donghyang.source_editing import Row
from donghyang.source_finding import Found
from donghyang.troubles import Refused

_SHOWN: Final = 5  # entries shown before a source is added
_NAME: Final = 60  # characters of a feed's title that stand for its name
_GENERIC: Final = frozenset(("rss", "feed", "feeds", "www", "xml", "news", "index", "atom", "all", "allarticle"))


def told_of(found: Found, zone: ZoneInfo) -> Iterator[str]:
    """What an officer should know of a source before it is added, a line each: how it is, then what would be filed."""
    seen = found.seen
    kind = _kind(found)
    if found.page:
        yield say("sources.discovered", page=found.page, kind=kind, url=found.url)
    elif found.kind != "feed":
        yield say("sources.read_as", kind=kind)
    if found.others:
        yield say("sources.others", urls=", ".join(found.others))
    if found.moved:
        yield say("sources.moved", url=found.url)
    newest = f"{seen.newest.astimezone(zone):%Y-%m-%d %H:%M}" if seen.newest else "-"
    yield say("sources.seen", title=seen.title, count=len(seen.entries), lang=seen.lang, newest=newest)
    yield from _oddities(seen, zone)
    if seen.entries:
        yield say("sources.would_file")
    for entry in seen.entries[:_SHOWN]:
        day = f"{entry.published.astimezone(zone):%Y-%m-%d %H:%M}" if entry.published else say("sources.no_day")
        yield say("sources.line", day=day, title=entry.title, url=entry.url)


def _kind(found: Found) -> str:
    match found.kind:
        case "feed":
            return say("sources.kind.feed")
        case "listing":
            return say("sources.kind.listing", board=found.board)
        case _:
            return say("sources.kind.sitemap")


def _oddities(seen: Survey, zone: ZoneInfo) -> Iterator[str]:
    if not seen.entries:
        yield say("sources.nothing_yet")
    if seen.mislabelled:
        yield say("sources.mislabelled", label=seen.mislabelled)
    if seen.undated:
        yield say("sources.undated", count=seen.undated)
    if seen.zoneless:
        yield say("sources.zoneless", count=seen.zoneless)
    if seen.ahead:
        yield say("sources.ahead", hours=seen.ahead.total_seconds() / 3600, clock=zone.key)


def refuse_known(url: str, sources: Sequence[Source]) -> None:
    """Refused, naming the source, when an address is one that config.toml has, in whatever spelling."""
    known = same_place(url, sources)
    if known is not None and known.enabled:
        raise Refused(say("sources.twice", url=url, id=known.id))
    if known is not None:
        raise Refused(say("sources.twice_paused", url=url, id=known.id))


def same_place(url: str, sources: Sequence[Source]) -> Source | None:
    """The source that reads an address already."""
    return next((source for source in sources if canonical(source.url) == canonical(url)), None)


def rows_of(feeds: Sequence[Subscription], sources: Sequence[Source], problems: list[str]) -> list[Row]:
    """The sources a list of feeds adds; what is passed over is told in ``problems``."""
    taken = {str(source.id) for source in sources}
    known = {canonical(source.url): str(source.id) for source in sources}
    rows: list[Row] = []
    for feed in feeds:
        key = canonical(feed.url)
        if not host_of(feed.url) or urlsplit(feed.url).scheme.lower() not in ("http", "https"):
            problems.append(say("sources.not_http", url=feed.url))
        elif key in known:
            problems.append(say("sources.twice", url=feed.url, id=known[key]))
        else:
            known[key] = mint_id(feed.url, feed.title, taken)
            taken.add(known[key])
            rows.append(_row_of(feed, known[key]))
    return rows


def _row_of(feed: Subscription, id_: str) -> Row:
    """A subscription as a source: its category tells the role, and it is never given more rights than a link."""
    words = re.split(r"[,/\s]+", " ".join([feed.category, *reversed(feed.folders)]).lower())
    role = next((word for word in words if word in get_args(Role)), "")
    lang = next((lang for lang in ("ko", "en") if feed.language.lower().startswith(lang)), "")
    told = {"id": id_, "name": short_name(feed.title), "url": feed.url, "lang": lang, "role": role}
    row: dict[str, str | bool] = {key: value for key, value in told.items() if value}
    return row | {"enabled": False} if feed.paused else row


def short_name(title: str) -> str:
    """A feed's title as a source's name."""
    return beginning(title, _NAME)


def mint_id(url: str, title: str, taken: Collection[str]) -> str:
    """A label for a source that none has yet: of its site, then with what tells its feeds apart, then numbered."""
    host = host_of(url)
    site = "" if opaque(host) else registrable(host).partition(".")[0]
    last = [_slug(part.partition(".")[0]) for part in urlsplit(url).path.split("/") if part]
    telling = next((part for part in reversed(last) if part and part not in _GENERIC), "")
    tries = [site, *("-".join(filter(None, (site, part))) for part in (telling, _slug(title)))]
    named = [label for label in tries if label] or [_slug(host) or "source"]
    free = (label for label in named if label not in taken)
    return next(free, None) or next(
        label for number in range(2, len(taken) + 3) if (label := f"{named[0]}-{number}") not in taken
    )


def _slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens, not long; "" when there are none."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:30].strip("-")
