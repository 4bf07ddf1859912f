"""Plain letters about an issue: to who approves it, and to its readers when it had something wrong."""

import hashlib
import re
from datetime import datetime
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime
from typing import Final

from archive.records.ledgers import Reader
from digest.headers import WIRE, folded, mailbox, parsed

_NOT_ID: Final = re.compile(r"[^a-z0-9.-]+")


def note(
    subject: str,
    text: str,
    *,
    sender: str,
    name: str,
    reader: Reader,
    mark: str,
    date: datetime,
    page: bytes = b"",
    answers: str = "",
) -> bytes:
    """A plain letter about an issue, with the issue's page attached: to who approves it, or of what it had wrong.

    ``name`` is who sends it, ``mark`` what makes its Message-ID, ``answers`` the Message-ID of the letter it is about.
    """
    whole = _digest(mark, reader)
    own, address = parsed(sender)
    message = MIMEMultipart("mixed", boundary=f"=_{whole[:32]}")
    headers = {
        "From": mailbox(own or name, address, "From"),
        "To": mailbox(reader.name, parsed(reader.email)[1], "To"),
        "Subject": folded(subject, "Subject"),
        "Date": format_datetime(date),
        "Message-ID": note_id(mark, reader, sender),
        "Auto-Submitted": "auto-generated",
        "Content-Language": "ko",
    }
    headers |= {"In-Reply-To": answers, "References": answers} if answers else {}
    for header, value in headers.items():
        message[header] = value
    message.attach(MIMEText(text, "plain", "utf-8"))
    if page:
        attached = MIMEText(page.decode(), "html", "utf-8")
        attached["Content-Disposition"] = 'attachment; filename="issue.html"'
        message.attach(attached)
    return message.as_bytes(policy=WIRE)


def note_id(mark: str, reader: Reader, sender: str) -> str:
    """The Message-ID of a plain letter, one for each mark and reader."""
    whole = _digest(mark, reader)
    return f"<{_NOT_ID.sub('-', mark.lower())}.{whole[:24]}@{parsed(sender)[1].rpartition('@')[2]}>"


def _digest(mark: str, reader: Reader) -> str:
    """What is one for each mark and reader, in hexadecimal."""
    return hashlib.sha256(f"{mark}\n{reader.email.strip().casefold()}".encode()).hexdigest()
