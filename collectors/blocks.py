"""The readable text of a piece of HTML: one line per block, without what is not text.

Works on an lxml tree without changing it, and without recursion, so that no nesting is too deep.
"""

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice
from typing import Final

from lxml import etree, html

_SILENT: Final = frozenset(
    {
        *("script", "style", "noscript", "template", "iframe", "object", "svg", "canvas", "video", "audio", "head"),
        *("form", "button", "select", "textarea", "input", "nav", "aside", "footer", "figure", "figcaption", "menu"),
    }
)
_BLOCKS: Final = frozenset(
    {
        *("address", "article", "blockquote", "body", "br", "caption", "dd", "details", "div", "dl", "dt", "fieldset"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section"),
        *("summary", "table", "tbody", "td", "th", "thead", "tr", "ul"),
    }
)
_CAPTION: Final = re.compile(
    r"(?:^|[\s_-])(?:fig)?(?:caption|photo|imgdesc|img[_-]?(?:desc|cap))(?:$|[\s_-])", re.IGNORECASE
)
_TABLES: Final = frozenset(("table", "td", "th", "tr", "dl", "dt", "dd"))
# Other boxes are captions by names that say nothing else; broadcasters call whole paragraphs "caption".
_CAPTION_BOX: Final = re.compile(
    r"(?:^|[\s_-])(?:fig(?:ure)?[_-]?cap(?:tion)?"
    r"|(?:img|image|photo|pic(?:ture)?)[_-]?(?:txt|text|desc|cap(?:tion)?|explain))"
    r"(?:[_-]?(?:txt|text|wrap|box|area))?(?:$|\s)",
    re.IGNORECASE,
)
_DISCUSSION: Final = re.compile(
    r"(?:comments?|cmt|reply|replies|disqus|livere|utterances|giscus|bo_vc)"
    r"(?:[_-]?(?:s|list|area|box|wrap(?:per)?|section|form|thread|cont(?:ainer)?))?$",
    re.IGNORECASE,
)
_BOXES: Final = frozenset(("div", "p", "span", "em", "strong", "small", "font", "li"))
_MANY_ITEMS: Final = 8
_SHORT_ITEM: Final = 16  # characters, on average
_SENTENCE_END: Final = re.compile(r"(?:\w[.?!]|。|[가-힣]다)[\"”’'」)]*$")
_MOST_PIECES: Final = 100
_LONGEST_NAMES: Final = 500  # characters of a class that are looked at
_MOST_READ: Final = 400_000  # pieces of a page; the longest real one had a tenth of them
_LONGEST_CAPTION: Final = 200  # characters; what holds more is an article with a picture
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LONGEST_HEADING: Final = 24  # characters
_ELSEWHERE: Final = re.compile(
    r"^\W*(?:(?:관련|연관|인기|추천|주요|최신|다른|실시간|이전)\s*(?:인기\s*)?(?:기사|뉴스|영상|글|기획|콘텐츠)"
    r"|많이\s*본|가장\s*많이|이\s*시각|함께\s*(?:보면|읽)|이\s*기자의\s*다른"
    r"|related\b|recommended\b|most (?:read|popular)|read (?:more|next)|see also|more (?:from|on|stories))",
    re.IGNORECASE,
)
_MOST_FOLLOWING: Final = 3  # articles
_NO_LETTERS: Final = re.compile(r"[\W_]+")
_SPACES: Final = re.compile(r"[\s\u200b\ufeff\u00ad]+")
# Private-use characters stand for the edges of links while lines are put together.
_LINK: Final = "\ue0f0"
_LINK_END: Final = "\ue0f1"
_MARKS: Final = re.compile(f"[{_LINK}{_LINK_END}]")
_LINKED: Final = re.compile(f"{_LINK}[^{_LINK}{_LINK_END}]*{_LINK_END}?")
_ORNAMENTS: Final = " \t▲▶▷►☞■□◆◇●○·•-–—|/,>[]()※*"
# What no database, XML or screen can take: control characters, lone surrogates (JSON escapes them), non-characters.
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_TAG: Final = re.compile(r"<[a-zA-Z/!][^<>]*>")


def parse(text: str) -> html.HtmlElement | None:
    """The tree of an HTML text; None when there is nothing in it."""
    # As bytes, because lxml refuses text that declares an encoding of its own.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(writable(text).encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def lines_of(root: etree._Element) -> list[str]:
    """The lines of an element: whitespace folded, without blank ones and those that are nothing but a link.

    A heading that stands over such links alone ("관련기사") goes with them.
    """
    kept: list[str] = []
    for line in "".join(islice(_pieces(root), _MOST_READ)).split("\n"):
        text = fold(_MARKS.sub("", line))
        if text and _LINKED.sub("", line).strip(_ORNAMENTS):
            kept.append(text)
        elif text.strip(_ORNAMENTS) and kept and len(kept[-1]) <= _LONGEST_HEADING and _ELSEWHERE.match(kept[-1]):
            kept.pop()
    return kept


def text_of_html(text: str) -> str:
    """The lines of an HTML fragment, as carried in JSON; plain text passes through."""
    if not _TAG.search(text):
        return "\n".join(filter(None, (fold(line) for line in unescape(text).splitlines())))
    tree = parse(text)
    return "" if tree is None else "\n".join(lines_of(tree))


def is_index(box: etree._Element) -> bool:
    """Whether a box only leads elsewhere or tabulates: many children with a few words each, and no sentence."""
    items = sum(child.tag != "br" for child in box)
    if items < _MANY_ITEMS:
        return False
    room = _SHORT_ITEM * items
    for piece in map(str, box.itertext()):
        text = piece.strip()
        room -= len(text)
        if room < 0 or _SENTENCE_END.search(text):
            return False
    return True


def is_aside(box: etree._Element) -> bool:
    """Whether a box is named as what readers wrote below the article, or as a picture's caption."""
    if _is_caption(box):
        return True
    names = f"{(box.get('class') or '')[:_LONGEST_NAMES]} {(box.get('id') or '')[:_LONGEST_NAMES]}".split()
    return any(map(_DISCUSSION.match, names)) and next(box.iter("h1", "article"), None) is None


def following_articles(root: html.HtmlElement, title: str) -> list[html.HtmlElement]:
    """The boxes of the few articles that a page for endless reading puts below its own: built alike, named otherwise.

    Many boxes are the entries of one live report.
    """
    name = letters(title)
    for heading in root.iter("h1", "h2", "h3") if name else ():
        if _heading(heading) == name:
            boxes = [
                box
                for around in heading.iterancestors()
                if around.get("class")
                for box in around.itersiblings(around.tag)
                if box.get("class") == around.get("class")
                and any(_heading(each) != name for each in box.iter(heading.tag))
            ]
            return boxes if len(boxes) <= _MOST_FOLLOWING else []
    return []


def _heading(element: etree._Element) -> str:
    return letters("".join(map(str, element.itertext())))


def letters(text: str) -> str:
    """The letters and digits of a text alone, to tell whether two headlines are one."""
    return _NO_LETTERS.sub("", text).lower()


def fold(text: str) -> str:
    """Whitespace folded to single spaces, invisible characters gone."""
    return _SPACES.sub(" ", writable(text)).strip()


def writable(text: str) -> str:
    """The text without characters that cannot be stored."""
    return _UNWRITABLE.sub("", text)


def _pieces(root: etree._Element) -> Iterator[str]:
    """Text in reading order, a newline at each edge of a block, marks around links."""
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        is_text = isinstance(element.tag, str)
        if event == "start" and (not is_text or (element is not root and _is_silent(element))):
            walk.skip_subtree()
        elif event == "start":
            yield _edges(element)[0]
            yield _text(element.text)
        else:
            yield _edges(element)[1] if is_text and element.tag not in _SILENT else ""
            yield _text(element.tail) if element is not root else ""


def _edges(element: etree._Element) -> tuple[str, str]:
    if element.tag == "a":
        return _LINK, _LINK_END
    return ("\n", "\n") if element.tag in _BLOCKS else ("", "")


def _text(text: str | None) -> str:
    return _MARKS.sub("", _SPACES.sub(" ", text or ""))


def _is_silent(element: etree._Element) -> bool:
    return (
        element.tag in _SILENT
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(element.get("style", "")))
        or _is_caption(element)
    )


def _is_caption(element: etree._Element) -> bool:
    """Whether a box is named as a picture's caption, as pages without figures have them."""
    named = (element.get("class") or "")[:_LONGEST_NAMES]
    if not named or element.tag not in _TABLES | _BOXES:
        return False
    return (
        bool((_CAPTION if element.tag in _TABLES else _CAPTION_BOX).search(named))
        and sum(map(len, islice(element.itertext(), _MOST_PIECES))) <= _LONGEST_CAPTION
    )
