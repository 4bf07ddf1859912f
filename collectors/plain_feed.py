"""RSS 2.0 and Atom 1.0 as nearly all publishers write them, read by lxml a good ten times faster than by feedparser.

What is read here is what feedparser reads, to the letter: tests and `benchmarks.feeds` compare the two on every feed
there is. Anything out of the ordinary (an element or attribute not named below, one that stands twice, markup inside
a text, an odd character) is None, and feedparser's to judge.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from typing import Final

from lxml import etree

from collectors.feed_entries import Item, Paper

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR: Final = "{http://purl.org/dc/elements/1.1/}creator"
_DC_DATE: Final = "{http://purl.org/dc/elements/1.1/}date"
_FEEDBURNER: Final = "{http://rssnamespace.org/feedburner/ext/1.0}origLink"
_RSS_TEXTS: Final = frozenset(
    ("title", "link", "guid", "description", "pubDate", "author", _CONTENT, _CREATOR, _DC_DATE, _FEEDBURNER)
)
_RSS_NEEDLESS: Final = frozenset(
    (
        *("category", "comments", "enclosure", "source"),
        "{http://purl.org/rss/1.0/modules/slash/}comments",
        "{http://wellformedweb.org/CommentAPI/}commentRss",
        "{http://search.yahoo.com/mrss/}content",
        "{http://search.yahoo.com/mrss/}thumbnail",
        "{http://purl.org/dc/elements/1.1/}subject",
    )
)
_CHANNEL_NEEDLESS: Final = frozenset(
    (
        *("description", "lastBuildDate", "pubDate", "docs", "generator", "copyright", "category", "ttl"),
        *("managingEditor", "webMaster", "skipHours", "skipDays", "image"),
        "{http://purl.org/rss/1.0/modules/syndication/}updatePeriod",
        "{http://purl.org/rss/1.0/modules/syndication/}updateFrequency",
    )
)
_ATOM_TEXTS: Final = frozenset(
    f"{_ATOM}{name}" for name in ("title", "id", "published", "updated", "summary", "content")
)
_ATOM_NEEDLESS: Final = frozenset(f"{_ATOM}{name}" for name in ("category", "rights"))
_FEED_NEEDLESS: Final = frozenset(
    f"{_ATOM}{name}" for name in ("subtitle", "updated", "generator", "rights", "category", "icon", "logo")
)
_PERSON: Final = frozenset(f"{_ATOM}{name}" for name in ("name", "email", "uri"))
_HTML_TYPES: Final = frozenset(("", "text", "html", "text/plain", "text/html"))
_LINK_TYPES: Final = frozenset(("", "html", "text/html"))
_NO_PAGES: Final = frozenset(
    ("enclosure", "edit", "replies", "hub", "license", "next", "prev", "first", "last", "self")
)
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_DECLARATION: Final = re.compile(r"\s*\ufeff?\s*<\?xml[^<>]{0,200}\?>")
_WINDOWS: Final = re.compile("[\x80-\x9f]")  # which feedparser takes for Windows characters
_SEVEN_BIT: Final = bytes(range(128))
_DOUBTFUL: Final = re.compile(rb"[\x80-\x9f]|[\xc2-\xf4][\x80-\xbf]")  # in Latin-1: such, or UTF-8 read as such
_LATIN_REFERENCE: Final = re.compile(r"&#(?:0*(?:1[2-9]\d|2\d\d)|x0*[89a-f][0-9a-f]);", re.IGNORECASE)
_QUERY: Final = re.compile(r"&([A-Za-z0-9_]+);")
_Element = etree._Element  # noqa: SLF001 - the type has no other name
_Tidy = Callable[[str], str]


class _OddError(Exception):
    """Something that feedparser is to judge."""


def paper_of(document: str) -> Paper | None:
    """The feed in a well-formed XML document; None when it is not an ordinary one."""
    document = _DECLARATION.sub("", document, count=1)  # it is text by now, whatever it says of its bytes
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(document.encode("utf-8", "ignore"), parser)
        read = _FORMATS.get(str(root.tag))
        return read(root, _tidy_for(document)) if read else None
    except (etree.XMLSyntaxError, _OddError):
        return None


def _rss(root: _Element, tidy: _Tidy) -> Paper:
    (channel,) = _only(root, ("channel",))
    _attributes(root, ("version", _LANG))
    _attributes(channel, ())
    items: list[Item] = []
    texts: dict[str, str] = {}
    for child in channel.iterchildren(etree.Element):
        if child.tag == "item":
            items.append(_rss_item(child, tidy))
        elif child.tag in {"title", "link", "language"}:
            _keep(texts, child, tidy)
        elif child.tag == f"{_ATOM}link":
            _needless_link(child)
        elif child.tag not in _CHANNEL_NEEDLESS:
            raise _OddError
    if not texts.get("link"):
        raise _OddError
    lang = texts.get("language", root.get(_LANG, "").replace("_", "-"))
    return Paper(title=texts.get("title", ""), link=_query(texts["link"]), lang=lang, items=tuple(items))


def _rss_item(item: _Element, tidy: _Tidy) -> Item:
    if item.keys():
        raise _OddError
    texts: dict[str, str] = {}
    permanent = True
    for child in item:
        tag = child.tag
        if tag in _RSS_TEXTS:
            if tag in texts or len(child):
                raise _OddError
            for name, value in child.items():
                if name != "isPermaLink" or tag != "guid":
                    raise _OddError
                permanent = value == "true"
            texts[tag] = tidy(child.text or "")
        elif tag in _RSS_NEEDLESS:
            _needless(child)
        elif isinstance(tag, str):  # no comment
            raise _OddError
    return _read_item(texts, permanent=permanent)


def _read_item(texts: Mapping[str, str], *, permanent: bool) -> Item:
    said = texts.get
    guid, link, content = said("guid", ""), said("link"), said(_CONTENT, "")
    author, creator = said("author"), said(_CREATOR)
    if (author is not None and creator is not None) or _is_local(guid) or (link is not None and _is_local(link)):
        raise _OddError
    link = guid if link is None and permanent else _query(link or "")
    return Item(
        said("title", ""),
        guid,
        _each(said(_FEEDBURNER, ""), link, guid),
        said("description", content),
        content,
        _dates(said("pubDate", ""), said(_DC_DATE, "")),
        (_name(author or creator or ""),),
    )


def _atom(root: _Element, tidy: _Tidy) -> Paper:
    _attributes(root, (_LANG,))
    items: list[Item] = []
    texts: dict[str, str] = {}
    hrefs: list[tuple[str, str]] = []
    for child in root.iterchildren(etree.Element):
        if child.tag == f"{_ATOM}entry":
            items.append(_atom_entry(child, tidy))
        elif child.tag == f"{_ATOM}link":
            hrefs.append(_href(child))
        elif child.tag in {f"{_ATOM}title", f"{_ATOM}id"}:
            _keep(texts, child, tidy, attributes=("type",))
        elif child.tag == f"{_ATOM}author":
            _person(child, tidy)
        elif child.tag not in _FEED_NEEDLESS:
            raise _OddError
    links = _links(hrefs, texts.get(f"{_ATOM}id", ""))
    return Paper(
        title=texts.get(f"{_ATOM}title", ""),
        link=next(iter(links), ""),
        lang=root.get(_LANG, "").replace("_", "-"),
        relative_to_itself=True,
        items=tuple(items),
    )


def _atom_entry(entry: _Element, tidy: _Tidy) -> Item:
    _attributes(entry, (_LANG,))
    texts: dict[str, str] = {}
    hrefs: list[tuple[str, str]] = []
    authors: list[str] = []
    for child in entry.iterchildren(etree.Element):
        if child.tag in _ATOM_TEXTS:
            _keep(texts, child, tidy, attributes=("type", _LANG))
        elif child.tag == f"{_ATOM}link":
            hrefs.append(_href(child))
        elif child.tag == f"{_ATOM}author":
            authors.append(_person(child, tidy))
        elif child.tag in _ATOM_NEEDLESS:
            _needless(child)
        else:
            raise _OddError
    said = {name: texts.get(f"{_ATOM}{name}", "") for name in ("title", "id", "published", "updated", "content")}
    return Item(
        title=said["title"],
        guid=said["id"],
        links=_links(hrefs, said["id"]),
        summary=texts.get(f"{_ATOM}summary", said["content"]),
        content=said["content"],
        dates=_dates(said["published"], said["updated"]),
        authors=tuple(name for name in authors if name) or ("",),
    )


_FORMATS: Final[Mapping[str, Callable[[_Element, _Tidy], Paper]]] = {"rss": _rss, f"{_ATOM}feed": _atom}


def _only(parent: _Element, tags: tuple[str, ...]) -> list[_Element]:
    """The children, when they are just these."""
    children = list(parent.iterchildren(etree.Element))
    if tuple(str(child.tag) for child in children) != tags:
        raise _OddError
    return children


def _attributes(element: _Element, known: Iterable[str]) -> None:
    if element.attrib and not set(element.attrib) <= set(known):
        raise _OddError


def _needless(element: _Element) -> None:
    """An element that says nothing we keep, and could not say it in a way that reaches its neighbours."""
    if len(element):
        raise _OddError
    for name in element.keys():  # noqa: SIM118 - an element is no mapping
        if str(name).rpartition("}")[2].lower() in {"base", "lang"}:
            raise _OddError


def _keep(texts: dict[str, str], element: _Element, tidy: _Tidy, attributes: Collection[str] = ()) -> None:
    """Note an element's text under its tag, once."""
    tag = str(element.tag)
    given = element.attrib
    if given and (not set(given) <= set(attributes) or given.get("type", "").lower() not in _HTML_TYPES):
        raise _OddError
    text = tidy(element.text or "")
    if tag in texts or len(element) or (tag.rpartition("}")[2] in {"link", "guid", "id"} and _is_local(text)):
        raise _OddError
    texts[tag] = text


