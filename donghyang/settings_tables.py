"""The tables of config.toml: every key with its type, its default and its meaning; docs/config.md is made from them."""

from datetime import date, timedelta
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from archive.records.incoming import Board
from archive.records.words import Kind, Lang, Links, Rights, Role, Style
from donghyang.boards import board_of, boards
from donghyang.cadence import parse_cadence
from donghyang.messages import say
from donghyang.settings_values import (
    Address,
    BoardName,
    Clock,
    Http,
    Paging,
    Proxy,
    Rhythm,
    Selector,
    SourceName,
    Span,
    Weight,
)


class Table(BaseModel):
    """A table of config.toml: unknown keys are refused, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False, arbitrary_types_allowed=True)


class ArchiveTable(Table):
    """Where the memory is."""

    url: str = Field(
        default="sqlite:///donghyang.db",
        description="The database; a relative SQLite path begins at config.toml. `$DONGHYANG_DATABASE_URL` wins.",
    )
    text_days: int = Field(
        default=0, ge=0, description="Article text is removed after so many days, the index and facts stay; 0 keeps it."
    )


class HttpTable(Table):
    """How we go out into the network."""

    contact: str = Field(
        default="mailto:ai-team@city.example", description="Whom a publisher may write to; part of the User-Agent."
    )
    spacing: Span = Field(default=timedelta(seconds=1), description="The pause between two requests to one host.")
    allow_hosts: tuple[str, ...] = Field(
        default=(), description="Private or loopback names and addresses that may be asked; these are not spaced."
    )
    proxy: Proxy = Field(
        default="", description="The proxy on the way out, `http://[user:password@]host:port`; empty: `$HTTPS_PROXY`."
    )
    no_proxy: tuple[str, ...] = Field(default=(), description="Names that are asked without the proxy.")
    ca_file: str = Field(
        default="", description="Certificates (PEM) of the city's own authority, trusted beside the system's."
    )


class CollectTable(Table):
    """How far back we read, and what was brought in."""

    backfill: Span = Field(
        default=timedelta(days=14),
        description="Older entries of a new source are filed, but not read, and never make a trend.",
    )
    imported: Rights = Field(
        default="link", description="What may be shown of articles brought in by `import`: see `rights` of a source."
    )
    recheck: tuple[Span, ...] = Field(
        default=(timedelta(days=1), timedelta(days=3), timedelta(days=14)),
        max_length=8,
        description="How long after it was read a story's page is looked at again for edits and removal; `[]`: never.",
    )
    recheck_pages: int = Field(default=40, ge=0, le=1000, description="Pages looked at again in one run, at most.")


class ScheduleTable(Table):
    """When each step is due; days by name only."""

    collect: Rhythm = Field(default=parse_cadence("every 1h"), description="Ask the sources; `extract` follows.")
    analyse: Rhythm = Field(default=parse_cadence("every day 05:00"), description="Find stories, topics and trends.")
    compose: Rhythm = Field(default=parse_cadence("mon 06:00"), description="Freeze the issue of the week before.")
    deliver: Rhythm = Field(default=parse_cadence("mon 08:30"), description="Put out the letters.")
    on_holiday: Literal["next workday", "same day"] = Field(
        default="next workday", description="What happens to letters that are due on a public holiday."
    )


class PlacesTable(Table):
    """Places in the issue, by perspective."""

    city: int = Field(default=5, ge=0, description="What concerns the city: its duties and other public bodies.")
    technology: int = Field(default=4, ge=0, description="What changes in the technology.")
    talk: int = Field(default=3, ge=0, description="What everybody talks about.")


class DigestTable(Table):
    """What the issue is called and how it looks."""

    title: str = Field(default="주간 AI 신기술 동향", description="The issue's name.")
    organisation: str = Field(default="", description="Who issues it.")
    max_items: int = Field(default=12, ge=1, le=40, description="Stories in one issue, at most.")
    places: PlacesTable = Field(default=PlacesTable(), description="How the places are shared out.")
    first_number: int = Field(
        default=1, ge=1, description="The number of the first issue, for a city that has issued some before."
    )
    approval: bool = Field(
        default=False, description="Whether an issue waits for `donghyang issue approve` before its letters go out."
    )
    approver: tuple[Address, ...] = Field(
        default=(), description="Who is told that an issue waits, once when it is made and once before its hour."
    )
    remind: Span = Field(
        default=timedelta(hours=1),
        description="How long before the sending time the approver is told again; `0s`: not.",
    )
    city: tuple[str, ...] = Field(
        default=(), description="What the news calls our city, such as `○○시`: the approver is shown what names it."
    )
    style: Style = Field(
        default="원문",
        description="How quoted sentences end: 원문 as told, 개조식 as an office writes them (밝혔다 → 밝힘).",
    )
    links: Links = Field(default="original", description="Where headlines lead: the publisher, our own page, nowhere.")
    papers: Literal["auto", "off"] = Field(
        default="auto",
        description="Whether an issue is also made as PDF and its one-page report as PDF and HWPX: auto, where the "
        "extras `pdf` and `hwpx` are installed; off, never.",
    )
    out: str = Field(
        default="out", description="The folder of issues and letters; a relative one begins at config.toml."
    )


class DutyTable(Table):
    """What makes a story the city's business. At least one of `any` and `near` holds a word."""

    name: str = Field(description="The duty, as the issue names it; no two are named alike.")
    any: tuple[str, ...] = Field(default=(), description="Words that count wherever they stand.")
    near: tuple[str, ...] = Field(
        default=(), description="Words that count only beside a public body, citizens or complaints in one sentence."
    )
    unless: tuple[str, ...] = Field(
        default=(), alias="not", description="Words that are taken out before the others are looked for."
    )

    @model_validator(mode="after")
    def _has_words(self) -> Self:
        if not (self.any or self.near):
            raise ValueError(say("expected.duty_words"))
        return self


