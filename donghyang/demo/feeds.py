"""The feeds of the invented outlets, each with the habits real ones have."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime

from donghyang.demo.templating import page
from donghyang.demo.world import Outlet, Piece

LENGTH = 30  # pieces a feed shows; a general feed that is not read for a week has lost some
EXCERPT = 160  # characters of the text in a feed that does not carry it whole

MEDIA = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}


def write_feed(outlet: Outlet, pieces: Sequence[Piece], site: str) -> bytes:
    """The outlet's feed with these pieces (newest first), in its own encoding; ``site`` ends without a slash."""
    shown = pieces[:LENGTH]
    if outlet.feed == "json":
        return _json_feed(outlet, shown, site)
    rows = [
        {
            "title": piece.title,
            "url": site + piece.path,
            "date": moment(piece.at, outlet.dates),
            "author": piece.author,
            "summary": summary(piece),
            "content": as_html(piece) if outlet.carries == "full" else "",
        }
        for piece in shown
    ]
    text = page(f"{outlet.feed}.xml", outlet=outlet, rows=rows, site=site)
    return text.encode(outlet.encoding, errors="xmlcharrefreplace")


def moment(at: datetime, style: str) -> str:
    """A moment as this outlet's feed writes it."""
    match style:
        case "gmt":
            return format_datetime(at.astimezone(UTC), usegmt=True)
        case "naive":
            return f"{at:%Y-%m-%d %H:%M:%S}"
        case "iso":
            return at.isoformat()
        case _:
            return format_datetime(at)


def summary(piece: Piece) -> str:
    """The beginning of the text, cut where the outlet's software cuts it."""
    text = piece.body[0]
    return text if len(text) <= EXCERPT else text[:EXCERPT].rstrip() + "..."


def as_html(piece: Piece) -> str:
    """The whole text as the HTML a feed carries."""
    return page("content.html", piece=piece)


def _json_feed(outlet: Outlet, pieces: Sequence[Piece], site: str) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"{site}/{outlet.id}/",
        "language": outlet.lang,
        "items": [
            {
                "id": piece.path,
                "url": site + piece.path,
                "title": piece.title,
                "content_html": as_html(piece),
                "date_published": moment(piece.at, outlet.dates),
                "authors": [{"name": piece.author}],
            }
            for piece in pieces
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()
