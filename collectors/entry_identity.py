"""Which entry is which: the key within its source, and the canonical address it shares with other sources.

A guid is believed when it names one item of its feed. Else the canonical address is the key, unless items with
different titles share it; else title and day. A canonical address likewise names one article: sections of one
page (a changelog's versions) keep their fragments, and an address most items share names none of them.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple
from urllib.parse import urldefrag

from archive.records.incoming import Entry
from archive.records.words import Lang, SourceId
from collectors.urls import canonical

_MANY: Final = 3  # titles under one address: then it is the address of a list
_NONE: Final = frozenset[str]()


class Draft(NamedTuple):
    """An entry before it is known which one it is."""

    source: SourceId
    guid: str
    url: str
    title: str
    summary: str
    content: str
    published: datetime | None
    authors: tuple[str, ...]
    lang: Lang


class _Shared(NamedTuple):
    """The addresses that several items of a feed have, each with what differs under it; most feeds have none."""

    titles: dict[str, set[str]]
    sections: dict[str, set[str]]


def identified(drafts: Sequence[Draft]) -> list[Entry]:
    """The entries, each with its ``key`` and ``canonical`` from its guid, address, title and day."""
    addresses = [canonical(draft.url) for draft in drafts]
    shared = _shared(drafts, addresses)
    usable = _usable(drafts, addresses)
    seen: Counter[str] = Counter()
    found = []
    for draft, address in zip(drafts, addresses, strict=True):
        guid = draft.guid if draft.guid in usable else ""
        key, place = _identity(draft, guid, address, shared)
        seen[key] += 1
        if seen[key] > 1 and not draft.url and not guid:  # nothing but its words says that it is the same
            key = f"{key}#{seen[key]}"
            place = _urn(draft, key)
        found.append(_entry(draft, key, place))
    return found


def _entry(draft: Draft, key: str, address: str) -> Entry:
    return Entry(
        source=draft.source,
        key=key,
        url=draft.url,
        canonical=address,
        title=draft.title,
        summary=draft.summary,
        content=draft.content,
        published=draft.published,
        authors=draft.authors,
        lang=draft.lang,
    )


def _shared(drafts: Sequence[Draft], addresses: Sequence[str]) -> _Shared:
    """The different titles and fragments under each address that more than one item has."""
    times = Counter(addresses)
    shared = _Shared({}, {})
    if len(times) == len(addresses):
        return shared
    for draft, address in zip(drafts, addresses, strict=True):
        if times[address] > 1:
            shared.titles.setdefault(address, set()).add(draft.title)
            shared.sections.setdefault(address, set()).add(_fragment(draft.url))
    return shared


def _usable(drafts: Sequence[Draft], addresses: Sequence[str]) -> frozenset[str]:
    """Guids that name one item each; none when most items share theirs (a constant, or the feed's own address)."""
    guids = frozenset(draft.guid for draft in drafts)
    if len(guids) == len(drafts):
        return guids - {""}
    items: dict[str, set[str]] = {}
    for number, (draft, address) in enumerate(zip(drafts, addresses, strict=True)):
        if draft.guid:
            items.setdefault(draft.guid, set()).add(address or draft.title or f"item {number}")
    alone = frozenset(guid for guid, named in items.items() if len(named) == 1)
    among = sum(len(named) for named in items.values() if len(named) > 1)
    return alone if among <= len(alone) else frozenset()


def _identity(draft: Draft, guid: str, address: str, shared: _Shared) -> tuple[str, str]:
    """The key within the source, and the canonical address."""
    titles = shared.titles.get(address, _NONE)
    own, listed = bool(address) and len(titles) <= 1, False
    if not own and address:
        fragment = _fragment(draft.url)
        if fragment and len(shared.sections[address]) > 1:
            address, own = f"{address}#{fragment}", True
        listed = not own and len(titles) >= _MANY
    key = guid or (address if own else _title_key(draft))
    return key, address if address and not listed else _urn(draft, key)


def _fragment(url: str) -> str:
    return urldefrag(url).fragment if "#" in url else ""


def _title_key(draft: Draft) -> str:
    day = draft.published.date().isoformat() if draft.published else ""
    return "title:" + _digest(draft.title, day)


def _urn(draft: Draft, key: str) -> str:
    """A canonical address for an entry that has none, so that no two of them are taken for one article."""
    return "urn:entry:" + _digest(draft.source, key)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
