"""Every key of config.toml, its type and its default: the contract an officer's page is held to."""

from datetime import date, datetime
from typing import Self
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from archive.records.editing import Edition
from archive.records.incoming import Source
from archive.records.knowledge import Duty
from archive.records.ledgers import Reader
from archive.records.words import Perspective, SourceId
from donghyang.messages import say
from donghyang.settings_letters import MailTable, ReaderTable
from donghyang.settings_tables import (
    AnalysisTable,
    ArchiveTable,
    CollectTable,
    DigestTable,
    DutyTable,
    HttpTable,
    RankingTable,
    ScheduleTable,
    SourceTable,
    Table,
)
from donghyang.settings_values import Zone


class Settings(Table):
    """The whole page."""

    timezone: Zone = Field(default="Asia/Seoul", description="Of every moment in this file, and of the week.")
    archive: ArchiveTable = ArchiveTable()
    http: HttpTable = HttpTable()
    collect: CollectTable = CollectTable()
    schedule: ScheduleTable = ScheduleTable()
    digest: DigestTable = DigestTable()
    mail: MailTable | None = None
    readers: tuple[ReaderTable, ...] = ()
    duties: tuple[DutyTable, ...] = ()
    analysis: AnalysisTable = AnalysisTable()
    ranking: RankingTable = RankingTable()
    publishers: dict[str, tuple[str, ...]] = Field(
        default_factory=dict,
        description="Publishers by name, each with the ends of its hosts; one publisher counts as one voice.",
    )
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

    def source_records(self, now: datetime | None = None) -> tuple[Source, ...]:
        """The sources, as the archive and the collectors know them; with ``now``, by the licences of that day."""
        return tuple(
            Source(
                id=SourceId(table.id),
                url=table.url,
                name=table.name or table.id,
                kind=table.kind,
                lang=table.lang,
                publisher=table.publisher,
                role=table.role,
                rights=table.granted(now.astimezone(self.zone).date()) if now else table.rights,
                fulltext=table.fulltext,
                clock=table.clock,
                every=table.every,
                enabled=table.enabled,
                board=table.read_as(),
            )
            for table in self.sources
        )

    def duty_records(self) -> tuple[Duty, ...]:
        """The city's duties, as analysis knows them."""
        return tuple(Duty(name=d.name, any=d.any, near=d.near, unless=d.unless) for d in self.duties)

    def reader_records(self) -> tuple[Reader, ...]:
        """Who receives the issue."""
        return tuple(
            Reader(
                name=r.name,
                email=r.email,
                sections=r.sections,
                perspectives=r.perspectives.given(),
                paused=r.paused is True,
                paused_until=r.paused if isinstance(r.paused, date) else None,
            )
            for r in self.readers
        )

    def weights(self) -> dict[str, float]:
        """What analysis is to rank by: the weights that were changed, and the places each perspective has."""
        places = self.digest.places.model_dump()
        return {**self.ranking.given(), **{f"places.{view}": float(count) for view, count in places.items()}}

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
            style=self.digest.style,
            images=self.mail.images if self.mail else "cid",
            contact=self.http.contact.removeprefix("mailto:") if self.http.contact.startswith("mailto:") else "",
        )
