"""A letter as bytes: the same for the same issue, reader, sender and date.

    multipart/alternative            or, with files:  multipart/mixed
      text/plain                                        multipart/alternative …
      multipart/related                                 application/pdf …
        text/html
        image/png …

All parts travel as base64: 8-bit text breaks on relays without 8BITMIME. Boundaries are made from the letter's mark, so
that the same letter has the same bytes.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from email.mime.application import MIMEApplication
from email.mime.base import MIMEBase
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from archive.records.editing import Edition
from archive.records.issue import Issue
from archive.records.ledgers import Reader
from digest import pictures
from digest.cleaning import clean
from digest.headers import WIRE, folded, mailbox, parsed
from digest.medium import Leaving
from digest.render import email_parts

_NOBODY = "undisclosed-recipients:;"
_TYPES = {"pdf": "pdf", "hwpx": "hwp+zip"}  # what is attached, by the end of its name (IANA: application/…)
_LINE_END = re.compile(rb"\r\n|\r|\n")


def letter(
    issue: Issue,
    edition: Edition,
    reader: Reader | None,
    sender: str,
    *,
    date: datetime,
    further: Mapping[str, str] | None = None,
    trial: str = "",
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """The issue as a MIME message to one reader, or to nobody in particular when ``reader`` is None.

    ``sender`` is an address, with or without a name before it; ``date`` (aware) becomes the Date header; ``further``
    headers are ASCII (List-Unsubscribe and the like). A letter on ``trial`` has that word before its subject and a
    Message-ID of its own, so that no mail program takes the issue for its copy. How the reader ends the letters
    stands in the letter, too, as List-Unsubscribe has it; ``files`` (name → bytes) are attached. Raises AddressError
    when the sender or the reader has no plain ASCII address.
    """
    subject, page, text = email_parts(issue, edition, _leaving(further or {}))
    name, address = parsed(sender)
    mark = _digest(issue, f"{trial}{reader.email if reader else ''}")
    message = _body(text, _page(page, pictures.charted(issue), mark), files or {}, mark)
    headers = {
        "From": mailbox(name or issue.organisation, address, "From"),
        "To": mailbox(reader.name, parsed(reader.email)[1], "To") if reader else _NOBODY,
        "Subject": folded(f"{trial} {subject}" if trial else subject, "Subject"),
        "Date": format_datetime(date.astimezone(ZoneInfo(edition.zone))),
        "Message-ID": _message_id(issue, mark, address),
        "List-ID": _list_id(edition, address),
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",
        "Content-Language": "ko",
        **(further or {}),
    }
    for header, value in headers.items():
        message[header] = value
    return message.as_bytes(policy=WIRE)


def _leaving(headers: Mapping[str, str]) -> Leaving:
    """The ways out that List-Unsubscribe names (RFC 2369)."""
    ways = re.findall(r"<([^<>\s]+)>", headers.get("List-Unsubscribe", ""))
    page = next((way for way in ways if way.startswith("https://")), "")
    return Leaving(page=page, mail=next((way for way in ways if way.startswith("mailto:")), ""))


def _body(text: str, page: MIMEBase, files: Mapping[str, bytes], mark: str) -> MIMEMultipart:
    """Text and page, and the files beside them."""
    told = MIMEMultipart("alternative", boundary=f"=_{mark[:32]}", _subparts=[MIMEText(text, "plain", "utf-8"), page])
    if not files:
        return told
    attached = [_file(name, body) for name, body in files.items()]
    return MIMEMultipart("mixed", boundary=f"=_m{mark[:31]}", _subparts=[told, *attached])


def _page(page: str, drawn: Mapping[str, bytes], mark: str) -> MIMEBase:
    """The HTML, with the pictures it shows (RFC 2387)."""
    html = MIMEText(page, "html", "utf-8")
    shown = [_picture(name, body) for name, body in drawn.items() if f'"cid:{name}"' in page]
    if not shown:
        return html
    return MIMEMultipart("related", boundary=f"=_r{mark[:31]}", type="text/html", _subparts=[html, *shown])


def _picture(name: str, body: bytes) -> MIMEImage:
    part = MIMEImage(body, "png")
    part["Content-ID"] = f"<{name}>"
    part["Content-Disposition"] = f'inline; filename="{name.partition(".")[0]}.png"'
    return part


def _file(name: str, body: bytes) -> MIMEApplication:
    part = MIMEApplication(body, _TYPES.get(name.rpartition(".")[2], "octet-stream"))
    part["Content-Disposition"] = f'attachment; filename="{name}"'
    return part


def message_id(issue: Issue, reader: Reader | None, sender: str) -> str:
    """``<2026-w08.r1.…@domain>``, one for each issue, revision and reader, however often it is made."""
    return _message_id(issue, _digest(issue, reader.email if reader else ""), parsed(sender)[1])


def _message_id(issue: Issue, mark: str, address: str) -> str:
    return f"<{str(issue.week).lower()}.r{issue.revision}.{mark[:24]}@{address.rpartition('@')[2]}>"


def stuffed(raw: bytes) -> bytes:
    """A letter as SMTP carries it: proper line ends, leading dots doubled (RFC 5321 4.5.2), all but the final dot."""
    lines = _LINE_END.sub(b"\r\n", raw)
    whole = lines if lines.endswith(b"\r\n") else lines + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", whole)


def _digest(issue: Issue, address: str) -> str:
    whole = "\n".join((str(issue.week), str(issue.number), str(issue.revision), address.strip().casefold()))
    return hashlib.sha256(whole.encode()).hexdigest()


def _list_id(edition: Edition, address: str) -> str:
    domain = address.rpartition("@")[2]
    return f"{folded(clean(edition.title), 'List-ID')}\n <donghyang.{domain}>"
