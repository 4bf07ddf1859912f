"""The five verbs: each asks the archive what is missing, thinks or goes out, and writes the answer down.

    collect ─▶ extract ─▶ analyse ─▶ compose ─▶ deliver

Every step may be killed at any instant and run again. No transaction is open while the network, the tokenizer or
scikit-learn work. Full text leaves the archive here and nowhere else: to analysis, and through the rights gate.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from analysis.call_following import REMEMBERED, follow
from analysis.findings import analyse as think
from archive import calls, corrections, coverage, findings, intake, issues, runs, texts
from archive.records.calls import Call
from archive.records.findings import Findings
from archive.records.incoming import Article, Document, WaitingEntry
from archive.records.issue import Issue
from archive.rights import show
from archive.weeks import Week
from collectors import politeness
from collectors.addresses import AllowedHosts
from digest.calls import with_calls
from donghyang import drafting, funding, posting, publishing
from donghyang.collecting import visit_all
from donghyang.headline_vectors import kept_vectors
from donghyang.logs import logger
from donghyang.messages import say
from donghyang.page_fetching import PageFetch, fetch_pages
from donghyang.progress import bar
from donghyang.rechecking import recheck
from donghyang.services import Services

WINDOW = timedelta(days=14)  # analysis looks back so far, and on to the Monday before
COMPARED = 12  # weeks before: the eight of topics that may have merged, and the four these are compared with
TEXT_CHARS = 3000  # of an article's text, as much as analysis reads
BATCH = 100  # entries extracted between two commits
LATE = timedelta(days=1)  # an issue made so long after its time says so


@dataclass(frozen=True, slots=True)
class Tally:
    """What a step did: things done, things failed, and a clause for the log."""

    done: int = 0
    failed: int = 0
    detail: str = ""
    partly: bool = False  # whatever failed, the step itself could do its work


# collect ------------------------------------------------------------------------------------------


def collect(services: Services, now: datetime) -> Tally:
    """Visit every source that is due and file its new entries."""
    sources = services.settings.source_records(now)
    with services.archive.writing() as db:
        intake.register_sources(db, sources, now)
    with services.archive.reading() as db:
        histories = intake.histories(db, now)
    awake = [source for source in sources if source.enabled]
    due = politeness.due(awake, histories, now, AllowedHosts.parse(services.settings.http.allow_hosts))
    fetches = asyncio.run(visit_all(services, due, histories, now))
    outcomes = Counter(fetch.outcome for fetch in fetches)
    return Tally(
        done=outcomes["new"] + outcomes["unchanged"],
        failed=outcomes["failed"],
        detail=say(
            "collect.detail",
            sources=len(due),
            unchanged=outcomes["unchanged"],
            entries=sum(fetch.new for fetch in fetches),
        ),
    )


# extract ------------------------------------------------------------------------------------------


def extract(services: Services, now: datetime) -> Tally:
    """Turn every waiting entry into an article: its page, else what its feed carried, else its title."""
    return asyncio.run(_extract(services, now))


async def _extract(services: Services, now: datetime) -> Tally:
    with services.archive.reading() as db:
        total = intake.count_waiting(db, now)
    done: list[PageFetch] = []
    with services.page_reader() as reader, bar(say("step.extract"), total) as advance:
        async with services.web(now) as web:
            while batch := _waiting(services, now):
                fetched = await fetch_pages(batch, web=web, reader=reader, mentions=services.mentions, now=now)
                _file_articles(services, fetched, now)
                done.extend(fetched)
                advance(len(fetched))
            again = await recheck(services, web, reader, now)
    _forget_old_texts(services, now)
    kinds = [fetched.text[1].partition(":")[0] for fetched in done]
    log = say("extract.detail", pages=kinds.count("page"), feeds=kinds.count("feed"), titles=kinds.count("title"))
    if again:
        log += say("extract.again", pages=again.total() - again["gone"], edited=again["edited"], gone=again["gone"])
    return Tally(done=len(done), failed=sum(bool(fetched.problem) for fetched in done), detail=log)


def _waiting(services: Services, now: datetime) -> list[WaitingEntry]:
    with services.archive.reading() as db:
        return intake.waiting_entries(db, now, limit=BATCH)


def _file_articles(services: Services, fetched: Sequence[PageFetch], now: datetime) -> None:
    """File a batch in one short transaction; an entry to be tried again keeps what its feed gave meanwhile."""
    tokens = services.tokenizer.many([(one.title, one.text[0], one.waiting.entry.lang) for one in fetched])
    families = services.config.families
    found = [(one.waiting, one.filing(made, families)) for one, made in zip(fetched, tokens, strict=True)]
    with services.archive.writing() as db:
        intake.file_articles(db, found, now)
        for one in fetched:
            if one.retry_at is not None:
                intake.postpone_entry(db, one.waiting.id, one.problem, one.retry_at, now)
    for one in fetched:
        if one.problem:
            logger().warning("page not read", url=one.waiting.entry.url, reason=one.problem)


def _forget_old_texts(services: Services, now: datetime) -> None:
    """Remove article text older than the config allows; index, hash and facts stay."""
    if services.settings.archive.text_days:
        with services.archive.writing() as db:
            texts.forget_texts(db, now - timedelta(days=services.settings.archive.text_days))


# analyse ------------------------------------------------------------------------------------------


def analyse(services: Services, now: datetime) -> Tally:
    """Think again about the last two weeks, and replace what we thought before."""
    with services.archive.reading() as db:
        last = runs.last_finished(db, "analyse")
    if last is not None and last.now > now:
        return Tally(detail=say("analyse.older", now=_local(last.now, services)))
    found = _think(services, now)
    told = _follow_calls(services, found, now)
    with services.archive.writing() as db:
        findings.replace(db, found)
        calls.keep_calls(db, told)
    return Tally(
        done=len(found.stories),
        detail=say(
            "analyse.detail",
            documents=len(found.judgements),
            ai=sum(judgement.ai for judgement in found.judgements),
            stories=len(found.stories),
            topics=len(found.topics),
        ),
    )


def _think(services: Services, now: datetime) -> Findings:
    """Read the window, and hand it to analysis."""
    zone = services.settings.zone
    since = Week.containing(now - WINDOW, zone).start(zone)  # whole weeks: a part of one would look like a fall
    weeks = list(Week.containing(since, zone).ahead(-COMPARED).until(Week.containing(now, zone)))
    with services.archive.reading() as db:
        documents = _documents(db, _to_think_about(db, since, now))
        before = findings.before(db, since)
        read = coverage.weeks_coverage(db, weeks, zone)
        corrected = corrections.standing(db)
    return think(
        documents,
        since=since,
        until=now,
        zone=zone,
        before=before,
        coverage=read,
        lexicon=services.config.lexicon,
        duties=services.settings.duty_records(),
        weights=services.settings.weights(),
        corrections=corrected,
        vectors=kept_vectors(services.archive, documents, services.embedder),
    )


def _follow_calls(services: Services, found: Findings, now: datetime) -> tuple[Call, ...]:
    """Read the window's notices of calls for funding, and again those of calls that may be open: pages are edited."""
    with services.archive.reading() as db:
        known = calls.calls_since(db, now - REMEMBERED)
        again = intake.articles_by_id(db, funding.noticed(known, now)).values()
        notices = {article.id: article for article in (*calls.funding_articles(db, found.since, now), *again)}
        words = texts.texts_of(db, notices)
    return follow(known, funding.notices(notices.values(), words, found.judgements, known), now)