def _is_local(address: str) -> bool:
    return ":///" in address[:20]


def _tidy_for(document: str) -> _Tidy:
    """How a document's texts become what feedparser makes of them: by a strip alone, if no letter in it is doubtful."""
    if document.isascii() and not _LATIN_REFERENCE.search(document):
        return str.strip
    high = document.encode("iso-8859-1", "ignore").translate(None, _SEVEN_BIT)
    return _unhurt if _DOUBTFUL.search(high) or _LATIN_REFERENCE.search(document) else str.strip


def _unhurt(text: str) -> str:
    """A text as feedparser leaves it: it takes one of Latin-1 letters alone for UTF-8 read wrongly, if that can be."""
    text = text.strip()
    with suppress(UnicodeError):
        text = text.encode("iso-8859-1").decode("utf-8")
    if _WINDOWS.search(text):
        raise _OddError
    return text


def _query(link: str) -> str:
    """A link with its ampersands as feedparser mends them."""
    return _QUERY.sub(r"&\1", link.replace("&amp;", "&")) if "&" in link else link


def _name(text: str) -> str:
    if "@" in text:  # an address, which is told from the name
        raise _OddError
    return text


def _each(*texts: str) -> tuple[str, ...]:
    """The texts that say something, each once."""
    return tuple(dict.fromkeys(filter(None, texts)))


