"""An article is one however many entries lead to it, and the same in whatever order they are filed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count, permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Connection, Table, event, select

from archive import findings, intake, schema
from archive.query import parse
from archive.records.incoming import Entry, Filing, WaitingEntry
from archive.records.words import ArticleId, Reserved, Rights
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
TITLE = "한빛시, 민원 상담에 AI 도입"


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


@pytest.mark.parametrize(
    ("granted", "reserved", "rights"),
    [
        ("full", "", "full"),
        ("full", "noarchive", "excerpt"),
        ("full", "nosnippet", "link"),
        ("excerpt", "noarchive", "excerpt"),
        ("excerpt", "nosnippet", "link"),
        ("link", "", "link"),
    ],
)
def test_what_a_page_reserves_narrows_what_its_source_grants(
    archive: Archive, granted: Rights, reserved: Reserved, rights: Rights
) -> None:
    with archive.writing() as db:
        intake.register_sources(db, [a_source("lab", rights=granted)], NOW)
        entry = an_entry("one", "lab")
        collect(db, entry)
        id_ = _file(db, "one", a_filing(entry, reserved=reserved, paywall=True))
        article = intake.article(db, id_)
    assert article is not None
    assert (article.rights, article.paywall) == (rights, True)


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


@pytest.mark.parametrize("wrong", ["https://daily.example/news/ai", "https://daily.example/articleView.html"])
def test_a_wrong_canonical_link_joins_no_two_articles(archive: Archive, wrong: str) -> None:
    """A template that calls a section page, or its own script, canonical on every page."""
    titles = ["한빛시, 상담에 AI 도입", "새 반도체 공장 착공", "자율주행버스 노선 확대", "한빛시 상담 AI 도입 한 달"]
    with archive.writing() as db:
        entries = [an_entry(str(number), title=title) for number, title in enumerate(titles)]
        collect(db, *entries)
        ids = [_file(db, e.key, a_filing(e, addresses=(e.canonical, wrong))) for e in entries[:3]]
        assert len(set(ids)) == 3
        first, *others = intake.articles_in(db, ago(days=1), LATER, candidates=False)
        assert {one.title for one in (first, *others)} == set(titles[:3])


def test_a_guid_used_again_for_other_news_is_another_article(archive: Archive) -> None:
    """A feed whose items are numbered by their place: the article of yesterday stays what it was."""
    with archive.writing() as db:
        yesterday = filed(db, an_entry("slot-1", canonical="https://daily.example/1", title="한빛시, 상담에 AI 도입"))
        other = an_entry("slot-1", canonical="https://daily.example/2", title="새 반도체 공장 착공")
        collect(db, other, now=LATER)
        today = intake.file_article(db, waiting(db, LATER)["slot-1"], a_filing(other), LATER)
        kept = intake.article(db, yesterday)
    assert today != yesterday
    assert kept is not None
    assert kept.title == "한빛시, 상담에 AI 도입"


def test_a_headline_written_anew_under_its_address_is_the_same_article(archive: Archive) -> None:
    with archive.writing() as db:
        id_ = filed(db, an_entry("a", title="속보"))
        collect(db, an_entry("a", title="한빛시, 상담에 AI 도입"), now=LATER)
        again = waiting(db, LATER)["a"]
        assert intake.file_article(db, again, a_filing(again.entry), LATER) == id_


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
    one, other = an_entry("one", title=TITLE), an_entry("other", "portal", title=f"{TITLE}한다")
    collect(db, one, now=ago(hours=2))
    stays = intake.file_article(db, waiting(db)["one"], a_filing(one, extractor="title", candidate=False), NOW)
    collect(db, other)
    goes = _file(db, "other", a_filing(other, text="더 긴 본문이다."))
    collect(db, an_entry("bridge", title=f"{TITLE}키로"))
    return stays, goes


def _join(db: Connection) -> ArticleId:
    bridge = waiting(db)["bridge"].entry
    addresses = (bridge.canonical, "https://daily.example/one", "https://portal.example/other")
    return _file(db, "bridge", a_filing(bridge, addresses=addresses, extractor="feed"))


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
        oldest = an_entry("oldest", title=TITLE)
        collect(db, oldest, now=ago(days=1))
        addresses = (oldest.canonical, "https://portal.example/other")
        first = intake.file_article(db, waiting(db)["oldest"], a_filing(oldest), NOW)
        again = next(row for row in db.execute(select(schema.entries)) if row.key == "oldest")
        assert again.article == first
        tomorrow = NOW + timedelta(days=1)
        collect(db, an_entry("oldest", title=f"{TITLE} [수정]"), now=tomorrow)
        joined = waiting(db, tomorrow)["oldest"]
        assert intake.file_article(db, joined, a_filing(joined.entry, addresses=addresses), tomorrow) == first
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
            an_entry(
                f"{corner}-{number}",
                line.source,
                canonical=f"https://{line.first}.example/{corner}",
                title=f"{TITLE} {corner}-{number}",
            )
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


def _contents(db: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of what filing writes, and what the words of the texts find; an article's number is its own affair."""
    tables = ("entries", "articles", "texts", "tokens", "addresses", "judgements", "story_articles")
    rows = {
        name: sorted((tuple(row) for row in db.execute(select(*_but_number(schema.metadata.tables[name])))), key=repr)
        for name in tables
    }
    words = ("본문", "하나", "둘", "셋", "제목")
    found = {word: search(db, parse(word), lambda text: (text,), limit=100) for word in words}
    return rows | {word: [(hit.article.id, hit.article.title) for hit in hits.hits] for word, hits in found.items()}


