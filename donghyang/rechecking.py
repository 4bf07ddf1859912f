"""Looks again at the pages of articles already filed: edited ones are read anew, those that are gone lose their text.

    due after some days ─▶ asked as pages are, with their validators ─▶ as it was · edited · missing · unknown
    missing twice, a day apart ─▶ gone

Nothing here fails a run: a page that does not answer, or answers with something else, is let be until its next day.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from itertools import islice
from typing import Final, Literal
from urllib.parse import urlsplit

from sqlalchemy import Connection

from archive import intake
from archive.pages import A_DAY, reads_otherwise
from archive.records.incoming import Filing, Page, PageSeen
from archive.records.rereading import PageChecked, PageDue
from archive.records.titles import titles_agree
from archive.records.words import PageState, Reserved
from collectors.addresses import AllowedHosts
from collectors.answers import Answer, WebError
from collectors.hops import read_url
from collectors.http import Web
from collectors.urls import canonical
from donghyang.aliases import own_addresses
from donghyang.filing import STUB_SHARE, filing_of, tells, text_of
from donghyang.logs import logger
from donghyang.page_fetching import page_seen, read_answer
from donghyang.page_reader import PageReader, PageTrouble
from donghyang.services import Services

Outcome = Literal["same", "edited", "missing", "unknown"]

MOST_OF_A_HOST: Final = 5  # in one run: a slow Crawl-delay must not hold the others up
_MISSING: Final = frozenset((HTTPStatus.NOT_FOUND, HTTPStatus.GONE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A page that was due, and what it gave."""

    due: PageDue
    outcome: Outcome
    page: Page | None = None
    seen: PageSeen | None = None
    addresses: tuple[str, ...] = ()  # met on the way

    def judged(self, now: datetime) -> PageChecked:
        """What is to be kept of it."""
        due, since = self.due, self.due.missing_since
        state: PageState = due.state
        if self.outcome == "missing":
            state = "gone" if since is not None and now - since >= A_DAY else due.state
            since = since or now
        elif self.outcome != "unknown":
            state, since = _living(due.state, self.outcome), None
        reserved: Reserved | None = self.page.reserved if self.page else None
        return PageChecked(
            article=due.article,
            state=state,
            edited=self.outcome == "edited",
            missing_since=since,
            seen=self.seen,
            reserved=reserved,
        )


def _living(before: PageState, outcome: Outcome) -> PageState:
    """What a page is that is there: once edited it stays so, and one that came back is as it was."""
    if outcome == "edited":
        return "edited"
    return "edited" if before == "edited" else "same"


def due_pages(services: Services, db: Connection, now: datetime) -> list[PageDue]:
    """The pages to look at in a run now: within its budget, and few of one host."""
    rules, own = services.settings.collect, AllowedHosts.parse(services.settings.http.allow_hosts)
    resting = {source.id for source in services.settings.source_records() if not source.enabled}
    due = intake.pages_due(db, now, rules.recheck, rules.recheck_pages * MOST_OF_A_HOST, resting)
    return list(islice(_few_of_a_host(due, own), rules.recheck_pages))


async def recheck(services: Services, web: Web, reader: PageReader, now: datetime) -> Counter[str]:
    """Look at the pages that are due, within the run's budget; how many of which outcome, and how many now gone."""
    with services.archive.reading() as db:
        chosen = due_pages(services, db, now)
    one_at_a_time = asyncio.Lock()
    looks = await asyncio.gather(*(_look(one, web, reader, one_at_a_time) for one in chosen))
    _write_down(services, looks, now)
    told = Counter(look.outcome for look in looks)
    return told + Counter(gone=sum(look.judged(now).state == "gone" != look.due.state for look in looks))


def _few_of_a_host(due: Iterable[PageDue], own: AllowedHosts) -> Iterator[PageDue]:
    """Not too many pages of one host; those of our own network (``own``) are not spaced and not counted."""
    taken: Counter[str] = Counter()
    for one in due:
        place = read_url(one.waiting.entry.url)
        host = place.host or ""
        taken[host] += 1
        if taken[host] <= MOST_OF_A_HOST or own.host(host, place.port or 0):
            yield one


async def _look(due: PageDue, web: Web, reader: PageReader, one_at_a_time: asyncio.Lock) -> Look:
    url = due.waiting.entry.url
    try:
        answer = await web.get(url, etag=due.seen.etag, modified=due.seen.modified, robots=True)
        if answer.status == HTTPStatus.NOT_MODIFIED:
            return Look(due=due, outcome="same")
        if _leads_home(url, answer):
            return Look(due=due, outcome="missing")
        page = await read_answer(answer, reader, one_at_a_time)
    except WebError as error:
        logger().info("page not looked at again", url=url, reason=error.reason)
        return Look(due=due, outcome="missing" if error.status in _MISSING else "unknown")
    except PageTrouble as error:
        logger().info("page not looked at again", url=url, reason=str(error))
        return Look(due=due, outcome="unknown")
    look = compared(due, page, page_seen(page, answer))
    return replace(look, addresses=own_addresses(due.waiting.entry, canonical(answer.url), page))


def compared(due: PageDue, page: Page, seen: PageSeen) -> Look:
    """What a page that answered is, beside what it was; pure.

    A wall before the text, a stub in its place, or another page altogether (a log-in form) is no edit.
    """
    if page.missing:
        return Look(due=due, outcome="missing")
    own = tells(page, due.waiting.entry) or titles_agree(page.title, due.seen.title)
    walled = page.paywall and len(page.text) < STUB_SHARE * due.chars
    if not own or walled or not text_of(due.waiting, page)[1].startswith("page:"):
        return Look(due=due, outcome="unknown")
    return Look(due=due, outcome="edited" if reads_otherwise(seen, due.seen) else "same", page=page, seen=seen)


def _leads_home(url: str, answer: Answer) -> bool:
    """Whether an article's address has come to lead to its site's front page."""
    asked, came = urlsplit(url), urlsplit(answer.url)
    return bool(asked.path.strip("/") or asked.query) and not (came.path.strip("/") or came.query)


def _write_down(services: Services, looks: Sequence[Look], now: datetime) -> None:
    """Edited articles with their new text, and every look, in one short transaction."""
    filings = list(_filings(services, looks))
    with services.archive.writing() as db:
        for due, filing in filings:
            intake.renew_article(db, due.article, due.waiting, filing, now)
        intake.record_checks(db, [look.judged(now) for look in looks], now)


def _filings(services: Services, looks: Sequence[Look]) -> Iterator[tuple[PageDue, Filing]]:
    """What is to be filed anew of edited articles; their words are found again."""
    for look in looks:
        due, page = look.due, look.page
        if look.outcome != "edited" or page is None:
            continue
        title, text = retitled(due, page), text_of(due.waiting, page)
        (tokens,) = services.tokenizer.many([(title, text[0], due.waiting.entry.lang)])
        filing = filing_of(
            due.waiting,
            page,
            text=text,
            tokens=tokens,
            families=services.config.families,
            candidate=True,
            addresses=look.addresses,
        )
        yield due, replace(filing, title=title)


def retitled(due: PageDue, page: Page) -> str:
    """The article's title; the page's own where that was changed and the article was called by it."""
    called_so = titles_agree(due.title, due.seen.title)
    return page.title if page.title and page.title != due.seen.title and called_so else due.title
