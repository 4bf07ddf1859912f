"""What extract files for an entry: the page's text, else the feed's own, else the title alone; pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from archive.records.incoming import Entry, Filing, Page, PageSeen, Tokens, WaitingEntry
from archive.records.titles import letter_pairs
from archive.records.words import Kind
from collectors.urls import host_of
from donghyang.families import Families

# A page that gives less than this share of what the feed itself carries is a stub: a paywall, a consent wall.
STUB_SHARE = 0.6
# A page that holds less than this share of the headline's letter pairs is another page: a log-in form, a block page.
HEADLINE_SHARE = 0.4
A_DAY = timedelta(days=1)
_DATED_BY: Mapping[Kind, str] = {"feed": "feed", "listing": "list", "sitemap": "sitemap"}
MIN_PAGE_TEXT = 80  # characters; shorter "articles" are captions and navigation


def text_of(waiting: WaitingEntry, page: Page | None) -> tuple[str, str]:
    """The best text at hand, and where it came from ("page:…", "feed" or "title")."""
    entry = waiting.entry
    own = max(entry.content, entry.summary, key=len)
    if page is not None and page.notice and waiting.source.role == "funding":
        return _with_notice(page), f"page:{page.extractor or 'notice'}"
    if page is not None and len(page.text) >= max(MIN_PAGE_TEXT, STUB_SHARE * len(own)):
        return page.text, f"page:{page.extractor}"
    return (own, "feed") if own else ("", "title")


def _with_notice(page: Page) -> str:
    """A notice's text, and below it what its page says in lists and tables."""
    said = set(page.text.splitlines())
    return "\n".join(filter(None, (page.text, *(line for line in page.notice.splitlines() if line not in said))))


def title_of(entry: Entry, page: Page | None) -> str:
    """The title its source gives an entry, else the page's own, else the address it has."""
    return entry.title or (page.title if page else "") or entry.url


def tells(page: Page, entry: Entry) -> bool:
    """Whether a page is the entry's own: its title and text hold most of what the headline says."""
    wanted = letter_pairs(entry.title)
    return not wanted or len(wanted & letter_pairs(f"{page.title} {page.text} {page.notice}")) >= HEADLINE_SHARE * len(
        wanted
    )


def filing_of(
    waiting: WaitingEntry,
    page: Page | None,
    *,
    text: tuple[str, str],
    tokens: Tokens,
    families: Families,
    candidate: bool,
    addresses: Sequence[str] = (),
    problem: str = "",
    page_seen: PageSeen | None = None,
) -> Filing:
    """Everything the archive should know of this entry's article.

    ``addresses`` are canonical addresses met on the way to the page, redirects and rel=canonical among them.
    """
    entry, source = waiting.entry, waiting.source
    host = host_of(addresses[-1] if addresses else entry.url)
    family = families.of(host, source.publisher or source.name)
    published, published_from = _published(waiting, page)
    return Filing(
        url=entry.url,
        addresses=tuple(dict.fromkeys((entry.canonical, *addresses))),
        title=title_of(entry, page),
        text=text[0],
        lang=entry.lang if entry.lang != "other" or page is None else page.lang,
        published=published,
        published_from=published_from,
        authors=entry.authors or (page.authors if page else ()),
        outlet=family,
        family=family,
        extractor=text[1],
        candidate=candidate,
        tokens=tokens,
        problem=problem,
        reserved=page.reserved if page else "",
        paywall=page is not None and page.paywall,
        page_seen=page_seen,
    )


def _published(waiting: WaitingEntry, page: Page | None) -> tuple[datetime | None, str]:
    """The date and where it was read: the source's own word, made exact by the page when a list tells but the day."""
    told, kind = waiting.entry.published, waiting.source.kind
    found = page.published if page is not None else None
    exact = told is not None and found is not None and kind != "feed" and told <= found < told + A_DAY
    if told is not None and not exact:
        return told, _DATED_BY[kind]
    return (found, page.published_from) if page is not None and found is not None else (None, "")
