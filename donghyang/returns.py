"""What comes back: bounces and requests to unsubscribe, read from a mailbox's files; each mail is acted upon once.

A reader is written to no more after one notice that nobody is at the address, or three refusals for good within
ninety days; what may pass is only counted. A request with the reader's own token is honoured at once; one without is
shown to the operator, as anybody can write anybody's name under a mail. No file is changed or removed.
"""

import mailbox
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from archive import outbox
from archive import readers as kept
from archive.records.ledgers import Returned, ReturnedKind
from digest import bounces, subscriptions
from digest.bounces import CameBack
from digest.delivery import mailbox as plain
from donghyang import subscribing
from donghyang.logs import logger
from donghyang.messages import say, why
from donghyang.services import Services

MOST_REFUSALS: Final = 3
REMEMBERED: Final = timedelta(days=90)
_MOST_BYTES: Final = 2_000_000  # a bounce that brings a whole letter back is far smaller


def place(services: Services) -> Path | None:
    """Where returned mails lie; None when nobody said."""
    mail = services.settings.mail
    return services.config.folder / mail.bounces if mail and mail.bounces else None


def waiting(services: Services) -> bool:
    """Whether there are mails that have not been read yet."""
    found = list(_mails(place(services)))
    with services.archive.reading() as db:
        return len(kept.known(db, [key for key, _ in found])) < len({key for key, _ in found})


def take_in(services: Services, now: datetime) -> list[Returned]:
    """Read what is new; what each mail was taken for."""
    found = dict(_mails(place(services)))
    with services.archive.reading() as db:
        old = kept.known(db, list(found))
    taken: list[Returned] = []
    for key, raw in found.items():
        if key not in old:
            taken += _take(services, key, raw, now)
    return taken


def _take(services: Services, key: str, raw: bytes, now: datetime) -> list[Returned]:
    """Act upon one mail, and keep it: the reader's state is written first, so that a kill between repeats it."""
    mails = [_understood(services, f"{key}.{n}", one) for n, one in enumerate(bounces.read(raw))]
    for mail in mails:
        _obey(services, mail, now)
    with services.archive.writing() as db:
        for mail in mails:
            kept.handle(db, mail, now)
        kept.handle(db, Returned(key=key, kind="other", said=f"{len(mails)}"), now)
    return mails


def _understood(services: Services, key: str, said: CameBack) -> Returned:
    """Whose mail it is: by the token first, then by the address or the letter it names."""
    readers = [reader.email for reader in services.settings.reader_records()]
    by_token = subscriptions.whose(said.token, subscribing.secret(services), readers) if said.token else None
    reader = by_token
    if reader is None and not (said.kind == "wish" and said.token):
        reader = next((email for email in readers if plain(email) == plain(said.address)), None)
    if reader is None and said.message_id:
        with services.archive.reading() as db:
            letter = outbox.by_message_id(db, said.message_id)
        reader = letter.reader if letter else None
    return Returned(
        key=key,
        kind=_kind(said, sure=by_token is not None) if reader else "other",
        reader=plain(reader or ""),
        status=said.status,
        said=said.said,
        message_id=said.message_id,
    )


def _kind(said: CameBack, *, sure: bool) -> ReturnedKind:
    if said.kind == "wish":
        return "unsubscribe" if sure else "request"
    return {"failed": "hard", "delayed": "soft"}.get(said.kind, "other")  # type: ignore[return-value] # of these


def _obey(services: Services, mail: Returned, now: datetime) -> None:
    """Stop the letters of who asked for it, or cannot be reached."""
    with services.archive.reading() as db:
        standing = kept.standing(db).get(mail.reader)
        before = kept.came_back(db, now - REMEMBERED, mail.reader)
        last = max((one.at for one in kept.history(db, mail.reader) if one.kind == "resume"), default=None)
    stopped = standing is not None and standing.kind in {"unsubscribe", "bounce"}
    if mail.kind == "unsubscribe" and not (standing and standing.kind == "unsubscribe"):
        subscribing.note(services, mail.reader, "unsubscribe", now, reason=mail.said)
    refusals = 1 + sum(one.kind == "hard" for at, one in before if last is None or at > last)
    gone = mail.status in bounces.NOBODY_THERE
    if mail.kind == "hard" and not stopped and (gone or refusals >= MOST_REFUSALS):
        subscribing.note(services, mail.reader, "bounce", now, reason=f"{mail.status} {mail.said}".strip())
    if mail.kind != "other":
        logger().warning("a mail came back", kind=mail.kind, reader=mail.reader, said=mail.said, status=mail.status)


def recent(services: Services, now: datetime) -> list[tuple[datetime, Returned]]:
    """What came back lately from or about readers, oldest first."""
    with services.archive.reading() as db:
        return [(at, one) for at, one in kept.came_back(db, now - REMEMBERED) if one.kind != "other"]


def _mails(path: Path | None) -> Iterator[tuple[str, bytes]]:
    """Every mail at a place with its key: a maildir, an mbox file, a folder of .eml files, one .eml file."""
    if path is None or not path.exists():
        return
    try:
        for raw in _raw(path):
            yield bounces.key_of(raw), raw
    except (OSError, mailbox.Error) as error:
        logger().warning(
            say("returns.unreadable", path=path, reason=why(error) if isinstance(error, OSError) else error)
        )


def _raw(path: Path) -> Iterator[bytes]:
    if path.is_dir():
        folders = [path / name for name in ("new", "cur") if (path / name).is_dir()]
        files = sorted(one for folder in folders for one in folder.iterdir()) or sorted(path.glob("*.eml"))
        yield from (one.read_bytes()[:_MOST_BYTES] for one in files if one.is_file())
    elif path.suffix.lower() == ".eml":
        yield path.read_bytes()[:_MOST_BYTES]
    else:
        box = mailbox.mbox(path, create=False)
        try:
            yield from (box.get_bytes(key)[:_MOST_BYTES] for key in box.keys())  # noqa: SIM118 - a mailbox yields mails
        finally:
            box.close()
