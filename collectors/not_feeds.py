"""What came instead of a feed, named, with what to do about it."""

import re
from typing import Literal

from collectors.autodiscovery import feeds_named
from collectors.plain_text import beginning, line

What = Literal[
    "empty", "blocked", "maintenance", "login", "html", "list", "rows", "json", "xml", "truncated", "binary", "text"
]
_TITLE = re.compile(r"<title[^>]{0,200}>(.{0,300}?)</title", re.IGNORECASE | re.DOTALL)
_HTML = re.compile(r"<!doctype\s+html|<(?:html|head|body|script|meta|div|h1|p|title)\b", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[\w-]+:)?([A-Za-z][\w-]*)[\s>/]")
_FEED_ROOT = frozenset(("rss", "feed", "rdf", "channel"))
_OTHER_LISTS = {
    "urlset": "a sitemap, not a feed; look for the site's RSS or Atom address",
    "sitemapindex": "an index of sitemaps, not a feed; look for the site's RSS or Atom address",
    "opml": "an OPML list of feeds, not a feed; write the feeds it lists as sources",
}
_BLOCKED = re.compile(
    r"cloudflare|just a moment|attention required|access denied|you have been blocked|captcha|are you (?:a )?human|"
    r"request unsuccessful|incapsula|akamai|forbidden|비정상적인 (?:접근|접속)|접근이 (?:차단|제한|거부)|차단되었|"
    r"자동화된 (?:접근|요청)|보안문자|유효하지 않은 요청|web ?(?:application )?firewall|웹 ?방화벽",
    re.IGNORECASE,
)
_MAINTENANCE = re.compile(
    r"점검\s?(?:중|안내|시간)|시스템\s?점검|"
    r"서비스\s?(?:점검|일시\s?중[단지]|이용이 일시)|이용에 불편|"
    r"일시적(?:으로|인) (?:중단|장애)|maintenance|temporarily unavailable|service unavailable|bad gateway|"
    r"gateway time-?out|be right back",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"로그인(?:이 필요|하세요|해 주세요| 페이지)|type=[\"']?password|\b(?:log ?in|sign ?in) (?:required|to continue)",
    re.IGNORECASE,
)
_KINDS: tuple[tuple[re.Pattern[str], What], ...] = (
    (_BLOCKED, "blocked"),
    (_MAINTENANCE, "maintenance"),
    (_LOGIN, "login"),
)
_HEAD = 5000  # characters that tell what a text is
_PAGE_HEAD = 100_000  # characters in which a page gives its title and names its feed
_NOTICE = 20_000  # characters; a page that only says no is shorter
_BINARY = ((b"\x1f\x8b", "gzip data"), (b"PK\x03\x04", "a zip file"), (b"%PDF", "a PDF"), (b"\x89PNG", "a picture"))
_MENDS: dict[str, str] = {
    "empty": "an empty body instead of a feed; ask again later, and look for a new address if it stays empty",
    "blocked": "a block page{title} instead of a feed; ask the publisher to let this program in, or disable the source",
    "maintenance": "a maintenance or error page{title} instead of a feed; it will be asked again",
    "login": "a login page{title} instead of a feed; look for a public address",
    "html": "an HTML page{title} instead of a feed; look for the feed's new address",
    "truncated": "a feed that breaks off before its first item; it will be asked again",
    "json": "JSON that is no JSON Feed; look for another address of the feed",
    "xml": "XML with the root element <{root}>, which is no feed; look for the feed's address",
    "text": "plain text that begins with {start!r} instead of a feed; look for the feed's new address",
}


class NotAFeed(Exception):  # noqa: N818 - what it is, not that it is an error
    """What was fetched is no feed; the message is a sentence that names what it was and the mend."""

    def __init__(self, reason: str, what: What = "text") -> None:
        super().__init__(reason)
        self.reason = reason
        self.what = what


def named(body: bytes, text: str, url: str) -> NotAFeed:
    """The error for a body (and the text it decodes to) in which no feed was found."""
    start = text.lstrip("\ufeff\0 \t\r\n")[:_HEAD]
    if not start:
        return NotAFeed(_MENDS["empty"], "empty")
    if name := next((name for beginning, name in _BINARY if body.startswith(beginning)), ""):
        return NotAFeed(f"{name} instead of a feed; look for the feed's address", "binary")
    if start[0] in "{[":
        return NotAFeed(_MENDS["json"], "json")
    return _markup(body, text, start, url) if start[0] == "<" or _HTML.search(start) else _words(start)


def _markup(body: bytes, text: str, start: str, url: str) -> NotAFeed:
    """The error for XML or HTML, told by its first element."""
    first = _ROOT.search(start)
    root = first[1].lower() if first else ""
    if root in _FEED_ROOT:
        return NotAFeed(_MENDS["truncated"], "truncated")
    if root in _OTHER_LISTS:
        return NotAFeed(_OTHER_LISTS[root], "list")
    if _HTML.search(start) and not (start.startswith("<?xml") and root != "html"):
        return _page(body, text, url)
    return NotAFeed(_MENDS["xml"].format(root=first[1]), "xml") if first else _words(start)


def _words(start: str) -> NotAFeed:
    return NotAFeed(_MENDS["text"].format(start=beginning(line(start[:_HEAD]), 40)), "text")


def kind_of_page(text: str) -> tuple[What, str]:
    """Whether an HTML page refuses us, rests, or asks for a login ("html" when it does neither), and its title."""
    found = _TITLE.search(text[:_PAGE_HEAD])
    title = line(found[1]) if found else ""
    words = text if len(text) < _NOTICE else title  # a long page mentions all kinds of things
    return next((kind for pattern, kind in _KINDS if pattern.search(words)), "html"), title


def _page(body: bytes, text: str, url: str) -> NotAFeed:
    """The error for an HTML page: its kind, its title, and the feed it names, if it names one."""
    kind, title = kind_of_page(text)
    reason = _MENDS[kind].format(title=f" titled '{title}'" if title else "")
    feeds = feeds_named(body, url)
    return NotAFeed(f"{reason}; the page names a feed: write {feeds[0]} as the source's url" if feeds else reason, kind)
