"""Every key of config.toml, its type and its default: the contract an officer's page is held to."""

import re
from datetime import timedelta
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from archive.records.editing import Edition
from archive.records.incoming import Source
from archive.records.knowledge import Duty
from archive.records.ledgers import Reader
from archive.records.words import Kind, Lang, Links, Perspective, Rights, Role, SourceId
from collectors.proxies import Route
from digest.inside import is_address, is_inside
from donghyang.cadence import Cadence, parse_cadence
from donghyang.messages import say

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhdw])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_SOURCE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_HTTP = re.compile(r"https?://[^\s/]+", re.IGNORECASE)


def duration(value: object) -> timedelta:
    """Read ``"90s"``, ``"1h"``, ``"14d"``; ValueError for anything else."""
    if isinstance(value, timedelta):
        return value
    found = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        raise ValueError(say("expected.duration"))
    return timedelta(**{_UNITS[found[2]]: float(found[1])})


def _zone(name: str) -> str:
    """Accept the name of a time zone the machine knows."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(say("expected.zone")) from error
    return name


def _clock(name: str) -> str:
    return _zone(name) if name else name


def mail_address(text: str) -> str:
    """Accept an ASCII mail address: a Korean one would be undeliverable in disguise."""
    if not _ADDRESS.fullmatch(text):
        raise ValueError(say("expected.email"))
    return text


def _http(url: str) -> str:
    if not _HTTP.match(url):
        raise ValueError(say("expected.http"))
    return url


def _proxy(text: str) -> str:
    try:
        Route.parse(text)
    except ValueError as error:
        raise ValueError(say("expected.proxy")) from error
    return text


def _mail_host(text: str) -> str:
    if text and not (_HOST.fullmatch(text) or is_address(text)):
        raise ValueError(say("expected.host"))
    return text


def _source_id(text: str) -> str:
    if not _SOURCE_ID.fullmatch(text):
        raise ValueError(say("expected.source_id"))
    return text


def _cadence(value: object) -> Cadence:
    return value if isinstance(value, Cadence) else parse_cadence(str(value))


Span = Annotated[timedelta, BeforeValidator(duration)]
Zone = Annotated[str, AfterValidator(_zone)]
Address = Annotated[str, AfterValidator(mail_address)]
Http = Annotated[str, AfterValidator(_http)]
Rhythm = Annotated[Cadence, BeforeValidator(_cadence)]


class _Table(BaseModel):
    """A table of config.toml: unknown keys are refused, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False, arbitrary_types_allowed=True)


def _unbuilt(resting: object) -> AfterValidator:
    """Hold a key of the contract at its resting value until what it asks for is built."""

    def check(value: object) -> object:
        if value != resting:
            raise ValueError(say("expected.unbuilt", resting=resting))
        return value

    return AfterValidator(check)


class ArchiveTable(_Table):
    """Where the memory is."""

    url: str = "sqlite:///donghyang.db"
    text_days: int = Field(default=0, ge=0)


class HttpTable(_Table):
    """How we go out into the network."""

    contact: str = "mailto:ai-team@city.example"
    spacing: Span = timedelta(seconds=1)
    allow_hosts: tuple[str, ...] = ()
    proxy: Annotated[str, AfterValidator(_proxy)] = ""
    no_proxy: tuple[str, ...] = ()
    ca_file: str = ""


class CollectTable(_Table):
    """How far back a new source is read."""

    backfill: Span = timedelta(days=14)


class ScheduleTable(_Table):
    """When each step is due; days by name only."""

    collect: Rhythm = parse_cadence("every 1h")
    analyse: Rhythm = parse_cadence("every day 05:00")
    compose: Rhythm = parse_cadence("mon 06:00")
    deliver: Rhythm = parse_cadence("mon 08:30")
    on_holiday: Literal["next workday", "same day"] = "next workday"


class PlacesTable(_Table):
    """Places in the issue, by perspective."""

    city: int = Field(default=5, ge=0)
    technology: int = Field(default=4, ge=0)
    talk: int = Field(default=3, ge=0)


