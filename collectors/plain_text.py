"""Titles and summaries as a person reads them: no tags, no entities, one kind of blank."""

import html
import re

import nh3

# HTML's own element names; anything else in pointed brackets is text (<인공지능>, <AI 시대>, List<String>).
_ELEMENTS = """
a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br button
canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset
figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins
kbd label legend li link main map mark marquee menu meta meter nav nobr noscript object ol optgroup option output p
param picture pre progress q rp rt ruby s samp script section select small source span strike strong style sub summary
sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr
"""
_KNOWN = frozenset(_ELEMENTS.split())
_NAMES = "|".join(_ELEMENTS.split())
_VOID = frozenset(("br", "hr", "img", "wbr"))
_TAG = re.compile(rf"<(?P<close>/?)(?P<name>{_NAMES})(?=[\s/>])[^<>]*>", re.IGNORECASE)
_OPENING = re.compile(
    r"<(?!!--|/?(?:[A-Za-z][\w:-]*))|<(?P<name>[A-Za-z][\w:-]*)(?P<attribute>\s+[\w:-]+\s*=)?(?=[\s/>])"
)
_CLOSED = re.compile(r"</([A-Za-z][\w:-]*)")
_FRAME = re.compile(
    r"</?(?:iframe|noscript|noframes|noembed)\b[^<>]*>", re.IGNORECASE
)  # what follows one is text again
_UNREADABLE = re.compile(r"<(script|style)\b[^<>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_DOCTYPE = re.compile(r"<!doctype\b[^<>]*>", re.IGNORECASE)
_BLOCKS = (
    "address|article|aside|blockquote|br|caption|center|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|"
    "header|hr|li|main|nav|ol|p|pre|section|table|tbody|tfoot|thead|tr|ul"
)
_BLOCK = re.compile(rf"<(?=/?(?:{_BLOCKS})[\s/>])", re.IGNORECASE)
_CELL = re.compile(r"<(?=/?t[dh][\s/>])", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Controls, soft hyphen, zero-width blanks and marks, byte order mark, non-characters, halves of pairs.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u2060\ufeff\ufffe\uffff\ud800-\udfff]"
)
_ANY_TAG = re.compile(r"<[^<>]*>?")
_LONGEST_TITLE = 5000  # characters, markup included
_MOST_TAGS = 10_000  # of an article; the parser's time grows with the square of their nesting (20,000 divs: 5 s)
# Tags that neither hide what they hold nor move it (a table does), with attributes that are closed.
_ORDINARY_TAG = re.compile(
    r"</?(?:a|abbr|article|aside|b|blockquote|br|cite|code|dd|del|div|dl|dt|em|figcaption|figure|footer|h[1-6]|header|hr|i|"
    r"img|ins|li|main|mark|ol|p|pre|q|s|section|small|span|strong|sub|sup|time|u|ul|wbr)"
    r"""(?:\s+[a-z][a-z0-9:_-]*(?:=(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=`]+(?=[\s>])))?)*\s*/?>""",
    re.IGNORECASE,
)
_ODD_AMPERSAND = re.compile(r"&(?=[A-Za-z#])(?!(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")
_UNREAD = {"script", "style", "template", "select", "textarea"}


def line(text: str) -> str:
    """A title: pairs of HTML tags and void ones gone, entities read (twice: feeds escape twice), on one line."""
    if _is_plain(text):
        return _single_spaced(text[:_LONGEST_TITLE])
    text = text[:_LONGEST_TITLE]
    for _ in range(2):
        text = _unescaped(_without_pairs(text))
    return " ".join(_INVISIBLE.sub("", _without_pairs(text)).split())


def passage(text: str) -> str:
    """A summary or an article from its HTML (or plain text): one line per block, none empty."""
    if _is_plain(text):
        return _single_spaced(text)
    if not _without_blanks(text).isprintable():  # told ten times as fast as by the pattern
        text = _INVISIBLE.sub("", text)
    text = _read(text)
    if not _TAG.search(text) or not _has_pairs(text):
        return text
    return _read(text)  # it was escaped twice


def beginning(text: str, limit: int) -> str:
    """The first words of a text, at most so many characters, closed with … when some are missing."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut.rsplit(None, 1)[0] if " " in cut[limit // 2 :] else cut).rstrip(" ,.…") + "…"


def _is_plain(text: str) -> bool:
    """Whether a text is what it will be: no tag, entity, line break or invisible character in it, as in most titles."""
    return text.isprintable() and "<" not in text and "&" not in text


def _single_spaced(text: str) -> str:
    """The words of one line, a blank between them; most are so already, and any other blank is unprintable."""
    return text.strip() if "  " not in text and text.isprintable() else " ".join(text.split())


def _without_blanks(text: str) -> str:
    for blank in "\n\t\r\u00a0\u3000":
        text = text.replace(blank, "")
    return text


def _read(text: str) -> str:
    if "<" in text:
        text = _with_text_brackets(_FRAME.sub("", _DOCTYPE.sub("", text)))
        text = _CELL.sub(" <", _BLOCK.sub("\n<", text))
        text = _without_tags(text)
    if "&" in text:
        text = _INVISIBLE.sub("", _unescaped(_unescaped(text)))  # twice, as titles are
    return "\n".join(joined for written in text.splitlines() if (joined := _single_spaced(written)))


def _without_tags(text: str) -> str:
    """A text whose brackets all belong to tags, without them and without what they say is not for reading."""
    if text.count("<") > _MOST_TAGS:
        return _ANY_TAG.sub("", text)
    if "<" not in (bare := _ORDINARY_TAG.sub("", text)) and not _ODD_AMPERSAND.search(bare):
        return bare  # nothing that a parser would move, decode or leave out: a tenth of its time
    return nh3.clean(text, tags=set(), clean_content_tags=_UNREAD)


def _unescaped(text: str) -> str:
    """Entities read where they end with a semicolon; "R&D" and "AT&T" stay."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def _with_text_brackets(text: str) -> str:
    """Brackets that open no element escaped: an element is HTML's own, or has an attribute, or is closed."""
    known = _KNOWN | {name.lower() for name in _CLOSED.findall(text)}

    def read(found: re.Match[str]) -> str:
        element = found["attribute"] or (found["name"] or "").lower() in known
        return found[0] if element else f"&lt;{found[0][1:]}"

    return _OPENING.sub(read, text)


def _without_pairs(text: str) -> str:
    """Without void tags, those with attributes, and those whose element is closed; a tag that is talked about stays."""
    if "<" not in text:
        return text
    text = _UNREADABLE.sub(" ", text)
    closed = {found["name"].lower() for found in _TAG.finditer(text) if found["close"]}

    def read(tag: re.Match[str]) -> str:
        name = tag["name"].lower()
        if name in _VOID:
            return " "
        return "" if name in closed or "=" in tag[0] else tag[0]

    return _TAG.sub(read, text)


def _has_pairs(text: str) -> bool:
    return any(found["close"] or found["name"].lower() in _VOID for found in _TAG.finditer(text))