def _to_think_about(db: Connection, since: datetime, now: datetime) -> list[Article]:
    """The window's candidates, and whatever else of it people have ever said something about."""
    found = {article.id: article for article in intake.articles_in(db, since, now, candidates=True)}
    named = intake.articles_by_id(db, [id_ for one in corrections.history(db) for id_ in one.articles])
    return list((found | {one.id: one for one in named.values() if since <= one.moment < now}).values())


def _documents(db: Connection, articles: Sequence[Article]) -> list[Document]:
    ids = [article.id for article in articles]
    words, tokens = texts.texts_of(db, ids, limit_chars=TEXT_CHARS), intake.tokens_of(db, ids)
    return [
        Document(article=article, text=words.get(article.id, ""), tokens=tokens[article.id])
        for article in articles
        if article.id in tokens
    ]


# compose ------------------------------------------------------------------------------------------


def compose(services: Services, now: datetime) -> Tally:
    """Freeze the issue of every closed week that has none, oldest first, and write its files."""
    made = [_freeze(services, week, now) for week in weeks_to_issue(services, now)]
    publishing.write_issues(services)
    return Tally(done=len(made), detail=say("compose.detail", weeks=", ".join(map(str, made))) if made else "")


def weeks_to_issue(services: Services, now: datetime) -> list[Week]:
    """Closed weeks, from the first we read anything in, whose issue is due and not made."""
    zone, rhythm = services.settings.zone, services.settings.schedule.compose
    with services.archive.reading() as db:
        first, have = coverage.first_read(db), {row.week for row in issues.issue_rows(db)}
    if first is None or first > now:
        return []
    last = Week.containing(now, zone).ahead(-1)
    weeks = Week.containing(first, zone).until(last)
    return [week for week in weeks if week not in have and rhythm.first_after(week.end(zone), zone) <= now]


