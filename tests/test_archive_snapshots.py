"""A snapshot is an issue, word for word and to the byte; its keys are a contract."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.records.calls import CallDate, CallHost, CallId, IssueCall, IssueChange, IssueWindow
from archive.records.findings import DutyMatch
from archive.records.issue import Issue, IssueItem, IssueSource, ItemTrend, Signal
from archive.records.words import ArticleId, TopicId
from archive.snapshots import from_json, from_plain, to_json, to_plain
from archive.weeks import Week
from tests.builders import SEOUL, WEEK, an_issue

st.register_type_strategy(Week, st.builds(Week, st.integers(1900, 2900), st.integers(1, 52)))
_OFFSETS = st.integers(-840, 840).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_MOMENTS = st.datetimes(datetime(1950, 1, 1), datetime(2950, 1, 1), timezones=_OFFSETS)  # noqa: DTZ001 - the strategy adds the zone
st.register_type_strategy(datetime, _MOMENTS)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


def a_call_of_an_issue() -> IssueCall:
    closes = CallDate(day=date(2026, 3, 20), clock="18:00")
    return IssueCall(
        id=CallId("c1"),
        list="city",
        name="AI 시범사업 공모",
        hosts=(CallHost(role="주관", name="디지털행정부"),),
        amount="총 3억 원",
        audience="local",
        kind="extended",
        windows=(IssueWindow(round=1, label="", opens=None, closes=closes),),
        days=25,
        standing="",
        term="",
        changes=(
            IssueChange(what="closes", before=CallDate(day=date(2026, 3, 13)), after=closes, noticed=date(2026, 2, 10)),
        ),
        phrases={"windows": "접수기간: ~ 3. 20.(금) 18:00"},
        sources=(1,),
    )


# An issue with calls of any kind asks for more than the strategy gives; they are tried one by one.
st.register_type_strategy(IssueCall, st.just(a_call_of_an_issue()))


@settings(max_examples=30, deadline=None)
@given(st.from_type(Issue))
def test_nothing_is_lost(issue: Issue) -> None:
    text = to_json(issue)
    assert from_json(text) == issue
    assert to_json(from_json(text)) == text


@settings(max_examples=30, deadline=None)
@given(st.builds(IssueCall))
def test_nothing_of_a_call_is_lost(call: IssueCall) -> None:
    assert from_plain(IssueCall, json.loads(json.dumps(to_plain(call)))) == call
    assert from_json(to_json(an_issue(calls=(call,)))).calls == (call,)


def _example() -> dict[str, Any]:
    trend = ItemTrend(trend="rising", count=9, baseline=(None, 1.0, 2.0, 0.5), z=2.5)
    item = an_issue([ArticleId("a1")]).items[0]
    moment = datetime(2026, 2, 10, tzinfo=UTC)
    signal = Signal(
        topic=TopicId("t1"), label="로봇", trend=trend, first_seen=moment, stories=2, headline="로봇", sources=(1,)
    )
    duties = (DutyMatch(name="교통", words=("버스",)),)
    items: tuple[IssueItem, ...] = (
        IssueItem(**{name: getattr(item, name) for name in item.__slots__} | {"trend": trend, "duties": duties}),
    )
    found: dict[str, Any] = json.loads(to_json(an_issue(items=items, signals=(signal,), calls=(a_call_of_an_issue(),))))
    return found


def test_the_keys_are_those_agreed_and_stand_in_their_order() -> None:
    found = _example()
    agreed = "week number revision title period highlights items calls signals sources coverage"
    assert list(found)[:11] == agreed.split()
    assert found["period"] == {"start": WEEK.start(SEOUL).isoformat(), "end": WEEK.end(SEOUL).isoformat()}
    (item,) = found["items"]
    (call,) = found["calls"]
    (window,) = call["windows"]
    assert window == {"round": 1, "label": "", "opens": None, "closes": {"day": "2026-03-20", "clock": "18:00"}}
    assert call["changes"][0]["noticed"] == "2026-02-10"
    agreed = "rank perspective section headline sentences duties trend score story articles"
    assert list(item)[:10] == agreed.split()
    assert item["trend"] == {"class": "rising", "count": 9, "baseline": [None, 1.0, 2.0, 0.5], "z": 2.5}
    assert item["duties"] == [{"name": "교통", "words": ["버스"]}]
    assert item["section"] is None
    assert (item["sentences"][0]["text"], item["sentences"][0]["sources"]) == ("버스가 스스로 간다.", [1])
    assert list(item["articles"][0]) == ["id", "title", "url", "canonical", "outlet", "publisher", "published", "lang"]
    assert list(found["coverage"])[:6] == ["checked", "failed", "silent", "entries", "ai", "stories"]
    assert list(found["sources"][0])[:5] == ["n", "outlet", "title", "url", "published"]
    assert (found["sources"][0]["published"], found["signals"][0]["trend"]["class"]) == (None, "rising")


def test_korean_is_written_as_it_is_read() -> None:
    assert "버스가 스스로 간다." in to_json(an_issue())


def test_one_issue_has_one_spelling() -> None:
    """Parts of a score have no order of their own."""
    item = an_issue().items[0]
    turned = {name: item.score[name] for name in reversed(list(item.score))}
    other = IssueItem(**{name: getattr(item, name) for name in item.__slots__} | {"score": turned})
    assert to_json(an_issue(items=(other,))) == to_json(an_issue())


def test_an_older_snapshot_without_newer_keys_is_still_read() -> None:
    found = json.loads(to_json(an_issue()))
    del found["links"], found["coverage"]["quiet"], found["items"][0]["sources"], found["sources"][0]["lang"]
    issue = from_json(json.dumps(found))
    assert (issue.links, issue.coverage.quiet, issue.items[0].sources) == ("original", (), ())
    assert issue.sources == (
        IssueSource(n=1, outlet="매일", title="제목", url="https://daily.example/1", published=None),
    )


def test_a_key_of_a_newer_release_is_passed_over() -> None:
    found = json.loads(to_json(an_issue())) | {"podcast": True}
    assert from_json(json.dumps(found)) == an_issue()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"period": null}', '{"period": {"start": "x", "end": "y"}}', "null"])
def test_what_is_no_snapshot_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no snapshot|Expecting value|isoformat"):
        from_json(text)


def test_a_score_that_is_no_number_is_refused() -> None:
    item = an_issue().items[0]
    broken = IssueItem(**{name: getattr(item, name) for name in item.__slots__} | {"score": {"spread": float("nan")}})
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json(an_issue(items=(broken,)))
