"""An article is one however many entries lead to it, and the same in whatever order they are filed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count, permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from archive import findings, intake, schema
from archive.query import parse
from archive.records.incoming import Filing, WaitingEntry
from archive.records.words import ArticleId
from archive.search import search
from archive.store import Archive
from archive.texts import texts_of
from tests.builders import (
    NOW,
    a_filing,
    a_judgement,
    a_source,
    a_story,
    ago,
    an_entry,
    collect,
    everything,
    filed,
    some_findings,
    waiting,
)

LATER = NOW + timedelta(hours=1)


def _file(db: Connection, name: str, filing: Filing) -> ArticleId:
    return intake.file_article(db, waiting(db)[name], filing, NOW)


def test_filing_twice_changes_nothing(archive: Archive) -> None:
    with archive.writing() as db:
        collect(db, an_entry())
        one = waiting(db)["first"]
        id_ = intake.file_article(db, one, a_filing(one.entry), NOW)
    before = everything(archive)
    with archive.writing() as db:
        assert intake.file_article(db, one, a_filing(one.entry), NOW) == id_
    assert everything(archive) == before


@pytest.mark.parametrize("order", list(permutations(("title", "feed", "page:x"))))
def test_the_richest_finding_stays_whatever_came_first(archive: Archive, order: Sequence[str]) -> None:
    with archive.writing() as db:
        entries = {kind: an_entry(kind, canonical="https://daily.example/one") for kind in order}
        collect(db, *entries.values())
        ids = {_file(db, kind, a_filing(entries[kind], extractor=kind, text=f"{kind} 본문")) for kind in order}
        (article,) = intake.articles_in(db, ago(days=1), LATER, candidates=False)
        assert ids == {article.id}
        assert (article.extractor, texts_of(db, ids)[article.id]) == ("page:x", "page:x 본문")
        assert intake.tokens_of(db, ids)[article.id].text == ("page:x", "본문")
        found = search(db, parse("본문"), lambda text: (text,))
        assert [hit.article.id for hit in found.hits] == [article.id]


def test_a_date_found_anywhere_is_kept(archive: Archive) -> None:
    with archive.writing() as db:
        shared = "https://daily.example/one"
        dated, undated = an_entry("dated", canonical=shared), an_entry("undated", canonical=shared, published=None)
        collect(db, dated, undated)
        id_ = _file(db, "dated", a_filing(dated, extractor="feed"))
        _file(db, "undated", a_filing(undated))
        article = intake.article(db, id_)
    assert article is not None
    assert (article.published, article.extractor, article.moment) == (ago(hours=3), "page:trafilatura", ago(hours=3))


def test_the_source_that_showed_it_first_is_its_source(archive: Archive) -> None:
    """Also when its entry is read later, because its page did not answer."""
    with archive.writing() as db:
        shared = "https://portal.example/one"
        first = an_entry("a", "early", canonical=shared)
        second = an_entry("b", "late", canonical=shared)
        collect(db, first, now=ago(hours=2))
        collect(db, second)
        id_ = _file(db, "b", a_filing(second))
        assert _file(db, "a", a_filing(first)) == id_
        article = intake.article(db, id_)
    assert article is not None
    assert (article.source, article.seen, article.url) == ("early", ago(hours=2), first.url)


def test_an_address_met_on_the_way_leads_to_the_article(archive: Archive) -> None:
    with archive.writing() as db:
        portal, paper = an_entry("p", "portal"), an_entry("n", "paper")
        collect(db, portal, paper)
        id_ = _file(db, "p", a_filing(portal, addresses=(portal.canonical, paper.canonical)))
        assert _file(db, "n", a_filing(paper)) == id_


def test_a_front_page_is_nobodys_address(archive: Archive) -> None:
    with archive.writing() as db:
        one, other = an_entry("one"), an_entry("other")
        collect(db, one, other)
        front = "https://daily.example/"
        ids = {_file(db, e.key, a_filing(e, addresses=(e.canonical, front))) for e in (one, other)}
    assert len(ids) == 2


def test_an_entry_without_any_address_is_an_article_of_its_own(archive: Archive) -> None:
    with archive.writing() as db:
        collect(db, an_entry("a", canonical="", url=""), an_entry("b", canonical="", url=""))
        ids = [_file(db, name, a_filing(one.entry)) for name, one in waiting(db).items()]
    assert len(set(ids)) == 2


def test_an_address_of_any_length_is_known_again(archive: Archive) -> None:
    with archive.writing() as db:
        long = "https://daily.example/view?" + "&".join(f"열쇠{number}=값" for number in range(1000))
        collect(db, an_entry("a", canonical=long), an_entry("b", canonical=long), an_entry("c", canonical=long + "x"))
        ids = [_file(db, name, a_filing(one.entry)) for name, one in waiting(db).items()]
    assert len(set(ids)) == 2


def _two_and_the_entry_that_joins_them(db: Connection) -> tuple[ArticleId, ArticleId]:
    """Two articles, the second with the richer text; a third entry waits whose page names both addresses."""
    one, other = an_entry("one"), an_entry("other", "portal")
    collect(db, one, now=ago(hours=2))
    stays = intake.file_article(db, waiting(db)["one"], a_filing(one, extractor="title", candidate=False), NOW)
    collect(db, other)
    goes = _file(db, "other", a_filing(other, text="더 긴 본문이다."))
    collect(db, an_entry("bridge"))
    return stays, goes


def _join(db: Connection, *, now_title: str = "bridge 소식") -> ArticleId:
    bridge = waiting(db)["bridge"].entry
    addresses = (bridge.canonical, "https://daily.example/one", "https://portal.example/other")
    return _file(db, "bridge", a_filing(bridge, addresses=addresses, extractor="feed", title=now_title))


def test_two_articles_that_turn_out_to_be_one_become_one(archive: Archive) -> None:
    with archive.writing() as db:
        stays, goes = _two_and_the_entry_that_joins_them(db)
        assert _join(db) == stays
        (article,) = intake.articles_in(db, ago(days=1), LATER, candidates=False)
        assert (article.id, article.extractor, article.candidate) == (stays, "page:trafilatura", True)
        assert intake.article(db, goes) == article
        assert intake.articles_by_id(db, [goes, stays]) == {goes: article, stays: article}
        assert texts_of(db, [stays, goes]) == {stays: "더 긴 본문이다."}
        assert set(db.execute(select(schema.entries.c.article)).scalars()) == {stays}
        assert set(db.execute(select(schema.addresses.c.article)).scalars()) == {stays}
        found = search(db, parse("본문"), lambda text: (text,))
        assert ([hit.article.id for hit in found.hits], found.total) == ([stays], 1)


def test_a_merger_reaches_stories_and_judgements(archive: Archive) -> None:
    with archive.writing() as db:
        stays, goes = _two_and_the_entry_that_joins_them(db)
        copy = a_judgement(stays, duplicate_of=goes, duplicate_reason="title")
        shared, alone = a_story("both", [goes, stays]), a_story("one", [goes])
        findings.replace(db, some_findings(judgements=(copy, a_judgement(goes)), stories=(shared, alone)))
        _join(db)
        assert {one.id: one.articles for one in findings.stories_by_id(db, [shared.id, alone.id]).values()} == {
            "both": (stays,),
            "one": (stays,),
        }
        assert findings.judgements_of(db, [stays, goes]) == {stays: a_judgement(stays)}


def test_redirects_lead_straight_to_the_end(archive: Archive) -> None:
    with archive.writing() as db:
        stays, goes = _two_and_the_entry_that_joins_them(db)
        _join(db)
        oldest = an_entry("oldest")
        collect(db, oldest, now=ago(days=1))
        addresses = (oldest.canonical, "https://portal.example/other")
        first = intake.file_article(db, waiting(db)["oldest"], a_filing(oldest), NOW)
        again = next(row for row in db.execute(select(schema.entries)) if row.key == "oldest")
        assert again.article == first
        collect(db, an_entry("oldest", title="고친 제목"), now=LATER)
        joined = waiting(db, LATER)["oldest"]
        assert intake.file_article(db, joined, a_filing(joined.entry, addresses=addresses), LATER) == first
        assert intake.survivors(db, [stays, goes, first]) == dict.fromkeys([stays, goes, first], first)


_FRESH = count()
_HOSTS = ("a", "b", "c", "d")


@dataclass(frozen=True)
class _Line:
    """An entry of a made-up source: where it points, what its page calls itself, how much was found."""

    source: str
    first: str
    alias: str
    extractor: str


_LINES = st.lists(
    st.builds(
        _Line,
        source=st.sampled_from(("early", "late")),
        first=st.sampled_from(_HOSTS),
        alias=st.sampled_from(_HOSTS),
        extractor=st.sampled_from(("title", "feed", "page:x")),
    ),
    min_size=1,
    max_size=6,
)


def _file_all(archive: Archive, lines: Sequence[_Line], order: Iterable[int]) -> list[tuple[frozenset[int], str]]:
    """Which lines became one article, and what kind of text it has, in a corner of the archive of their own."""
    corner = next(_FRESH)
    with archive.writing() as db:
        intake.register_sources(db, [a_source("early"), a_source("late")], NOW)
        entries = [
            an_entry(f"{corner}-{number}", line.source, canonical=f"https://{line.first}.example/{corner}")
            for number, line in enumerate(lines)
        ]
        collect(db, *entries)
        for number in order:
            addresses = (entries[number].canonical, f"https://{lines[number].alias}.example/{corner}")
            filing = a_filing(entries[number], addresses=addresses, extractor=lines[number].extractor)
            for _ in range(2):
                intake.file_article(db, _again(db, entries[number].key), filing, NOW)
        rows = select(schema.entries.c.key, schema.articles.c.id, schema.articles.c.extractor)
        joined = rows.join(schema.articles, schema.articles.c.id == schema.entries.c.article)
        together: dict[tuple[str, str], set[int]] = {}
        for key, id_, extractor in db.execute(joined.where(schema.entries.c.key.in_([e.key for e in entries]))):
            together.setdefault((id_, extractor), set()).add(int(key.partition("-")[2]))
    return sorted(((frozenset(members), kind) for (_, kind), members in together.items()), key=repr)


def _again(db: Connection, key: str) -> WaitingEntry:
    db.execute(schema.entries.update().where(schema.entries.c.key == key).values(read=None))
    return waiting(db)[key]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=_LINES, data=st.data())
def test_any_order_ends_in_the_same_articles(archive: Archive, lines: list[_Line], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(lines))))
    assert _file_all(archive, lines, order) == _file_all(archive, lines, range(len(lines)))


def test_an_article_filed_live_is_no_backfill(archive: Archive) -> None:
    with archive.writing() as db:
        shared = "https://lab.example/old"
        id_ = filed(db, an_entry("old", "lab", canonical=shared, published=ago(days=30)))
        article = intake.article(db, id_)
        assert article is not None
        assert article.backfill
        collect(db, an_entry("other", "daily"))
        filed(db, an_entry("found", "daily", canonical=shared, published=ago(days=30)))
        article = intake.article(db, id_)
        assert article is not None
        assert not article.backfill
