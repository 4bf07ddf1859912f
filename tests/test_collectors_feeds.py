"""Feeds: each file of the corpus says in expected.json what it is and what must come out."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.records.incoming import Entry, Source
from archive.records.words import SourceId
from collectors.feeds import Feed, NotAFeed, read_feed

CORPUS = Path(__file__).parent / "corpus" / "feeds"
EXPECTED: dict[str, dict[str, Any]] = json.loads((CORPUS / "expected.json").read_text(encoding="utf-8"))
FEEDS = sorted(name for name, expected in EXPECTED.items() if "entries" in expected)
NO_FEEDS = sorted(name for name, expected in EXPECTED.items() if "not" in expected)


def read(name: str, body: bytes | None = None) -> Feed:
    expected = EXPECTED.get(name, {})
    url = expected.get("url", "")
    source = Source(id=SourceId("dawn"), url=url, name="새벽일보", clock=expected.get("clock", ""))
    body = (CORPUS / name).read_bytes() if body is None else body
    return read_feed(body, url=url, source=source, content_type=expected.get("content_type", ""))


def as_told(entry: Entry, names: set[str]) -> dict[str, object]:
    told: dict[str, object] = {name: getattr(entry, name) for name in names}
    if "authors" in told:
        told["authors"] = list(entry.authors)
    return told


def as_expected(expected: dict[str, Any]) -> dict[str, object]:
    moment = expected.get("published")
    return expected | ({"published": datetime.fromisoformat(moment)} if moment else {})


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_gives_its_entries(name: str) -> None:
    feed = read(name)
    expected = EXPECTED[name]["entries"]
    assert len(feed.entries) == len(expected), EXPECTED[name]["why"]
    for entry, wanted in zip(feed.entries, expected, strict=True):
        assert as_told(entry, set(wanted)) == as_expected(wanted), EXPECTED[name]["why"]
    assert feed.title == EXPECTED[name].get("title", feed.title)


@pytest.mark.parametrize("name", FEEDS)
def test_every_entry_has_a_key_and_an_address_of_its_own(name: str) -> None:
    entries = read(name).entries
    assert len({entry.key for entry in entries}) == len(entries)
    assert len({entry.canonical for entry in entries}) == len(entries)
    assert all(entry.key and entry.canonical for entry in entries)


@pytest.mark.parametrize("name", FEEDS)
def test_reading_again_gives_the_same(name: str) -> None:
    assert read(name) == read(name)


@pytest.mark.parametrize("name", NO_FEEDS)
def test_what_is_no_feed_is_named(name: str) -> None:
    with pytest.raises(NotAFeed) as caught:
        read(name)
    assert caught.value.what == EXPECTED[name]["not"], EXPECTED[name]["why"]
    assert ";" in caught.value.reason, "the sentence says what to do"


def test_the_title_of_a_page_and_the_feed_it_names_are_told() -> None:
    with pytest.raises(NotAFeed, match=r"titled '새벽일보'.*names a feed: write \S*/rss/all\.xml as"):
        read_feed(
            (CORPUS / "moved.html").read_bytes(),
            url="https://dawn.example/",
            source=Source(id=SourceId("dawn"), url="", name=""),
        )


def test_the_configured_language_wins_and_sets_the_clock() -> None:
    source = Source(id=SourceId("dawn"), url="", name="Dawn", lang="ko")
    entry = read_feed((CORPUS / "english-naive.xml").read_bytes(), url="", source=source).entries[0]
    assert entry.lang == "ko"
    assert entry.published == datetime.fromisoformat("2026-01-12T09:10:00+09:00")


def test_a_korean_feed_has_korean_entries_even_with_mostly_latin_titles() -> None:
    feed = read("", body=("<rss><channel><title>새벽 과학 소식</title>" + "".join(ITEMS) + "</channel></rss>").encode())
    assert [entry.lang for entry in feed.entries] == ["ko", "ko", "en"]


ITEMS = (
    "<item><title>가온시 인공지능 당직실 시범 운영</title><link>https://dawn.example/1</link></item>",
    "<item><title>DAWN CNS, Global Cloud Summit 2026 참가</title><link>https://dawn.example/2</link></item>",
    "<item><title>Show DN: a tiny tokenizer</title><link>https://dawn.example/3</link></item>",
)


def test_relative_links_are_resolved_against_the_site_then_the_feed() -> None:
    bare = b"<rss><channel><item><title>a</title><link>news/1</link></item></channel></rss>"
    source = Source(id=SourceId("dawn"), url="https://dawn.example/rss/all.xml", name="Dawn")
    feed = read_feed(bare, url="https://dawn.example/rss/all.xml", source=source)
    assert feed.entries[0].url == "https://dawn.example/rss/news/1"


def test_an_entity_attack_adds_nothing() -> None:
    entity = "<!ENTITY a '" + "x" * 200 + "'>"
    body = f"<!DOCTYPE r [{entity}]><rss><channel><item><title>{'&a;' * 100_000}</title></item></channel></rss>"
    assert len(read("", body=body.encode()).entries[0].title) <= len(body)


def test_a_billion_laughs_and_a_file_of_ours_come_to_nothing(tmp_path: Path) -> None:
    """In RSS and Atom alike: entities are neither grown nor fetched, however they are declared."""
    secret = tmp_path / "secret"
    secret.write_text("SECRET-OF-OURS", encoding="utf-8")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    outside = f'<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY % p SYSTEM "{secret.as_uri()}">%p;'
    doctype = f'<!DOCTYPE r [<!ENTITY l0 "lol">{laughs}{outside}]>'
    rss = "<rss version='2.0'><channel><item><title>AI &l9;&x; 소식</title><link>https://a.example/1</link></item></channel></rss>"
    atom = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>AI &l9;&x; 소식</title><id>https://a.example/1</id></entry></feed>"
    for text in (rss, atom):
        feed = read("", body=f"<?xml version='1.0'?>{doctype}{text}".encode())
        assert [len(entry.title) < 200 and entry.title.endswith("소식") for entry in feed.entries] == [True]
        assert "SECRET" not in repr(feed)


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<![CDATA[",
        "<!--",
        "<link rel=alternate ",
        "<title",
        "<script>",
        "&a;",
        "<item><title>",
        "가",
        "{",
        "[",
        "<a ",
    ],
)
def test_a_heap_of_one_thing_is_soon_told(piece: str) -> None:
    """Patterns that look ahead for an end that never comes would take minutes: the time limit is the assertion."""
    heap = piece * (300_000 // len(piece))
    assert read_or_reason(heap.encode())
    assert read_or_reason(f"<html>{heap}".encode())
    assert read_or_reason(f"{heap}<rss><channel><title>&x; R&D".encode())
    assert read_or_reason(f"<rss><channel><item><title>{heap[:30_000]}</title>".encode())


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_cut_anywhere_gives_a_beginning_or_is_named(name: str) -> None:
    body = (CORPUS / name).read_bytes()
    whole = {entry.key for entry in read(name).entries}
    for end in range(0, len(body), max(1, len(body) // 12)):
        try:
            found = read(name, body=body[:end]).entries
        except NotAFeed:
            continue
        assert len(found) <= max(1, len(whole))


def read_or_reason(body: bytes) -> Feed | str:
    try:
        return read("", body=body)
    except NotAFeed as problem:
        return problem.reason


@given(st.binary(max_size=400))
def test_any_bytes_give_a_feed_or_a_reason(body: bytes) -> None:
    assert read_or_reason(body)


TAGS = r"""
<rss> <channel> <item> </item> <title> </title> <link> </link> <guid> <pubDate> </pubDate> <description> <![CDATA[ ]]>
<feed> <entry> <id> <content> & &amp; &#0; &#x110000; &#99999999999; &b; < > <!-- --> <!DOCTYPE <?xml ?> 가 2026-01-15
http://[ //x :// <rdf:RDF> <a:b xmlns:a=" {" "items":[ {} "id": \ud800 </rss> </feed>
"""


@settings(max_examples=300)
@given(st.lists(st.sampled_from(TAGS.split()), max_size=25), st.sampled_from(["<rss>", "<feed>", '{"items":[', ""]))
def test_any_heap_of_tags_gives_a_feed_or_a_reason(pieces: list[str], start: str) -> None:
    found = read_or_reason((start + " ".join(pieces)).encode("utf-8", "surrogatepass"))
    assert isinstance(found, str) or len({entry.key for entry in found.entries}) == len(found.entries)
