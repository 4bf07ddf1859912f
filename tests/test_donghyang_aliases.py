"""Addresses met on the way to a page are the article's own, or nobody's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records.incoming import Entry, Page
from archive.records.words import SourceId
from donghyang.aliases import names_same, own_addresses

TITLE = "한빛시, 민원 상담에 AI 에이전트 도입"
VIEW = "https://paper.example/news/articleView.html?idxno=160001"
LOGIN = "https://paper.example/member/login"


def _entry(canonical: str = VIEW) -> Entry:
    return Entry(source=SourceId("a"), key="1", url=canonical, canonical=canonical, title=TITLE)


def _page(canonical: str = "", title: str = f"{TITLE} - 신문") -> Page:
    return Page(
        title=title,
        text="한빛시는 민원 상담 전화에 인공지능 에이전트를 도입했다고 밝혔다.",
        published=None,
        published_from="",
        authors=(),
        lang="ko",
        canonical=canonical,
        extractor="trafilatura",
    )


@pytest.mark.parametrize(
    ("address", "known", "same"),
    [
        ("https://paper.example/amp/160001", VIEW, True),
        ("https://m.paper.example/news/articleView.html?idxno=160001", VIEW, True),
        ("https://lab.example/blog/gpt-5", "https://www.lab.example/blog/gpt-5", True),
        ("https://lab.example/2026/02/a-new-small-model/", "https://lab.example/amp/a-new-small-model", True),
        ("https://lab.example/?p=16000", "https://lab.example/?p=16000&utm=1", True),
        ("https://m.paper.example/view?no=12", "https://paper.example/view?no=12", True),
        # What templates call canonical on every page:
        ("https://paper.example/", VIEW, False),
        ("https://paper.example/news/articleView.html", VIEW, False),
        ("https://paper.example/mobile/articleView.html", VIEW, False),
        ("https://paper.example/list?section=1001", "https://paper.example/view?section=1001&no=77", False),
        ("https://paper.example/2026/", "https://paper.example/2026/02/ai", False),
        ("https://paper.example/list/20260212", "https://paper.example/view/20260212/ai", False),
        ("https://paper.example/view?no=12", "https://paper.example/view?no=13", False),
        ("https://lab.example/news", "https://paper.example/ai/news-1", False),
    ],
)
def test_an_address_names_the_same_article_or_not(address: str, known: str, *, same: bool) -> None:
    assert names_same(address, known) is same


def test_where_a_page_has_the_headline_the_reader_has_arrived() -> None:
    """Also from an opaque address, as aggregators write them."""
    opaque = _entry("https://news.example/rss/articles/CBMiXy")
    assert own_addresses(opaque, VIEW, _page()) == (VIEW,)
    assert own_addresses(opaque, LOGIN, _page(title="로그인")) == ()
    assert own_addresses(opaque, "https://paper.example/", _page()) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        "https://paper.example/",
        "https://paper.example/news/articleView.html",
        "https://paper.example/section/ai",
        "https://paper.example/list?section=1001",
    ],
)
def test_a_wrong_canonical_link_is_not_believed_though_the_page_is_right(wrong: str) -> None:
    assert own_addresses(_entry(), VIEW, _page(canonical=wrong)) == (VIEW,)


def test_the_canonical_address_of_the_paper_a_portal_copied_from_is_kept() -> None:
    portal = _entry("https://portal.example/v/20260212093000123")
    assert own_addresses(portal, portal.canonical, _page(canonical=VIEW)) == (portal.canonical, VIEW)
    assert own_addresses(portal, LOGIN, _page(canonical=VIEW, title="로그인")) == ()


@given(st.text(), st.text())
def test_any_text_for_an_address_is_looked_at(landed: str, meant: str) -> None:
    for start in ("", "http://", "http://["):
        kept = own_addresses(_entry(), start + landed, _page(canonical=start + meant))
        assert set(kept) <= {start + landed, start + meant}
