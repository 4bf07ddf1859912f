"""Plain letters about an issue, made as they will stay: drafts to who approves, corrections to who had the issue."""

from datetime import datetime

from archive.records.issue import Issue
from archive.records.ledgers import Delivery, Reader
from digest.notes import note, note_id
from donghyang import publishing
from donghyang.services import Services


def notice(
    services: Services,
    issue: Issue,
    reader: Reader,
    now: datetime,
    *,
    letter: str,
    subject: str,
    text: str,
    page: bytes,
    answers: str = "",
) -> Delivery:
    """A letter of a kind (``letter``) with an issue's page attached, still to be filed.

    ``answers`` is the Message-ID of the letter it is about.
    """
    sender, mark = publishing.sender(services), f"{issue.week}.{letter}"
    raw = note(
        subject,
        text,
        sender=sender,
        name=issue.organisation,
        reader=reader,
        mark=mark,
        date=now.astimezone(services.settings.zone),
        page=page,
        answers=answers,
    )
    return Delivery(
        week=issue.week,
        revision=issue.revision,
        reader=reader.email,
        letter=letter,
        state="pending",
        message_id=note_id(mark, reader, sender),
        raw=raw,
        created=now,
    )
