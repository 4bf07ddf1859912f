"""The weekly issue (발행호), frozen: everything its pages and letters are made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from archive.records.calls import IssueCall
from archive.records.edits import Edit, EditKind
from archive.records.findings import DutyMatch
from archive.records.words import ArticleId, Lang, Links, Perspective, Section, StoryId, TopicId, TrendClass
from archive.weeks import Week


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueSource:
    """A numbered source of an issue."""

    n: int
    outlet: str
    title: str
    url: str
    published: datetime | None
    lang: Lang = "ko"
    gone: bool = False  # its page was not there any more when the issue was composed


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of an issue and the numbers of its sources."""

    text: str
    sources: tuple[int, ...]
    own: bool = False  # a fact we state ourselves; otherwise taken from a source word for word
    original: str = ""  # the source's words, where `text` differs from them: a mark before, an office's ending


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemArticle:
    """A member of an item's story, as the issue names it."""

    id: ArticleId
    title: str
    url: str
    canonical: str
    outlet: str
    publisher: str
    published: datetime | None
    lang: Lang


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTrend:
    """The trend of an item's topic in the issue's week; ``trend`` is ``class`` in JSON."""

    trend: TrendClass
    count: int
    baseline: tuple[float | None, ...]
    z: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueItem:
    """One story in an issue."""

    rank: int
    perspective: Perspective
    section: Section | None
    headline: str
    sentences: tuple[Sentence, ...]
    duties: tuple[DutyMatch, ...]
    trend: ItemTrend | None
    score: Mapping[str, float]
    story: StoryId
    articles: tuple[ItemArticle, ...]
    sources: tuple[int, ...] = ()  # numbers of the sources the item names
    edited: tuple[EditKind, ...] = ()  # what a person changed of it: shown as 편집
    note: str = ""  # a person's own words on it
    implication: str = ""  # 시사점, filled in by a person
    title: str = ""  # the headline's whole original, where the headline is cut or made by us
    moved: tuple[Week, ...] = ()  # earlier issues that told of it: it is here for what is new


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A topic that moves, in one line."""

    topic: TopicId
    label: str
    trend: ItemTrend
    first_seen: datetime
    stories: int
    headline: str
    sources: tuple[int, ...]
    words: str = ""  # 이번 주 9건, 평소 2건
    change: str = ""  # what changed since the last issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word of the issue that readers have not been told the meaning of (용어 풀이)."""

    concept: str  # its id in the lexicon
    label: str
    note: str
    items: tuple[int, ...]  # ranks of the items that use it


WeighedFate = Literal[
    "reserved",  # in, on a place kept for its perspective
    "ranked", "filled", "pinned",  # in by its rank, to make up the usual fewest, by a person's hand
    # out: told before, party politics, a stock tip, one publisher alone, told by another story, too much of one thing
    # (a section, topic, firm, publisher) already, no place left
    "told", "politics", "stock", "single", "same", "section", "topic", "firm", "family", "room",
    "dropped",  # out by a person's hand
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A story the issue carries or nearly did, and why."""

    story: StoryId
    headline: str
    rank: int  # among the week's stories
    fate: WeighedFate
    score: Mapping[str, float]
    item: int = 0  # its rank in the issue; 0 when it is out
    perspective: Perspective | None = None  # whose place it took, or would have stood for first
    place: int = 0  # which of that perspective's kept places; 0 when it took none
    against: StoryId | None = None  # of "same": the story that tells it already


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What an issue rests on."""

    checked: int  # sources asked in the week
    failed: int  # never read successfully in the week
    silent: int  # read, but nothing new for longer than it is used to
    entries: int  # lines seen for the first time
    ai: int  # articles about AI
    stories: int  # stories of the week
    single: int = 0  # stories told by one publisher family only
    failing: tuple[str, ...] = ()  # names of the failed sources
    quiet: tuple[str, ...] = ()  # names of the silent ones
    causes: tuple[str, ...] = ()  # why each of `failing` failed last, as words.Cause
    left_out: Mapping[str, int] = field(default_factory=dict)  # stories of the week that are not in, by WeighedFate


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A frozen weekly issue (발행호): everything its pages and letters are made from."""

    week: Week
    number: int  # the city's own count
    revision: int
    title: str
    organisation: str
    start: datetime
    end: datetime
    made: datetime
    late: bool
    highlights: tuple[Sentence, ...]
    items: tuple[IssueItem, ...]
    calls: tuple[IssueCall, ...]
    signals: tuple[Signal, ...]
    sources: tuple[IssueSource, ...]
    coverage: Coverage
    links: Links = "original"
    edits: tuple[Edit, ...] = ()  # what people changed, with who and why, in the order they did
    corrected: int = 0  # how many corrections went out before or with this revision
    correction: str = ""  # what this revision puts right, for those who had an earlier one
    terms: tuple[Term, ...] = ()
    weighed: tuple[Weighed, ...] = ()  # the items in their order, then the next that are out
    weights: Mapping[str, float] = field(default_factory=dict)  # "city.public" → weight, as the stories were ranked
    places: Mapping[Perspective, int] = field(default_factory=dict)  # how many were kept for each
    left_out: int = 0  # items that one reader's own choice keeps out of their letter; 0 in what is frozen
    delivery: datetime | None = None  # when its letters are due: the day from which calls count their days
