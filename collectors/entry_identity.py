"""Which entry is which: the key within its source, and the canonical address it shares with other sources.

A guid is believed when it names one item of its feed. Else the canonical address is the key, unless items with
different titles share it; else title and day. A canonical address likewise names one article: sections of one
page (a changelog's versions) keep their fragments, and an address most items share names none of them.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urldefrag

from archive.records.incoming import Entry
from collectors.urls import canonical

_MANY = 3  # titles under one address: then it is the address of a list


def identified(entries: Sequence[Entry], guids: Sequence[str]) -> list[Entry]:
    """The entries with ``key`` and ``canonical`` filled in from their guids, addresses, titles and days."""
    sections = _named_by(entries, [_fragment(entry.url) for entry in entries])
    titles = _named_by(entries, [entry.title for entry in entries])
    usable = _usable(entries, guids)
    seen: Counter[str] = Counter()
    found = []
    for entry, guid in zip(entries, guids, strict=True):
        named = _with_identity(entry, guid if guid in usable else "", titles, sections)
        seen[named.key] += 1
        found.append(named if named.url or guid in usable else _numbered(named, seen[named.key]))
    return found


def _numbered(entry: Entry, time: int) -> Entry:
    """An entry with nothing but its words: when it comes again in one feed, nothing says that it is the same."""
    key = entry.key if time == 1 else f"{entry.key}#{time}"
    return replace(entry, key=key, canonical=_urn(entry, key))


def _named_by(entries: Sequence[Entry], names: Sequence[str]) -> dict[str, set[str]]:
    """The different names under each address."""
    named: dict[str, set[str]] = {}
    for entry, name in zip(entries, names, strict=True):
        named.setdefault(canonical(entry.url), set()).add(name)
    return named


def _usable(entries: Sequence[Entry], guids: Sequence[str]) -> frozenset[str]:
    """Guids that name one item each; none when most items share theirs (a constant, or the feed's own address)."""
    items: dict[str, set[str]] = {}
    for place, (entry, guid) in enumerate(zip(entries, guids, strict=True)):
        if guid:
            items.setdefault(guid, set()).add(canonical(entry.url) or entry.title or f"item {place}")
    alone = frozenset(guid for guid, named in items.items() if len(named) == 1)
    shared = sum(len(named) for named in items.values() if len(named) > 1)
    return alone if shared <= len(alone) else frozenset()


def _with_identity(entry: Entry, guid: str, titles: dict[str, set[str]], sections: dict[str, set[str]]) -> Entry:
    address = canonical(entry.url)
    fragment = _fragment(entry.url)
    own = bool(address) and len(titles[address]) == 1
    if address and len(sections[address]) > 1 and len(titles[address]) > 1 and fragment:
        address, own = f"{address}#{fragment}", True
    key = guid or (address if own else _title_key(entry))
    listed = not own and len(titles.get(address, ())) >= _MANY
    return replace(entry, key=key, canonical=address if address and not listed else _urn(entry, key))


def _fragment(url: str) -> str:
    return urldefrag(url).fragment if "#" in url else ""


def _title_key(entry: Entry) -> str:
    day = entry.published.date().isoformat() if entry.published else ""
    return "title:" + _digest(entry.title, day)


def _urn(entry: Entry, key: str) -> str:
    """A canonical address for an entry that has none, so that no two of them are taken for one article."""
    return "urn:entry:" + _digest(entry.source, key)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
