"""What is filed of an entry: the right text, from the right page, under the right addresses."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from archive.records.incoming import Entry, Page, Source, Tokens, WaitingEntry
from archive.records.words import EntryId, Kind, SourceId
from donghyang.families import Families
from donghyang.filing import filing_of, tells, text_of
from donghyang.page_fetching import has_own_page

ENTRY = Entry(
    source=SourceId("a"),
    key="1",
    url="https://paper.example/news/articleView.html?idxno=160001",
    canonical="https://paper.example/news/articleView.html?idxno=160001",
    title="한빛시, 민원 상담에 AI 에이전트 도입",
    summary="한빛시가 민원 상담에 AI 에이전트를 도입했다.",
)
WAITING = WaitingEntry(
    id=EntryId("e"),
    entry=ENTRY,
    source=Source(id=SourceId("a"), url="https://paper.example/rss", name="신문"),
    seen=datetime(2026, 2, 6, tzinfo=UTC),
    backfill=False,
)
PAGE = Page(
    title="한빛시, 민원 상담에 AI 에이전트 도입 - 신문",
    text="한빛시는 3일 민원 상담 전화에 인공지능 에이전트를 도입했다고 밝혔다. " * 5,
    published=None,
    published_from="",
    authors=(),
    lang="ko",
    canonical="",
    extractor="trafilatura",
)


def test_the_page_is_better_than_the_feed_and_the_feed_than_the_title() -> None:
    assert text_of(WAITING, PAGE) == (PAGE.text, "page:trafilatura")
    assert text_of(WAITING, None) == (ENTRY.summary, "feed")
    bare = replace(WAITING, entry=replace(ENTRY, summary=""))
    assert text_of(bare, None) == ("", "title")


def test_a_stub_is_worth_less_than_what_the_feed_itself_carries() -> None:
    whole = replace(WAITING, entry=replace(ENTRY, content="문장입니다. " * 200))
    assert text_of(whole, PAGE)[1] == "feed"


@pytest.mark.parametrize(
    ("title", "text", "own"),
    [
        ("", PAGE.text, True),
        (PAGE.title, "짧다.", True),
        ("로그인", "아이디와 비밀번호를 입력해 주십시오. 회원이 아니시면 가입해 주십시오.", False),
        (
            "접속이 차단되었습니다",
            "보안 정책에 따라 이 사이트의 접속이 차단되었습니다. 관리자에게 문의하십시오.",
            False,
        ),
    ],
)
def test_a_log_in_or_block_page_is_not_the_article(title: str, text: str, *, own: bool) -> None:
    assert tells(replace(PAGE, title=title, text=text), ENTRY) is own


@pytest.mark.parametrize(
    ("kind", "told", "found", "kept"),
    [
        ("feed", "2026-02-03T09:00", "2026-02-03T09:10", ("2026-02-03T09:00", "feed")),
        ("listing", "2026-02-03T00:00", "2026-02-03T09:10", ("2026-02-03T09:10", "meta")),
        ("listing", "2026-02-03T00:00", "2026-02-05T09:10", ("2026-02-03T00:00", "list")),
        ("sitemap", "2026-02-03T09:00", "", ("2026-02-03T09:00", "sitemap")),
        ("listing", "", "2026-02-03T09:10", ("2026-02-03T09:10", "meta")),
        ("listing", "", "", (None, "")),
    ],
)
def test_a_list_tells_the_day_and_the_page_the_minute(
    kind: Kind, told: str, found: str, kept: tuple[str | None, str]
) -> None:
    def at(text: str) -> datetime | None:
        return datetime.fromisoformat(f"{text}+09:00") if text else None

    waiting = replace(WAITING, entry=replace(ENTRY, published=at(told)), source=replace(WAITING.source, kind=kind))
    page = replace(PAGE, published=at(found), published_from="meta" if found else "")
    tokens = Tokens(version="1", title=(), text=())
    filed = filing_of(waiting, page, text=("", "title"), tokens=tokens, families=Families({}), candidate=True)
    assert (filed.published, filed.published_from) == (at(kept[0] or ""), kept[1])


@pytest.mark.parametrize(
    ("url", "canonical", "own"),
    [
        ("https://a.example/1", "https://a.example/1", True),
        ("https://a.example/log#v2", "https://a.example/log#v2", False),
        ("", "urn:entry:1", False),
    ],
)
def test_a_part_of_a_page_has_no_page_of_its_own(url: str, canonical: str, *, own: bool) -> None:
    assert has_own_page(replace(ENTRY, url=url, canonical=canonical)) is own
