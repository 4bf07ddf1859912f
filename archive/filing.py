"""File what extract found: as a new article, or as more about one we know.

Of several findings for one article the richest is kept: a page before a feed's own content before a title alone. A
later state of the same source's text replaces its earlier one; otherwise what was filed first stays. So filing
anything twice, or two entries of one address in either order, ends in the same article.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from archive.identity import address_keys, claim, known_under, mint, taken
from archive.merging import FOUND, merge, richness
from archive.pages import note_pages
from archive.records.incoming import Filing, Tokens, WaitingEntry, counted_at
from archive.records.words import ArticleId
from archive.rows import plain, put, storable
from archive.schema import articles, entries, texts, tokens
from archive.search_index import Indexed, index_articles

_BEGIN: Final = insert(articles).returning(articles.c.id, articles.c.number)
_HELD: Final = (
    select(articles, texts.c.changed)
    .outerjoin(texts, texts.c.article == articles.c.id)
    .where(articles.c.id == bindparam("wanted"))
)
_READ: Final = (
    update(entries)
    .where(entries.c.id == bindparam("entry"))
    .values(article=bindparam("of"), read=bindparam("now"), retry_at=None, problem=bindparam("trouble"))
)


@dataclass(frozen=True, slots=True)
class _Finding:
    """What was found for an entry, storable, and what to look its addresses up by."""

    waiting: WaitingEntry
    filing: Filing
    keys: tuple[str, ...]

    @property
    def hash(self) -> str:
        return sha256(self.filing.text.encode()).hexdigest()

    @property
    def state(self) -> datetime:
        """When the entry began to say what was filed."""
        return self.waiting.changed or self.waiting.seen


def file_article(db: Connection, waiting: WaitingEntry, filing: Filing, now: datetime) -> ArticleId:
    """Turn a waiting entry into (part of) an article: facts, text, tokens, addresses and search index at once.

    The id returned is the one the article lives on under, also when this filing made two articles one.
    """
    return _file(db, _finding(waiting, filing), now)


def file_articles(db: Connection, found: Sequence[tuple[WaitingEntry, Filing]], now: datetime) -> tuple[ArticleId, ...]:
    """File many findings: the same ids, in their order, and the same articles as filing one after the other.

    Most are about addresses nobody has met, which a few statements write down for all of them (a third of the time,
    and for a hundred of them ten statements instead of seven hundred).
    """
    findings = [_finding(waiting, filing) for waiting, filing in found]
    alone = _alone(db, findings)
    _begin(db, [findings[place] for place in alone])
    _mark_read(db, [(findings[place], mint(findings[place].keys[0])) for place in alone], now)
    return tuple(
        mint(finding.keys[0]) if place in alone else _file(db, finding, now) for place, finding in enumerate(findings)
    )


def renew_article(db: Connection, id_: ArticleId, waiting: WaitingEntry, filing: Filing, now: datetime) -> None:
    """Replace what a page gave by what it gives now; when and where the article was published stays as it is.

    A poorer text (the page has become a stub) changes nothing, nor does one older than the text that is held.
    """
    finding = _finding(replace(waiting, changed=now), filing)
    held = db.execute(_HELD, {"wanted": id_}).one_or_none()
    if held is None or richness(filing.extractor) < richness(held.extractor) or (held.changed and held.changed >= now):
        return
    facts = _found(finding.filing) | {"published": held.published, "published_from": held.published_from}
    db.execute(update(articles).where(articles.c.number == held.number).values(facts))
    _put_texts(db, {id_: (held.number, finding)})


def _finding(waiting: WaitingEntry, filing: Filing) -> _Finding:
    filing = storable(filing)
    named = [address for address in filing.addresses if address] or [f"entry:{waiting.id}"]
    return _Finding(waiting, filing, address_keys(named))


def _alone(db: Connection, findings: Sequence[_Finding]) -> Collection[int]:
    """The places of findings that share no address and no entry with another, nor with what was filed before."""
    keys = Counter(key for finding in findings for key in finding.keys)
    waiting = Counter(finding.waiting.id for finding in findings)
    known, linked = taken(db, keys, waiting)
    return {
        place: None
        for place, finding in enumerate(findings)
        if finding.waiting.id not in linked
        and waiting[finding.waiting.id] == 1
        and all(keys[key] == 1 and key not in known for key in finding.keys)
    }.keys()


def _file(db: Connection, finding: _Finding, now: datetime) -> ArticleId:
    known = _one_article(db, finding)
    if known:
        id_ = _better(db, known, finding)
    else:
        id_ = mint(finding.keys[0])
        _begin(db, [finding])
    _mark_read(db, [(finding, id_)], now)
    return id_


def _one_article(db: Connection, finding: _Finding) -> Row[Any] | None:
    """The article a finding belongs to; where it belongs to several they are made one."""
    about = (finding.keys, finding.waiting.id, finding.filing.title)
    known = known_under(db, *about)
    if len(known) > 1:
        for other in known[1:]:
            merge(db, known_under(db, *about)[0], other)
        known = known_under(db, *about)
    return known[0] if known else None


def _mark_read(db: Connection, filed: Sequence[tuple[_Finding, ArticleId]], now: datetime) -> None:
    """Let the findings' addresses lead to their articles, and their entries wait no longer."""
    if not filed:
        return
    claim(db, [(finding.keys, id_, finding.waiting.seen) for finding, id_ in filed])
    rows = [{"entry": one.waiting.id, "of": id_, "now": now, "trouble": one.filing.problem} for one, id_ in filed]
    db.execute(_READ, rows)
    note_pages(db, [(id_, one.waiting.id, one.filing.page_seen) for one, id_ in filed if one.filing.page_seen], now)


