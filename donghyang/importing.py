"""What was written before we began to read: filed as the past, within rights, and never a trend or a first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from archive import intake
from archive.records.incoming import Source
from archive.records.words import Rights
from collectors.bigkinds import Article, Sheet
from donghyang.lock import one_run
from donghyang.services import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a file."""

    new: int
    known: int  # filed before, by this file or another


def import_sheet(services: Services, sheet: Sheet, now: datetime) -> Imported:
    """File a spreadsheet's articles; what is there already stays as it is. Raises Busy when a run is at work."""
    sources = _sources(sheet.articles, services.settings.collect.imported)
    entries = [article.entry for article in sheet.articles]
    with one_run(services.config.database_url), services.archive.writing() as db:
        intake.register_past(db, sources, now)
        new = intake.file_past(db, entries, now)
    return Imported(new=new, known=len(entries) - new)


def _sources(articles: Sequence[Article], rights: Rights) -> list[Source]:
    """One source for each outlet, so that its articles count as its own; none of them is ever asked."""
    outlets = {article.entry.source: article.outlet for article in articles}
    return [
        Source(id=id_, url="https://www.bigkinds.or.kr/", name=f"{outlet}(빅카인즈)", publisher=outlet, rights=rights,
               lang="ko", fulltext=False)
        for id_, outlet in outlets.items()
    ]  # fmt: skip
