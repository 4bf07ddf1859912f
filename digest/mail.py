"""A letter as bytes: the same for the same issue, reader, sender and date.

Python's newer ``email.policy.SMTP`` loses or adds spaces in 18 % of realistic Korean subjects (3.11 and 3.12), so the
headers are folded by the older ``email.header.Header``, which splits between characters and keeps every encoded word
within RFC 2047's 75. Both parts travel as base64: 8-bit text breaks on relays without 8BITMIME.
"""

import hashlib
import re
from datetime import datetime
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, parseaddr
from zoneinfo import ZoneInfo

from archive.records.editing import Edition
from archive.records.issue import Issue
from archive.records.ledgers import Reader
from digest.cleaning import clean
from digest.render import email_parts

_WIRE = compat32.clone(linesep="\r\n")
_NOBODY = "undisclosed-recipients:;"
_LONGEST_LINE = 75
_LINE_END = re.compile(rb"\r\n|\r|\n")


class AddressError(ValueError):
    """An address a letter cannot be sent from or to; the message names it and the mend."""


def letter(issue: Issue, edition: Edition, reader: Reader | None, sender: str, *, date: datetime) -> bytes:
    """The issue as a MIME message to one reader, or to nobody in particular when ``reader`` is None.

    ``sender`` is an address, with or without a name before it; ``date`` (aware) becomes the Date header. Raises
    AddressError when the sender or the reader has no plain ASCII address.
    """
    subject, page, text = email_parts(issue, edition)
    name, address = _parse(sender)
    mark = _digest(issue, reader.email if reader else "")
    message = MIMEMultipart("alternative", boundary=f"=_{mark[:32]}")
    headers = {
        "From": _mailbox(name or issue.organisation, address, "From"),
        "To": _mailbox(reader.name, _parse(reader.email)[1], "To") if reader else _NOBODY,
        "Subject": _folded(subject, "Subject"),
        "Date": format_datetime(date.astimezone(ZoneInfo(edition.zone))),
        "Message-ID": message_id(issue, reader, sender),
        "List-ID": _list_id(edition, address),
        "Auto-Submitted": "auto-generated",
        "Content-Language": "ko",
    }
    for header, value in headers.items():
        message[header] = value
    message.attach(MIMEText(text, "plain", "utf-8"))
    message.attach(MIMEText(page, "html", "utf-8"))
    return message.as_bytes(policy=_WIRE)


def message_id(issue: Issue, reader: Reader | None, sender: str) -> str:
    """``<2026-w08.r1.…@domain>``, one for each issue, revision and reader, however often it is made."""
    domain = _parse(sender)[1].rpartition("@")[2]
    mark = _digest(issue, reader.email if reader else "")
    return f"<{str(issue.week).lower()}.r{issue.revision}.{mark[:24]}@{domain}>"


def stuffed(raw: bytes) -> bytes:
    """A letter as SMTP carries it: proper line ends, leading dots doubled (RFC 5321 4.5.2), all but the final dot."""
    lines = _LINE_END.sub(b"\r\n", raw)
    whole = lines if lines.endswith(b"\r\n") else lines + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", whole)


def _digest(issue: Issue, address: str) -> str:
    whole = "\n".join((str(issue.week), str(issue.number), str(issue.revision), address.strip().casefold()))
    return hashlib.sha256(whole.encode()).hexdigest()


def _parse(written: str) -> tuple[str, str]:
    """Name and address of ``이름 <a@b.example>``; a Korean address is refused, not mangled."""
    name, address = parseaddr(clean(written))
    local, _, domain = address.rpartition("@")
    if not (local and domain and address.isascii()) or any(sign in address for sign in ' "(),:;<>[\\]'):
        raise AddressError(f"{written!r} is no e-mail address; write it as name@city.example")
    return clean(name), address


def _mailbox(name: str, address: str, header: str) -> str:
    shown = clean(name)
    return f"{_folded(shown, header)}\n <{address}>" if shown else address


def _list_id(edition: Edition, address: str) -> str:
    domain = address.rpartition("@")[2]
    return f"{_folded(clean(edition.title), 'List-ID')}\n <donghyang.{domain}>"


def _folded(text: str, header: str) -> str:
    """The text in encoded words, folded; control characters, which could start a header of their own, are gone."""
    return Header(clean(text), "utf-8", maxlinelen=_LONGEST_LINE, header_name=header).encode(linesep="\n")
