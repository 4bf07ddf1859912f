"""Made-up things for tests of the archive, one line each; whatever a test does not name does not matter to it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from archive import intake
from archive.records.findings import Findings, Judgement, Story, Topic, TopicWeek
from archive.records.incoming import Article, Entry, Fetch, Filing, Source, Tokens, WaitingEntry
from archive.records.issue import Coverage, Issue, IssueItem, IssueSource, ItemArticle, ItemTrend, Sentence
from archive.records.words import ArticleId, SourceId, StoryId, TopicId
from archive.schema import metadata
from archive.store import Archive
from archive.weeks import Week

SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 2, 12, 0, 0, tzinfo=UTC)  # Thursday 09:00 in Seoul, in 2026-W07
WEEK = Week(2026, 7)
BACKFILL = timedelta(days=14)


Made = TypeVar("Made")


def _made(kind: Callable[..., Made], *parts: Mapping[str, Any]) -> Made:
    """A record from its fields; the later parts win."""
    return kind(**{name: value for part in parts for name, value in part.items()})


def ago(**time: float) -> datetime:
    """So long before NOW."""
    return NOW - timedelta(**time)


def a_source(name: str = "daily", **facts: Any) -> Source:
    """A source, by default a newspaper's feed."""
    return _made(Source, {"id": SourceId(name), "url": f"https://{name}.example/rss", "name": f"{name} 일보"}, facts)


def an_entry(name: str = "first", source: str = "daily", **facts: Any) -> Entry:
    """A line of a feed; its name is its key and the end of its address."""
    address = f"https://{source}.example/{name}"
    own = {"key": name, "url": f"{address}?from=rss", "canonical": address, "title": f"{name} 소식", "lang": "ko"}
    return _made(Entry, {"source": SourceId(source), "published": ago(hours=3)}, own, facts)


def a_fetch(source: str = "daily", at: datetime = NOW, **facts: Any) -> Fetch:
    """An attempt that brought something."""
    return _made(Fetch, {"source": SourceId(source), "at": at, "outcome": "new", "status": 200}, facts)


def a_filing(entry: Entry, **facts: Any) -> Filing:
    """What extract found for an entry: by default a page that says what the title says."""
    text = facts.get("text", f"{entry.title}의 본문이다.")
    found = {
        "url": entry.url,
        "addresses": (entry.canonical,),
        "title": entry.title,
        "text": text,
        "lang": entry.lang,
        "published": entry.published,
        "published_from": "feed" if entry.published else "",
        "authors": ("홍길동",),
        "outlet": f"{entry.source} 일보",
        "family": entry.source,
        "extractor": "page:trafilatura",
        "candidate": True,
        "tokens": Tokens(version="tests", title=tuple(entry.title.split()), text=tuple(text.split())),
    }
    return _made(Filing, found, facts)


def collect(db: Connection, *entries: Entry, now: datetime = NOW, at: datetime | None = None) -> int:
    """Let the entries' sources bring them, registering those not known yet; how many were new."""
    known = intake.sources_by_id(db)
    names = dict.fromkeys(entry.source for entry in entries)
    missing = [a_source(name) for name in names if name not in known]
    if missing:
        intake.register_sources(db, [*known.values(), *missing], now)
    own = [(name, [entry for entry in entries if entry.source == name]) for name in names]
    return sum(
        intake.record_fetch(db, a_fetch(name, at or now), some, now=now, backfill=BACKFILL) for name, some in own
    )


def waiting(db: Connection, now: datetime = NOW) -> dict[str, WaitingEntry]:
    """The entries that wait, by their keys."""
    return {one.entry.key: one for one in intake.waiting_entries(db, now, 1000)}


def filed(db: Connection, entry: Entry | None = None, *, now: datetime = NOW, **found: Any) -> ArticleId:
    """An article that came in through an entry."""
    entry = entry or an_entry()
    collect(db, entry, now=now)
    return intake.file_article(db, waiting(db, now)[entry.key], a_filing(entry, **found), now)


