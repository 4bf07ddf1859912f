"""Who gets letters: config.toml names the readers, the archive keeps who paused, left, or cannot be reached, and wins.

Every word on a reader is also written to a journal beside config.toml, so that a restored backup, which does not know
what was said after it was made, learns it again before the first letter goes out.
"""

import json
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from archive import readers as kept
from archive.records.ledgers import Reader, ReaderChange, ReaderChangeKind
from digest import subscriptions
from digest.delivery import mailbox
from digest.readership import ReaderState, active, state_of
from donghyang.logs import logger
from donghyang.messages import say, why
from donghyang.services import Services

JOURNAL: Final = "readers.jsonl"
_ONLY_OURS: Final = 0o600  # it holds addresses


@dataclass(frozen=True, slots=True)
class Standing:
    """A reader of config.toml, and how they stand today."""

    reader: Reader
    state: ReaderState
    change: ReaderChange | None  # the archive's last word, if it is one that stops letters


def today(services: Services, now: datetime) -> date:
    """The day it is in the city."""
    return now.astimezone(services.settings.zone).date()


def readers_now(services: Services, now: datetime) -> tuple[Reader, ...]:
    """Those of config.toml who get letters today."""
    with services.archive.reading() as db:
        changes = kept.standing(db)
    return active(services.settings.reader_records(), changes, today(services, now))


def standings(services: Services, now: datetime) -> list[Standing]:
    """Every reader of config.toml, in its order."""
    with services.archive.reading() as db:
        changes = kept.standing(db)
    day = today(services, now)
    return [
        Standing(reader, state_of(reader, changes, day), changes.get(mailbox(reader.email)))
        for reader in services.settings.reader_records()
    ]


def note(
    services: Services,
    email: str,
    kind: ReaderChangeKind,
    now: datetime,
    *,
    who: str = "",
    reason: str = "",
    until: date | None = None,
) -> None:
    """Keep a word on a reader, in the archive and in the journal."""
    at = now.astimezone(UTC).replace(microsecond=0)
    change = ReaderChange(reader=mailbox(email), kind=kind, who=who, reason=reason, at=at, until=until)
    with services.archive.writing() as db:
        kept.note(db, change)
    _write(services.config.folder / JOURNAL, change)


def recall(services: Services) -> int:
    """Bring what the journal knows and the archive does not back into it; how many words that were."""
    with services.archive.reading() as db:
        known = {_plain(change) for change in kept.history(db)}
    missing = [change for change in _read(services.config.folder / JOURNAL) if _plain(change) not in known]
    if missing:
        with services.archive.writing() as db:
            for change in missing:
                kept.note(db, change)
        logger().warning("words on readers recalled", count=len(missing), file=JOURNAL)
    return len(missing)


def secret(services: Services) -> str:
    """What readers' tokens are made with: drawn once, kept in the archive, never changed."""
    with services.archive.reading() as db:
        found = kept.secret(db)
    if found is not None:
        return found
    with services.archive.writing() as db:
        kept.keep_secret(db, secrets.token_hex(32))
        return kept.secret(db) or ""


def returns(services: Services) -> str:
    """The address that bounces and requests to unsubscribe go to; "" when there is no [mail]."""
    mail = services.settings.mail
    return (mail.returns or mail.sender) if mail else ""


def further_headers(services: Services, reader: Reader) -> dict[str, str]:
    """The headers by which one reader unsubscribes; none while there is no address to write to."""
    address = returns(services)
    if not address:
        return {}
    mark = subscriptions.token(secret(services), reader.email)
    return dict(subscriptions.headers(address, mark, services.settings.edition().web))


def _plain(change: ReaderChange) -> tuple[Any, ...]:
    return change.at, change.reader, change.kind, change.who, change.reason, change.until


def _write(path: Path, change: ReaderChange) -> None:
    row = {"at": change.at.isoformat(), "reader": change.reader, "kind": change.kind, "who": change.who}
    row |= {"reason": change.reason, "until": change.until.isoformat() if change.until else ""}
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, _ONLY_OURS), "a", encoding="utf-8") as out:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    except OSError as error:  # the archive has it; only a restore would not
        logger().warning(say("readers.no_journal", path=path, reason=why(error)))


def _read(path: Path) -> Iterator[ReaderChange]:
    """The journal's words; a line that was cut off, or that somebody broke, is passed over."""
    try:
        lines: Iterable[str] = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    for line in lines:
        try:
            row = json.loads(line)
            until = date.fromisoformat(row["until"]) if row["until"] else None
            at = datetime.fromisoformat(row["at"]).astimezone(UTC)
            reader, who, reason = (str(row[name]) for name in ("reader", "who", "reason"))
            kind: ReaderChangeKind = row["kind"]
            yield ReaderChange(reader=reader, kind=kind, who=who, reason=reason, at=at, until=until)
        except (ValueError, KeyError, TypeError):
            logger().warning("a line of the readers' journal cannot be read", file=str(path))
