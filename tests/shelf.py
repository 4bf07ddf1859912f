"""Articles filed through the real intake, for tests of what is later found on the shelf."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from archive import intake
from archive.records.incoming import Entry, Fetch, Filing, Source, Tokens
from archive.records.words import ArticleId, Lang, Rights, SourceId
from archive.store import Archive

NOW = datetime(2026, 3, 9, tzinfo=UTC)

Tokenize = Callable[[str, str], Tokens]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An article to be filed: its name is the end of its address."""

    name: str
    title: str
    text: str = ""
    day: int = 1  # of March 2026
    lang: Lang = "ko"
    rights: Rights = "link"


def put_on_shelf(archive: Archive, pieces: Iterable[Piece], tokenize: Tokenize) -> dict[ArticleId, str]:
    """File the pieces; their ids with their names."""
    pieces = list(pieces)
    found = {rights: _source(rights) for rights in ("link", "excerpt", "full")}
    named: dict[ArticleId, str] = {}
    with archive.writing() as db:
        intake.register_sources(db, list(found.values()), NOW)
        for rights, source in found.items():
            own = [piece for piece in pieces if piece.rights == rights]
            fetch = Fetch(source=source.id, at=NOW, outcome="new", found=len(own), new=len(own))
            intake.record_fetch(db, fetch, [_entry(piece, source) for piece in own], now=NOW, backfill=timedelta(14))
        by_address = {_address(piece): piece for piece in pieces}
        for waiting in intake.waiting_entries(db, NOW, 10_000):
            piece = by_address[waiting.entry.canonical]
            named[intake.file_article(db, waiting, _filing(piece, tokenize), NOW)] = piece.name
    return named


def _source(rights: Rights) -> Source:
    return Source(
        id=SourceId(f"paper-{rights}"), url=f"https://{rights}.example/rss", name=f"{rights}일보", rights=rights
    )


def _address(piece: Piece) -> str:
    return f"https://{piece.rights}.example/{piece.name}"


def _moment(piece: Piece) -> datetime:
    return datetime(2026, 3, piece.day, tzinfo=UTC)


def _entry(piece: Piece, source: Source) -> Entry:
    address = _address(piece)
    return Entry(
        source=source.id,
        key=address,
        url=address,
        canonical=address,
        title=piece.title,
        published=_moment(piece),
        lang=piece.lang,
    )


def _filing(piece: Piece, tokenize: Tokenize) -> Filing:
    return Filing(
        url=_address(piece),
        addresses=(_address(piece),),
        title=piece.title,
        text=piece.text,
        lang=piece.lang,
        published=_moment(piece),
        published_from="feed",
        authors=(),
        outlet=f"{piece.rights}일보",
        family=f"{piece.rights}일보",
        extractor="page:test",
        candidate=True,
        tokens=tokenize(piece.title, piece.text),
    )
