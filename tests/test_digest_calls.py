"""Calls in an issue: open on the day of delivery, the city's own first, the nearest first, and in every edition."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest

from analysis.call_following import follow
from analysis.calls import read_notice
from archive.records.calls import SEOUL, CallNotice
from archive.records.issue import Issue, IssueSource
from archive.records.ledgers import Reader
from archive.records.words import ArticleId
from archive.snapshots import from_json, to_json
from digest import call_words
from digest.calendar import calendar
from digest.calls import MOST, Funding, with_calls
from digest.readership import own_edition
from digest.render import email_parts, render_files
from tests.builders import an_article, an_issue
from tests.builders_digest import EDITION

DELIVERY = datetime(2026, 2, 16, 8, 30, tzinfo=SEOUL)  # the Monday after WEEK


def a_call(name: str, text: str, *, title: str = "", ai: bool = True, posted: date = date(2026, 2, 10)) -> CallNotice:
    at = datetime(posted.year, posted.month, posted.day, 10, tzinfo=SEOUL)
    read = read_notice(title or f"{name} AI 지원사업 공모", text, posted)
    assert read is not None
    return CallNotice(article=ArticleId(name), at=at, seen=at, ai=ai, notice=read)


def an_issue_with(*notices: CallNotice, delivery: datetime = DELIVERY, **facts: Any) -> Issue:
    calls = follow((), notices, DELIVERY)
    articles = {one.article: an_article(one.article, outlet="진흥원", rights="excerpt") for one in notices}
    funding = Funding(calls=calls, articles=articles, delivery=delivery)
    return with_calls(an_issue(made=DELIVERY - timedelta(hours=2), **facts), funding, SEOUL)


def names(issue: Issue) -> list[tuple[str, str]]:
    return [(call.list, call.name.split()[0]) for call in issue.calls]


CITY = "신청대상: 시·군·구\n접수기간: 2026. 2. 10. ~ {}"


def test_the_citys_calls_come_first_and_the_nearest_of_them_before_others() -> None:
    issue = an_issue_with(
        a_call("기업", "지원대상: 중소기업\n접수기한: 2026. 2. 17. 18:00"),
        a_call("먼", CITY.format("3. 20.")),
        a_call("가까운", CITY.format("2. 20. 18:00")),
        a_call("모르는", "접수기한: 2026. 3. 6."),
        a_call("언제나", "신청대상: 시·군\n신청기간: 상시"),
    )
    assert names(issue) == [
        ("city", "가까운"),
        ("city", "먼"),
        ("city", "언제나"),
        ("check", "모르는"),
        ("others", "기업"),
    ]
    assert [call.days for call in issue.calls] == [4, 32, None, 18, 1]
    assert issue.delivery == DELIVERY


@pytest.mark.parametrize(
    ("end", "shown"),
    [
        ("2026. 2. 15.", False),
        ("2026. 2. 16. 08:00", False),  # before the letter is read
        ("2026. 2. 16. 09:00", True),
        ("2026. 2. 16.", True),  # to the end of that day
        ("2026. 2. 15. 24:00", False),
    ],
)
def test_a_call_past_its_deadline_is_never_shown(end: str, *, shown: bool) -> None:
    assert bool(an_issue_with(a_call("마감", f"신청대상: 시·군·구\n접수기한: {end}")).calls) is shown


def test_days_follow_a_delivery_that_a_holiday_moves_and_a_letter_made_late() -> None:
    notice = a_call("도시", CITY.format("2. 20. 18:00"))
    assert an_issue_with(notice, delivery=DELIVERY + timedelta(days=1)).calls[0].days == 3
    late = replace(an_issue(), made=DELIVERY + timedelta(days=2))
    funding = Funding(
        calls=follow((), [notice], DELIVERY), articles={notice.article: an_article("도시")}, delivery=DELIVERY
    )
    assert with_calls(late, funding, SEOUL).calls[0].days == 2


def test_what_is_closed_or_has_nothing_to_do_with_ai_is_not_shown() -> None:
    closed = a_call("마감된", CITY.format("3. 20."), title="마감된 AI 지원사업 조기 마감 안내")
    flowers = a_call("꽃", CITY.format("3. 20."), title="꽃길 가꾸기 공모", ai=False)
    export = a_call("수출", "지원대상: 중소기업\n접수기한: 2026. 3. 6.", title="수출 지원 공고", ai=False)
    smart = a_call("스마트", CITY.format("3. 20."), title="스마트 하수도 공모", ai=False)
    assert names(an_issue_with(closed, flowers, export, smart)) == [("city", "스마트")]


def test_companies_calls_are_told_when_new_and_again_when_near() -> None:
    old = date(2026, 1, 20)
    text = "지원대상: 기업\n접수기한: 2026. {}"
    far = a_call("먼", text.format("4. 30."), posted=old)
    near = a_call("가까운", text.format("2. 27."), posted=old)
    new = a_call("새", text.format("4. 30."))
    assert names(an_issue_with(far, near, new)) == [("others", "가까운"), ("others", "새")]


def test_a_list_has_an_end() -> None:
    many = [a_call(f"사업{n}", CITY.format("3. 20.")) for n in range(20)]
    assert len(an_issue_with(*many).calls) == MOST["city"]


def test_a_moved_deadline_is_said_with_both_days() -> None:
    first = a_call("도시", CITY.format("2. 18. 18:00"))
    longer = a_call(
        "연장", "접수기한: 2026. 2. 25.(수) 17:00", title="도시 AI 지원사업 공모 기간연장", posted=date(2026, 2, 12)
    )
    issue = an_issue_with(first, longer)
    (line,) = call_words.groups(issue)[0].lines
    assert (line.due, line.left, line.urgent) == ("2026. 2. 25.(수) 17:00", "D-9", False)
    assert line.notes == ("마감 연장: 2026. 2. 18.(수) 18:00 → 2026. 2. 25.(수) 17:00 (2.12.(목) 알림)",)
    assert issue.sources[line.call.sources[0] - 1].url == "https://daily.example/연장"


@pytest.mark.parametrize(
    ("text", "due", "left"),
    [
        ("신청대상: 시·군\n접수기한: 2026. 2. 16.", "2026. 2. 16.(월)", "D-day"),
        ("신청대상: 시·군\n접수기간: 예산 소진 시까지", "예산 소진 시까지", ""),
        ("신청대상: 시·군\n접수기간: 상시", "상시", ""),
        ("신청대상: 시·군\n접수기간: 공고일로부터 30일", "공고일로부터 30일", ""),
        ("신청대상: 시·군", "공고문 확인", ""),
    ],
)
def test_a_deadline_is_told_as_far_as_it_is_known(text: str, due: str, left: str) -> None:
    (line,) = call_words.groups(an_issue_with(a_call("도시", text)))[0].lines
    assert (line.due, line.left) == (due, left)


def test_what_else_a_reader_must_know_is_noted() -> None:
    rounds = "1차: 2026. 2. 23. ~ 3. 6. 18:00\n 2차: 2026. 5. 4. ~ 5. 22."
    text = f"신청대상: 시·군\n접수기간\n {rounds}\n예산 소진 시 조기 마감"
    again = a_call("도시", text, title="[재공고] 도시 AI 지원사업 공모")
    (line,) = call_words.groups(an_issue_with(again))[0].lines
    assert line.due == "1차 2026. 3. 6.(금) 18:00"
    assert line.notes == ("재공고", "예산 소진 시 조기 마감", "접수 시작 2026. 2. 23.(월)", "2차 마감 2026. 5. 22.(금)")


def test_a_call_announced_again_says_when_it_had_ended() -> None:
    first = a_call("도시", "신청대상: 시·군·구\n접수기간: 2026. 1. 12. ~ 1. 30. 18:00", posted=date(2026, 1, 12))
    again = a_call("다시", CITY.format("2. 27. 18:00"), title="[재공고] 도시 AI 지원사업 공모")
    (line,) = call_words.groups(an_issue_with(first, again))[0].lines
    assert line.notes == ("재공고: 이전 마감 2026. 1. 30.(금) 18:00 (2.10.(화) 알림)",)


def test_only_as_much_is_quoted_as_the_source_allows() -> None:
    notice = a_call("도시", CITY.format("3. 20."))
    funding = Funding(
        calls=follow((), [notice], DELIVERY),
        articles={notice.article: an_article("도시", rights="link")},
        delivery=DELIVERY,
    )
    issue = replace(an_issue(), made=DELIVERY)
    assert with_calls(issue, funding, SEOUL).calls[0].phrases == {}
    (open_,) = an_issue_with(notice).calls
    assert open_.phrases == {"windows": "접수기간: 2026. 2. 10. ~ 3. 20.", "audience": "신청대상: 시·군·구"}


SEVERAL = (
    a_call("도시", f"{CITY.format('3. 20. 18:00')}\n지원규모: 총 <b>3억</b> 원, 5곳; 내외\n주관: 디지털행정부"),
    a_call("먼날", CITY.format("3. 31.")),
    a_call("자정", "지원대상: 기업\n접수기한: 2026. 2. 28. 24:00"),
)


def test_the_snapshot_holds_them_and_every_edition_shows_them() -> None:
    issue = an_issue_with(*SEVERAL)
    assert from_json(to_json(issue)) == issue
    files = {name: body.decode() for name, body in render_files(issue, EDITION).items()}
    _, letter, text = email_parts(issue, EDITION)
    for body in (files["issue.html"], files["issue.txt"], files["issue.md"], letter, text):
        for words in (
            "도시 AI 지원사업 공모",
            "2026. 3. 20.(금) 18:00",
            "D-32",
            "2026. 3. 31.(화)",
            "발송일(2026. 2. 16.(월))",
        ):
            assert words in body
        assert "00:00" not in body
        assert "23:59" not in body
        assert "<b>3억</b>" not in body or body in {files["issue.txt"], text}
    assert files["issue.html"].index("마감 임박") < files["issue.html"].index("관내 기업·대학 안내용")


def test_a_notice_that_is_an_items_source_too_stays_in_a_readers_own_edition() -> None:
    shared = IssueSource(n=1, outlet="진흥원", title="공고", url="https://daily.example/도시", published=None)
    notice = a_call("도시", CITY.format("3. 20."))
    issue = an_issue_with(notice, sources=(shared,))
    assert [call.sources for call in issue.calls] == [(1,)]
    assert len(issue.sources) == 1
    own = own_edition(issue, Reader(name="박", email="park@city.example", perspectives={"city": 0.0}))
    assert own.items == ()
    assert own.sources == (shared,)


def test_the_calendar_is_read_by_a_calendar() -> None:
    body = calendar(an_issue_with(*SEVERAL))
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    read: Any = icalendar.Calendar.from_ical(body)
    assert list(read.walk("VTIMEZONE"))
    events = {str(event["SUMMARY"]).split()[1]: event for event in read.walk("VEVENT")}
    assert [event.errors for event in events.values()] == [[], [], []]
    assert events["도시"]["DTSTART"].dt.astimezone(UTC) == datetime(2026, 3, 20, 9, tzinfo=UTC)
    assert events["먼날"]["DTSTART"].dt == date(2026, 3, 31)
    assert events["자정"]["DTSTART"].dt.replace(tzinfo=None) == datetime(2026, 3, 1)  # noqa: DTZ001 - as on the wall
    assert "총 <b>3억</b> 원, 5곳; 내외" in str(events["도시"]["DESCRIPTION"])
    assert str(events["도시"]["URL"]) == "https://daily.example/도시"


def test_an_entry_of_the_calendar_keeps_its_name_when_the_deadline_moves() -> None:
    first = a_call("도시", CITY.format("2. 20. 18:00"))
    longer = a_call("연장", "접수기한: 2026. 2. 25.", title="도시 AI 지원사업 공모 기간연장", posted=date(2026, 2, 12))
    before: Any
    after: Any
    (before,), (after,) = (
        icalendar.Calendar.from_ical(calendar(an_issue_with(*some))).walk("VEVENT")
        for some in ([first], [first, longer])
    )
    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)


def test_without_a_day_there_is_no_calendar() -> None:
    issue = an_issue_with(a_call("도시", "신청대상: 시·군\n접수기간: 상시"))
    assert issue.calls
    assert calendar(issue) == b""
    assert "calls.ics" not in render_files(issue, EDITION)
