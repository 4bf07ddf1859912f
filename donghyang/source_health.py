"""How each configured source is, for `status`, `sources list` and `doctor`: one judgement, one wording."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from archive import intake, sites
from archive.health import health_of
from archive.records.histories import Health, History
from archive.records.incoming import Source
from collectors.robots import LONGEST_DELAY
from donghyang.checkup import Finding
from donghyang.messages import say
from donghyang.services import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A source, what is known of it, and what that comes to."""

    source: Source
    history: History
    health: Health


def conditions(services: Services, now: datetime) -> list[Condition]:
    """The configured sources in their order, resting ones too."""
    with services.archive.reading() as db:
        histories = intake.histories(db, now)
    past = [(source, histories.get(source.id, History())) for source in services.settings.source_records()]
    return [Condition(source=source, history=known, health=health_of(known, now)) for source, known in past]


def worded(condition: Condition, zone: ZoneInfo) -> str:
    """A source's health in a few words."""
    health = condition.health
    if not condition.source.enabled:
        return say("sources.paused")
    since = f"{health.since.astimezone(zone):%m-%d}" if health.since else "?"
    cause = say(f"cause.{health.cause}") if health.cause else ""
    return say(f"health.{health.state}", since=since, cause=cause)


def findings(services: Services, now: datetime) -> Iterator[Finding]:
    """Sources never read, and those in trouble that lasts, each with its mend; trouble of today is only counted."""
    awake = [one for one in conditions(services, now) if one.source.enabled]
    failing = [one for one in awake if one.history.failures]
    never = [str(one.source.id) for one in awake if one.health.state == "new"]
    if never:
        yield Finding("sources", "warn", say("doctor.never_read", count=len(never), names=", ".join(never)))
    for one in awake:
        if one.health.lasting:
            yield Finding("sources", "warn", _told(one, now, services.settings.zone))
        if one.history.moved:
            yield Finding("sources", "warn", say("doctor.lives_at", id=one.source.id, url=one.history.moved))
    yield from _slow(services, awake, now)
    if awake and len(failing) == len(awake):
        yield Finding("sources", "fail", say("doctor.all_fail"))
        return
    yield Finding("sources", "ok", _counted(awake, failing, never))


def _slow(services: Services, awake: Sequence[Condition], now: datetime) -> Iterator[Finding]:
    """Sources whose site wants more time between two requests than it is given."""
    with services.archive.reading() as db:
        files = sites.robots_files(db, now)
    for one in awake:
        parts = urlsplit(one.source.url)
        file = files.get(f"{parts.scheme}://{parts.netloc.lower()}")
        if file is not None and file.delay > LONGEST_DELAY:
            told = say("doctor.crawl_delay", id=one.source.id, wanted=f"{file.delay:g}", given=f"{LONGEST_DELAY:g}")
            yield Finding("sources", "warn", told)


def _told(one: Condition, now: datetime, zone: ZoneInfo) -> str:
    """What lasts, and what to do about it."""
    health, last = one.health, one.history.last
    since = health.since or now
    return say(
        f"doctor.{health.state}",
        id=one.source.id,
        days=max((now - since).days, 0),
        since=f"{since.astimezone(zone):%Y-%m-%d}",
        times=one.history.failures,
        cause=say(f"cause.{health.cause}") if health.cause else "",
        error=last.error if last else "",
    )


def _counted(awake: Sequence[Condition], failing: Sequence[Condition], never: Sequence[str]) -> str:
    good = len(awake) - len(failing) - len(never)
    told = say("doctor.sources", good=good, count=len(awake))
    passing = [str(one.source.id) for one in failing if not one.health.lasting]
    return " ".join((told, say("doctor.passing", names=", ".join(passing)))) if passing else told
