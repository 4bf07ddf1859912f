"""Lists of feeds: written by the rules of OPML 2.0, read whatever was done to them."""

import contextlib
from datetime import datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.opml import OpmlError, Subscription, read_opml, write_opml
from collectors.plain_text import line

MADE = datetime(2026, 2, 9, 9, tzinfo=ZoneInfo("Asia/Seoul"))
FEED = Subscription(url="https://news.example/rss?a=1&b=2", title="한결일보 R&D", site="https://news.example/")


def opml(outlines: str, head: str = "", opening: str = '<opml version="1.0">') -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>{head}{opening}<head/><body>{outlines}</body></opml>'.encode()


def test_what_is_written_keeps_the_rules_of_opml_2() -> None:
    """opml.org/spec2.opml: version, head before body, text on every outline, xmlUrl on one of type rss, RFC 822."""
    root = ET.fromstring(write_opml([FEED, Subscription(url="https://b.example/f")], title="우리", made=MADE))  # noqa: S314 - ours
    assert (root.tag, root.attrib, [part.tag for part in root]) == ("opml", {"version": "2.0"}, ["head", "body"])
    assert root.findtext("head/title") == "우리"
    assert parsedate_to_datetime(root.findtext("head/dateCreated") or "") == MADE
    outlines = root.findall("body/outline")
    assert [outline.get("xmlUrl") for outline in outlines] == [FEED.url, "https://b.example/f"]
    for outline in outlines:
        assert outline.get("type") == "rss"
        assert outline.get("text")
        assert outline.get("text") == outline.get("title")
    assert outlines[1].get("text") == "https://b.example/f"  # a feed without a name still has a text


def test_an_empty_list_cannot_be_written() -> None:
    with pytest.raises(OpmlError, match="no feed"):
        write_opml([], title="", made=MADE)


def test_folders_categories_and_commented_outlines_are_told() -> None:
    found = read_opml(
        opml(
            '<outline text="뉴스"><outline title="정부"><outline text="행안부" xmlUrl="https://a.example/1"'
            ' category="government" language="ko"/></outline>'
            '<outline text="쉼" isComment="true"><outline text="b" XMLURL=" https://a.example/2 "/></outline></outline>'
            '<outline text="쪽지"/><outline type="link" text="page" url="https://a.example/p"/>'
        )
    )
    assert found == (
        Subscription(
            url="https://a.example/1",
            title="행안부",
            category="government",
            folders=("뉴스", "정부"),
            language="ko",
        ),
        Subscription(url="https://a.example/2", title="b", folders=("뉴스", "쉼"), paused=True),
    )


def test_bare_ampersands_and_korean_charsets_are_read() -> None:
    bare = opml('<outline text="AT&T&nbsp;뉴스" xmlUrl="https://a.example/?x=1&y=2"/>')
    assert [(one.title, one.url) for one in read_opml(bare)] == [("AT&T 뉴스", "https://a.example/?x=1&y=2")]
    korean = bare.decode().replace("UTF-8", "euc-kr").encode("cp949")
    assert read_opml(korean) == read_opml(bare)
    assert read_opml(bare.decode().replace("UTF-8", "UTF-16").encode("utf-16")) == read_opml(bare)


BOMB = (
    '<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n > 1 else str()};" * 10}">' for n in range(1, 12))
    + "]>"
)
HOSTILE = {
    "empty": b"",
    "html": b"<!doctype html><title>x</title>",
    "cut": opml('<outline text="a" xmlUrl="https://a.example"/>')[:90],
    "no feed": opml('<outline text="a"/>'),
    "crossed": opml("<outline></body>"),
    "deep": opml('<outline text="a">' * 5000),
    "zeros": b"\0" * 1000,
    "huge": b"<opml>" + b" " * 20_000_001,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_list_is_refused_with_a_sentence(body: bytes) -> None:
    with pytest.raises(OpmlError, match=r"\w+ \w+"):
        read_opml(body)


def test_entities_are_never_read_from_files_nor_blown_up() -> None:
    told = '<outline text="&e;&a11;" xmlUrl="https://a.example/"/>'
    for head in ('<!DOCTYPE opml [<!ENTITY e SYSTEM "file:///etc/hostname">]>', BOMB):
        (found,) = read_opml(opml(told, head))
        assert len(found.title) < 100
        assert found.title == "&e;&a11;"


@given(st.binary(max_size=300) | st.text(max_size=300).map(opml))
def test_any_bytes_give_feeds_or_a_sentence(body: bytes) -> None:
    with contextlib.suppress(OpmlError):
        assert all(feed.url for feed in read_opml(body))


WORDS = st.text(max_size=40).filter(
    lambda text: line(text) == text and line(f"a {text} b") == " ".join(f"a {text} b".split())
)
ADDRESSES = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=60).map(
    lambda path: f"https://a.example/{path}"
)


@given(st.lists(st.builds(Subscription, url=ADDRESSES, title=WORDS, category=WORDS, paused=st.booleans()), min_size=1))
def test_what_is_written_is_read_back(feeds: list[Subscription]) -> None:
    read = read_opml(write_opml(feeds, title="t", made=MADE))
    assert [(one.url, one.title, one.category, one.paused) for one in read] == [
        (one.url, one.title or one.url, one.category, one.paused) for one in feeds
    ]
