"""Words from outside, made fit to print: titles, addresses and names are hostile until they came through here."""

import html
import re
import unicodedata
from urllib.parse import urlsplit

_HANGUL = re.compile("[가-힣]")
_SERIES = re.compile(r"\s*[\[【<〈][^\[\]【】<>〈〉]{1,15}[\]】>〉]\s*$")  # the name of a column behind the headline
_CLAUSE_MARKS = ("…", "...", " - ", " – ", " — ", " | ", "; ")
_SPACE = re.compile(r"[\s\u2028\u2029\x1c-\x1f\x85]+")
_JOINER = "\u200d"  # keeps composed emoji whole; every other format character is dropped
_TAG = re.compile(
    r"^\s*[\[【<〈(](?:속보|단독|종합|종합\d보|\d보|포토|영상|업데이트|기획|특집|르포|인터뷰|현장|이슈|전문|공식|긴급|특징주|해외|국내)[\]】>〉)]\s*"
)
_BREAKS = ("…", "...", " - ", " – ", " — ", " | ", "; ", ", ", ",", "·", " ")
_LOOSE = " ,·-–—|;…"  # no headline ends in one of these before its "…"
_SAME_HEADLINE = 0.6  # two clusters of one event, or a headline and its shorter sister
_SHORT, _LEAST_SHORT = 40, 16
_PAIRS = {"(": ")", "[": "]", "“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "<": ">"}


def clean(text: str) -> str:
    """The text in NFC on one line, without control, bidi and other invisible characters."""
    spaced = _SPACE.sub(" ", text)
    visible = "".join(sign for sign in spaced if not _invisible(sign))
    return re.sub(" +", " ", unicodedata.normalize("NFC", visible)).strip()


def _invisible(sign: str) -> bool:
    return sign != _JOINER and unicodedata.category(sign).startswith("C")


def is_korean(text: str) -> bool:
    """Whether a Korean reader can read it as it stands: it has Hangul."""
    return bool(_HANGUL.search(text))


def web_address(url: str) -> str:
    """The address when a browser may be sent there (http or https, a host, nothing invisible), else ""."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    whole = not re.search(r"[\s\"'<>`\\\x00-\x20\x7f-\xa0]", url) and not any(map(_invisible, url))
    return url if whole and parts.scheme.lower() in {"http", "https"} and host else ""


def title_of(raw: str, outlet: str = "") -> str:
    """An article's title as a reader wants it: no entities, no [속보], no outlet behind it."""
    text = _TAG.sub("", clean(html.unescape(raw)))
    name = clean(outlet)
    if name:
        text = re.sub(rf"\s*(?:[-–—|:<]|::)\s*{re.escape(name)}\s*>?\s*$", "", text, flags=re.IGNORECASE)
    return text


def headline(text: str, limit: int = 60) -> str:
    """The text whole when it has at most ``limit`` characters, else up to the last safe break, with "…".

    A break is safe outside brackets and quotation marks and not between digits; when the first ``limit`` characters
    hold none after their first third, the text is cut at the last space, and only then anywhere.
    """
    if len(text) <= limit:
        return text
    room = text[: limit - 1]
    for least in (limit // 2, limit // 3):
        for sign in _BREAKS:
            place = _last_safe(room, sign, text)
            if place >= least:
                return room[:place].rstrip(_LOOSE) + "…"
    cut = room.rfind(" ")
    return (room[:cut] if cut > limit // 3 else room).rstrip(_LOOSE) + "…"


def short_headline(text: str) -> str:
    """At most 40 characters where a clause ends within them; else as ``headline`` cuts it.

    A column's name in brackets behind it is dropped. What is cut ends in "…".
    """
    bare = _SERIES.sub("", text) or text
    if len(bare) <= _SHORT:
        return bare
    places = (_last_safe(bare[: _SHORT - 1 + len(mark)], mark, bare) for mark in _CLAUSE_MARKS)
    place = max(places)
    return bare[:place].rstrip(_LOOSE) + "…" if place >= _LEAST_SHORT else headline(bare)


def alike(one: str, other: str) -> bool:
    """Whether two headlines say the same in other words or another order (Dice coefficient of their letter pairs)."""
    mine, theirs = _letter_pairs(one), _letter_pairs(other)
    return bool(mine and theirs) and 2 * len(mine & theirs) / (len(mine) + len(theirs)) >= _SAME_HEADLINE


def _letter_pairs(text: str) -> frozenset[str]:
    letters = "".join(sign for sign in text.casefold() if sign.isalnum())
    return frozenset(letters[i : i + 2] for i in range(len(letters) - 1))


def _last_safe(room: str, sign: str, text: str) -> int:
    place = room.rfind(sign)
    while place > 0:
        between_digits = room[place - 1].isdigit() and text[place + len(sign) : place + len(sign) + 1].isdigit()
        if not between_digits and _balanced(room[:place]):
            return place
        place = room.rfind(sign, 0, place)
    return -1


def _balanced(part: str) -> bool:
    paired = all(part.count(left) == part.count(right) for left, right in _PAIRS.items())
    return paired and part.count('"') % 2 == 0 and part.count("'") % 2 == 0
