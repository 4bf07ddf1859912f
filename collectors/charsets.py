"""Bytes to text, for a web whose labels are often wrong.

Korean feeds labelled euc-kr hold CP949 or UTF-8, and servers add labels of their own. The ladder: byte order
mark → valid multi-byte UTF-8 → the declared charset (the document's, then the server's) strictly → strict
CP949 → statistical detection. A few broken bytes (a summary cut inside a syllable) do not change the charset.
"""

import codecs
import re

from charset_normalizer import from_bytes

from collectors.hangul_repair import composed, undone

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# How "<?" and "<r" look in charsets that are no superset of ASCII (XML 1.0, appendix F).
_OPENINGS = (
    (re.compile(rb"<\0\0\0[^\0]\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0\0\0<\0\0\0[^\0]"), "utf-32-be"),
    (re.compile(rb"<\0[^\0]\0"), "utf-16-le"),
    (re.compile(rb"\0<\0[^\0]"), "utf-16-be"),
    (re.compile(rb"\x4c\x6f\xa7\x94"), "cp037"),
)
_KOREAN_LABELS = (
    "euc-kr euckr euc_kr ks_c_5601-1987 ks_c_5601-1989 ks_c_5601 ksc5601 ksc_5601 ks_x_1001 ksx1001 korean iso-ir-149 "
    "windows-949 x-windows-949 ms949 cp949 uhc cseuckr csksc56011987"
)
_KOREAN = frozenset(_KOREAN_LABELS.split())
_WESTERN = frozenset(
    ("iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "l1", "us-ascii", "ascii", "windows-1252", "cp1252")
)
_NO_CHARSET = frozenset(("idna", "punycode", "unicode_escape", "raw_unicode_escape"))  # Python's own text codecs
_XML_LABEL = re.compile(rb"""^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']\s*([\w.:-]{1,40})""", re.IGNORECASE)
_HTML_LABEL = re.compile(rb"""<meta[^>]{0,200}?\bcharset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_HTTP_LABEL = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_HEAD = 4096  # bytes in which a document declares its charset
_SAMPLE = 1 << 16  # bytes that detection looks at
_GOOD_PER_BAD = 10  # broken bytes are an accident as long as ten characters beside each are right


def decode(body: bytes, *, declared: str | None, http: str | None) -> str:
    """The text of a body; ``declared`` is the charset the document names, ``http`` the server's. Never raises.

    Text that was UTF-8, or CP949, taken for Latin-1 and encoded again comes out as the Hangul it was.
    """
    return composed(undone(_decoded(body, [label for label in (declared, http) if label])))


def declared_in(body: bytes) -> str | None:
    """The charset that a document names in its XML declaration or a meta element; None when it names none."""
    head = body.removeprefix(codecs.BOM_UTF8)[:_HEAD]
    found = _XML_LABEL.search(head) or _HTML_LABEL.search(head)
    return found[1].decode("ascii", "replace") if found else None


def declared_by_server(content_type: str) -> str | None:
    """The charset in a Content-Type header; None when it names none."""
    found = _HTTP_LABEL.search(content_type)
    return found[1] if found else None


def _decoded(body: bytes, labels: list[str]) -> str:
    for mark, charset in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace")
    for opening, charset in _OPENINGS:
        if opening.match(body):
            return body.decode(charset, "replace")
    seven_bit = body.isascii()
    if seven_bit and not any(label.lower().startswith(("iso-2022", "hz", "utf-7")) for label in labels):
        return body.decode("ascii")
    if not seven_bit and (text := _strict(body, "utf-8") or _mostly(body, "utf-8")):
        return text
    return _legacy(body, labels)


def _legacy(body: bytes, labels: list[str]) -> str:
    """What is neither marked nor UTF-8: as declared, as Korean, as detected."""
    charsets = [name for label in labels if (name := _charset(label))]
    for charset in charsets:
        if text := (_korean(body) if charset == "cp1252" else "") or _strict(body, charset):
            return text
    if text := _strict(body, "cp949"):
        return text
    for charset in [*charsets, "cp949"]:
        if text := _mostly(body, charset):
            return text
    return _detected(body)


def _charset(label: str) -> str | None:
    """The codec for a label as the web uses it (WHATWG Encoding, 4.2); None when there is none that can be."""
    name = label.strip().lower()
    if name in _KOREAN:
        return "cp949"
    if name in _WESTERN:
        return "cp1252"
    try:
        codec = codecs.lookup(name)
        b"<".decode(name)  # fails in codecs that give no text (hex), and in wide ones, whose label could not be read
    except (LookupError, ValueError):
        return None
    return codec.name if codec.name.replace("-", "_") not in _NO_CHARSET else None


def _strict(body: bytes, charset: str) -> str:
    """The text, if every byte is right; a character cut off by the end is left out."""
    try:
        return codecs.getincrementaldecoder(charset)("strict").decode(body)
    except (UnicodeError, LookupError):
        return ""


def _mostly(body: bytes, charset: str) -> str:
    """The text with U+FFFD for broken bytes, if these are few beside the characters that are right."""
    try:
        text = body.decode(charset, "replace")
    except (UnicodeError, LookupError):
        return ""
    bad = text.count("\ufffd")
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    return text if good >= _GOOD_PER_BAD * bad else ""


def _korean(body: bytes) -> str:
    """The text as CP949, if that is valid and mostly Hangul: for labels that fit any bytes."""
    text = _strict(body, "cp949")
    others = len(text) - len(text.encode("ascii", "ignore"))
    return text if sum("가" <= char <= "힣" for char in text) * 2 > others else ""


def _detected(body: bytes) -> str:
    best = from_bytes(body[:_SAMPLE]).best()
    return body.decode(best.encoding if best else "utf-8", "replace")
