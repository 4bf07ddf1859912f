"""Issues are frozen; letters go once; corrections are kept; runs are told."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from archive import corrections, findings, issues, outbox, runs, schema
from archive.articles import survivors
from archive.records.knowledge import Correction
from archive.records.ledgers import Delivery, Run
from archive.records.words import ArticleId
from archive.schema import articles
from archive.store import Archive, ArchiveError
from archive.weeks import Week
from tests.builders import NOW, SEOUL, WEEK, ago, an_entry, an_issue, everything, filed, some_findings

FILES = {"issue.html": "<p>가</p>".encode(), "issue.eml": b"\x00\xff\r\n"}


def test_an_issue_comes_back_as_it_was_frozen(archive: Archive) -> None:
    with archive.writing() as db:
        issue = an_issue([filed(db)])
        issues.freeze(db, issue, FILES)
        assert issues.issue(db, WEEK) == issue
        assert issues.files(db, WEEK) == FILES
        assert issues.issue(db, WEEK.ahead(1)) is None
        assert issues.files(db, WEEK.ahead(1)) == {}


def test_freezing_twice_changes_nothing(archive: Archive) -> None:
    with archive.writing() as db:
        issue = an_issue([filed(db)])
        issues.freeze(db, issue, FILES)
    before = everything(archive)
    with archive.writing() as db:
        issues.freeze(db, issue, FILES)
    assert everything(archive) == before


def test_a_frozen_revision_cannot_be_changed(archive: Archive) -> None:
    with archive.writing() as db:
        issues.freeze(db, an_issue(), FILES)
        with pytest.raises(ArchiveError, match="issue 2026-W07 is frozen as revision 1"):
            issues.freeze(db, an_issue(title="다른 제목"), FILES)


def test_a_new_revision_is_the_one_shown_and_the_old_one_is_kept(archive: Archive) -> None:
    with archive.writing() as db:
        first, second = an_issue(), an_issue(revision=2, title="고친 제목")
        issues.freeze(db, first, FILES)
        issues.freeze(db, second, {"issue.txt": b"2"}, reason="정정 요청")
        assert [issues.issue(db, WEEK), issues.issue(db, WEEK, 1)] == [second, first]
        assert [issues.files(db, WEEK), issues.files(db, WEEK, 1)] == [{"issue.txt": b"2"}, FILES]
        rows = issues.issue_rows(db)
        assert [(row.week, row.revision, row.title, row.reason) for row in rows] == [
            (WEEK, 1, "주간 동향", ""),
            (WEEK, 2, "고친 제목", "정정 요청"),
        ]


def test_issues_are_numbered_in_the_order_they_are_made(archive: Archive) -> None:
    with archive.writing() as db:
        assert (issues.number_of(db, WEEK, 31), issues.next_number(db)) == (31, 1)
        issues.freeze(db, an_issue(number=31), {})
        earlier = WEEK.ahead(-1)
        assert [issues.number_of(db, week, 31) for week in (WEEK, earlier)] == [31, 32]


def test_the_last_freeze_is_that_of_the_week_before(archive: Archive) -> None:
    with archive.writing() as db:
        assert issues.last_made(db, before=WEEK) is None
        issues.freeze(db, an_issue(), {})
        issues.freeze(db, an_issue(revision=2, made=NOW + timedelta(days=30)), {})
        assert issues.last_made(db, before=WEEK) is None
        assert issues.last_made(db, before=WEEK.ahead(2)) == WEEK.end(SEOUL)


def test_what_readers_were_told_is_remembered_under_an_articles_living_id(archive: Archive) -> None:
    with archive.writing() as db:
        one, other = filed(db, an_entry("one")), filed(db, an_entry("other"))
        for week in (WEEK, WEEK.ahead(1)):
            issues.freeze(db, an_issue([one], week=week), {})
        issues.freeze(db, an_issue([other, ArticleId("gone")], week=WEEK.ahead(2)), {})
        both = tuple(WEEK.until(WEEK.ahead(1)))
        assert issues.issued_articles(db) == {one: both, other: (WEEK.ahead(2),)}
        db.execute(articles.update().where(articles.c.id == one).values(redirect=other))
        assert issues.issued_articles(db) == {other: (*both, WEEK.ahead(2))}


def _letter(reader: str = "a@city.example", **facts: object) -> Delivery:
    own = {"week": WEEK, "revision": 1, "reader": reader, "state": "pending", "message_id": f"<1.{reader}>"}
    return Delivery(**{**own, "raw": b"Subject: \xff\x00", "created": NOW} | facts)  # type: ignore[arg-type]


def test_a_reader_gets_an_issue_once(archive: Archive) -> None:
    with archive.writing() as db:
        outbox.file_delivery(db, _letter())
        outbox.file_delivery(db, _letter(revision=2, raw=b"again"))
        outbox.file_delivery(db, _letter("b@city.example"))
        assert outbox.deliveries(db, WEEK) == [_letter(), _letter("b@city.example")]
        assert outbox.deliveries(db, WEEK.ahead(1)) == []


def test_a_settled_letter_is_no_longer_pending_and_keeps_its_time(archive: Archive) -> None:
    with archive.writing() as db:
        outbox.file_delivery(db, _letter())
        outbox.settle(db, WEEK, "a@city.example", NOW, "written")
        outbox.settle(db, WEEK, "a@city.example", NOW + timedelta(days=1), "written")
        assert outbox.pending(db) == []
        assert outbox.deliveries(db, WEEK) == [_letter(state="written", settled=NOW)]


def _said(*about: ArticleId, **facts: object) -> Correction:
    own = {
        "number": 0,
        "at": NOW,
        "who": "홍길동",
        "kind": "apart",
        "articles": about,
        "value": "",
        "reason": "다른 일",
    }
    return Correction(**own | facts)  # type: ignore[arg-type]


def test_a_correction_stands_until_it_is_taken_back(archive: Archive) -> None:
    with archive.writing() as db:
        one, other = filed(db, an_entry("one")), filed(db, an_entry("other"))
        first = corrections.add(db, _said(one, other))
        second = corrections.add(db, _said(one, kind="ai", value="yes"))
        assert [found.number for found in corrections.standing(db)] == [first, second]
        assert corrections.standing(db)[0] == _said(one, other, number=first)
        for later in (NOW, NOW + timedelta(days=1)):
            corrections.withdraw(db, first, who="김철수", reason="같은 일", at=later)
        assert [found.number for found in corrections.standing(db)] == [second]
        assert [found.withdrawn for found in corrections.history(db)] == [NOW, None]
        with pytest.raises(ArchiveError, match="no correction number 99"):
            corrections.withdraw(db, 99, who="", reason="", at=NOW)


def test_nothing_said_is_ever_overwritten(archive: Archive) -> None:
    """What is added later, a withdrawal or a merger of articles too, leaves every earlier row as it was."""

    def said() -> list[tuple[object, ...]]:
        return [tuple(row) for row in db.execute(select(table).order_by(table.c.number))]

    table = schema.corrections
    with archive.writing() as db:
        one, other = (filed(db, an_entry(name, title="한빛시, 상담에 AI 도입")) for name in ("one", "other"))
        first = corrections.add(db, _said(one, other, kind="apart"))
        rows = said()
        corrections.add(db, _said(one, kind="ai", value="no"))
        corrections.withdraw(db, first, who="김\0철수", reason="같은\0 일", at=NOW)
        assert said()[:1] == rows
        rows = said()
        bridge = an_entry("bridge", canonical="https://daily.example/one", title="한빛시, 상담에 AI 도입")
        filed(db, bridge, addresses=("https://daily.example/one", "https://daily.example/other"))
        assert set(survivors(db, [one, other]).values()) == {one}
        assert said() == rows
        assert [row[2] for row in rows][-1] == "김철수"
        assert {found.articles for found in corrections.history(db)} == {(one,)}


def test_a_correction_follows_its_articles(archive: Archive) -> None:
    with archive.writing() as db:
        one, other = filed(db, an_entry("one")), filed(db, an_entry("other"))
        corrections.add(db, _said(one, other, kind="together"))
        db.execute(articles.update().where(articles.c.id == one).values(redirect=other))
        assert corrections.standing(db)[0].articles == (other,)


def test_corrections_that_no_longer_apply_are_listed(archive: Archive) -> None:
    with archive.writing() as db:
        assert corrections.idle(db) == ()
        findings.replace(db, some_findings(idle_corrections=(3, 8)))
        assert corrections.idle(db) == (3, 8)
        findings.replace(db, some_findings())
        assert corrections.idle(db) == ()


def test_a_run_is_told_from_beginning_to_end(archive: Archive) -> None:
    with archive.writing() as db:
        number = runs.begin(db, "collect", NOW, ago(seconds=5))
        running = Run(number=number, step="collect", now=NOW, started=ago(seconds=5), finished=None, outcome="running")
        assert runs.recent(db, 5) == [running]
        assert runs.last_finished(db, "collect") is None
        runs.finish(db, number, NOW, "part", 7, 1, "하나는 실패\0했다")
        (ended,) = runs.recent(db, 5)
        assert (ended.finished, ended.outcome, ended.done, ended.failed) == (NOW, "part", 7, 1)
        assert (ended.detail, runs.last_finished(db, "collect")) == ("하나는 실패했다", ended)


def test_the_last_finished_run_is_the_one_told_the_latest_time(archive: Archive) -> None:
    with archive.writing() as db:
        for now, outcome in ((NOW, "done"), (ago(days=1), "done"), (NOW + timedelta(days=1), "failed")):
            runs.finish(db, runs.begin(db, "analyse", now, NOW), NOW, outcome, 0, 0, "")  # type: ignore[arg-type]
        last = runs.last_finished(db, "analyse")
        assert last is not None
        assert last.now == NOW
        assert runs.last_finished(db, "collect") is None


def test_a_run_that_was_killed_is_closed_as_failed(archive: Archive) -> None:
    with archive.writing() as db:
        done = runs.begin(db, "collect", NOW, NOW)
        runs.finish(db, done, NOW, "done", 1, 0, "")
        runs.begin(db, "extract", NOW, NOW)
        assert (runs.close_interrupted(db, NOW), runs.close_interrupted(db, NOW)) == (1, 0)
        assert [(run.step, run.outcome, run.finished) for run in runs.recent(db, 5)] == [
            ("extract", "failed", NOW),
            ("collect", "done", NOW),
        ]


def test_numbers_of_weeks_sort_across_years(archive: Archive) -> None:
    with archive.writing() as db:
        for week in (Week(2026, 1), Week(2025, 52), Week(2020, 53)):
            issues.freeze(db, an_issue(week=week), {})
        assert [str(row.week) for row in issues.issue_rows(db)] == ["2020-W53", "2025-W52", "2026-W01"]
