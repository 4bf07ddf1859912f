"""An article page, read: its text, and what it says about itself.

    bytes ─▶ text ─▶ tree ─▶ candidates: script state, JSON-LD, a known box, trafilatura, readability
          ─▶ arbitration: the one the others agree with ─▶ its ends cleaned ─▶ Page

No extractor is best everywhere, and some Korean dailies keep the text in a script where none looks.
Figures: `python -m benchmarks.extraction`.
"""

import logging
import warnings
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any, Final

import trafilatura
from lxml import etree, html
from readability import Document
from trafilatura.settings import use_config

from archive.records.incoming import Page
from collectors import languages
from collectors.arbitration import Candidate, best, confirmed, is_korean
from collectors.blocks import following_articles, is_aside, is_index, lines_of, parse, text_of_html, writable
from collectors.boilerplate import cleaned
from collectors.charsets import declared_by_server, declared_in, decode
from collectors.containers import from_containers
from collectors.dates import assumed_zone
from collectors.notice_lines import notice_of
from collectors.page_dates import published
from collectors.page_facts import authors_of, canonical_of, metas_of, title_of
from collectors.page_terms import for_subscribers, reserved_by, says_missing
from collectors.script_state import from_json_ld, from_states, json_ld
from collectors.urls import host_of

MOST_BYTES: Final = 3_000_000  # of a page; what follows is not looked at
_MOST_ELEMENTS: Final = 40_000  # beyond, only the cheap candidates are asked
_MOST_TEXT: Final = 200_000  # characters of an article
_SHORTEST: Final = 40  # characters of a candidate; trafilatura's own 250 drops short Korean articles
_LONGEST_NAMES: Final = 5000  # characters of a class or style
_WEIGHT: Final = ("script", "style", "svg", "template", "link", "iframe", "object", "canvas")
_LISTS: Final = ("ul", "ol", "dl", "div", "table", "tbody", "section", "p", "td")  # may hold an index
# What extractors have to say about broken pages is no news.
for _name in ("trafilatura", "readability", "htmldate", "justext"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


def read_page(body: bytes, *, url: str, content_type: str = "", robots: str = "") -> Page:
    """What is to be found on a page; text "" when there is no article. Never raises, whatever the bytes.

    ``robots`` is the X-Robots-Tag it came with.
    """
    body = body[:MOST_BYTES]
    text = writable(decode(body, declared=declared_in(body), http=declared_by_server(content_type)))
    root = parse(text)
    if root is None:
        return _nothing()
    described = json_ld(root)
    title = title_of(root, described)
    chosen = best(_candidates(root, described, title))
    article = cleaned(chosen.text, title)[:_MOST_TEXT] if chosen else ""
    lang = languages.of(article or title)
    lines, metas = lines_of(root), metas_of(root)
    moment, source = published(root, described, lines, zone=assumed_zone(host_of(url), lang), title=title)
    return Page(
        title=title,
        text=article,
        published=moment,
        published_from=source,
        authors=authors_of(root, described, chosen.text if chosen else "", lines),
        lang=lang,
        canonical=canonical_of(root, url),
        extractor=chosen.extractor if chosen else "",
        reserved=reserved_by(metas, robots),
        paywall=for_subscribers(described, metas, lines, article),
        missing=says_missing(text, title, lines, article),
        notice=notice_of(lines),
    )


def _nothing() -> Page:
    return Page(
        title="", text="", published=None, published_from="", authors=(), lang="other", canonical="", extractor=""
    )


def _candidates(root: html.HtmlElement, described: list[Mapping[str, Any]], title: str) -> list[Candidate]:
    """The texts that may be the article's; dear extractors are asked only until two agree."""
    found = _long_enough(from_json_ld(described), from_states(root), from_containers(root))
    if sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
        return found
    text = _without_weight(root, title)
    first = Candidate("trafilatura", _quietly(_trafilatura, text))
    if not confirmed(first, found):
        found += _long_enough(Candidate("readability", _quietly(_readability, text)))
        if not confirmed(first, found) and not is_korean([*found, first]):
            found += _long_enough(Candidate("trafilatura-precise", _quietly(_trafilatura_precise, text)))
    return found + _long_enough(first)


def _without_weight(root: html.HtmlElement, title: str) -> str:
    """The page for the dear extractors, without what is no article: scripts, menus, the weather of ninety cities."""
    slim = deepcopy(root)
    etree.strip_elements(slim, *_WEIGHT, with_tail=False)
    for name in ("class", "id", "style"):
        for element in slim.xpath(f"//*[string-length(@{name}) > {_LONGEST_NAMES}]"):
            del element.attrib[name]  # extractors search names with dear expressions
    for box in following_articles(slim, title):
        box.drop_tree()
    for box in [each for each in slim.iter(*_LISTS) if is_index(each) or is_aside(each)]:
        box.drop_tree()
    return etree.tostring(slim, encoding="unicode", method="html")


def _long_enough(*candidates: Candidate | None) -> list[Candidate]:
    return [candidate for candidate in candidates if candidate and len(candidate.text) >= _SHORTEST]


def _quietly(extract: Callable[[str], str], text: str) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return extract(text)
        except Exception:  # noqa: BLE001 - a library that fails on a broken page is one candidate fewer
            return ""


_CONFIG: Final = use_config()
_CONFIG.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(_SHORTEST))
_OPTIONS: Final[Mapping[str, Any]] = {"include_comments": False, "include_formatting": False, "config": _CONFIG}


def _trafilatura(text: str) -> str:
    """Without its fallbacks: whom they would ask is asked here as a voice of its own."""
    return _blank_lines_gone(trafilatura.extract(text, fast=True, **_OPTIONS))


def _trafilatura_precise(text: str) -> str:
    return _blank_lines_gone(trafilatura.extract(text, favor_precision=True, **_OPTIONS))


def _readability(text: str) -> str:
    return text_of_html(Document(text).summary(html_partial=True))


def _blank_lines_gone(text: str | None) -> str:
    return "\n".join(filter(None, map(str.strip, (text or "").split("\n"))))
