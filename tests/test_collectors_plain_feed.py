"""The fast reading of ordinary feeds is feedparser's reading, to the letter, or none at all."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectors import charsets, plain_feed, xml_feed
from collectors.feed_entries import Paper
from collectors.xml_repair import repaired

CORPUS = Path(__file__).parent / "corpus" / "feeds"
RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>새벽일보</title><link>https://dawn.example/</link><atom:link rel="self" href="https://dawn.example/rss"/>
<language>ko</language><ttl>60</ttl>{}</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ko_KR"><title type="text">새벽</title>
<id>urn:dawn</id><link href="https://dawn.example/"/><updated>2026-02-03T00:00:00Z</updated>{}</feed>"""


def both(text: str) -> tuple[Paper | None, Paper]:
    document = repaired(text)
    assert document is not None
    return plain_feed.paper_of(document.xml), xml_feed.paper_of(document.xml)


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.xml")), ids=lambda path: path.stem)
def test_the_corpus_is_read_alike(path: Path) -> None:
    body = path.read_bytes()
    document = repaired(charsets.decode(body, declared=charsets.declared_in(body), http=None))
    if document is not None:
        assert plain_feed.paper_of(document.xml) in (None, xml_feed.paper_of(document.xml))


@pytest.mark.parametrize(
    "item",
    [
        "<title>가나</title><link>https://dawn.example/1?a=1&amp;b=2</link><guid>https://dawn.example/1</guid>",
        "<guid isPermaLink='false'>7</guid><link> https://dawn.example/7 </link><title/>",
        "<guid>https://dawn.example/8</guid><description><![CDATA[<p>둘 &amp; 셋</p>]]></description>",
        "<content:encoded>본문</content:encoded><description>요약</description><pubDate>오늘</pubDate>",
        "<description></description><content:encoded>본문</content:encoded>",
        "<title>caf\u00e9 \u00b7</title><dc:creator>김새벽</dc:creator><dc:date>2026-02-03</dc:date>",
        "<title>\u00ec\u008b\u009c</title>",
        "<author>a@dawn.example (김)</author>",
        "<title>하나<b>둘</b></title>",
        "<title>하나</title><title>둘</title>",
        "<link/><guid>https://dawn.example/9</guid><category domain='x'>정책</category><enclosure url='a.mp3'/>",
        "<link>https:////dawn.example/1</link>",
        "<title>&#128;</title><!-- 말 --><title>R&amp;amp;D</title>",
        "<source url='https://other.example/'>다른 곳</source><title>뒤</title>",
    ],
)
def test_an_item_is_read_alike_or_left_to_feedparser(item: str) -> None:
    fast, slow = both(RSS.format(f"<item>{item}</item><item><title>다음</title></item>"))
    assert fast in (None, slow)


def test_ordinary_feeds_are_read_here() -> None:
    item = (
        "<item><title>시, AI 안내판</title><link>https://dawn.example/1</link><description>요약</description>"
        "<guid>1</guid><dc:creator>김새벽</dc:creator><pubDate>Fri, 20 Feb 2026 08:00:00 +0900</pubDate></item>"
    )
    entry = (
        "<entry><title type='html'>가</title><link rel='alternate' type='text/html' href='https://dawn.example/1'/>"
        "<link rel='related' href='https://dawn.example/2'/><id>urn:1</id><updated>2026-02-03T00:00:00Z</updated>"
        "<author><name>김새벽</name></author><content type='html'>&lt;p&gt;글&lt;/p&gt;</content></entry>"
    )
    for fast, slow in (both(RSS.format(item)), both(ATOM.format(entry))):
        assert fast == slow
        assert fast is not None
        assert fast.items[0].links[0] == "https://dawn.example/1"


@pytest.mark.parametrize(
    "text",
    [
        "<rss><channel><link>x</link><item><title>&x;</title></item></channel></rss>",
        "<rss version='2.0' xml:base='https://a.example/'><channel><link>x</link></channel></rss>",
        "<rss><channel><link>x</link><item><title>a</title></item>",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'></rdf:RDF>",
        "<rss><channel><link>x</link>" + "<a>" * 300 + "</a>" * 300 + "</channel></rss>",
    ],
)
def test_what_is_odd_is_left_to_feedparser(text: str) -> None:
    assert plain_feed.paper_of(text) is None


NAMES = (
    "title",
    "link",
    "guid",
    "description",
    "pubDate",
    "author",
    "content:encoded",
    "dc:creator",
    "dc:date",
    "category",
)
WORDS = st.sampled_from(
    [
        "",
        " ",
        "가",
        "a&amp;b",
        "https://dawn.example/1",
        "caf\u00e9",
        "\u00c3\u00a9",
        "<![CDATA[<b>x</b>&amp;]]>",
        "&#10;",
        "<!-- -->",
        "<i/>",
    ]
)
ENTRY = ("title", "id", "summary", "content", "published", "updated", "rights")


@settings(max_examples=250, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(NAMES), WORDS), max_size=7), st.lists(st.tuples(st.sampled_from(NAMES), WORDS))
)
def test_any_items_are_read_alike(one: list[tuple[str, str]], other: list[tuple[str, str]]) -> None:
    items = "".join(
        "<item>" + "".join(f"<{name}>{text}</{name}>" for name, text in item) + "</item>" for item in (one, other)
    )
    fast, slow = both(RSS.format(items))
    assert fast in (None, slow)


@settings(max_examples=250, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(ENTRY), st.sampled_from(["", "text", "html", "text/html"]), WORDS), max_size=7),
    st.lists(
        st.tuples(st.sampled_from(["", "alternate", "self", "related"]), st.sampled_from(["", "text/html", "a/b"]))
    ),
)
def test_any_entries_are_read_alike(texts: list[tuple[str, str, str]], links: list[tuple[str, str]]) -> None:
    parts = [
        f"<{name} type='{kind}'>{text}</{name}>" if kind else f"<{name}>{text}</{name}>" for name, kind, text in texts
    ]
    parts += [
        f"<link{' rel=' + repr(rel) if rel else ''}{' type=' + repr(kind) if kind else ''} href='https://dawn.example/{n}'/>"
        for n, (rel, kind) in enumerate(links)
    ]
    fast, slow = both(ATOM.format("<entry>" + "".join(parts) + "</entry>"))
    assert fast in (None, slow)
