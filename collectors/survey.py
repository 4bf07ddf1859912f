"""What to know of a feed before it becomes a source: what it holds, and what is odd about its charset and clock."""

import codecs
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from archive.records.incoming import Entry, Source
from archive.records.words import Lang, SourceId
from collectors import charsets
from collectors.feeds import read_feed

_CLOCKS_DIFFER: Final = timedelta(minutes=10)  # so much a publisher's clock may be fast


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A feed as an officer should see it before subscribing."""

    title: str
    entries: tuple[Entry, ...]
    lang: Lang  # of most entries
    mislabelled: str  # the charset it claims, when its bytes are in another; "" when it is right
    undated: int
    zoneless: int  # dates that name no zone, so that Seoul or UTC had to be assumed
    ahead: timedelta  # how far its newest date lies in the future; zero when it does not

    @property
    def newest(self) -> datetime | None:
        """Its newest date."""
        return max((entry.published for entry in self.entries if entry.published), default=None)


def survey(body: bytes, *, url: str, content_type: str, now: datetime, clock: str = "") -> Survey:
    """Look a feed over; NotAFeed when it is none. ``clock`` is the zone its dates are to be read in, if any is."""
    reader = Source(id=SourceId("survey"), url=url, name="", clock=clock)
    feed, korean, english = (
        read_feed(body, url=url, source=one, content_type=content_type)
        for one in (reader, replace(reader, lang="ko"), replace(reader, lang="en"))
    )
    dates = [entry.published for entry in feed.entries if entry.published]
    ahead = max(dates, default=now) - now
    return Survey(
        title=feed.title,
        entries=feed.entries,
        lang=_most(feed.entries),
        mislabelled=_mislabelled(body, content_type),
        undated=len(feed.entries) - len(dates),
        # such a date comes out nine hours apart for a Korean source and an English one
        zoneless=sum(a.published != b.published for a, b in zip(korean.entries, english.entries, strict=False)),
        ahead=ahead if ahead > _CLOCKS_DIFFER else timedelta(0),
    )


def survey_of(entries: tuple[Entry, ...], *, now: datetime, title: str = "") -> Survey:
    """Look over the entries of a list page or a sitemap, whose charset and clock say nothing of their own."""
    dates = [entry.published for entry in entries if entry.published]
    ahead = max(dates, default=now) - now
    return Survey(
        title=title,
        entries=entries,
        lang=_most(entries),
        mislabelled="",
        undated=len(entries) - len(dates),
        zoneless=0,
        ahead=ahead if ahead > _CLOCKS_DIFFER else timedelta(0),
    )


def _most(entries: tuple[Entry, ...]) -> Lang:
    counted = Counter(entry.lang for entry in entries)
    return counted.most_common(1)[0][0] if counted else "other"


def _mislabelled(body: bytes, content_type: str) -> str:
    """The claimed charset under which the bytes would read differently from how we read them."""
    declared, http = charsets.declared_in(body), charsets.declared_by_server(content_type)
    text = charsets.decode(body, declared=declared, http=http).lstrip("\ufeff")
    label = declared or http or "utf-8"
    return "" if body.isascii() or _decoded(body, label) == unicodedata.normalize("NFC", text) else label


def _decoded(body: bytes, label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
        text = body.decode("cp949" if name == "euc_kr" else name)  # as browsers read the label
    except (LookupError, ValueError):
        return None
    return unicodedata.normalize("NFC", text.lstrip("\ufeff"))
