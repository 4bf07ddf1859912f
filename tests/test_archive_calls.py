"""Calls are kept with their notices, and live through merged articles and hostile texts."""

from datetime import date, timedelta

from sqlalchemy import func, select

from analysis.call_following import follow
from analysis.calls import read_notice
from archive import calls, intake
from archive.records.calls import CallNotice
from archive.records.words import ArticleId
from archive.schema import call_notices
from archive.store import Archive
from tests.builders import NOW, a_filing, a_source, ago, an_entry, collect, filed, waiting

TITLE = "2026년 지자체 AI 행정 실증 공모"
TEXT = "신청대상: 시·군·구\n접수기간: 2026. 3. 2. ~ 3. 20. 18:00"


def a_notice(article: ArticleId, text: str = TEXT, *, title: str = TITLE, days: int = 3) -> CallNotice:
    read = read_notice(title, text, date(2026, 2, 9))
    assert read is not None
    return CallNotice(article=article, at=ago(days=days), seen=ago(days=days), ai=True, notice=read)


def test_calls_are_read_as_they_were_kept(archive: Archive) -> None:
    with archive.writing() as db:
        first, second = filed(db, an_entry("one")), filed(db, an_entry("two"))
        extended = a_notice(second, "접수기한: 2026. 3. 27.", title=f"{TITLE} 기간연장", days=1)
        made = follow((), [a_notice(first), extended], NOW)
        calls.keep_calls(db, made)
        calls.keep_calls(db, made)
    with archive.reading() as db:
        assert tuple(calls.calls_since(db, ago(days=30))) == made
        assert calls.calls_since(db, NOW) == []
    assert len(made[0].changes) == 1


def test_notices_of_articles_that_are_one_are_one(archive: Archive) -> None:
    """Two addresses turn out to be one page; the call stays, and so does one of its notices."""
    with archive.writing() as db:
        one, other = an_entry("one", title=TITLE), an_entry("two", "portal", title=TITLE)
        first, second = filed(db, one), filed(db, other)
        calls.keep_calls(db, follow((), [a_notice(first), a_notice(second)], NOW))
        collect(db, an_entry("three", title=TITLE))
        addresses = ("https://daily.example/three", one.canonical, other.canonical)
        third = waiting(db)["three"]
        intake.file_article(db, third, a_filing(third.entry, addresses=addresses), NOW)
    with archive.reading() as db:
        (call,) = calls.calls_since(db, ago(days=30))
        assert [notice.article for notice in call.notices] == [first]
        assert db.execute(select(func.count()).select_from(call_notices)).scalar() == 1


def test_what_a_database_refuses_is_left_out(archive: Archive) -> None:
    with archive.writing() as db:
        calls.keep_calls(db, follow((), [a_notice(filed(db), TEXT, title="AI\0 공모\ud800 사업 시범")], NOW))
    with archive.reading() as db:
        (call,) = calls.calls_since(db, ago(days=30))
    assert call.facts.name == "AI 공모 사업 시범"


def test_only_articles_of_funding_sources_are_notices(archive: Archive) -> None:
    with archive.writing() as db:
        intake.register_sources(db, [a_source("grants", role="funding"), a_source("daily")], NOW)
        wanted = filed(db, an_entry("call", source="grants"))
        filed(db, an_entry("news"))
        found = calls.funding_articles(db, NOW - timedelta(days=7), NOW + timedelta(hours=1))
        assert [article.id for article in found] == [wanted]
        assert calls.funding_articles(db, NOW + timedelta(hours=1), NOW + timedelta(days=7)) == []
