"""The issues as feeds: Atom (RFC 4287) and JSON Feed 1.1, newest first, from their snapshots.

An issue is one entry, a corrected issue the same entry with a later date. Ids are made from what is frozen, the name of
the city's list in its first issue here and the week, and never change.
"""

import json
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from archive.records.editing import Edition
from archive.records.issue import Issue
from digest import dates, phrases
from digest.cleaning import clean, web_address
from digest.medium import medium_of
from digest.templating import fill

LONGEST: Final = 26  # issues in a feed: half a year
_SPACE: Final = uuid.UUID("6f3a1d1e-5c0b-5d5e-9f53-2b5a8b0c7d42")  # of our own names
NAMES: Final = ("feed.xml", "feed.json")


def feed_files(issues: Sequence[Issue], edition: Edition) -> dict[str, bytes]:
    """``feed.xml`` and ``feed.json`` of the issues, of each week its newest revision; nothing when there is none."""
    if not issues:
        return {}
    newest = tuple(sorted(issues, key=lambda issue: issue.week, reverse=True))[:LONGEST]
    return {"feed.xml": _atom(newest, edition).encode(), "feed.json": _json(newest, edition).encode()}


def _id(issue: Issue) -> str:
    return uuid.uuid5(_SPACE, f"{issue.organisation}\n{issue.week}").urn


def _feed_id(issues: Sequence[Issue]) -> str:
    return uuid.uuid5(_SPACE, f"{issues[0].organisation}\nfeed").urn


def _title(issue: Issue) -> str:
    number = phrases.FEED_TITLE.format(number=issue.number, period=dates.period(issue.week))
    return phrases.REVISED + number if issue.corrected else number


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _summary(issue: Issue) -> str:
    return " / ".join(clean(point.text) for point in issue.highlights)


def _content(issue: Issue, edition: Edition) -> str:
    """The issue's items and sources as a piece of HTML."""
    return fill("feed_entry.html", issue, edition, medium_of(issue, edition))


def _page(issue: Issue, edition: Edition) -> str:
    return medium_of(issue, edition).page


def _atom(issues: Sequence[Issue], edition: Edition) -> str:
    entries = [
        {
            "id": _id(issue),
            "title": _title(issue),
            "updated": _stamp(issue.made),
            "page": _page(issue, edition),
            "summary": _summary(issue),
            "content": _content(issue, edition),
        }
        for issue in issues
    ]
    home = web_address(edition.web)
    updated = _stamp(max(issue.made for issue in issues))
    head = {"id": _feed_id(issues), "home": home, "updated": updated, "entries": entries}
    return fill("feed.xml", issues[0], edition, replace(medium_of(issues[0], edition), page=home), feed=head)


def _json(issues: Sequence[Issue], edition: Edition) -> str:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": clean(edition.title),
        "language": "ko",
        "authors": [{"name": clean(edition.organisation)}],
        "home_page_url": web_address(edition.web),
        "items": [
            {
                "id": _id(issue),
                "url": _page(issue, edition),
                "title": _title(issue),
                "summary": _summary(issue),
                "content_html": _content(issue, edition),
                "date_published": _stamp(issue.made),
            }
            for issue in issues
        ],
    }
    return json.dumps(_filled(feed), ensure_ascii=False, indent=1) + "\n"


def _filled(feed: object) -> object:
    """The feed without addresses there are none for."""
    if isinstance(feed, dict):
        return {key: _filled(value) for key, value in feed.items() if value not in ("", [{"name": ""}])}
    return [_filled(value) for value in feed] if isinstance(feed, list) else feed
