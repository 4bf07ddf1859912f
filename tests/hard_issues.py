"""Issues that an edition must bear: a full week, a quiet one, none, a huge one, and one whose sources are hostile."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from archive.records.calls import CallDate, CallHost, CallId, CallList, IssueCall, IssueWindow
from archive.records.issue import Issue
from tests.builders_digest import TOPICS, full_week, issue_of, quiet_week, story

HOSTILE = (
    '<script>alert("AI")</script> 인공지능 <b>굵은</b> 제목 &amp; &lt;i&gt;',
    "AI \u202e뒤집힌\u202c 제목 \u200b보이지\u2066 않는\x00 글자\x1b[31m",
    "인공지능 " + "가" * 295,
    "A" * 300,
    "AI 🤖🚀 이모지 👨‍👩‍👧‍👦 제목 ⚠️ 인공지능",
    "없음",
    "{{ issue }} {% raw %} ${7*7} 인공지능 \"'><img src=x onerror=alert(1)>",
    "]]></style></title><!-- 인공지능 --> AI",
    "javascript:alert(1) AI 인공지능 = ?=?utf-8?b?QUk=?=",
)


def hostile() -> Issue:
    """Titles with markup, control and bidi characters, emoji and no spaces; outlets and words of duties likewise."""
    stories = [
        story(
            n,
            "tech" if n % 2 else "public",
            [
                (f"매체{n} <b>", title, n),
                (f"신문{n}\u202e", f"{title} 소식", n + 1),
                (f"일보{n}", f"{title[:80]} 3", n + 2),
            ],
            told=[(0, f"{title[:150]} 발표했다.")],
            duties=[("<교통>", ["<b>버스</b>", "없음"])] if n % 3 == 0 else (),
            topic=TOPICS[n % len(TOPICS)],
        )
        for n, title in enumerate(HOSTILE, 1)
    ]
    issue = issue_of(stories)
    return replace(issue, calls=calls(HOSTILE), organisation='한빛시 <img src="x">', title="주간 AI <동향>")


def calls(names: Iterable[str], source: int = 1) -> tuple[IssueCall, ...]:
    """Calls that close 3, 6, 9 … days after the issue, of every list; some without an hour, some without an end."""
    found = []
    for n, name in enumerate(names, 1):
        end = CallDate(day=date(2026, 2, 23) + timedelta(days=3 * n), clock="18:00" if n % 2 else "")
        where: CallList = ("city", "city", "check", "others")[n % 4]
        found.append(
            IssueCall(
                id=CallId(f"call-{n}"),
                list=where,
                name=name,
                hosts=(CallHost(role="주관", name="디지털행정원"), CallHost(role="전담", name="한빛진흥원")),
                amount="과제당 20억 원 이내",
                audience="local" if where == "city" else "others" if where == "others" else "unknown",
                kind="extended" if n == 2 else "new",
                windows=(IssueWindow(round=1, label="", opens=None, closes=end),) if n % 5 else (),
                days=3 * n if n % 5 else None,
                standing="" if n % 5 else "budget",
                term="",
                changes=(),
                phrases={"closes": "접수기한: 2026. 2. 26. 18:00까지"},
                sources=(source,),
            )
        )
    return tuple(sorted(found, key=lambda call: ("city", "check", "others").index(call.list)))


CALLS = (
    "지역 AI 융합 실증 지원사업",
    "공공 AI 서비스 개발·확산 사업",
    "스마트도시 솔루션 확산사업",
    "AI 바우처 지원사업",
    "데이터 기반 행정 과제",
)


def huge() -> Issue:
    """Forty long items with four sources each, whose addresses and titles are long as well."""
    issue = issue_of(full_week())
    number = iter(range(1, 10_000))
    items = tuple(
        replace(item, rank=next(number), sentences=item.sentences * 2, headline=f"{item.headline} {turn}")
        for turn in range(4)
        for item in issue.items
    )[:40]
    sources = tuple(
        replace(source, n=1 + place, url=f"{source.url}?{turn}={'x' * 300}", title=source.title * 2)
        for place, (turn, source) in enumerate((turn, source) for turn in range(4) for source in issue.sources)
    )
    names = [f"{name} {turn}차 공모 (지방자치단체 참여)" for turn in range(4) for name in CALLS][:18]
    return replace(issue, items=items, sources=sources, calls=calls(names))


HARD = {
    "full": replace(issue_of(full_week()), calls=calls(CALLS)),
    "quiet": issue_of(quiet_week(), ()),
    "empty": issue_of((), ()),
    "huge": huge(),
    "hostile": hostile(),
}
