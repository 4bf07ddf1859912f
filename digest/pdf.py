"""The page and the report on paper: tagged PDF (PDF/UA-1) by WeasyPrint, the extra ``pdf``.

The page is the source, with its print style. WeasyPrint does not know ``word-break: keep-all`` and would break Korean
words anywhere, so each word is kept together by a span; joining its syllables with U+2060 looks the same but spoils
search and copying. Nothing is fetched, and the same page of the same moment gives the same bytes.
"""

import hashlib
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Final

from lxml import html

_PIECE: Final = re.compile(r"[^\s…·,/|~]{2,16}[,.…]*")
_HANGUL: Final = re.compile("[가-힣]{2}")
_LEFT_ALONE: Final = frozenset({"style", "title", "script", "svg"})
_STAMP: Final = "SOURCE_DATE_EPOCH"


def pdf(page: str, *, made: datetime) -> bytes:
    """The page as PDF, as if printed when the issue was made."""
    from weasyprint import HTML  # noqa: PLC0415 - the extra may be absent, and it takes a second to load

    source = _dated(kept_words(page), made)
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it warns of style that only screens know
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    with _stamped(made):
        whole: bytes = HTML(string=source, url_fetcher=_refuse()).write_pdf(
            pdf_variant="pdf/ua-1", pdf_identifier=hashlib.sha256(source.encode()).digest()[:16]
        )
    return whole


def kept_words(page: str) -> str:
    """The page with every Korean word of ordinary length in a span that is not broken."""
    tree: Any = html.document_fromstring(page)
    for element in list(tree.iter()):
        if isinstance(element.tag, str) and not _apart(element):
            _keep(element)
    return str(html.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>"))


def _apart(element: Any) -> bool:
    return any(node.tag in _LEFT_ALONE for node in (element, *element.iterancestors()))


def _keep(element: Any) -> None:
    """Wrap the words of an element's own text, before and between its children."""
    for child in list(element):
        if child.tail and _HANGUL.search(child.tail):
            spans, child.tail = _spans(child.tail)
            place = element.index(child) + 1
            element[place:place] = spans
    if element.text and _HANGUL.search(element.text):
        spans, element.text = _spans(element.text)
        element[:0] = spans


def _spans(text: str) -> tuple[list[Any], str]:
    """The words in spans with what follows each, and what stands before the first."""
    spans: list[Any] = []
    before, end = "", 0
    for word in _PIECE.finditer(text):
        if not _HANGUL.search(word[0]):
            continue
        between = text[end : word.start()]
        if spans:
            spans[-1].tail = between
        else:
            before = between
        span = html.Element("span", {"class": "keep"})
        span.text = word[0]
        spans.append(span)
        end = word.end()
    if spans:
        spans[-1].tail = text[end:]
    return spans, before if spans else text


def _dated(page: str, made: datetime) -> str:
    day = made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return page.replace("<head>", f'<head><meta name="dcterms.created" content="{day}">', 1)


def _refuse() -> Any:
    """A fetcher that fetches nothing: an issue has all it needs in itself."""
    from weasyprint.urls import URLFetcher  # noqa: PLC0415 - see above

    return URLFetcher(allowed_protocols=())


@contextmanager
def _stamped(made: datetime) -> Iterator[None]:
    """The moment that font subsets are stamped with."""
    before = os.environ.get(_STAMP)
    os.environ[_STAMP] = str(int(made.timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ[_STAMP]
        else:
            os.environ[_STAMP] = before
