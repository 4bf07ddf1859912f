"""JSON Feed 1.0 and 1.1 (jsonfeed.org), as strictly as its publishers write it."""

import json
import re
from typing import Any

from collectors.feed_entries import Item, Paper

_ITEMS = re.compile(r'"items"\s*:\s*\[')


def paper_of(text: str) -> Paper | None:
    """The feed in a JSON text, what is left of it when it is cut off; None when it is no feed."""
    try:
        feed = json.loads(text)
    except ValueError:
        feed = {"items": _left_of(text)}
    except RecursionError:
        return None
    if not isinstance(feed, dict) or not isinstance(items := feed.get("items"), list):
        return None
    if not (items or "jsonfeed.org" in _text(feed.get("version"))):
        return None
    return Paper(
        title=_text(feed.get("title")),
        link=_text(feed.get("home_page_url")),
        lang=_text(feed.get("language")),
        relative_to_itself=True,
        items=tuple(_item(item) for item in items if isinstance(item, dict)),
    )


def _left_of(text: str) -> list[Any]:
    """The items that stand whole in a text that is cut off."""
    begun = _ITEMS.search(text)
    items: list[Any] = []
    at = begun.end() if begun else len(text)
    while (at := _next(text, at)) < len(text):
        try:
            item, at = json.JSONDecoder().raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        items.append(item)
    return items


def _next(text: str, at: int) -> int:
    """Where the next item begins, past blanks and commas."""
    while at < len(text) and text[at] in " \t\r\n,":
        at += 1
    return at


def _item(item: dict[str, Any]) -> Item:
    html, plain = _text(item.get("content_html")), _text(item.get("content_text"))
    return Item(
        title=_text(item.get("title")),
        guid=_text(item.get("id")),
        links=tuple(_text(item.get(name)) for name in ("url", "external_url", "id")),
        summary=_text(item.get("summary")),
        content=html or plain,
        dates=(_text(item.get("date_published")), _text(item.get("date_modified"))),
        authors=_authors(item),
    )


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    """Version 1.1 has a list, version 1.0 one; some write plain names."""
    found = item.get("authors") or item.get("author") or []
    authors = found if isinstance(found, list) else [found]
    return tuple(_text(author.get("name") if isinstance(author, dict) else author) for author in authors)


def _text(value: object) -> str:
    """A value as text without halves of pairs and NULs; numbers may be ids and moments."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).encode("utf-8", "ignore").decode().replace("\0", "").strip()
