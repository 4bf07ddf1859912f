"""What `doctor` says of readers, approvals and mails that came back: whatever waits for a person."""

from collections.abc import Iterator
from datetime import datetime

from donghyang import owed, returns, subscribing
from donghyang.checkup import Finding
from donghyang.messages import say
from donghyang.services import Services

MOST_NAMED = 10


def findings(services: Services, now: datetime) -> Iterator[Finding]:
    """Issues that wait for approval, readers without letters, requests nobody has answered, the mailbox."""
    digest = services.settings.digest
    if digest.approval and not digest.approver:
        yield Finding("approval", "warn", say("doctor.no_approver"))
    if waiting := owed.waiting(services, now):
        weeks = ", ".join(str(issue.week) for issue in waiting)
        yield Finding("approval", "warn", say("doctor.waits_for_approval", weeks=weeks))
    stopped = [one for one in subscribing.standings(services, now) if one.state in {"unsubscribed", "undeliverable"}]
    if stopped:
        named = [f"{one.reader.email} ({say(f'reader.{one.state}')})" for one in stopped]
        yield Finding("readers", "warn", say("doctor.stopped", names=_names(named)))
    yield from _returned(services, now)


def _returned(services: Services, now: datetime) -> Iterator[Finding]:
    place = returns.place(services)
    if place is not None and not place.exists():
        yield Finding("readers", "warn", say("doctor.no_bounces", path=place))
    came = returns.recent(services, now)
    gone = {one.reader.email.casefold() for one in subscribing.standings(services, now) if one.state == "unsubscribed"}
    asked = sorted({mail.reader for _, mail in came if mail.kind == "request" and mail.reader not in gone})
    if asked:
        yield Finding("readers", "warn", say("doctor.requests", names=_names(asked)))
    bounced = [mail.reader for _, mail in came if mail.kind in {"hard", "soft"}]
    if bounced:
        yield Finding("readers", "ok", say("doctor.came_back", count=len(bounced), names=_names(sorted({*bounced}))))


def _names(names: list[str]) -> str:
    more = f" +{len(names) - MOST_NAMED}" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more
