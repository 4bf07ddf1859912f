"""However many notices tell of a call, it is one record, and what a later notice changed is said."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

from analysis.call_following import follow
from analysis.calls import read_notice
from archive.records.calls import SEOUL, Call, CallDate, CallNotice
from archive.records.words import ArticleId

NOW = datetime(2026, 4, 1, tzinfo=UTC)
NAME = "2026년 지자체 AI 행정 실증 공모"


def a_notice(name: str, title: str, text: str, posted: date, *, ai: bool = True) -> CallNotice:
    at = datetime(posted.year, posted.month, posted.day, 10, tzinfo=SEOUL)
    read = read_notice(title, text, posted)
    assert read is not None
    return CallNotice(article=ArticleId(name), at=at, seen=at + timedelta(hours=1), ai=ai, notice=read)


FIRST = a_notice(
    "a", NAME, "신청대상: 시·군·구\n접수기간: 2026. 3. 2.(월) ~ 3. 20.(금) 18:00\n지원규모: 5억 원", date(2026, 2, 20)
)
LONGER = a_notice("b", f"{NAME} 접수기간 연장 안내", "접수기한: 2026. 3. 27.(금) 17:00", date(2026, 3, 18))
AGAIN = a_notice("c", f"[재공고] {NAME}", "접수기간: 2026. 4. 6. ~ 4. 20. 18:00", date(2026, 4, 2))


def ends(call: Call) -> list[tuple[date, str]]:
    return [(window.closes.day, window.closes.clock) for window in call.facts.windows if window.closes]


def test_an_extension_moves_the_deadline_and_keeps_the_rest() -> None:
    (call,) = follow((), [LONGER, FIRST], NOW)
    assert [one.article for one in call.notices] == ["a", "b"]
    assert (call.facts.kind, call.facts.audience, call.facts.amount) == ("extended", "local", "5억 원")
    assert ends(call) == [(date(2026, 3, 27), "17:00")]
    assert call.facts.windows[0].opens == CallDate(day=date(2026, 3, 2))
    (change,) = call.changes
    assert (change.what, change.article, change.noticed) == ("closes", "b", LONGER.seen)
    assert (change.before, change.after) == (
        CallDate(day=date(2026, 3, 20), clock="18:00"),
        CallDate(day=date(2026, 3, 27), clock="17:00"),
    )


def test_notices_in_any_order_and_one_by_one_make_the_same_call() -> None:
    (whole,) = follow((), [FIRST, LONGER, AGAIN], NOW)
    assert [(one.what, str(one.after and one.after.day)) for one in whole.changes] == [
        ("closes", "2026-03-27"),
        ("closes", "2026-04-20"),
        ("opens", "2026-04-06"),
    ]
    for order in permutations((FIRST, LONGER, AGAIN)):
        assert follow((), order, NOW) == (whole,)
    known: tuple[Call, ...] = ()
    for notice in (FIRST, LONGER, AGAIN):
        known = follow(known, [notice], NOW)
    assert known == (whole,)


def test_reading_the_same_again_changes_nothing() -> None:
    known = follow((), [FIRST, LONGER], NOW)
    assert follow(known, [FIRST, LONGER], NOW + timedelta(days=3)) == ()


def test_an_edit_of_the_same_page_is_noticed_now() -> None:
    known = follow((), [FIRST], NOW)
    edited = a_notice("a", NAME, "신청대상: 시·군·구\n접수기간: 2026. 3. 2. ~ 3. 31. 18:00", date(2026, 2, 20))
    (call,) = follow(known, [edited], NOW)
    (change,) = call.changes
    assert (change.noticed, str(change.after and change.after.day)) == (NOW, "2026-03-31")
    assert call.facts.amount == ""  # the page no longer says it


def test_a_notice_that_says_what_it_replaces_tells_the_change_alone() -> None:
    alone = a_notice(
        "x", f"(연장) {NAME}", "- 당초 : 2026. 3. 2. ~ 3. 20.\n- 변경 : 2026. 3. 2. ~ 3. 27.", date(2026, 3, 18)
    )
    (call,) = follow((), [alone], NOW)
    (change,) = call.changes
    assert (str(change.before and change.before.day), str(change.after and change.after.day)) == (
        "2026-03-20",
        "2026-03-27",
    )


def test_a_copy_in_another_list_is_the_same_call_and_moves_nothing_back() -> None:
    copy = a_notice("d", f"{NAME} 공고", "접수기간: 2026. 3. 2. ~ 3. 20.", date(2026, 3, 19))
    (call,) = follow((), [FIRST, copy], NOW)
    assert ends(call) == [(date(2026, 3, 20), "18:00")]  # the hour is still known
    assert call.changes == ()
    late = a_notice("e", f"{NAME} 공고", "마감 후 안내", date(2026, 3, 20))
    (call,) = follow((), [FIRST, LONGER, late], NOW)
    assert ends(call) == [(date(2026, 3, 27), "17:00")]


def test_the_same_name_a_year_later_or_from_others_is_another_call() -> None:
    name = "지자체 AI 행정 실증 지원사업 공고"
    one = a_notice("a", name, "접수기간: 2026. 3. 2. ~ 3. 20.\n주관: 디지털행정부", date(2026, 2, 20))
    other = a_notice("b", name, "접수기간: 2026. 3. 2. ~ 3. 20.\n주관: 과학정보부", date(2026, 2, 21))
    next_year = a_notice("c", name, "접수기간: 2027. 3. 2. ~ 3. 19.", date(2027, 2, 20))
    assert len(follow((), [one, other, next_year], NOW)) == 3


def test_a_closed_call_is_closed_before_its_day() -> None:
    closed = a_notice("z", f"{NAME} 조기 마감 안내", "예산이 소진되어 접수를 마감합니다.", date(2026, 3, 10))
    (call,) = follow((), [FIRST, closed], NOW)
    assert call.facts.kind == "closed"
    assert [one.what for one in call.changes] == ["closed"]


def test_one_of_several_rounds_moves_alone() -> None:
    text = "접수기간\n 1차: 2026. 3. 2. ~ 3. 20.\n 2차: 2026. 5. 4. ~ {}"
    first = a_notice("a", NAME, text.format("5. 22."), date(2026, 2, 20))
    moved = a_notice("b", f"{NAME} 2차 접수기간 연장", text.format("5. 29."), date(2026, 3, 20))
    known = follow((), [first], NOW)
    renamed = replace(moved, notice=replace(moved.notice, key=first.notice.key))
    (call,) = follow(known, [renamed], NOW)
    assert [(one.label, one.what) for one in call.changes] == [("2차", "closes")]