class DigestTable(_Table):
    """What the issue is called and how it looks."""

    title: str = "주간 AI 신기술 동향"
    organisation: str = ""
    max_items: int = Field(default=12, ge=1, le=40)
    places: PlacesTable = PlacesTable()
    first_number: int = Field(default=1, ge=1)
    approval: Annotated[bool, _unbuilt(resting=False)] = False
    links: Links = "original"
    out: str = "out"


class MailTable(_Table):
    """Who the letters come from, and the mail server that takes them; without a host they are only written to out/."""

    sender: Address
    host: Annotated[str, AfterValidator(_mail_host)] = ""
    port: int = Field(default=587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password_env: str = "DONGHYANG_SMTP_PASSWORD"  # noqa: S105 - the name of a variable, not a password

    @model_validator(mode="after")
    def _plain_only_inside(self) -> Self:
        outside = is_address(self.host) and not is_inside(self.host)
        if self.security == "none" and (self.user or outside):
            raise ValueError(say("expected.plain"))
        return self


class ReaderTable(_Table):
    """One reader of the letters."""

    name: str
    email: Address


class DutyTable(_Table):
    """What makes a story the city's business."""

    name: str
    any: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = Field(default=(), alias="not")

    @model_validator(mode="after")
    def _has_words(self) -> Self:
        if not (self.any or self.near):
            raise ValueError(say("expected.duty_words"))
        return self


class SourceTable(_Table):
    """One feed."""

    id: Annotated[str, AfterValidator(_source_id)]
    url: Http
    name: str = ""
    kind: Annotated[Kind, _unbuilt("feed")] = "feed"
    lang: Lang | Literal["auto"] = "auto"
    publisher: str = ""
    role: Role = "press"
    rights: Rights = "link"
    fulltext: bool = True
    clock: Annotated[str, AfterValidator(_clock)] = ""
    every: Span = timedelta(hours=1)
    enabled: bool = True


class Settings(_Table):
    """The whole page."""

    timezone: Zone = "Asia/Seoul"
    archive: ArchiveTable = ArchiveTable()
    http: HttpTable = HttpTable()
    collect: CollectTable = CollectTable()
    schedule: ScheduleTable = ScheduleTable()
    digest: DigestTable = DigestTable()
    mail: MailTable | None = None
    readers: tuple[ReaderTable, ...] = ()
    duties: tuple[DutyTable, ...] = ()
    ranking: dict[str, float] = Field(default_factory=dict)
    publishers: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    sources: tuple[SourceTable, ...] = ()

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        for table, names in (
            ("sources", [source.id for source in self.sources]),
            ("readers", [reader.email.lower() for reader in self.readers]),
            ("duties", [duty.name for duty in self.duties]),
        ):
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                raise ValueError(say("expected.once", table=table, names=", ".join(twice)))
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The city's time zone."""
        return ZoneInfo(self.timezone)

    def source_records(self) -> tuple[Source, ...]:
        """The sources, as the archive and the collectors know them."""
        return tuple(
            Source(
                id=SourceId(table.id),
                url=table.url,
                name=table.name or table.id,
                kind=table.kind,
                lang=table.lang,
                publisher=table.publisher,
                role=table.role,
                rights=table.rights,
                fulltext=table.fulltext,
                clock=table.clock,
                every=table.every,
                enabled=table.enabled,
            )
            for table in self.sources
        )

    def duty_records(self) -> tuple[Duty, ...]:
        """The city's duties, as analysis knows them."""
        return tuple(Duty(name=d.name, any=d.any, near=d.near, unless=d.unless) for d in self.duties)

    def reader_records(self) -> tuple[Reader, ...]:
        """Who receives the issue."""
        return tuple(Reader(name=r.name, email=r.email) for r in self.readers)

    def edition(self) -> Edition:
        """How the city wants its issue."""
        places: dict[Perspective, int] = {
            "city": self.digest.places.city,
            "technology": self.digest.places.technology,
            "talk": self.digest.places.talk,
        }
        return Edition(
            title=self.digest.title,
            organisation=self.digest.organisation,
            zone=self.timezone,
            max_items=self.digest.max_items,
            places=places,
            links=self.digest.links,
            contact=self.http.contact.removeprefix("mailto:") if self.http.contact.startswith("mailto:") else "",
        )
