"""A letter's DKIM signature (RFC 6376), by dkimpy: the extra ``dkim``, for a city whose mail server does not sign.

Body and headers are signed as relays may reflow them (relaxed/relaxed). From and Subject are named once more than they
stand, so that nobody can add a second one; both List-Unsubscribe headers are covered, as RFC 8058 asks. The signature
holds the second it was made in: a letter is signed once, when it is frozen.
"""

from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Final

INSTALL: Final = "pip install 'donghyang[dkim]'"
_SIGNED: Final = (
    *("from", "from", "to", "subject", "subject", "date", "message-id", "list-id", "list-unsubscribe"),
    *("list-unsubscribe-post", "mime-version", "content-type", "content-language", "auto-submitted"),
)


class SealError(ValueError):
    """A key that letters cannot be signed with; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What a domain signs its letters with."""

    domain: str
    selector: str  # the key's name in the DNS: SELECTOR._domainkey.DOMAIN
    key: bytes = field(repr=False)  # RSA, PEM


def installed() -> bool:
    """Whether the extra is there."""
    return find_spec("dkim") is not None


def sealed(raw: bytes, seal: Seal) -> bytes:
    """The letter with its signature before it. Raises SealError when the key is none."""
    import dkim  # noqa: PLC0415 - the extra may be absent

    present = {line.partition(b":")[0].strip().lower() for line in raw.partition(b"\r\n\r\n")[0].splitlines()}
    covered = [name.encode() for name in _SIGNED if name.encode() in present]
    try:
        signature: bytes = dkim.sign(
            raw,
            seal.selector.encode(),
            seal.domain.encode(),
            seal.key,
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=covered,
        )
    except (dkim.KeyFormatError, dkim.ParameterError, ValueError) as error:
        raise SealError(str(error)) from error
    return signature + raw
