"""The labelled sets benchmarks read, as documents."""

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from analysis.tokens import Tokenizer
from archive.records.incoming import Article, Document
from archive.records.words import ArticleId, SourceId

Row = dict[str, Any]

_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


def rows(path: Path) -> list[Row]:
    """The lines of a JSONL file; none, with a line on standard error, when it is absent."""
    if not path.is_file():
        print(f"skipped: {path.name} is not there", file=sys.stderr)
        return []
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def documents(found: Sequence[Row], tokenizer: Tokenizer) -> list[Document]:
    """Rows with id, title, text, lang, published and outlet as documents."""
    tokens = tokenizer.many([(row["title"], row["text"], row["lang"]) for row in found])
    return [
        Document(article=article_of(row), text=row["text"], tokens=made)
        for row, made in zip(found, tokens, strict=True)
    ]


def article_of(row: Row) -> Article:
    """A row as an article of the press."""
    at = _moment(row.get("published"))
    outlet, url = row.get("outlet") or "", row.get("url") or ""
    return Article(
        id=ArticleId(row["id"]),
        url=url,
        canonical=url,
        title=row["title"],
        lang=row["lang"],
        published=at,
        published_from="feed",
        seen=at or _NEVER,
        authors=(),
        outlet=outlet,
        family=outlet,
        source=SourceId(outlet),
        role="press",
        rights="link",
        extractor="feed",
        candidate=True,
    )


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