def _freeze(services: Services, week: Week, now: datetime) -> Week:
    issue = draft(services, week, now)
    files = publishing.issue_files(issue, services)
    with services.archive.writing() as db:
        issues.freeze(db, issue, files)
    logger().info("issue frozen", week=str(week), number=issue.number, items=len(issue.items))
    return week


def draft(services: Services, week: Week, now: datetime) -> Issue:
    """Compose the issue of a week as things stand, without freezing it."""
    zone, settings = services.settings.zone, services.settings
    with services.archive.reading() as db:
        material = drafting.gather(db, week, zone, first_number=settings.digest.first_number)
        articles = material.read()
        documents = {document.id: document for document in _documents(db, articles)}
        whole = texts.texts_of(db, [article.id for article in articles])
        open_calls = funding.gather(db, services.settings, week, now)
    issue = drafting.compose_issue(
        material,
        documents,
        {article.id: show(article, whole.get(article.id, "")) for article in articles},
        edition=settings.edition(),
        lexicon=services.config.lexicon,
        made=now,
        late=now > settings.schedule.compose.first_after(week.end(zone), zone) + LATE,
        weights=settings.weights(),
    )
    return with_calls(issue, open_calls, zone)


# deliver ------------------------------------------------------------------------------------------


def deliver(services: Services, now: datetime) -> Tally:
    """Freeze each reader's letter of each issue still owed, then post those whose time has come, each once."""
    return letters_tally(posting.deliver(services, now))


def letters_tally(posted: posting.Posted) -> Tally:
    """Letters as things done; those put off, refused or of unknown fate count as failed and are named."""
    out = posted.count("sent", "written")
    failed = posted.count("pending", "failed", "unknown")
    tried = bool(posted.count("failed")) or (not posted.trouble and failed > 0)
    return Tally(done=out, failed=failed, detail=posting.told(posted), partly=tried)


def _local(moment: datetime, services: Services) -> str:
    return f"{moment.astimezone(services.settings.zone):%Y-%m-%d %H:%M}"


Step = Callable[[Services, datetime], Tally]
STEPS: Mapping[str, Step] = {
    "collect": collect,
    "extract": extract,
    "analyse": analyse,
    "compose": compose,
    "deliver": deliver,
}
