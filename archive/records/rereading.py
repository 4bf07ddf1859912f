"""Pages looked at again after their articles were filed: which are due, and what has become of them."""

from dataclasses import dataclass
from datetime import datetime

from archive.records.incoming import PageSeen, WaitingEntry
from archive.records.words import ArticleId, PageState, Reserved


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDue:
    """An article whose page is to be looked at again."""

    article: ArticleId
    title: str  # of the article
    waiting: WaitingEntry  # the entry that leads to the page, as it would be filed anew
    seen: PageSeen
    state: PageState
    missing_since: datetime | None  # the first visit that found nothing, of those in a row
    chars: int  # of the text we hold


@dataclass(frozen=True, slots=True, kw_only=True)
class PageChecked:
    """What a second look found."""

    article: ArticleId
    state: PageState
    edited: bool = False  # it reads otherwise than the last time
    missing_since: datetime | None = None
    seen: PageSeen | None = None  # None: the page did not answer with itself
    reserved: Reserved | None = None  # likewise
