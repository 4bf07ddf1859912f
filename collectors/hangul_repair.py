"""Hangul that software on the way has spelt oddly, brought back.

Taken for Latin-1 and encoded a second time (``ÀÎ°øÁö´É``), or written letter by letter because EUC-KR has no
code for the syllable (``ㅤㅃㅞㄼ`` for 쀏: KS X 1001, annex 3; CP949 decoders leave it so).
"""

import re

_SPECIALS = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"  # what windows-1252 shows for the control bytes of Latin-1
_BYTES = {char: char.encode("cp1252") for char in _SPECIALS} | {
    chr(code): bytes((code,)) for code in range(0x80, 0x100)
}
_RUN = re.compile(f"[\x80-\xff{_SPECIALS}]{{2,}}")
_SEVEN_BIT = bytes(range(128))
_BEGINNINGS = frozenset("êëìí".encode("latin-1"))
_UTF8_SYLLABLE = re.compile(f"[ê-í][\x80-\xbf{_SPECIALS}]{{2}}")
_CP949_WORD = re.compile("[°-È][¡-þ][°-È][¡-þ][°-È][¡-þ]")  # three syllables in KS X 1001's part of CP949
_CP949_LETTERS = 6  # in such a word
_FILLER = "\u3164"
_SPELT = re.compile(f"{_FILLER}([ㄱ-ㅎ])([ㅏ-ㅣ])([ㄱ-ㅎ{_FILLER}])")
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_FINALS = f"{_FILLER}ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_HANGUL = re.compile("[가-힣]")


def undone(text: str) -> str:
    """The text with its double encoding undone where that gives Hangul; the same text otherwise."""
    if text.isascii():
        return text
    high = text.encode("latin-1", "ignore").translate(None, _SEVEN_BIT)  # a tenth of the time of a pattern
    if not _BEGINNINGS.isdisjoint(high) and _UTF8_SYLLABLE.search(text):
        return _redecoded(text, "utf-8")
    if len(high) >= _CP949_LETTERS and not _HANGUL.search(text) and _CP949_WORD.search(text):
        return _redecoded(text, "cp949")
    return text


def _redecoded(text: str, charset: str) -> str:
    """Each run of Latin-1 letters read as bytes; in a text with Hangul of its own only those that become Hangul."""
    mixed = _HANGUL.search(text) is not None

    def read(run: re.Match[str]) -> str:
        try:
            found = b"".join(_BYTES[char] for char in run[0]).decode(charset)
        except UnicodeDecodeError:
            return run[0]
        return found if not mixed or _HANGUL.search(found) else run[0]

    redecoded = _RUN.sub(read, text)
    return redecoded if _HANGUL.search(redecoded) else text


def composed(text: str) -> str:
    """The text with syllables spelt as filler and three letters put together (Unicode, 3.12)."""
    return _SPELT.sub(_syllable, text) if _FILLER in text else text


def _syllable(spelt: re.Match[str]) -> str:
    initial, final = _INITIALS.find(spelt[1]), _FINALS.find(spelt[3])
    if initial < 0 or final < 0:
        return spelt[0]
    return chr(0xAC00 + (initial * 21 + ord(spelt[2]) - ord("ㅏ")) * 28 + final)