def an_article(name: str = "first", **facts: Any) -> Article:
    """An article as a record, without an archive."""
    address = f"https://daily.example/{name}"
    own = {"id": ArticleId(name), "url": address, "canonical": address, "title": f"{name} 소식", "lang": "ko"}
    when = {"published": ago(hours=3), "published_from": "feed", "seen": NOW, "authors": ()}
    where = {"outlet": "매일", "family": "매일", "source": SourceId("daily"), "role": "press", "rights": "link"}
    return _made(Article, own, when, where, {"extractor": "page:x", "candidate": True}, facts)


def a_story(name: str, articles: Sequence[ArticleId], **facts: Any) -> Story:
    """A story about AI with these members, its lead the first."""
    own = {"id": StoryId(name), "label": f"{name} 이야기", "articles": tuple(articles), "lead": articles[0]}
    when = {"first_seen": ago(hours=3), "last_seen": ago(hours=1)}
    return _made(Story, own, when, {"ai": True, "section": "tech", "score": {"spread": 1.5}, "rank": 1}, facts)


def a_topic(name: str, stories: Iterable[str] = (), **facts: Any) -> Topic:
    """A topic of these stories."""
    members = tuple(StoryId(story) for story in stories)
    own = {"id": TopicId(name), "label": f"{name} 주제", "terms": ("소버린", "모델"), "first_seen": ago(days=30)}
    return _made(Topic, own, {"stories": members}, facts)


def a_topic_week(topic: str, week: Week = WEEK, **facts: Any) -> TopicWeek:
    """A week in which a topic was written about five times."""
    counts = {"count": 5, "by_source": {SourceId("daily"): 5}, "families": 2, "stories": 1, "terms": ("모델",)}
    trend = {"trend": "rising", "baseline": (None, 1.0, 1.5, 2.0), "z": 2.25}
    return _made(TopicWeek, {"topic": TopicId(topic), "week": week}, counts, trend, facts)


def a_judgement(article: ArticleId, **facts: Any) -> Judgement:
    """An article judged to be about AI."""
    return _made(
        Judgement, {"article": article, "ai": True, "score": 0.9, "reasons": ("AI",), "section": "tech"}, facts
    )


def some_findings(**facts: Any) -> Findings:
    """What an analysis of the last fourteen days found: nothing, save what is named."""
    nothing: dict[str, Any] = {"judgements": (), "stories": (), "topics": (), "topic_weeks": ()}
    merged: dict[str, Any] = {"story_redirects": {}, "topic_redirects": {}}
    return _made(Findings, {"since": ago(days=14), "until": NOW}, nothing, merged, facts)


def an_issue(articles: Iterable[ArticleId] = (), **facts: Any) -> Issue:
    """An issue with one item, whose story has these articles."""
    members = tuple(
        ItemArticle(
            id=article,
            title="제목",
            url="https://daily.example/1?from=rss",
            canonical="https://daily.example/1",
            outlet="매일",
            publisher="매일",
            published=ago(hours=3),
            lang="ko",
        )
        for article in articles
    )
    item = IssueItem(
        rank=1,
        perspective="city",
        section=None,
        headline="시가 할 일",
        sentences=(Sentence(text="버스가 스스로 간다.", sources=(1,)),),
        duties=(),
        trend=ItemTrend(trend="new", count=3, baseline=(None, 0.0, 0.0, 1.0), z=None),
        score={"spread": 2.0, "duty": 1.0},
        story=StoryId("s1"),
        articles=members,
        sources=(1,),
    )
    coverage = Coverage(checked=3, failed=1, silent=0, entries=20, ai=9, stories=4, failing=("주간",))
    source = IssueSource(n=1, outlet="매일", title="제목", url="https://daily.example/1", published=None)
    own: dict[str, Any] = {"week": WEEK, "number": 1, "revision": 1, "title": "주간 동향", "organisation": "가온시"}
    when = {"start": WEEK.start(SEOUL), "end": WEEK.end(SEOUL), "made": WEEK.end(SEOUL), "late": False}
    what = {"highlights": (), "items": (item,), "calls": (), "signals": (), "sources": (source,)}
    return _made(Issue, own, when, what, {"coverage": coverage}, facts)


def everything(archive: Archive) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the ledgers, to compare two states of an archive."""
    ledgers = {"fetches", "runs"}
    with archive.reading() as db:
        return {
            table.name: sorted((tuple(row) for row in db.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
            if table.name not in ledgers
        }
