"""Fetches the pages of waiting entries that may be about AI, side by side and politely per host."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from importlib.metadata import version

from analysis.call_titles import is_digital
from analysis.mentions import Mentions
from analysis.relevance import worth_reading
from archive.records.incoming import Entry, Filing, Page, PageSeen, Tokens, WaitingEntry
from collectors import politeness
from collectors.answers import Answer
from collectors.http import Web, WebError
from collectors.urls import canonical
from donghyang.aliases import own_addresses
from donghyang.families import Families
from donghyang.filing import filing_of, tells, text_of, title_of
from donghyang.page_reader import PageReader, PageTrouble

MAX_TRIES = 4  # after these, an entry keeps what its feed gave
FIRST_RETRY = timedelta(hours=1)
SUMMARY_CHARS = 600  # of what the feed carries, as much as the cheap filter reads


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFetch:
    """One waiting entry and what was found behind it."""

    waiting: WaitingEntry
    candidate: bool
    text: tuple[str, str]  # and where it came from
    page: Page | None = None
    addresses: tuple[str, ...] = ()
    seen: PageSeen | None = None
    problem: str = ""
    retry_at: datetime | None = None

    @property
    def title(self) -> str:
        """What the article is called."""
        return title_of(self.waiting.entry, self.page)

    def filing(self, tokens: Tokens, families: Families) -> Filing:
        """What the archive should keep of it."""
        return filing_of(
            self.waiting,
            self.page,
            text=self.text,
            tokens=tokens,
            families=families,
            candidate=self.candidate,
            addresses=self.addresses,
            problem=self.problem,
            page_seen=self.seen,
        )


async def fetch_pages(
    batch: Sequence[WaitingEntry], *, web: Web, reader: PageReader, mentions: Mentions, now: datetime
) -> list[PageFetch]:
    """The batch in its order; trouble with a page is told in its ``problem``, never raised."""
    one_at_a_time = asyncio.Lock()  # the reader is one process

    async def one(waiting: WaitingEntry) -> PageFetch:
        entry = waiting.entry
        own = max(entry.content, entry.summary, key=len)
        # A sitemap may name a page without its title; then only the page itself tells what it is about.
        candidate = not entry.title or worth_reading(entry.title, own[:SUMMARY_CHARS], mentions, waiting.source.role)
        wanted = candidate or (waiting.source.role == "funding" and is_digital(entry.title))
        bare = PageFetch(waiting=waiting, candidate=candidate, text=text_of(waiting, None))
        if not (wanted and waiting.source.fulltext and has_own_page(entry)) or waiting.backfill:
            return bare
        try:
            answer = await web.get(entry.url, robots=True)
            page = await read_answer(answer, reader, one_at_a_time)
        except WebError as error:
            return _unread(bare, error, now)
        except PageTrouble as error:
            return replace(bare, problem=str(error))
        if page.text and not tells(page, entry):
            problem = "the page does not hold the headline (a log-in or block page?); the feed's own text is kept"
            return replace(bare, problem=problem)
        addresses = own_addresses(entry, canonical(answer.url), page)
        said = worth_reading(page.title, page.text[:SUMMARY_CHARS], mentions)
        candidate = (candidate and bool(entry.title)) or said
        return replace(
            bare,
            candidate=candidate,
            text=text_of(waiting, page),
            page=page,
            addresses=addresses,
            seen=page_seen(page, answer) if page.text else None,
        )

    return list(await asyncio.gather(*map(one, batch)))


async def read_answer(answer: Answer, reader: PageReader, one_at_a_time: asyncio.Lock) -> Page:
    """The page in an answer, read in the reader's own process."""
    async with one_at_a_time:
        return await asyncio.to_thread(
            reader.read,
            answer.body,
            url=answer.url,
            content_type=answer.content_type,
            robots=answer.headers.get("x-robots-tag", ""),
        )


def page_seen(page: Page, answer: Answer) -> PageSeen:
    """What is kept of a page, to tell whether it has changed when it is looked at again."""
    return PageSeen(
        title=page.title,
        text_hash=sha256(re.sub(r"[\W_]+", "", page.text + page.notice).encode()).hexdigest(),
        body_hash=sha256(answer.body).hexdigest(),
        etag=answer.etag,
        modified=answer.modified,
        reader=version("donghyang"),
    )


def _unread(bare: PageFetch, error: WebError, now: datetime) -> PageFetch:
    tries = bare.waiting.tries + 1
    again = not error.lasting and tries < MAX_TRIES
    retry_at = (error.retry_after or now + politeness.backoff(FIRST_RETRY, tries)) if again else None
    return replace(bare, problem=error.reason, retry_at=retry_at)


def has_own_page(entry: Entry) -> bool:
    """Whether the entry's address leads to a page of its own: a part of a page (``#v2.1``) or no address does not."""
    return entry.url.startswith(("http://", "https://")) and "#" not in entry.canonical