def _begin(db: Connection, findings: Sequence[_Finding]) -> None:
    """New articles, each with the id minted from its own address."""
    if not findings:
        return
    made = {mint(finding.keys[0]): finding for finding in findings}
    rows = [_new_row(id_, finding) for id_, finding in made.items()]
    numbers = {row.id: row.number for row in db.execute(_BEGIN, rows)}
    _put_texts(db, {id_: (numbers[id_], finding) for id_, finding in made.items()})


def _new_row(id_: ArticleId, finding: _Finding) -> dict[str, Any]:
    waiting, filing = finding.waiting, finding.filing
    facts = {"id": id_, "candidate": filing.candidate, "backfill": waiting.backfill, "redirect": None}
    facts["moment"] = counted_at(filing.published, waiting.seen)
    return facts | _identity(finding) | _found(filing)


def _better(db: Connection, held: Row[Any], finding: _Finding) -> ArticleId:
    """Add to a known article what the finding knows better."""
    waiting, filing, betters = finding.waiting, finding.filing, _betters(held, finding)
    facts = _identity(finding) if waiting.seen < held.seen else {}
    facts |= _found(filing) if betters else {}
    facts |= _date(held, filing, preferred=betters)
    facts |= {"candidate": held.candidate or filing.candidate, "backfill": held.backfill and waiting.backfill}
    facts["moment"] = counted_at(facts["published"], min(held.seen, waiting.seen))
    if any(value != getattr(held, name) for name, value in facts.items()):
        db.execute(update(articles).where(articles.c.number == held.number).values(facts))
    if betters:
        _put_texts(db, {ArticleId(held.id): (held.number, finding)})
    return ArticleId(held.id)


def _betters(held: Row[Any], finding: _Finding) -> bool:
    waiting, filing = finding.waiting, finding.filing
    new, old = richness(filing.extractor), richness(held.extractor)
    if new != old or held.hash is None:
        return new >= old
    later = waiting.entry.source == held.source and finding.state > held.changed
    return later and (filing.title, finding.hash) != (held.title, held.hash)


def _date(held: Row[Any], filing: Filing, *, preferred: bool) -> dict[str, Any]:
    """The date to keep: of two that are there the preferred one, else the one that is there."""
    if filing.published is not None and (preferred or held.published is None):
        return {"published": filing.published, "published_from": filing.published_from}
    return {"published": held.published, "published_from": held.published_from}


def _identity(finding: _Finding) -> dict[str, Any]:
    waiting, filing = finding.waiting, finding.filing
    canonical = next((address for address in filing.addresses if address), filing.url)
    return {"url": filing.url, "canonical": canonical, "seen": waiting.seen, "source": waiting.entry.source}


def _found(filing: Filing) -> dict[str, Any]:
    return {name: getattr(filing, name) for name in FOUND} | {"authors": list(filing.authors)}


def _put_texts(db: Connection, found: Mapping[ArticleId, tuple[int, _Finding]]) -> None:
    rows = [
        {"article": id_, "text": one.filing.text, "hash": one.hash, "changed": one.state}
        for id_, (_, one) in found.items()
    ]
    put(db, texts, rows)
    put(db, tokens, [_token_row(id_, one.filing.tokens) for id_, (_, one) in found.items()])
    index_articles(
        db, [Indexed(number, one.filing.tokens, one.filing.title, one.filing.text) for number, one in found.values()]
    )


def _token_row(id_: ArticleId, made: Tokens) -> dict[str, Any]:
    title, text = plain(" ".join(made.title)), plain(" ".join(made.text))
    return {"article": id_, "version": made.version, "title": title, "text": text}
