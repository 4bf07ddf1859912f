"""When a page says its article was published: to the minute and with its zone where it says so.

In order: the state of Arc's script, JSON-LD, meta elements, `<time>`, a visible stamp (입력, 등록, 송고 …). A labelled
stamp corrects a machine date that is off by an hour or more: pages that write Korean time and call it UTC are common,
readers see the stamp. A public board's day (등록일 without an hour) is the last resort. 수정, 최종편집, 접수기간 and a
publisher's own registration date are never taken.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo

from lxml import etree

from collectors.blocks import letters
from collectors.dates import moment
from collectors.page_facts import metas_of, words_in
from collectors.script_state import published_in_state

Found = tuple[datetime | None, str]

_META: Final = (
    *("article:published_time", "og:article:published_time", "article:published", "datepublished", "og:published_time"),
    *("pubdate", "publishdate", "publish-date", "publish_date", "published_time", "published", "parsely-pub-date"),
    *("sailthru.date", "date.published", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.created"),
    *("dcterms.date", "dc.date.created", "article.published", "cxenseparse:recs:publishtime", "date", "release_date"),
    *("dable:published_time", "article_date_original", "originalpublicationdate", "last_publish_date"),
)
_TIME_OF_DAY: Final = re.compile(r"\d[T\s]*\d{1,2}\s*[:시]|T\d{2}|\d{10}")
_STAMP: Final = re.compile(
    r"(?:(?P<label>(?:기사\s*|최초\s*)?(?:입력|등록|송고|발행|게시|작성|승인))\s*(?:일시|시간|시각|일)?\s*[:：|]?\s*)?"
    r"(?P<date>\d{4}\s?[-./년]\s?\d{1,2}\s?[-./월]\s?\d{1,2}\s?[.일]?\s{0,2}(?:\([월화수목금토일]\)\s?)?\[?"
    r"(?:(?:오전|오후|[AaPp][Mm])\s?)?\d{1,2}\s?[:시]\s?\d{1,2}(?:\s?분)?(?:\s?:\s?\d{1,2})?(?:\s?[AaPp][Mm]\b)?)"
)
# gnuboard, which serves small boards, writes the year with two digits.
_SHORT_STAMP: Final = re.compile(r"작성일\s*[:：]?\s*(\d{2}-\d{2}-\d{2} \d{2}:\d{2})(?!\d)")
_NOT_FIRST: Final = re.compile(r"(?:수정|최종|편집|업데이트|갱신|현재|updated?|modified)[^\d]{0,12}$", re.IGNORECASE)
_LATER: Final = re.compile(r"modif|updat|수정", re.IGNORECASE)
_PERIOD: Final = re.compile(
    r"기간|마감|접수|신청|모집|까지|행사|개최|일정|[~∼〜]"
)  # when something is open, not when it was written
_LABEL_ABOVE: Final = re.compile(
    r"^\W{0,3}(?:기사\s*|최초\s*)?(?:입력|등록|송고|발행|게시|작성|승인)\s*(?:일시|시간|시각|일)?\W{0,3}$"
)
_FILED_LABEL: Final = re.compile(r"^\W{0,3}(?:등록|작성|게시|공고|배포)일\W{0,3}$")
_FILED: Final = re.compile(
    r"^\W{0,3}(?:등록|작성|게시|공고|배포)일\s*[:：|]?\s*(\d{4}\s?[-./년]\s?\d{1,2}\s?[-./월]\s?\d{1,2})\s?[.일]?$"
)
_PUBLISHER: Final = re.compile(r"등록번호|발행인|편집인|청소년|사업자")  # whose own registration is not the article's
_NEAR: Final = 4  # lines
_OFF: Final = timedelta(minutes=50)
_LINES: Final = 400  # of the page, searched for a visible stamp
_LONG_LINE: Final = 200  # characters; a longer line is text


def published(
    root: etree._Element,
    described: Sequence[Mapping[str, Any]],
    lines: Sequence[str],
    *,
    zone: ZoneInfo,
    title: str = "",
) -> Found:
    """The moment of publication and what named it; (None, "") when nothing does. `zone` is for naive times."""
    machine = _first_with_time(_written(root, described), zone)
    if (state := moment(published_in_state(root), zone=zone)) is not None:
        machine = state, "state"
    label, stamp = _visible(lines[:_LINES], zone, title)
    if stamp is None:
        return machine
    if machine[0] is None or (label and abs(machine[0] - stamp) >= _OFF):
        return stamp, "visible"
    return machine


def _first_with_time(written: Iterator[tuple[str, str]], zone: ZoneInfo) -> Found:
    """The first date that has a time of day; a date alone only when no other of about that day has one."""
    day: Found = (None, "")
    for text, place in written:
        found = moment(text, zone=zone)
        if found is None:
            continue
        if _TIME_OF_DAY.search(text):
            near = day[0] is None or abs(found - day[0]) <= timedelta(days=2)
            return (found, place) if near else day
        day = day if day[0] else (found, place)
    return day


def _written(root: etree._Element, described: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for key in ("datePublished", "dateCreated"):
        yield from ((str(node[key]), "json-ld") for node in described if isinstance(node.get(key), str))
    metas = metas_of(root)
    yield from ((metas[name], "meta") for name in _META if name in metas)
    times = [element for element in root.iter("time") if element.get("datetime") and not _is_later(element)]
    for element in sorted(times, key=lambda element: not _says_published(element)):
        yield element.get("datetime") or "", "time"
    for element in root.iter("abbr", "span", "div", "p"):
        if (element.get("itemprop") or "").lower() == "datepublished":
            yield element.get("content") or words_in(element)[:60], "time"


def _is_later(element: etree._Element) -> bool:
    return bool(_LATER.search(f"{element.get('class')} {element.get('itemprop')} {words_in(element)[:40]}"))


def _says_published(element: etree._Element) -> bool:
    text = f"{element.get('class')} {element.get('itemprop')} {element.get('pubdate')}".lower()
    return "publish" in text or "pubdate" in text or element.get("pubdate") is not None


def _visible(lines: Sequence[str], zone: ZoneInfo, title: str) -> tuple[bool, datetime | None]:
    """Whether the stamp has a label, and its moment: the first labelled one, else a bare one.

    Of bare ones the first below the headline is taken, because the clock of a whole site stands above it.
    """
    bare: list[tuple[int, datetime]] = []
    for place, (above, line) in enumerate(pairwise(["", *lines])):
        for stamp in _STAMP.finditer(line) if len(line) <= _LONG_LINE else ():
            written = stamp["date"].replace("[", " ")
            found = None if _NOT_FIRST.search(line[: stamp.start()]) else moment(written, zone=zone)
            if found and (stamp["label"] or (stamp.start() == 0 and _LABEL_ABOVE.match(above))):
                return True, found
            if found and not _PERIOD.search(f"{above} {line}"):
                bare.append((place, found))
    if short := next(filter(None, map(_SHORT_STAMP.search, lines)), None):
        return True, moment(f"20{short[1]}", zone=zone)
    name = letters(title)
    headline = next((place for place, line in enumerate(lines) if name and letters(line) == name), 0)
    below = [found for place, found in bare if place >= headline]
    return False, next(iter([*below, *(found for _, found in bare)]), None) or _day_filed(lines, zone)


def _day_filed(lines: Sequence[str], zone: ZoneInfo) -> datetime | None:
    """The day that a public board names without an hour, beside its label or on the line below."""
    for place, line in enumerate(lines):
        filed = _FILED.match(f"{line} {lines[place + 1]}" if _FILED_LABEL.match(line) and lines[place + 1 :] else line)
        near = " ".join(lines[max(0, place - _NEAR) : place + _NEAR])
        if filed and not _PUBLISHER.search(near):
            return moment(filed[1], zone=zone)
    return None
