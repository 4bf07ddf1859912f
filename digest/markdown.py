"""Words from outside as plain words in Markdown."""

import re

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&!])")  # CommonMark 2.4, those that begin something within a line


def escaped(text: str) -> str:
    """The text so that Markdown shows it as it stands; it must not begin a line."""
    return _SIGNS.sub(r"\\\1", text)