class WeightsTable(Table):
    """The weights of the parts of a story's score in one reader's eyes."""

    spread: Weight | None = Field(default=None, description="How many publishers told it in words of their own.")
    depth: Weight | None = Field(default=None, description="How many articles there are, copies aside.")
    public: Weight | None = Field(default=None, description="A government, municipality or public body acts.")
    programme: Weight | None = Field(default=None, description="That act is public money, a call, a roll-out, a rule.")
    use: Weight | None = Field(default=None, description="Its section is public use.")
    policy: Weight | None = Field(default=None, description="Its section is policy.")
    technical: Weight | None = Field(default=None, description="Its section is technology.")
    duty: Weight | None = Field(default=None, description="It touches the city's duties.")
    model: Weight | None = Field(default=None, description="An AI model or product comes out.")
    risk: Weight | None = Field(default=None, description="Leaks, abuse, bans, lawsuits: what others must know of.")
    primary: Weight | None = Field(default=None, description="The ministry, laboratory or institute itself speaks.")
    momentum: Weight | None = Field(default=None, description="Its topic is new or rising.")
    freshness: Weight | None = Field(default=None, description="How recent its last article is.")
    market: Weight | None = Field(default=None, description="Share prices and stock tips.")
    release: Weight | None = Field(default=None, description="A company tells of itself, and outlets print it.")
    opinion: Weight | None = Field(default=None, description="Columns, interviews, pictures.")
    foreign: Weight | None = Field(default=None, description="There is no Korean article.")
    politics: Weight | None = Field(default=None, description="Elections, candidates and parties.")

    def given(self) -> dict[str, float]:
        """The weights the city has set itself, by part."""
        return self.model_dump(exclude_none=True, include=set(WeightsTable.model_fields))


class AnalysisTable(Table):
    """How articles are thought about."""

    embed: Literal["auto", "off"] = Field(
        default="auto",
        description="Whether headlines of two languages are also compared by meaning: auto, where the extra `embed` is "
        "installed; off, never.",
    )


