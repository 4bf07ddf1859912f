"""Where the lines of a list page lead: addresses as they stand, out of scripts, the reader's place left out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from urllib.parse import parse_qsl, urljoin, urlsplit, urlunsplit

from cssselect import GenericTranslator, SelectorError
from lxml import etree, html

from archive.records.incoming import Board
from collectors.script_links import calls_in, filled, literal_in, places_of

Line = tuple[html.HtmlElement, Sequence[html.HtmlElement], str]  # an element, its links, and where they lead

_MOST_LINKS: Final = 3000  # of a page; a list has tens
_MOST_STEPS: Final = 12  # from a link up to its line
_WEB: Final = re.compile(r"https?://[^/\s]", re.IGNORECASE)
_SESSION: Final = re.compile(r";jsessionid=[^/;?#]*", re.IGNORECASE)
_WHOLE: Final = frozenset(("body", "html", "main", "table", "tbody", "ul", "ol"))  # more than one line, by their nature
# Where in the list a reader was, or what he had searched for: no part of a page's address.
_PAGING: Final = (
    "page pageindex pageno page_no pagenum pagenumber pageunit pagesize curpage cpage currpage currentpage npage "
    "nowpage data_page startpage movepage paging listcel listrow gopage pageoffset pageroffset rows"
)
_SEARCH: Final = (
    "searchcnd searchwrd searchkeyword searchkey searchkrwd searchvalue searchtype searchcondition searchtxt srchkey "
    "srchtext srchtype srchkeyword schkey schkeyword sfl stx sst sod spt"
)
_STATE: Final = frozenset((*_PAGING.split(), *_SEARCH.split()))


class BadSelectorError(ValueError):
    """A CSS selector that is none."""


def compiled(selector: str) -> etree.XPath:
    """A CSS selector ready for use; BadSelectorError with the reason when it is none."""
    try:
        return etree.XPath(GenericTranslator().css_to_xpath(selector))
    except (SelectorError, etree.XPathError, ValueError) as error:
        raise BadSelectorError(str(error)) from error


def found(selector: str, place: html.HtmlElement) -> list[html.HtmlElement]:
    """What a selector finds in an element, or the element itself."""
    answer = compiled(selector)(place)
    return [one for one in answer if isinstance(one, html.HtmlElement)] if isinstance(answer, list) else []


def lines_of(tree: html.HtmlElement, board: Board, url: str) -> Iterator[Line]:
    """The lines of the list at ``url`` that lead somewhere, in the page's order."""
    bases = [str(base.get("href")) for base in tree.iter("base") if base.get("href")]
    root = urljoin(url, bases[0]) if bases else url
    return _by_row(tree, board, root, url) if board.row else _by_link(tree, board, root, url)


def plain_address(address: str) -> str:
    """An address without session, fragment, empty parameters, and where in the list the reader was."""
    parts = urlsplit(_SESSION.sub("", address))
    # Pair by pair as written: what is escaped in EUC-KR would not come back from being read.
    pairs = (pair.partition("=") for pair in parts.query.split("&"))
    kept = [f"{name}={value}" for name, _, value in pairs if value and name.lower() not in _STATE]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, "&".join(kept), ""))


def _by_row(tree: html.HtmlElement, board: Board, root: str, url: str) -> Iterator[Line]:
    for row in found(board.row, tree)[:_MOST_LINKS]:
        led = [(one, to) for one in found(board.link, row) if (to := _address(one, row, board, root, url))]
        if led:
            yield row, [one for one, to in led if to == led[0][1]], led[0][1]


def _by_link(tree: html.HtmlElement, board: Board, root: str, url: str) -> Iterator[Line]:
    """Links with one address make one line."""
    links: dict[str, list[html.HtmlElement]] = {}
    owner: dict[html.HtmlElement, str] = {}
    for link in found(board.link, tree)[:_MOST_LINKS]:
        if address := _address(link, link, board, root, url):
            links.setdefault(address, []).append(link)
            owner[link] = address
    for address, own in links.items():
        yield _around(own[-1], address, owner), own, address


def _around(link: html.HtmlElement, address: str, owner: dict[html.HtmlElement, str]) -> html.HtmlElement:
    """The largest element around a link that holds no other line's link."""
    line = link
    for _, outer in zip(range(_MOST_STEPS), link.iterancestors(), strict=False):
        if outer.tag in _WHOLE or any(owner.get(inner, address) != address for inner in outer.iter("*")):
            break
        line = outer
    return line


def _address(link: html.HtmlElement, row: html.HtmlElement, board: Board, root: str, url: str) -> str:
    """Where a link leads; "" when it leads nowhere, or back to the list."""
    scripts = [text for text in (link.get("onclick"), link.get("href"), row.get("onclick")) if text]
    written = _from_script(link, row, scripts, board.address, url) if board.address else ""
    href = (link.get("href") or "").strip()
    if not written and not href.startswith("#") and not href.lower().startswith("javascript:"):
        written = href
    written = written or next((named for script in scripts if (named := literal_in(script))), "")
    return _resolved(written, root, url) if written else ""


def _from_script(link: html.HtmlElement, row: html.HtmlElement, scripts: Iterable[str], template: str, url: str) -> str:
    attributes = {str(name): str(text) for one in (row, link) for name, text in one.attrib.items()}
    attributes |= {f"?{name}": text for name, text in parse_qsl(urlsplit(url).query)}
    if not any(place.isdigit() for place in places_of(template)):
        return filled(template, (), attributes)
    calls = (call for script in scripts for call in calls_in(script))
    return next((made for call in calls if (made := filled(template, call.arguments, attributes))), "")


def _resolved(written: str, root: str, url: str) -> str:
    try:
        address = plain_address(urljoin(root, written))
    except ValueError:  # half an IPv6 address
        return ""
    return address if _WEB.match(address) and address != plain_address(url) else ""
