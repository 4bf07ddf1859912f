"""What comes in: Source ─▶ Fetch ─▶ Entry ─▶ Article, and the Document analysis reads.

All datetimes in records are aware; sequences are tuples.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from archive.records.words import ArticleId, Cause, EntryId, Kind, Lang, PageState, Reserved, Rights, Role, SourceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """How a list page is read: CSS selectors of its lines, and how scripts and further pages are turned into addresses.

    Without ``row`` a line is the largest element around a link that holds no other line's link.
    """

    row: str = ""
    link: str = "a"  # inside a line: what leads to the line's own page
    title: str = ""  # inside a line; empty: the link's words
    date: str = ""  # inside a line; empty: what is a date and no deadline
    address: str = ""  # of a line's page, when a script opens it: {1} its first argument, {data-id}, {?bbsId}
    page: str = ""  # how a further page is asked for: "pageIndex={page}", or an address; empty: there is none
    pages: int = 3  # of which at most so many are read at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where we read: one feed, list page or sitemap."""

    id: SourceId
    url: str
    name: str
    kind: Kind = "feed"
    lang: Lang | Literal["auto"] = "auto"
    publisher: str = ""  # fallback family for opaque addresses
    role: Role = "press"
    rights: Rights = "link"
    fulltext: bool = True  # follow an entry to its page
    clock: str = ""  # IANA zone that overrides the zone the feed claims
    every: timedelta = timedelta(hours=1)
    enabled: bool = True  # False: not asked for now, but what it gave stays and it is not forgotten
    board: Board | None = None  # of a listing; told by config, not kept in the archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """One attempt to read a source."""

    source: SourceId
    at: datetime
    outcome: Literal["new", "unchanged", "failed"]
    status: int | None = None  # HTTP status, when there was an answer
    url: str = ""  # where the answer came from, after redirects
    etag: str = ""  # byte-exact as the server gave it
    modified: str = ""  # Last-Modified, likewise
    body_hash: str = ""
    found: int = 0  # entries in the answer
    new: int = 0  # of which not seen before
    error: str = ""  # one sentence that names the thing and the mend
    retry_at: datetime | None = None  # not to be asked again before (Retry-After, how long the answer is good)
    took_ms: int = 0
    cause: Cause | Literal[""] = ""  # of a failure, in one word
    moved: str = ""  # where the publisher says the source lives from now on (301, 308)
    pace: str = ""  # how often the feed wants to be asked, in its own words (ttl, skipHours, skipDays)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line in a feed or list, as its publisher wrote it."""

    source: SourceId
    key: str  # its identity within the source: guid, else canonical address, else title and day
    url: str  # absolute, as the source gave it
    canonical: str
    title: str
    summary: str = ""  # plain text
    content: str = ""  # plain text of the whole article, when the feed carries it
    published: datetime | None = None
    authors: tuple[str, ...] = ()
    lang: Lang = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingEntry:
    """An entry that extract has still to turn into an article."""

    id: EntryId
    entry: Entry
    source: Source
    seen: datetime  # when we first saw it
    backfill: bool  # older than the backfill limit when its source was new: filed, never fetched
    tries: int = 0
    changed: datetime | None = None  # when its text was last new; None: when first seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What extraction found on one article page."""

    title: str
    text: str
    published: datetime | None
    published_from: str  # "state", "json-ld", "meta", "time", "visible" or "" when none
    authors: tuple[str, ...]
    lang: Lang
    canonical: str  # rel=canonical or og:url, canonicalised; "" when the page names none
    extractor: str  # which candidate gave the text
    reserved: Reserved = ""
    paywall: bool = False  # it says that the article, or the rest of it, is for subscribers
    missing: bool = False  # it says, with whatever status, that there is no such article
    notice: str = ""  # lines around a heading such as 접수기간, which the text may lack


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSeen:
    """A page as it was when it was read; of its text and body only hashes are kept."""

    title: str  # as the page itself gives it
    text_hash: str  # of the letters alone: blanks and marks that a template moves are no edit
    body_hash: str  # of the bytes
    etag: str = ""  # byte-exact, to be sent back
    modified: str = ""
    reader: str = ""  # the version that read it: another may find other words in the same page


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Terms of an article, made once; each a sequence in reading order."""

    version: str  # tokenizer and rules that made them
    title: tuple[str, ...]
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What extract found for an entry, ready to be filed as (part of) an article."""

    url: str  # as the source gave it
    addresses: tuple[str, ...]  # canonical ones: the entry's first, then those met on the way
    title: str
    text: str
    lang: Lang
    published: datetime | None
    published_from: str
    authors: tuple[str, ...]
    outlet: str
    family: str
    extractor: str  # "page:…", "feed" or "title"
    candidate: bool
    tokens: Tokens
    problem: str = ""  # why the page could not be read, when it should have been
    reserved: Reserved = ""
    paywall: bool = False
    page_seen: PageSeen | None = None  # None: its page was not read


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The text behind one or more entries: facts, without the text itself (see archive.texts)."""

    id: ArticleId
    url: str  # as the first source gave it
    canonical: str
    title: str
    lang: Lang
    published: datetime | None
    published_from: str
    seen: datetime
    authors: tuple[str, ...]
    outlet: str  # the name shown to readers
    family: str  # publisher family: what is counted
    source: SourceId  # that showed it first
    role: Role
    rights: Rights  # the strictest of its sources, and of what its page reserves
    extractor: str  # "page:…", "feed" or "title"
    candidate: bool  # passed the cheap filter: may be about AI
    backfill: bool = False
    paywall: bool = False  # its page keeps it, or the rest of it, for subscribers
    page_state: PageState = ""  # gone: nothing of its text is shown any more
    page_checked: datetime | None = None  # when the page was last looked at again
    page_noticed: datetime | None = None  # when its edit or its end was noticed

    @property
    def moment(self) -> datetime:
        """When it counts: published, unless that is missing or later than we saw it."""
        return counted_at(self.published, self.seen)


def counted_at(published: datetime | None, seen: datetime) -> datetime:
    """When an article counts: a date that is missing, or more than an hour later than we saw it, is not believed."""
    return seen if published is None or published > seen + timedelta(hours=1) else published


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article as analysis reads it: facts, the beginning of its text, and its tokens."""

    article: Article
    text: str  # at most the first few thousand characters
    tokens: Tokens

    @property
    def id(self) -> ArticleId:
        """The article's id."""
        return self.article.id