class RankingTable(WeightsTable):
    """The weights of the parts of a story's score, each part between 0 and 1; a weight below zero counts against it.

    Three perspectives weigh them, each its own way; a weight written here holds in all three, one written in
    `[ranking.city]`, `[ranking.technology]` or `[ranking.talk]` in that one.
    """

    city: WeightsTable = WeightsTable()
    technology: WeightsTable = WeightsTable()
    talk: WeightsTable = WeightsTable()

    def given(self) -> dict[str, float]:
        """The weights the city has set itself: ``market`` for all perspectives, ``city.market`` for one."""
        own = {"city": self.city, "technology": self.technology, "talk": self.talk}
        inside = {f"{view}.{part}": weight for view, table in own.items() for part, weight in table.given().items()}
        return {**super().given(), **inside}


class ListTable(Table):
    """How a list page is read, where the board of that name does not say it; all but `address` and `page` are CSS."""

    row: Selector | None = Field(default=None, description="A line of the list; unset: what is around each link.")
    link: Selector | None = Field(default=None, description="In a line, what leads to its page; `a` without a board.")
    title: Selector | None = Field(default=None, description="In a line, its title; unset: the link's words.")
    date: Selector | None = Field(
        default=None, description="In a line, its day of publication; unset: what is a date and no deadline."
    )
    address: str | None = Field(
        default=None,
        description="Of a line's page, when a script opens it: `{1}` is the script's first argument, `{data-id}` an "
        "attribute, `{?bbsId}` a parameter of the list's address.",
    )
    page: Paging | None = Field(
        default=None, description="Further pages: `pageIndex={page}`, or an address with `{page}`; empty: none."
    )
    pages: int | None = Field(default=None, ge=1, le=50, description="Pages read in one visit, at most (3).")

    def given(self) -> dict[str, str | int]:
        """What the source says itself."""
        return self.model_dump(exclude_none=True)


class SourceTable(Table):
    """One feed, list page or news sitemap."""

    id: SourceName = Field(description="Its name in commands and in the archive; never change it.")
    url: Http = Field(description="The address of the feed (RSS, Atom or JSON Feed), list page or sitemap.")
    name: str = Field(default="", description="As readers see it; empty: the id.")
    kind: Kind = Field(default="feed", description="What stands at the address.")
    board: BoardName = Field(default="", description="Of a listing: the family of boards it belongs to.")
    listing: ListTable = Field(default=ListTable(), alias="list", description="Of a listing: how it is read.")
    lang: Lang | Literal["auto"] = Field(default="auto", description="Its language; auto: judged for each entry.")
    publisher: str = Field(
        default="", description="The publisher where addresses do not tell; empty: the article's host."
    )
    role: Role = Field(default="press", description="What kind of voice it is.")
    rights: Rights = Field(
        default="link",
        description="What may be shown: title and address; up to 200 characters; everything. Ask the press first.",
    )
    licence: str = Field(default="", description="What allows more than a link of the press: the contract or terms.")
    licence_until: date | None = Field(default=None, description="Its last day; afterwards only a link is shown.")
    fulltext: bool = Field(default=True, description="Whether the article's own page is read.")
    clock: Clock = Field(default="", description="The time zone its dates mean; empty: what they claim.")
    every: Span = Field(default=timedelta(hours=1), description="How often it is asked, at most.")
    enabled: bool = Field(default=True, description="Whether it is asked; a resting source keeps its articles.")

    @model_validator(mode="after")
    def _read_somehow(self) -> Self:
        told = bool(self.board or self.listing.given())
        if self.kind == "listing" and not (self.board or self.listing.row or self.listing.link):
            raise ValueError(say("expected.board", id=self.id, choices=", ".join(boards())))
        if self.kind != "listing" and told:
            raise ValueError(say("expected.no_board", id=self.id))
        return self

    def granted(self, on: date) -> Rights:
        """What may be shown on a day: no more than a link once the licence has ended."""
        ended = self.licence_until is not None and self.licence_until < on
        return "link" if ended else self.rights

    def read_as(self) -> Board | None:
        """How its list page is read; None for what is no list page."""
        return board_of(self.board, self.listing.given()) if self.kind == "listing" else None