def _dates(*texts: str) -> tuple[str, ...]:
    return tuple(filter(None, texts))


def _needless_link(element: _Element) -> None:
    """A link of a channel to itself, its hub or its further pages."""
    if not element.get("href") or element.get("rel", "alternate").lower() not in _NO_PAGES:
        raise _OddError
    _needless(element)


def _href(element: _Element) -> tuple[str, str]:
    """What a link leads to: as the page itself ("page"), as another page ("other"), or as no page ("")."""
    _needless(element)
    href, rel = element.get("href", ""), element.get("rel", "alternate").lower()
    if not href or ":///" in href or not href.isascii() or href != href.strip():
        raise _OddError
    if rel == "alternate" and element.get("type", "").lower() in _LINK_TYPES:
        return href, "page"
    return href, "" if rel in _NO_PAGES else "other"


def _links(hrefs: list[tuple[str, str]], id_: str) -> tuple[str, ...]:
    """The addresses of an entry, best first: of several links to the page itself the last."""
    pages = [href for href, kind in hrefs if kind == "page"]
    return _each(pages[-1] if pages else id_, *(href for href, kind in hrefs if kind), id_)


def _person(element: _Element, tidy: _Tidy) -> str:
    """A name, or an address of somebody who gives none."""
    _attributes(element, ())
    texts: dict[str, str] = {}
    for child in element.iterchildren(etree.Element):
        if child.tag not in _PERSON:
            raise _OddError
        _keep(texts, child, tidy)
    return texts.get(f"{_ATOM}name") or texts.get(f"{_ATOM}email") or ""
