"""What lets a mail that comes back tell whose it is: a token for each reader, in headers and return addresses.

A token is an HMAC of the reader's address (RFC 2104), so nobody can make another reader's from their own, and it says
nothing about who they are. Without a web address there is only the way by mail (RFC 2369); with one, the one click of
RFC 8058 beside it. Reading such an address never unsubscribes anybody: link scanners read them all.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import quote

UNSUBSCRIBE: Final = "unsubscribe"  # the word before a token in a subject
_TOKEN_BYTES: Final = 16
_TOKEN: Final = re.compile(r"[a-z2-7]{26}")
_RETURNED: Final = re.compile(r"\+b([a-z2-7]{26})@", re.IGNORECASE)
_ASKED: Final = re.compile(rf"\b{UNSUBSCRIBE}\s+([a-z2-7]{{26}})\b", re.IGNORECASE)


def token(secret: str, email: str) -> str:
    """A reader's token: 26 small letters and digits, the same as long as secret and address are."""
    made = hmac.new(secret.encode(), email.strip().casefold().encode(), hashlib.sha256).digest()
    return base64.b32encode(made[:_TOKEN_BYTES]).decode().rstrip("=").lower()


def whose(found: str, secret: str, readers: Iterable[str]) -> str | None:
    """The address a token was made for; None when it was made for none of these."""
    asked = found.lower()
    return next((email for email in readers if hmac.compare_digest(token(secret, email), asked)), None)


def return_address(address: str, mark: str) -> str:
    """``name+bTOKEN@domain``: the variable envelope return path (VERP) of one reader's letters."""
    name, _, domain = address.rpartition("@")
    return f"{name}+b{mark}@{domain}"


def token_of_return(address: str) -> str | None:
    """The token in a return address, None in any other."""
    found = _RETURNED.search(address)
    return found[1].lower() if found else None


def token_asked(subject: str) -> str | None:
    """The token of a subject that asks to unsubscribe."""
    found = _ASKED.search(subject)
    return found[1].lower() if found else None


def is_token(text: str) -> bool:
    """Whether a text has the form of a token."""
    return bool(_TOKEN.fullmatch(text))


def headers(address: str, mark: str, web: str = "") -> Mapping[str, str]:
    """The headers by which a reader unsubscribes: by mail to an address, and with one click where there is HTTPS."""
    by_mail = f"<mailto:{address}?subject={quote(f'{UNSUBSCRIBE} {mark}')}>"
    if not web.startswith("https://"):
        return {"List-Unsubscribe": by_mail}
    page = f"<{web.rstrip('/')}/unsubscribe/{mark}>"
    return {"List-Unsubscribe": f"{page},\n {by_mail}", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
