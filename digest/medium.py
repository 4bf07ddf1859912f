"""Where an edition is read: how much room it has, and where its links lead."""

from dataclasses import dataclass, replace

from archive.records.editing import Edition
from archive.records.issue import Issue, IssueItem, IssueSource, Sentence
from archive.records.words import Links
from digest.cleaning import headline, web_address

_LONGEST_LINK = 2000
_LONGEST_TITLE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What an edition gives up to fit: gists of the last items first; never an item, a topic, a deadline, a source."""

    brief: int = 0  # so many of the last items keep only their last sentence, which says who reported
    bare: int = 0  # so many of the last items keep none
    longest_link: int = _LONGEST_LINK
    longest_title: int = _LONGEST_TITLE  # of a source

    @property
    def compact(self) -> bool:
        """Whether sources stand in one paragraph, and room to write is left out."""
        return self.longest_title < _LONGEST_TITLE

    def __bool__(self) -> bool:
        return self != Cut()


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """How one reader ends the letters: a page of our own, where there is one, and a mail that always can be written."""

    page: str = ""  # https address with the reader's own token; "" = none
    mail: str = ""  # mailto address, with subject; "" = none


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """An edition of one issue."""

    links: Links
    page: str  # address of the issue's own page; "" = none
    items: int  # how many the issue has
    cut: Cut = Cut()
    images: bool = False
    leaving: Leaving = Leaving()

    def with_cut(self, cut: Cut) -> "Medium":
        """The same with less room."""
        return replace(self, cut=cut)

    def source(self, source: IssueSource) -> str:
        """Where a source's title leads, "" for nowhere."""
        if self.links == "internal" and self.page:
            return f"{self.page}#source-{source.n}"
        address = web_address(source.url) if self.links == "original" else ""
        return address if len(address) <= self.cut.longest_link else ""

    def title(self, source: IssueSource) -> str:
        """A source's title, shortened where there is no room."""
        return headline(source.title, self.cut.longest_title)

    def told(self, item: IssueItem) -> tuple[Sentence, ...]:
        """The sentences there is room for; the last one, who reported, is the last to go."""
        if item.rank > self.items - self.cut.bare:
            return ()
        return item.sentences[-1:] if item.rank > self.items - self.cut.brief else item.sentences


def medium_of(issue: Issue, edition: Edition, *, leaving: Leaving | None = None, images: bool = False) -> Medium:
    """The medium of an issue with all the room it wants."""
    base = web_address(edition.web).rstrip("/")
    return Medium(
        links=issue.links,
        page=f"{base}/issues/{issue.week}" if base else "",
        items=max((item.rank for item in issue.items), default=0),
        images=images,
        leaving=leaving or Leaving(),
    )


def cuts(items: int) -> tuple[Cut, ...]:
    """What is given up, step by step, gentlest first."""
    last = {"brief": items, "longest_title": 60}
    return (
        *(Cut(brief=n) for n in range(items + 1)),
        *(Cut(brief=items, longest_link=length) for length in (600, 300)),
        Cut(longest_link=300, **last),
        *(Cut(bare=n, longest_link=300, **last) for n in range(1, items + 1)),
        *(Cut(bare=items, longest_link=length, brief=items, longest_title=40) for length in (150, 0)),
    )