def _but_number(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if column.name != "number"]


_TITLES = ("한빛시, 상담에 AI 도입 하나", "한빛시, 상담에 AI 도입 둘", "새 반도체 공장 착공 셋")
_FOUND = st.builds(
    _Line,
    source=st.sampled_from(("early", "late")),
    first=st.sampled_from((*_HOSTS, "")),
    alias=st.sampled_from((*_HOSTS, "")),
    extractor=st.sampled_from(("title", "feed", "page:x")),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(st.tuples(_FOUND, st.sampled_from(_TITLES)), min_size=1, max_size=8),
    before=st.integers(0, 3),
    twice=st.booleans(),
)
def test_a_batch_ends_in_what_one_after_the_other_ends_in(
    archive: Archive, lines: list[tuple[_Line, str]], before: int, *, twice: bool
) -> None:
    """Also when an address, or an entry, comes more than once in a batch or was filed before it."""
    with archive.writing() as db:
        whole = db.begin_nested()
        intake.register_sources(db, [a_source("early"), a_source("late")], NOW)
        entries = [
            an_entry(str(number), line.source, canonical=line.first and f"https://{line.first}.example/1", title=title)
            for number, (line, title) in enumerate(lines)
        ]
        collect(db, *entries)
        held = waiting(db)
        found = [
            (held[entry.key], a_filing(entry, addresses=_addresses(entry, line), extractor=line.extractor))
            for entry, (line, _) in zip(entries, lines, strict=True)
        ]
        found += found[:1] if twice else []
        for one in found[:before]:
            intake.file_article(db, *one, NOW)
        slow = db.begin_nested()
        ids = tuple(intake.file_article(db, *one, LATER) for one in found)
        expected = _contents(db)
        slow.rollback()
        assert intake.file_articles(db, found, LATER) == ids
        assert _contents(db) == expected
        whole.rollback()


def _addresses(entry: Entry, line: _Line) -> tuple[str, ...]:
    return (entry.canonical, line.alias and f"https://{line.alias}.example/1")


def test_a_batch_of_strangers_takes_a_handful_of_statements(archive: Archive) -> None:
    with archive.writing() as db:
        entries = [an_entry(f"n{number}") for number in range(50)]
        collect(db, *entries)
        found = [(one, a_filing(one.entry)) for one in waiting(db).values()]
        statements: list[str] = []
        event.listen(db, "before_cursor_execute", lambda *told: statements.append(told[2]))
        assert len(set(intake.file_articles(db, found, NOW))) == 50
        assert len(statements) <= 10
        assert intake.count_waiting(db, NOW) == 0


def test_no_findings_are_filed_as_nothing(archive: Archive) -> None:
    with archive.writing() as db:
        assert intake.file_articles(db, [], NOW) == ()


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
