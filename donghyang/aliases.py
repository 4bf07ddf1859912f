"""Which addresses met on the way to a page are the article's own; pure.

Some templates call the front page, a section, or the script that shows every article (``articleView.html``) canonical
on all their pages, and some sites lead a reader without an account to a log-in page. Taken at its word, each would make
one article of all. The archive, which knows the other articles, looks at their titles once more.
"""

import re
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from archive.records.incoming import Entry, Page
from archive.records.titles import titles_agree

_NUMBER: Final = re.compile(r"(?<!\d)\d{5,}")  # shorter ones number sections, years and pages
_DATE: Final = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-3]\d)?")
_WORDS: Final = re.compile(r"[^\W_]+")
_TELLING: Final = 3  # words in a last path segment that are a headline's, not a section's


def own_addresses(entry: Entry, landed: str, page: Page) -> tuple[str, ...]:
    """Of where the entry's address led and what the page calls canonical, those that mean this article.

    Where it led does when it names what the entry's address names, or the page there has the entry's headline. A page
    with that headline may still give a wrong canonical address: that one must itself name the article, or an article.
    """
    known = [entry.canonical]
    told = bool(page.text) and titles_agree(entry.title, page.title)
    if landed and (names_same(landed, entry.canonical) or (told and not _is_front_page(_parts(landed)))):
        known.append(landed)
    meant = page.canonical
    if meant and (any(names_same(meant, one) for one in known) or (told and _names_article(_parts(meant)))):
        known.append(meant)
    return tuple(known[1:])


def names_same(address: str, known: str) -> bool:
    """Whether an address names what a known one does: by the article's number, the page's path, or its headline."""
    one, other = _parts(address), _parts(known)
    if _is_front_page(one):
        return False
    if _numbers(one) & _numbers(other):
        return True
    if one.path == other.path:
        return other.query in ("", one.query)
    return _last(one) == _last(other) and _is_headline(_last(one))


def _parts(address: str) -> SplitResult:
    """An address taken apart; one that cannot be (half an IPv6 host) is as good as none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _names_article(address: SplitResult) -> bool:
    return bool(_numbers(address)) or _is_headline(_last(address))


def _is_front_page(address: SplitResult) -> bool:
    return address.path in ("", "/") and not address.query


def _numbers(address: SplitResult) -> set[str]:
    found = _NUMBER.findall(f"{address.path}?{address.query}")
    return {number for number in found if not _DATE.fullmatch(number)}


def _last(address: SplitResult) -> str:
    return unquote(address.path.rstrip("/").rpartition("/")[2])


def _is_headline(segment: str) -> bool:
    return len(_WORDS.findall(segment)) >= _TELLING
