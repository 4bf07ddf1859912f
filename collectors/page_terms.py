"""On what terms a page gives its text: what it reserves, what is for subscribers, whether there is an article at all.

Directives are those of the robots meta element and the X-Robots-Tag header (as Google and Bing document them): with
``noarchive`` no copy may be shown, with ``nosnippet`` or ``max-snippet:0`` nothing of the text.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from archive.records.words import Reserved

_FOR_US: Final = frozenset(("robots", "donghyang"))
_ADDRESSED: Final = re.compile(
    r"^\s*([\w-]+)\s*:(?!\s*-?\d)\s*(.*)$", re.DOTALL
)  # "googlebot: noindex", not "max-snippet:0"
_NOTHING: Final = re.compile(r"^(?:nosnippet|max-snippet\s*:\s*0)$")
_NO_COPY: Final = frozenset(("noarchive", "nocache"))
_LOCKED: Final = frozenset(("locked", "premium", "paid", "subscriber"))
_TIERS: Final = ("article:content_tier", "og:article:content_tier", "content_tier", "cxenseparse:accessibility")
_STUB: Final = 900  # characters; where more of an article is read, a call to subscribe stands beside it
_LONGEST_CALL: Final = 120
_CALL: Final = re.compile(
    r"(?:구독자|구독\s?회원|유료\s?회원|정기\s?구독자|멤버십\s?회원|프리미엄\s?회원|로그인\s?회원)\s*(?:만을?\s*위한|전용|만\s|에게만|만\s?볼)"
    r"|회원\s?전용\s?(?:기사|콘텐츠|서비스)|유료\s?(?:기사|콘텐츠)(?:입니다|로)"
    r"|(?:구독|로그인|결제|회원\s?가입)(?:을\s*)?\s*(?:하시면|하면|후|해야)\s.{0,20}(?:전문|전체|나머지|남은|계속|기사)"
    r"|(?:전문|전체\s?기사|나머지\s?(?:내용|기사))(?:을|를|은|는)?\s.{0,20}(?:구독|로그인|결제)"
    r"|subscri(?:be|ption)[^.]{0,40}(?:to (?:continue|keep|read|unlock)|required)"
    r"|subscribers?[- ]only|for subscribers\b"
    r"|(?:log|sign) in[^.]{0,20}to (?:continue|keep) reading|unlock (?:this|the full) (?:article|story)",
    re.IGNORECASE,
)

_SOME_TEXT: Final = 200  # characters
_NO_TEXT: Final = 80
_MOST_HTML: Final = 200_000  # characters, searched for an alert
_ALERT: Final = re.compile(r"\balert\(\s*[\"']([^\"'\n]{4,120})[\"']")
_THING: Final = r"(?:기사|뉴스|게시물|게시글|글|페이지|콘텐츠|자료)"
_NO_ARTICLE: Final = re.compile(
    rf"^\W*(?:(?:요청|접근|검색|조회|선택)\S{{0,3}}\s)?(?:해당\s*)?{_THING}\S{{0,2}}\s*"
    r"(?:이미\s*)?(?:존재하지\s*않|삭제\s*(?:되었|됐|된)|찾을\s*수\s*없|없습니다)"
    rf"|^\W*(?:이미\s*)?(?:삭제\s*(?:되었거나|된)|존재하지\s*않는|없는|찾을\s*수\s*없는).{{0,12}}{_THING}(?:입니다|\W*$)"
    r"|^\W*404\b.{0,40}$"
    r"|^\W*(?:page|article|story|post) (?:was |is |could )?"
    r"(?:not (?:be )?found|no longer (?:exists|available)).{0,30}$",
    re.IGNORECASE,
)


def reserved_in(directives: str) -> Reserved:
    """What a robots meta element or an X-Robots-Tag header reserves of the text, as far as it speaks to us."""
    addressed = _ADDRESSED.match(directives)
    if addressed and addressed[1].lower() not in _FOR_US:
        return ""
    named = {part.strip().lower() for part in (addressed[2] if addressed else directives).split(",")}
    if any(_NOTHING.match(name) for name in named):
        return "nosnippet"
    return "noarchive" if named & _NO_COPY else ""


def reserved_by(metas: Mapping[str, str], header: str) -> Reserved:
    """The stricter of what a page and its server say."""
    said = {reserved_in(metas.get(name, "")) for name in _FOR_US} | {reserved_in(header)}
    return "nosnippet" if "nosnippet" in said else "noarchive" if "noarchive" in said else ""


def for_subscribers(
    described: Sequence[Mapping[str, Any]], metas: Mapping[str, str], lines: Sequence[str], text: str
) -> bool:
    """Whether the page says that its article, or the rest of it, is for subscribers or members."""
    if any(str(node.get("isAccessibleForFree", "")).lower() == "false" for node in described):
        return True
    if any(metas.get(name, "").lower() in _LOCKED for name in _TIERS):
        return True
    calls = (line for line in lines if len(line) <= _LONGEST_CALL and _CALL.search(line))
    return len(text) < _STUB and any(calls)


def says_missing(html: str, title: str, lines: Sequence[str], text: str) -> bool:
    """Whether a page answers, with whatever status, that the article is not there (any more).

    Korean publishing systems say so with status 200: in an alert, as the page's title, or in its one line.
    """
    if len(text) >= _SOME_TEXT:
        return False
    # Pages that have their article carry such alerts, too, for what a reader may do there.
    alerts = _ALERT.findall(html[:_MOST_HTML]) if len(text) < _NO_TEXT else []
    said = (title, *(line for line in lines if len(line) <= _LONGEST_CALL), *alerts)
    return any(_NO_ARTICLE.search(each) for each in said)
