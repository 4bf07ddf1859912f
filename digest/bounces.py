"""Mails that come back: what became of a letter, or that its reader wants no more. Pure, and total on any bytes.

Delivery status notifications are read as RFC 3464 lays them out (multipart/report, one group of fields a recipient),
their statuses as RFC 3463 numbers them: 5.x.x is for good, 4.x.x may pass, 2.x.x is no trouble. Answers of machines
(RFC 3834: out of office) are nobody's wish. Nothing a mail says of itself is believed but a reader's own token, or
the address of a notification's recipient.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parseaddr
from typing import Final, Literal

from digest.cleaning import clean
from digest.subscriptions import token_asked, token_of_return

_STATUS: Final = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
_WISH: Final = re.compile(
    r"(?:re\s*:\s*)*(?:수신\s*거부|구독\s*(?:해지|취소|중지)|unsubscribe|remove me)[.!\s]*", re.IGNORECASE
)
_TO: Final = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
_LONGEST: Final = 300
NOBODY_THERE: Final = ("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10")  # no such mailbox or host: once is enough

BackKind = Literal["failed", "delayed", "wish", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBack:
    """One thing a mail says: of whom by token or address, and what."""

    kind: BackKind
    token: str = ""  # of the reader, from the return address or the subject
    address: str = ""  # of the reader, as the notification or the sender has it
    status: str = ""
    said: str = ""
    message_id: str = ""  # of the letter it is about

    @property
    def nobody_there(self) -> bool:
        """Whether no letter to that address will ever arrive."""
        return self.kind == "failed" and self.status in NOBODY_THERE


def key_of(raw: bytes) -> str:
    """What a mail is known by, so that it is handled once wherever its file is moved."""
    message = message_from_bytes(raw)
    own = str(message.get("Message-ID", "")).strip()
    whole = own.encode(errors="replace") if own else raw
    return hashlib.sha256(whole).hexdigest()[:32]


def read(raw: bytes) -> tuple[CameBack, ...]:
    """Everything one mail says; one "other" when it says nothing we act upon."""
    message = message_from_bytes(raw)
    marks = [mark for name in _TO for address in _addresses(message, name) if (mark := token_of_return(address))]
    token = marks[0] if marks else ""
    told = tuple(_report(message, token)) or tuple(_wish(message))
    return told or (CameBack(kind="other", token=token, said=_subject(message)),)


def _report(message: Message, token: str) -> Iterator[CameBack]:
    """Each recipient of a delivery status notification."""
    if message.get_content_type() != "multipart/report":
        return
    parts = list(message.walk())
    about = next((_letter_id(part) for part in parts if part.get_content_type() in _RETURNED_LETTERS), "")
    for part in parts:
        if part.get_content_type() not in {"message/delivery-status", "message/global-delivery-status"}:
            continue
        for fields in _groups(part):
            recipient = _field(fields, "Original-Recipient") or _field(fields, "Final-Recipient")
            if recipient:
                yield _recipient(fields, recipient, token, about)


def _recipient(fields: Message, recipient: str, token: str, about: str) -> CameBack:
    found = _STATUS.search(str(fields.get("Status", ""))) or _STATUS.search(str(fields.get("Diagnostic-Code", "")))
    action = str(fields.get("Action", "")).strip().lower()
    status = found[0] if found else ""
    kind: BackKind = "other"
    if action == "failed" or (not action and status.startswith("5")):
        kind = "delayed" if status.startswith("4") else "failed"
    elif action == "delayed" or status.startswith("4"):
        kind = "delayed"
    said = _field(fields, "Diagnostic-Code") or status
    return CameBack(kind=kind, token=token, address=recipient.casefold(), status=status, said=said, message_id=about)


def _wish(message: Message) -> Iterator[CameBack]:
    """What a person asks for: by token it is sure who, by words alone somebody has to look."""
    automatic = str(message.get("Auto-Submitted", "no")).strip().lower()
    subject = _subject(message)
    mark = token_asked(subject)
    sender = parseaddr(str(message.get("From", "")))[1].casefold()
    if automatic not in {"no", ""} or message.get("X-Autoreply"):
        return
    if mark or _WISH.fullmatch(subject.strip()):
        yield CameBack(kind="wish", token=mark or "", address=sender, said=subject)


_RETURNED_LETTERS: Final = frozenset(
    {"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"}
)


def _letter_id(part: Message) -> str:
    """The Message-ID of the letter that was returned."""
    held = part.get_payload()
    if isinstance(held, list):
        inner = [one for one in held if isinstance(one, Message)]
        return str(inner[0].get("Message-ID", "")).strip() if inner else ""
    headers = message_from_bytes(_bytes_of(part))
    return str(headers.get("Message-ID", "")).strip()


def _groups(part: Message) -> Iterable[Message]:
    """The groups of fields of a status part: the parser makes a message of each."""
    held = part.get_payload()
    if isinstance(held, list):
        return [group for group in held if isinstance(group, Message)]
    text = _bytes_of(part)  # encoded, which RFC 3464 does not allow and some do
    return [message_from_bytes(group.strip() + b"\n\n") for group in re.split(rb"\r?\n\r?\n", text) if group.strip()]


def _bytes_of(part: Message) -> bytes:
    held = part.get_payload(decode=True)
    return held if isinstance(held, bytes) else b""


def _field(fields: Message, name: str) -> str:
    """A field's value without its type (``rfc822; kim@city.example``), on one line."""
    value = clean(str(fields.get(name, "")))
    _, found, rest = value.partition(";")
    return (rest if found else value).strip().strip("<>")[:_LONGEST]


def _addresses(message: Message, name: str) -> list[str]:
    return [address for _, address in getaddresses([str(value) for value in message.get_all(name, [])])]


def _subject(message: Message) -> str:
    written = str(message.get("Subject", ""))
    try:
        read = str(make_header(decode_header(written)))
    except (HeaderParseError, LookupError, ValueError):
        read = written
    return clean(read)[:_LONGEST]
