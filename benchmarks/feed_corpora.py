"""Test corpora of other feed readers: their files, and what feedparser's files state must come out."""

import ast
import re
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from benchmarks.feed_robustness import Reading
from collectors.plain_text import line, passage

_EXPECT: Final = re.compile(rb"Expect:\s*(.+)")
_STATED: Final = re.compile(
    r"""entries\[(?P<n>\d+)\](?P<path>(?:\[(?:'\w+'|\d+)\])+)\s*==\s*"""
    r"""(?P<value>u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*"|\([\d, ]+\))(?!['"]|\s*\+)"""
)
_FIELDS: Final = {
    "['title']": "title",
    "['link']": "link",
    "['id']": "id",
    "['guid']": "id",
    "['summary']": "summary",
    "['description']": "summary",
    "['content'][0]['value']": "content",
    "['author']": "author",
    "['authors'][0]['name']": "author",
    "['published_parsed']": "date",
    "['updated_parsed']": "date",
}
_FEED: Final = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf|channel|opml)[\s>]|\"items\"", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Whose entries are compared."""

    ours: bool


def corpus_files(archive: Path) -> Iterator[tuple[str, bytes]]:
    """The feeds in an archive, by name."""
    with tarfile.open(archive) as packed:
        for member in packed:
            taken = packed.extractfile(member) if member.isfile() else None
            body = taken.read() if taken else b""
            if _FEED.search(body.replace(b"\0", b"")):
                yield member.name, body


def expectations(body: bytes, reading: Reading, *, corpus: Corpus) -> Iterator[tuple[str, bool]]:
    """What a file states of the fields we keep, and whether the reading holds to it."""
    stated = _EXPECT.search(body)
    text = stated[1].decode("utf-8", "replace") if stated else ""
    for found in _STATED.finditer(text):
        field = _FIELDS.get(found["path"])
        if field is None or "!=" in text or " or " in text:
            continue
        try:
            wanted = ast.literal_eval(found["value"].removeprefix("u"))
        except (ValueError, SyntaxError):
            continue
        number = int(found["n"])
        if field == "link" and "://" not in wanted:
            continue  # relative without a base: what it is resolved against differs by reader
        entry = reading.entries[number] if number < len(reading.entries) else None
        yield f"{field} == {wanted!r}", entry is not None and _holds(field, wanted, entry, corpus)


def _holds(field: str, wanted: Any, entry: Any, corpus: Corpus) -> bool:
    given = _ours(field, entry) if corpus.ours else _theirs(field, entry)
    if field == "date":
        return bool(given == moment_of(wanted))
    if field == "author":
        return any(name and (name in wanted or wanted in name) for name in given) or (not wanted and not any(given))
    read = line if field in {"title", "link", "id"} else passage
    return (given if corpus.ours else read(given)) == read(wanted)


def _ours(field: str, entry: Any) -> Any:
    return {
        "title": entry.title,
        "link": entry.url,
        "id": entry.key,
        "summary": entry.summary,
        "content": entry.content,
        "author": entry.authors,
        "date": entry.published.astimezone(UTC) if entry.published else None,
    }[field]


def _theirs(field: str, entry: Any) -> Any:
    if field == "date":
        return moment_of(entry.get("published_parsed") or entry.get("updated_parsed"))
    if field == "author":
        return [entry.get("author", "")]
    if field == "content":
        return entry.get("content", [{"value": ""}])[0]["value"]
    return entry.get(field, "")


def moment_of(parts: Sequence[int] | None) -> datetime | None:
    """The moment of a time tuple in UTC, as feedparser gives them."""
    if not parts:
        return None
    year, month, day, hour, minute, second = parts[:6]
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
