"""What a page says about its article besides the text: title, authors and its own address."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from lxml import etree

from collectors.blocks import fold
from collectors.urls import canonical

_MOST_AUTHORS: Final = 8
_LONGEST_NAME: Final = 60
_AUTHOR_METAS: Final = (
    "author",
    "article:author",
    "dable:author",
    "byl",
    "parsely-author",
    "dc.creator",
    "twitter:creator",
)
_JUNK: Final = re.compile(r"https?://|^@|^(?:admin|editor|관리자|undefined|null|None)$", re.IGNORECASE)
_BYLINE: Final = re.compile(r"(?<![가-힣])([가-힣]{2,4})\s?(?:\S{0,4}(?:기자|특파원|논설위원|에디터))(?![가-힣])")
_NO_NAME: Final = frozenset(
    {"취재", "인턴", "수습", "전문", "담당", "선임", "객원", "본지", "사진", "시민", "온라인", "디지털"}
)
_ABOUT: Final = re.compile(
    r"^(?:기자명|글쓴이)\s|(?:입력|등록|송고|승인|발행|게시|작성)\s*(?:시간|일시|일)?\s*[:：]?\s*\d{4}"
)
_TOP: Final = 400  # lines of a page
_LONGEST_BYLINE: Final = 120  # characters
_LONGEST_TITLE: Final = 2000  # characters that are looked at
_TITLE_TAIL: Final = re.compile(r"(?:\s*[|<]\s*[^|<»–—]{1,30}){2,}$|\s*(?:[|:<»·–—]|\s-)\s*[^|<»–—]{1,30}$")
_BY: Final = re.compile(r"^by\s+|\s*(?:기자|특파원|에디터|PD|앵커)$", re.IGNORECASE)


def title_of(root: etree._Element, described: Sequence[Mapping[str, Any]]) -> str:
    """The headline: as the page describes itself, else its only h1, else its title without the site's name."""
    metas = metas_of(root)
    headline = next((str(node["headline"]) for node in described if isinstance(node.get("headline"), str)), "")
    shared = metas.get("og:title") or metas.get("twitter:title") or ""
    h1 = [text for element in root.iter("h1") if (text := words_in(element))]
    title = next((words_in(element) for element in root.iter("title")), "")[:_LONGEST_TITLE]
    best = fold(unescape(headline[:_LONGEST_TITLE]))
    best = best or _without_site(fold(shared[:_LONGEST_TITLE]), metas.get("og:site_name", ""))
    return best or (h1[0] if len(h1) == 1 else _TITLE_TAIL.sub("", title) or title)


def authors_of(
    root: etree._Element, described: Sequence[Mapping[str, Any]], text: str, lines: Sequence[str] = ()
) -> tuple[str, ...]:
    """The writers' names: JSON-LD, meta elements, a Korean byline at either end of the text, or on a line above it."""
    metas = metas_of(root)
    for names in (
        [name for node in described for name in _names(node.get("author"))],
        [part for meta in _AUTHOR_METAS for part in re.split(r"\s*[,;·]\s*|\s+and\s+", metas.get(meta, ""))],
        _bylines(text),
        _byline_above(lines),
    ):
        kept = tuple(dict.fromkeys(name for raw in names if (name := _BY.sub("", fold(raw))) and _is_name(name)))
        if kept:
            return kept[:_MOST_AUTHORS]
    return ()


def canonical_of(root: etree._Element, url: str) -> str:
    """The address the page calls its own, canonicalised; "" when it names none, or only its site's front page."""
    links = [
        element.get("href") or "" for element in root.iter("link") if "canonical" in (element.get("rel") or "").lower()
    ]
    for address in [*links, metas_of(root).get("og:url", "")]:
        absolute = _absolute(url, address.strip())
        if absolute.startswith(("http://", "https://")) and _is_page(absolute, url):
            return canonical(absolute)
    return ""


def _absolute(base: str, address: str) -> str:
    try:
        return urljoin(base, address) if address else ""
    except ValueError:
        return ""


def _is_page(address: str, url: str) -> bool:
    """A template that names the front page on every page would make all its articles one."""
    try:
        target, asked = urlsplit(address), urlsplit(url)
    except ValueError:
        return False
    return bool(target.path.strip("/") or target.query) or not (asked.path.strip("/") or asked.query)


def metas_of(root: etree._Element) -> dict[str, str]:
    """The contents of the meta elements by lower-case name, the first of each name."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        found.setdefault(name.strip().lower(), (element.get("content") or "").strip())
    return found


def words_in(element: etree._Element) -> str:
    """All text inside an element, folded."""
    return fold("".join(str(part) for part in element.itertext()))


def _without_site(title: str, site: str) -> str:
    """A headline without the " - 매체" that some sites add to it."""
    if site and title.endswith(site):
        return title.removesuffix(site).rstrip(" -|:<»·–—") or title
    return title


def _names(author: Any) -> Iterator[str]:
    """The names in a JSON-LD author: a text, an object or a list of either."""
    for value in author if isinstance(author, list) else [author]:
        name = value.get("name") if isinstance(value, dict) else value
        yield from (part for part in (name if isinstance(name, list) else [name]) if isinstance(part, str))


def _bylines(text: str) -> list[str]:
    lines = text.split("\n")
    ends = " ".join([*lines[:2], *lines[-3:]])
    return [name for name in _BYLINE.findall(ends) if name not in _NO_NAME]


def _byline_above(lines: Sequence[str]) -> list[str]:
    """The name on the line that says who wrote the article and when it was entered."""
    about = (line for line in lines[:_TOP] if len(line) <= _LONGEST_BYLINE and _ABOUT.search(line))
    return next((names for line in about if (names := _bylines(line))), [])


def _is_name(name: str) -> bool:
    return len(name) <= _LONGEST_NAME and not _JUNK.search(name)
