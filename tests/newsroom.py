"""Articles written for the tests of the thinking: no morphology, the words are the terms."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from archive.records.findings import Story, WeekCoverage
from archive.records.incoming import Article, Document, Tokens
from archive.records.knowledge import Concept, Correction, Lexicon
from archive.records.words import ArticleId, Lang, Role, Section, SourceId, StoryId
from archive.weeks import Week

SEOUL = ZoneInfo("Asia/Seoul")
MONDAY = datetime(2026, 3, 2, 9, tzinfo=SEOUL)
_WORD = re.compile(r"[0-9A-Za-z가-힣][0-9A-Za-z가-힣.-]*")


def at(days: float) -> datetime:
    """A moment so many days after Monday morning."""
    return (MONDAY + timedelta(days=days)).astimezone(UTC)


def document(
    name: str,
    title: str,
    *,
    days: float = 0.0,
    text: str = "",
    family: str = "가나일보",
    lang: Lang = "ko",
    role: Role = "press",
    source: str = "",
    backfill: bool = False,
) -> Document:
    """An article as analysis reads it, seen when it was published."""
    article = Article(
        id=ArticleId(name),
        url=f"https://news.example/{name}",
        canonical=f"https://news.example/{name}",
        title=title,
        lang=lang,
        published=at(days),
        published_from="feed",
        seen=at(days),
        authors=(),
        outlet=family,
        family=family,
        source=SourceId(source or family),
        role=role,
        rights="link",
        extractor="feed",
        candidate=True,
        backfill=backfill,
    )
    tokens = Tokens(version="test", title=_terms(title), text=_terms(text))
    return Document(article=article, text=text, tokens=tokens)


def _terms(text: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _WORD.findall(text))


def story(
    name: str,
    articles: tuple[str, ...] = (),
    *,
    days: float = 0.0,
    terms: tuple[str, ...] = (),
    label: str = "",
    section: Section | None = "industry",
) -> Story:
    """A story as an earlier analysis left it."""
    return Story(
        id=StoryId(name),
        label=label or name,
        articles=tuple(map(ArticleId, articles)),
        lead=ArticleId(articles[0] if articles else name),
        first_seen=at(days),
        last_seen=at(days),
        ai=True,
        section=section,
        score={},
        rank=1,
        terms=terms,
    )


def concept(label: str, kind: str = "concept", *aliases: str) -> Concept:
    """A thing the lexicon knows."""
    return Concept(id=label, kind=kind, label=label, aliases=(label, *aliases), ai="core")  # type: ignore[arg-type] # tests spell kinds right


LEXICON = Lexicon(
    version="test",
    concepts=(
        concept("인공지능", "concept", "AI"),
        concept("소버린 AI", "concept", "독자 AI", "국가대표 AI"),
        concept("오픈클로", "product", "OpenClaw"),
        concept("앤트로픽", "org", "앤스로픽", "Anthropic"),
        concept("과학기술정보통신부", "government", "과기정통부"),
        concept("성남시", "government"),
    ),
)


def coverage(week: Week, **volume: int) -> WeekCoverage:
    """A week read well from the sources named."""
    counts = {SourceId(source): count for source, count in volume.items()}
    return WeekCoverage(week=week, healthy=frozenset(counts), volume=counts)


# A correction to be varied with dataclasses.replace.
CORRECTION = Correction(number=1, at=MONDAY, who="김주무관", kind="ai", articles=(), value="", reason="")
