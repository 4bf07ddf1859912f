"""One key for one page: an address without what differs between its mobile, AMP, tracked and plain forms.

The key is for comparing, not for fetching: its scheme is always https and ``www.`` and ``m.`` are gone.
Known libraries group none of the Korean variants, and courlan's strict mode drops ``idxno``, the article
number of the system most of the Korean regional and trade press runs on.
"""

import re
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

from yarl import URL

from collectors.address_rules import carried_target, has_one_address, is_ordinary, site_key, wanted

# An address that is its own key but for the scheme and www.; most are, and are not taken apart.
_PLAIN = re.compile(
    r"https?://(?:www\.)?(?P<host>[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+)"
    r"(?P<path>/[A-Za-z0-9_/-]*(?:\.(?:html?|aspx?|php|jsp|do))?)(?:\?(?P<query>\w+=[\w.-]*(?:&\w+=[\w.-]*)*))?",
    re.ASCII,
)
_AMP_PAGE = re.compile(r"/amp(?=/|$)", re.IGNORECASE)
_DRESSED = re.compile(r"/amp(?=/|$)|/article(?:view(?:amp)?|print)\.html$", re.IGNORECASE)
_LINE_BREAK = re.compile(r"[\t\r\n]+")
_AMPERSAND = re.compile(r"&(?:amp;)+")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}|%|[^!-~]|[\"<>\\^`{|}]")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SCHEME = re.compile(r"(https?):[/\\]+", re.IGNORECASE)
_QUERY_OR_FRAGMENT = re.compile(r"[?#]")
_DEFAULT_PORTS = frozenset((80, 443))
_VARIANT_HOST = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
_BARE_SUFFIX = re.compile(r"^(?:co|or|go|ac|re|ne|pe|com|net|org|gov|edu)\.[a-z]{2}$")
_AMP_PATH = re.compile(r"^/amp(?=/)|/amp(?=/?$)|\.amp(?=(?:\.html?)?$)", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
_LONGEST = 8192  # characters; a longer address is kept as it is
_HOPS = 400  # addresses carried inside addresses; each is shorter than its carrier


@lru_cache(maxsize=1 << 15)
def canonical(url: str) -> str:
    """The key of a web address; other schemes and what cannot be read come back merely stripped. Idempotent."""
    return _plainly(url) or _thoroughly(url)


def _plainly(url: str) -> str:
    """The key of an address that is nearly its own, as most are; "" for those that must be taken apart."""
    plain = _PLAIN.fullmatch(url)
    if not plain:
        return ""
    host, path, query = plain.groups()
    if query and is_ordinary(host) and not _AMP_PAGE.search(path):
        pairs = query.split("&")
        told = "&".join(sorted(wanted(host, pairs), key=_name))
        return site_key(host, path, pairs) or f"https://{host}{path}{'?' + told if told else ''}"
    if query or _DRESSED.search(path) or not has_one_address(host, path):
        return ""
    return f"https://{host}{path}"


def _thoroughly(url: str) -> str:
    address = _AMPERSAND.sub("&", on_one_line(url))
    for _ in range(_HOPS):
        parts = _split(address)
        if parts is None or (key := _key(parts)) == address:
            break
        address = key
    return address


def on_one_line(url: str) -> str:
    """An address without the line breaks and the indentation that a feed's layout put inside it."""
    return "".join(part.strip() for part in _LINE_BREAK.split(url))


def slashed(url: str) -> str:
    """A web address with its slashes as browsers read them (WHATWG URL, 4.4): two before the host, no backslashes."""
    begun = _SCHEME.match(url)
    if not begun:
        return url
    rest = url[begun.end() :]
    if "\\" in rest:
        told = _QUERY_OR_FRAGMENT.search(rest)
        end = told.start() if told else len(rest)
        rest = rest[:end].replace("\\", "/") + rest[end:]
    return f"{begun[1]}://{rest}"


def host_of(url: str) -> str:
    """The host of an address: lower case, punycode, without port; "" when there is none."""
    try:
        return _host(urlsplit(url.strip()).hostname or "")
    except ValueError:
        return ""


def _split(address: str) -> SplitResult | None:
    """The parts of a web address; None when it is none or cannot be read."""
    if len(address) > _LONGEST or not _SCHEME.match(address):
        return None
    try:
        parts = urlsplit(slashed(address))
        _ = parts.port  # ValueError when it is no number
    except ValueError:
        return None
    return parts if parts.hostname else None


def _key(parts: SplitResult) -> str:
    host, path = _host(parts.hostname or ""), _path(parts.path)
    pairs = [_escaped(pair) for pair in parts.query.split("&") if pair]
    if target := carried_target(host, path, pairs):
        return target
    place = _plain_host(host) + ("" if parts.port in _DEFAULT_PORTS or parts.port is None else f":{parts.port}")
    path = _plain_path(path)
    if own := site_key(place, path, pairs):
        return own
    query = "&".join(sorted(wanted(place, pairs), key=_name))
    fragment = _escaped(parts.fragment) if parts.fragment.startswith("!") else ""
    return f"https://{place}{path}{'?' + query if query else ''}{'#' + fragment if fragment else ''}"


def _name(pair: str) -> str:
    return pair.partition("=")[0]


def _host(host: str) -> str:
    """Lower case and punycode, without a closing dot; as it is when punycode has no form for it."""
    host = host.lower().rstrip(".")
    if ":" in host:
        return f"[{host}]"
    if not host.isascii():
        try:
            return (URL.build(scheme="https", host=host).raw_host or host).lower().rstrip(".")  # as it is asked for
        except ValueError:
            return host
    return host


def _plain_host(host: str) -> str:
    """Without www., m., mobile. and amp., as long as a name is left."""
    while (plain := _VARIANT_HOST.sub("", host)) != host and not _BARE_SUFFIX.match(plain):
        host = plain
    return host


def _path(path: str) -> str:
    """Escapes normalised (RFC 3986, 6.2.2), dot segments gone (5.2.4), never empty."""
    kept: list[str] = []
    segments = _escaped(_SESSION.sub("", path)).split("/")
    for segment in segments:
        if segment == "..":
            del kept[max(1, len(kept) - 1) :]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/".join(kept) or "/"


def _plain_path(path: str) -> str:
    """Without the marks of an AMP page."""
    while (plain := _AMP_PATH.sub("", path)) != path:
        path = plain
    return path or "/"


def _escaped(text: str) -> str:
    """Escapes in upper case, none for unreserved characters, all others escaped as UTF-8."""
    return _ESCAPE.sub(lambda found: _escape(found[0]), text)


def _escape(piece: str) -> str:
    if len(piece) == 3:  # noqa: PLR2004 - %XX
        char = chr(int(piece[1:], 16))
        return char if char in _UNRESERVED else piece.upper()
    return "".join(f"%{byte:02X}" for byte in piece.encode("utf-8", "surrogatepass"))
