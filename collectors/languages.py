"""Which language a text is in, told from its letters alone."""

import re

from archive.records.words import Lang

_HANGUL = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_LETTER = re.compile(r"[^\W\d_]+")
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_KOREAN_FROM = 0.15  # Korean technology headlines are half Latin names: "NVIDIA H200 GPU 출시"


def of(text: str) -> Lang:
    """Korean when at least 15 % of the letters are Hangul, English when most are Latin, other when neither or none."""
    if text.isascii():
        return "en" if _LATIN.search(text) else "other"
    if _is_mostly_ascii(text):
        return "en"
    hangul = _count(_HANGUL, text)
    if hangul and hangul >= _KOREAN_FROM * len(text):  # there are no more letters than characters
        return "ko"
    letters = _count(_LETTER, text)
    if not letters:
        return "other"
    if hangul >= _KOREAN_FROM * letters:
        return "ko"
    return "en" if _count(_LATIN, text) * 2 > letters else "other"


def _is_mostly_ascii(text: str) -> bool:
    """Whether ASCII letters leave no room for any other language, told without looking at each character."""
    seven_bit = text.encode("ascii", "ignore")
    return len(text) - len(seven_bit) < _KOREAN_FROM * len(seven_bit.translate(None, _NO_LETTERS))


def _count(runs: re.Pattern[str], text: str) -> int:
    """How many characters the runs hold (by runs: character by character it takes five times as long)."""
    return sum(map(len, runs.findall(text)))


def has_hangul(text: str) -> bool:
    """Whether the text holds any Hangul: enough to call a line Korean in a feed that is Korean."""
    return _HANGUL.search(text) is not None
