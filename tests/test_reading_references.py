"""How articles are cited, put into sheets and into feeds."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from archive.records.incoming import Article
from archive.records.words import ArticleId, SourceId
from donghyang.reading import references
from donghyang.reading.sheets import LONGEST_CELL, workbook
from donghyang.reading.syndication import FeedHead, FeedItem, atom, json_feed

SEOUL, CHECKED = ZoneInfo("Asia/Seoul"), date(2026, 11, 23)
ARTICLE = Article(
    id=ArticleId("997461a8c17d5447"),
    url="https://hangyeol.example/10001",
    canonical="https://hangyeol.example/10001",
    title="한빛시, 상담에 AI 도입 & 100% 공개",
    lang="ko",
    published=datetime(2026, 11, 17, 16, 0, tzinfo=UTC),  # the 18th in Seoul
    published_from="feed",
    seen=datetime(2026, 11, 18, tzinfo=UTC),
    authors=("김기자",),
    outlet="한결일보",
    family="한결일보",
    source=SourceId("hangyeol"),
    role="press",
    rights="link",
    extractor="title",
    candidate=True,
)
HEAD = FeedHead(
    name="search AI",
    title="검색: AI",
    home="https://room.example/search?q=AI",
    own="https://room.example/feeds/search.atom?q=AI",
    updated=datetime(2026, 11, 23, tzinfo=UTC),
)


def test_a_footnote_is_written_as_the_office_writes_it() -> None:
    assert references.footnote(ARTICLE, SEOUL, CHECKED) == (
        "한결일보, 「한빛시, 상담에 AI 도입 & 100% 공개」, 2026. 11. 18., "
        "https://hangyeol.example/10001(2026. 11. 23. 확인)"
    )


def test_a_footnote_without_a_date_says_so() -> None:
    assert ", 일자 미상, " in references.footnote(replace(ARTICLE, published=None), SEOUL, CHECKED)


def test_markdown_leads_to_the_article() -> None:
    written = references.markdown([ARTICLE, ARTICLE], SEOUL, CHECKED)
    assert [line[:3] for line in written.splitlines()] == ["1. ", "2. "]
    assert "](<https://hangyeol.example/10001>)" in written


def test_ris_holds_a_record_an_article() -> None:
    lines = references.ris([ARTICLE, ARTICLE], SEOUL, CHECKED).split("\r\n")
    assert lines.count("TY  - NEWS") == lines.count("ER  - ") == 2
    assert "DA  - 2026/11/18" in lines
    assert "AU  - 김기자" in lines


def test_bibtex_keeps_tex_from_reading_the_title() -> None:
    assert r"title = {{한빛시, 상담에 AI 도입 \& 100\% 공개}}," in references.bibtex([ARTICLE], SEOUL, CHECKED)


@given(st.text(max_size=80))
def test_no_title_breaks_a_citation(title: str) -> None:
    odd = replace(ARTICLE, title=title)
    assert references.ris([odd], SEOUL, CHECKED).endswith("ER  - \r\n")
    written = references.bibtex([odd], SEOUL, CHECKED)
    bare = written.replace("\\{", "").replace("\\}", "")
    assert bare.count("{") == bare.count("}")


@pytest.mark.parametrize("title", ["=1+1", "+82", "-1", "@SUM(A1)", "\t=1", "＝1+1"])
def test_nothing_in_a_workbook_is_a_formula(title: str) -> None:
    book = load_workbook(io.BytesIO(workbook(("title", "count"), [{"title": title, "count": 3}], "a/b")))
    cell = book.worksheets[0]["A2"]
    assert cell.data_type == "s"
    assert str(cell.value).strip() == title.strip()
    assert book.worksheets[0]["B2"].value == 3


@given(st.text(max_size=200), st.text(max_size=60))
def test_any_text_goes_into_a_workbook(text: str, title: str) -> None:
    book = load_workbook(io.BytesIO(workbook(("a",), [{"a": text}, {"a": "끝"}], title)))
    assert book.worksheets[0]["A3"].value == "끝"


def test_a_cell_holds_no_more_than_excel_reads() -> None:
    book = load_workbook(io.BytesIO(workbook(("a",), [{"a": "가" * 40_000}], "x")))
    assert len(str(book.worksheets[0]["A2"].value)) == LONGEST_CELL


def items(title: str) -> list[FeedItem]:
    return [FeedItem(id="article 1", title=title, url=ARTICLE.url, at=ARTICLE.seen, summary="요약", author="한결일보")]


def test_a_feed_reader_reads_our_atom() -> None:
    read = feedparser.parse(atom(HEAD, items("<b>AI & 로봇</b>")))
    assert not read.bozo
    assert read.entries[0].title == "<b>AI & 로봇</b>"
    assert read.entries[0].link == ARTICLE.url
    assert read.feed.id.startswith("urn:uuid:")


@given(st.text(max_size=80))
def test_any_title_makes_a_whole_feed(title: str) -> None:
    assert etree.fromstring(atom(HEAD, items(title))).tag.endswith("feed")
    assert json.loads(json_feed(HEAD, items(title)))["items"][0]["url"] == ARTICLE.url
