"""Calls for funding (공모·지원사업): what notices say, the call they tell of, and how an issue shows it.

Whatever is said of a call was read in a notice, and the words it was read from are kept beside it. A day without an
hour stays one: nothing here is ever 00:00 because nobody said when.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NewType
from zoneinfo import ZoneInfo

from archive.records.words import ArticleId

CallId = NewType("CallId", str)
Audience = Literal["local", "others", "unknown"]  # local governments; companies, universities, people; not said
NoticeKind = Literal["new", "again", "extended", "corrected", "closed"]
Standing = Literal["", "always", "budget"]  # open at all times; open while the money lasts
CallList = Literal["city", "check", "others"]  # 우리 시 신청 가능; 공고문 확인; 관내 기업·대학 안내용

SEOUL = ZoneInfo("Asia/Seoul")  # whatever the city's zone: Korean notices mean it


@dataclass(frozen=True, slots=True, kw_only=True)
class CallDate:
    """A day of a notice, and the hour when it gives one."""

    day: date
    clock: str = ""  # "18:00", in Seoul; "24:00" is the end of the day; "": no hour is given

    @property
    def over(self) -> datetime:
        """When it has passed: its hour, else the end of its day; in UTC."""
        hour, minute = map(int, (self.clock or "24:00").split(":"))
        return (datetime.combine(self.day, time(), SEOUL) + timedelta(hours=hour, minutes=minute)).astimezone(UTC)

    @property
    def begins(self) -> datetime:
        """Its hour, else the beginning of its day; in UTC."""
        return self.over if self.clock else datetime.combine(self.day, time(), SEOUL).astimezone(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallWindow:
    """When applications are taken."""

    opens: CallDate | None = None
    closes: CallDate | None = None
    label: str = ""  # "1차" when there are several


@dataclass(frozen=True, slots=True, kw_only=True)
class CallHost:
    """Who holds a call, in the part the notice gives it: 주최, 주관, 전담."""

    role: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What one notice (공고) says; a field that it leaves open is empty."""

    name: str  # 사업명
    key: str  # the name without what differs between notices of one call
    kind: NoticeKind = "new"
    hosts: tuple[CallHost, ...] = ()
    amount: str = ""  # 규모, word for word
    audience: Audience = "unknown"
    windows: tuple[CallWindow, ...] = ()
    was: CallDate | None = None  # the deadline it replaces, where it says so itself
    standing: Standing = ""
    term: str = ""  # a deadline in words only: "공고일로부터 30일"
    digital: bool = False  # its name says something that AI may have to do with
    phrases: Mapping[str, str] = field(default_factory=dict)  # field → the words it was read from


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNotice:
    """A notice as it came in."""

    article: ArticleId
    at: datetime  # when it was published
    seen: datetime
    ai: bool  # analysis found it to be about AI
    notice: Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class CallChange:
    """What a later notice, or an edit of one, changed."""

    what: Literal["opens", "closes", "closed"]
    before: CallDate | None
    after: CallDate | None
    article: ArticleId  # the notice that says so
    noticed: datetime  # when we first read of it
    announced: datetime | None = None  # when that notice was published; None: an edit of one we knew
    label: str = ""  # of the window


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call, however many notices tell of it."""

    id: CallId
    facts: Notice  # what holds now
    notices: tuple[CallNotice, ...]  # oldest first
    changes: tuple[CallChange, ...] = ()  # in the order they were noticed

    @property
    def article(self) -> ArticleId:
        """The notice that stands for it: the newest."""
        return self.notices[-1].article

    @property
    def ai(self) -> bool:
        """Whether any of its notices is about AI."""
        return any(one.ai for one in self.notices)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueWindow:
    """A window of an issue's call that has not closed yet."""

    round: int  # its place among all of the call's, from 1: a calendar entry keeps it
    label: str
    opens: CallDate | None
    closes: CallDate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueChange:
    """A deadline or opening that was moved."""

    what: Literal["opens", "closes"]
    before: CallDate
    after: CallDate
    noticed: date  # when it was announced, else when we found the notice edited


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCall:
    """A call as an issue shows it; ``list`` says where."""

    id: CallId
    list: CallList
    name: str
    hosts: tuple[CallHost, ...]
    amount: str
    audience: Audience
    kind: NoticeKind
    windows: tuple[IssueWindow, ...]  # the next to close first
    days: int | None  # from the day of delivery to the next deadline; None without one
    standing: Standing
    term: str
    changes: tuple[IssueChange, ...]
    phrases: Mapping[str, str]  # as far as the source's rights allow
    sources: tuple[int, ...]  # the notice that holds now first
