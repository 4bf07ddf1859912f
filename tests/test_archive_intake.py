"""What comes in is kept once, however often it comes, and in whatever order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, func, select

from archive import intake, schema
from archive.query import parse
from archive.records.words import EntryId, SourceId
from archive.search import search
from archive.store import Archive
from archive.texts import forget_texts, texts_of
from tests.builders import (
    BACKFILL,
    NOW,
    a_fetch,
    a_filing,
    a_source,
    ago,
    an_entry,
    collect,
    everything,
    filed,
    waiting,
)

LATER = NOW + timedelta(hours=1)


def _found(db: Connection, question: str) -> set[str]:
    return {hit.article.title for hit in search(db, parse(question), lambda text: (text,)).hits}


def test_sources_are_added_changed_and_retired(archive: Archive) -> None:
    with archive.writing() as db:
        intake.register_sources(db, [a_source("daily"), a_source("weekly")], NOW)
        intake.register_sources(db, [a_source("daily", rights="excerpt")], LATER)
        known = intake.sources_by_id(db)
        assert known[SourceId("daily")] == a_source("daily", rights="excerpt")
        assert known[SourceId("weekly")] == a_source("weekly")
        state = {row.id: (row.added, row.retired) for row in db.execute(select(schema.sources))}
    assert state == {"daily": (NOW, None), "weekly": (NOW, LATER)}


def test_a_source_that_config_names_again_is_no_longer_retired(archive: Archive) -> None:
    with archive.writing() as db:
        for named in ([a_source()], [], [a_source()]):
            intake.register_sources(db, named, NOW)
        assert db.execute(select(schema.sources.c.retired)).scalar_one() is None


def test_the_same_answer_twice_brings_nothing_new(archive: Archive) -> None:
    with archive.writing() as db:
        assert collect(db, an_entry("a"), an_entry("b")) == 2
    before = everything(archive)
    with archive.writing() as db:
        assert collect(db, an_entry("a"), an_entry("b"), now=LATER) == 0
    assert everything(archive) == before


def test_of_two_lines_with_one_key_the_first_stands(archive: Archive) -> None:
    with archive.writing() as db:
        assert collect(db, an_entry("a", title="새 제목"), an_entry("a", title="옛 제목")) == 1
        assert waiting(db)["a"].entry.title == "새 제목"


def test_the_ledger_counts_what_was_new(archive: Archive) -> None:
    with archive.writing() as db:
        collect(db, an_entry("a"))
        collect(db, an_entry("a"), an_entry("b"), now=LATER)
        assert [row.new for row in db.execute(select(schema.fetches).order_by(schema.fetches.c.number))] == [1, 1]
        assert intake.last_fetches(db)[SourceId("daily")].new == 1


def test_only_the_first_answer_of_a_source_is_backfill(archive: Archive) -> None:
    before = NOW - BACKFILL - timedelta(seconds=1)
    with archive.writing() as db:
        intake.register_sources(db, [a_source()], NOW)
        intake.record_fetch(db, a_fetch(outcome="failed", status=500), (), now=ago(hours=1), backfill=BACKFILL)
        collect(db, an_entry("old", published=before), an_entry("young"), an_entry("undated", published=None))
        collect(db, an_entry("found later", published=before), now=LATER)
        marked = {key for key, one in waiting(db, LATER).items() if one.backfill}
    assert marked == {"old"}


def test_a_changed_text_is_read_again(archive: Archive) -> None:
    with archive.writing() as db:
        first = filed(db, an_entry("a", title="1보"))
        assert waiting(db) == {}
        collect(db, an_entry("a", title="2보"), now=LATER)
        again = waiting(db, LATER)["a"]
        assert (again.entry.title, again.seen, again.changed) == ("2보", NOW, LATER)
        assert intake.file_article(db, again, a_filing(again.entry), LATER) == first
        article = intake.article(db, first)
        assert article is not None
        assert (article.title, article.seen) == ("2보", NOW)
        assert (_found(db, "1보"), _found(db, "2보")) == (set(), {"2보"})


def test_a_summary_that_changes_at_every_fetch_is_read_ever_more_seldom(archive: Archive) -> None:
    """A feed that counts views: its newest words are kept, but its page is asked for a few times, not every hour."""
    reads = []
    with archive.writing() as db:
        filed(db, an_entry("a", summary="조회 0"))
        for hour in range(1, 24 * 7):
            now = NOW + timedelta(hours=hour)
            collect(db, an_entry("a", summary=f"조회 {hour}"), now=now)
            if again := waiting(db, now).get("a"):
                assert again.entry.summary == f"조회 {hour}"
                intake.file_article(db, again, a_filing(again.entry), now)
                reads.append(hour)
    assert reads == [1, 2, 4, 8, 16, 32, 64, 128]


def test_a_real_edit_is_read_at_once_however_old_the_entry(archive: Archive) -> None:
    much_later = NOW + timedelta(days=9)
    with archive.writing() as db:
        filed(db, an_entry("a", title="한빛시, 상담에 AI 도입"))
        collect(db, an_entry("a", title="한빛시, 상담에 AI 도입 [정정]"), now=much_later)
        assert waiting(db, much_later)["a"].entry.title == "한빛시, 상담에 AI 도입 [정정]"


def test_a_change_does_not_shorten_the_wait_for_a_page_that_fails(archive: Archive) -> None:
    """Or a changing summary would have a dead page asked at every fetch, for ever the first time."""
    with archive.writing() as db:
        collect(db, an_entry("a", summary="조회 1"))
        intake.postpone_entry(db, waiting(db)["a"].id, "503", NOW + timedelta(hours=3), NOW)
        collect(db, an_entry("a", summary="조회 2"), now=LATER)
        assert waiting(db, LATER) == {}
        again = waiting(db, NOW + timedelta(hours=3))["a"]
        assert (again.tries, again.entry.summary) == (1, "조회 2")
        elsewhere = an_entry("a", summary="조회 3", canonical="https://daily.example/mended")
        collect(db, elsewhere, now=NOW + timedelta(hours=2))
        assert waiting(db, NOW + timedelta(hours=2))["a"].tries == 0


@pytest.mark.parametrize("when", [NOW, ago(days=2)])
def test_an_older_state_never_overwrites_a_newer_text(archive: Archive, when: datetime) -> None:
    with archive.writing() as db:
        collect(db, an_entry("a", title="새 제목"))
        collect(db, an_entry("a", title="옛 제목"), now=when)
        assert waiting(db)["a"].entry.title == "새 제목"


def test_what_a_database_refuses_is_left_out(archive: Archive) -> None:
    with archive.writing() as db:
        entry = an_entry("a", title="널\0 문자", summary="짝 잃은 \ud800대리", authors=("김\0",))
        id_ = filed(db, entry, text="본\0문\udfff", published=datetime(1, 1, 1, tzinfo=UTC))
        article = intake.article(db, id_)
        assert article is not None
        assert (article.title, texts_of(db, [id_])) == ("널 문자", {id_: "본문"})
        assert db.execute(select(schema.entries.c.summary, schema.entries.c.authors)).one() == ("짝 잃은 대리", ["김"])


@pytest.mark.parametrize("year", [1, 1970, 9999])
def test_a_date_that_is_none_is_not_kept(archive: Archive, year: int) -> None:
    with archive.writing() as db:
        collect(db, an_entry("a", published=datetime(year, 1, 1, tzinfo=UTC)))
        assert waiting(db)["a"].entry.published is None


def test_entries_wait_oldest_first_and_can_be_paged(archive: Archive) -> None:
    with archive.writing() as db:
        collect(db, an_entry("b"), an_entry("c"), now=NOW)
        collect(db, an_entry("a"), now=ago(days=1))
        everyone = intake.waiting_entries(db, NOW, 10)
        assert everyone[0].entry.key == "a"
        assert intake.waiting_entries(db, NOW, 2) == everyone[:2]
        assert intake.waiting_entries(db, NOW, 2, everyone[1]) == everyone[2:]
        assert intake.count_waiting(db, NOW) == 3


def test_a_postponed_entry_waits_until_its_time(archive: Archive) -> None:
    with archive.writing() as db:
        collect(db, an_entry("a"))
        intake.postpone_entry(db, waiting(db)["a"].id, "page not there: 503", LATER, NOW)
        assert (waiting(db), intake.count_waiting(db, NOW)) == ({}, 0)
        again = waiting(db, LATER)["a"]
        assert (again.tries, again.seen) == (1, NOW)


def test_an_entry_may_be_filed_and_still_wait_for_its_page(archive: Archive) -> None:
    with archive.writing() as db:
        id_ = filed(db, an_entry("a"), extractor="feed", text="요약이다.")
        entry = db.execute(select(schema.entries.c.id)).scalar_one()
        intake.postpone_entry(db, EntryId(entry), "time-out", LATER, NOW)
        again = waiting(db, LATER)["a"]
        assert intake.file_article(db, again, a_filing(again.entry, text="본문이다."), LATER) == id_
        assert (texts_of(db, [id_])[id_], waiting(db, LATER)) == ("본문이다.", {})


def test_validators_are_those_of_the_last_answer(archive: Archive) -> None:
    with archive.writing() as db:
        intake.register_sources(db, [a_source()], NOW)
        answers = [
            a_fetch(at=ago(hours=3), etag='"1"', modified="Mon", body_hash="aa"),
            a_fetch(at=ago(hours=2), outcome="unchanged", status=304, etag='"2"', modified="Tue", body_hash="bb"),
            a_fetch(at=ago(hours=1), outcome="failed", status=None, error="time-out after 20 s", retry_at=LATER),
        ]
        for answer in answers:
            intake.record_fetch(db, answer, (), now=answer.at, backfill=BACKFILL)
        last = intake.last_fetches(db)[SourceId("daily")]
    assert (last.outcome, last.at, last.retry_at, last.error) == ("failed", ago(hours=1), LATER, "time-out after 20 s")
    assert (last.etag, last.modified, last.body_hash) == ('"2"', "Tue", "bb")


def test_a_source_with_another_address_is_asked_as_if_for_the_first_time(archive: Archive) -> None:
    """The old address's validators would have the new one's first answer thrown away; its failures are not the new's.

    What stood in the new feed before it was read is backfill there as in any new source.
    """
    moved = a_source(url="https://daily.example/new/rss")
    old, new = an_entry("old", published=ago(days=30)), an_entry("new", published=ago(days=30))
    with archive.writing() as db:
        intake.register_sources(db, [a_source()], NOW)
        answer = a_fetch(etag='"1"', modified="Mon", body_hash="aa")
        intake.record_fetch(db, answer, [old], now=NOW, backfill=BACKFILL)
        intake.record_fetch(db, a_fetch(outcome="failed", status=404), (), now=NOW, backfill=BACKFILL)
        intake.register_sources(db, [moved], LATER)
        last = intake.last_fetches(db)[SourceId("daily")]
        assert (last.status, last.etag, last.modified, last.body_hash) == (404, "", "", "")
        assert intake.failures_in_row(db) == {}
        answer = a_fetch(at=LATER, etag='"2"', modified="Tue", body_hash="bb")
        intake.record_fetch(db, answer, [old, new], now=LATER, backfill=BACKFILL)
        assert intake.last_fetches(db)[SourceId("daily")].etag == '"2"'
        assert waiting(db, LATER)["new"].backfill
        intake.register_sources(db, [a_source()], LATER)
        assert intake.last_fetches(db)[SourceId("daily")].etag == '"1"'


def test_failures_are_counted_since_the_last_answer(archive: Archive) -> None:
    with archive.writing() as db:
        intake.register_sources(db, [a_source("daily"), a_source("weekly"), a_source("dead")], NOW)
        for source, outcomes in {"daily": "fffnff", "weekly": "fn", "dead": "ff"}.items():
            for outcome in outcomes:
                fetch = a_fetch(source, outcome="failed" if outcome == "f" else "new")
                intake.record_fetch(db, fetch, (), now=NOW, backfill=BACKFILL)
        assert intake.failures_in_row(db) == {"daily": 2, "dead": 2}


def test_articles_of_a_window_come_by_moment_with_or_without_the_rest(archive: Archive) -> None:
    with archive.writing() as db:
        late = filed(db, an_entry("late", published=ago(hours=1)))
        early = filed(db, an_entry("early", published=ago(hours=9)), candidate=False)
        filed(db, an_entry("outside", published=ago(days=9)))
        undated = filed(db, an_entry("undated", published=None))
        future = filed(db, an_entry("future", published=NOW + timedelta(days=3)))
        window = (ago(days=1), NOW + timedelta(seconds=1))
        everyone = intake.articles_in(db, *window, candidates=False)
        assert [one.id for one in everyone] == [early, late, *sorted([undated, future])]
        assert [one.moment for one in everyone] == [ago(hours=9), ago(hours=1), NOW, NOW]
        assert [one.id for one in intake.articles_in(db, *window, candidates=True)] == [
            late,
            *sorted([undated, future]),
        ]
        assert [one.id for one in intake.articles_in(db, window[0], ago(hours=1), candidates=False)] == [early]


def test_an_article_has_the_strictest_rights_of_its_sources(archive: Archive) -> None:
    with archive.writing() as db:
        named = [a_source("lab", rights="full", role="lab"), a_source("daily", rights="excerpt")]
        intake.register_sources(db, named, NOW)
        shared = "https://lab.example/post"
        id_ = filed(db, an_entry("post", "lab", canonical=shared))
        alone = intake.article(db, id_)
        filed(db, an_entry("copy", "daily", canonical=shared))
        both = intake.article(db, id_)
        intake.register_sources(db, [named[0], a_source("daily", rights="link")], NOW)
        stricter = intake.article(db, id_)
    assert alone is not None
    assert both is not None
    assert stricter is not None
    assert [alone.rights, both.rights, stricter.rights] == ["full", "excerpt", "link"]
    assert (both.role, both.source) == ("lab", "lab")


def test_tokens_come_back_as_they_were_made(archive: Archive) -> None:
    with archive.writing() as db:
        entry = an_entry("a", title="GPT-5 공개")
        id_ = filed(db, entry, text="소버린 AI")
        assert intake.tokens_of(db, [id_]) == {id_: a_filing(entry, text="소버린 AI").tokens}


def test_texts_can_be_cut_and_forgotten(archive: Archive) -> None:
    with archive.writing() as db:
        old, new = filed(db, an_entry("old", published=ago(days=3))), filed(db, an_entry("new"), text="가나다라")
        assert texts_of(db, [old, new], 2)[new] == "가나"
        assert (forget_texts(db, ago(days=1)), forget_texts(db, ago(days=1))) == (1, 0)
        assert set(texts_of(db, [old, new])) == {new}
        assert intake.article(db, old) is not None


def test_what_is_forgotten_is_the_text_and_nothing_else(archive: Archive) -> None:
    """Also what the feed carried of it; nothing counts as changed because of it, and the words still find it."""
    old = an_entry("old", published=ago(days=3), summary="요약이다.", content="피드의 본문이다.")
    with archive.writing() as db:
        id_ = filed(db, old, text="소버린 AI 본문")
        collect(db, replace(old, key="unread", canonical="https://daily.example/unread"))
        facts, tokens = intake.article(db, id_), intake.tokens_of(db, [id_])
        hashes = db.execute(select(schema.texts.c.hash, schema.texts.c.changed)).all()
        assert forget_texts(db, ago(days=1)) == 1
    once = everything(archive)
    with archive.writing() as db:
        assert forget_texts(db, ago(days=1)) == 0
    assert everything(archive) == once
    with archive.writing() as db:
        assert texts_of(db, [id_]) == {}
        kept = {row.key: (row.title, row.summary, row.content) for row in db.execute(select(schema.entries))}
        assert kept["old"] == ("old 소식", "", "")
        assert kept["unread"] == ("old 소식", "요약이다.", "피드의 본문이다.")
        assert (intake.article(db, id_), intake.tokens_of(db, [id_])) == (facts, tokens)
        assert db.execute(select(schema.texts.c.hash, schema.texts.c.changed)).all() == hashes
        assert _found(db, "소버린") == {"old 소식"}
        collect(db, old, now=LATER)
        assert "old" not in waiting(db, LATER)


def test_an_article_merged_after_its_text_is_forgotten_is_still_found(archive: Archive) -> None:
    shared = "https://portal.example/one"
    with archive.writing() as db:
        poor, rich = an_entry("poor", title="한빛시 AI 상담"), an_entry("rich", title="한빛시 AI 상담 도입")
        collect(db, poor, rich)
        held = waiting(db)
        stays = intake.file_article(db, held["poor"], a_filing(poor, extractor="title", text=""), NOW)
        goes = intake.file_article(db, held["rich"], a_filing(rich, text="소버린 모델"), NOW)
        first, second = sorted([stays, goes])
        forget_texts(db, LATER)
        collect(db, an_entry("bridge", canonical=shared, title="한빛시 AI 상담"), now=LATER)
        addresses = (shared, poor.canonical, rich.canonical)
        bridge = waiting(db, LATER)["bridge"]
        one = intake.file_article(db, bridge, a_filing(bridge.entry, extractor="feed", addresses=addresses), LATER)
        assert set(intake.survivors(db, [first, second]).values()) == {one}
        assert _found(db, "소버린") == {"한빛시 AI 상담 도입"}


def test_many_ids_are_asked_for_at_once(archive: Archive) -> None:
    with archive.writing() as db:
        id_ = filed(db)
        many = [*(f"{number:016x}" for number in range(45_000)), id_]
        assert set(intake.articles_by_id(db, many)) == {id_}  # type: ignore[arg-type]
        assert db.execute(select(func.count()).select_from(schema.articles)).scalar_one() == 1
