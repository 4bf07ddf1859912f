"""`try stories`: a JSONL file of articles through the real analysis, without an archive."""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from analysis.embeddings import Vectors
from analysis.findings import analyse
from analysis.tokens import Tokenizer
from archive.records.findings import Before, Findings
from archive.records.incoming import Article, Document, Tokens
from archive.records.knowledge import Lexicon
from archive.records.words import ArticleId, Lang, SourceId
from collectors import languages
from collectors.dates import moment
from collectors.urls import canonical, host_of
from donghyang import embedding
from donghyang.config import at_hand, families, lexicon, starter
from donghyang.families import Families
from donghyang.headline_vectors import vectors_of
from donghyang.messages import say, why
from donghyang.settings import Settings
from donghyang.troubles import Refused

LANGUAGES: Mapping[str, Lang] = {"ko": "ko", "en": "en"}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the file."""

    id: str
    title: str
    text: str
    lang: Lang
    published: datetime | None
    outlet: str
    url: str


def stories_of(path: Path, config_file: Path | None = None) -> Iterator[dict[str, Any]]:
    """A row for each id, in the order of the file: story, ai, section, duties, rank.

    Duties, weights and lexicon are those of the configuration named, else of the one at hand, else of the starter.
    """
    items = read_items(path)
    found = findings_of(items, config_file)
    judged = {judgement.article: judgement for judgement in found.judgements}
    story_of = {member: story for story in found.stories for member in story.articles}
    for item in items:
        story, judgement = story_of[ArticleId(item.id)], judged[ArticleId(item.id)]
        yield {
            "id": item.id,
            "story": story.id,
            "ai": judgement.ai,
            "ai_score": round(judgement.score, 4),
            "section": judgement.section,
            "duties": [duty.name for duty in story.duties],
            "rank": story.rank,
        }


def findings_of(items: Sequence[Item], config_file: Path | None = None) -> Findings:
    """What analysis makes of the items, all of them kept."""
    return _analysed(items, *_site(config_file))


def read_items(path: Path) -> list[Item]:
    """The file's lines; Refused names the line that cannot be used."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(say("try.not_file", path=path, reason=why(error))) from error
    items: dict[str, Item] = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                item = _item(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise Refused(say("try.bad_line", path=path, line=number, reason=error)) from error
            if item.id in items:
                reason = say("try.twice", id=item.id)
                raise Refused(say("try.bad_line", path=path, line=number, reason=reason))
            items[item.id] = item
    return list(items.values())


def _item(row: Mapping[str, Any]) -> Item:
    title, text = str(row.get("title") or ""), str(row.get("text") or "")
    return Item(
        id=str(row["id"]),
        title=title,
        text=text,
        lang=LANGUAGES.get(str(row.get("lang")), "other"),
        published=moment(str(row["published"]), zone=ZoneInfo("UTC")) if row.get("published") else None,
        outlet=str(row.get("outlet") or ""),
        url=str(row.get("url") or ""),
    )


def _analysed(items: Sequence[Item], settings: Settings, words: Lexicon) -> Findings:
    tokens = Tokenizer(words).many([(item.title, item.text, item.lang) for item in items])
    latest = max((item.published for item in items if item.published), default=datetime(2000, 1, 1, tzinfo=UTC))
    until = latest + timedelta(hours=1)
    earliest = min((item.published for item in items if item.published), default=latest)
    documents = _documents(items, tokens, until, settings)
    return analyse(
        documents,
        since=earliest,
        until=until,
        zone=settings.zone,
        before=Before(),
        coverage={},
        lexicon=words,
        duties=settings.duty_records(),
        weights=settings.weights(),
        corrections=(),
        keep_all=True,
        vectors=_vectors(documents, settings),
    )


def _vectors(documents: Sequence[Document], settings: Settings) -> Vectors:
    """Of headlines, where they help: among Korean ones alone words tell more."""
    foreign = any(document.article.lang != "ko" for document in documents)
    return vectors_of(documents, embedding.wanted(settings.analysis.embed)) if foreign else {}


def _site(config_file: Path | None) -> tuple[Settings, Lexicon]:
    config = at_hand(config_file)
    if config is None:
        return Settings.model_validate(tomllib.loads(starter())), lexicon()
    return config.settings, config.lexicon


def _documents(items: Sequence[Item], tokens: Sequence[Tokens], until: datetime, settings: Settings) -> list[Document]:
    known = families(settings)
    return [
        Document(article=_article(item, known, until), text=item.text, tokens=made)
        for item, made in zip(items, tokens, strict=True)
    ]


def _article(item: Item, known: Families, until: datetime) -> Article:
    """An article as the archive would keep it; without an address, its id stands for one."""
    host = host_of(item.url) or urlsplit(item.url).netloc
    family = known.of(host, item.outlet) or item.id
    return Article(
        id=ArticleId(item.id),
        url=item.url,
        canonical=canonical(item.url) if item.url else f"id:{item.id}",
        title=item.title,
        lang=item.lang if item.lang != "other" else languages.of(f"{item.title} {item.text}"),
        published=item.published,
        published_from="file" if item.published else "",
        seen=item.published or until,
        authors=(),
        outlet=item.outlet or family,
        family=family,
        source=SourceId(item.outlet or "file"),
        role="press",
        rights="full",
        extractor="feed" if item.text else "title",
        candidate=True,
    )
