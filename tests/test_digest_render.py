"""The page, the letter and the text of an issue."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from archive.records.issue import Issue, ItemTrend
from archive.snapshots import from_json, to_json
from digest import charts
from digest.render import LETTER_LIMIT, email_parts, render_files
from tests.builders_digest import COVERAGE, EDITION, TOPICS, full_week, issue_of, quiet_week, story


@pytest.fixture(scope="module")
def issue() -> Issue:
    return issue_of(full_week())


@pytest.fixture(scope="module")
def page(issue: Issue) -> Any:
    return tree_of(render_files(issue, EDITION)["issue.html"])


def tree_of(markup: str | bytes) -> Any:
    """The parsed page; Any, for lxml's XPath returns what the expression says."""
    return html.fromstring(markup)


def whole_files(issue: Issue) -> dict[str, bytes]:
    """The editions that tell the whole issue: all but the report."""
    return {name: body for name, body in render_files(issue, EDITION).items() if name.startswith("issue.")}


def words_of(markup: str) -> str:
    return " ".join(tree_of(markup).text_content().split())


def test_the_same_issue_gives_the_same_bytes(issue: Issue) -> None:
    again = issue_of(full_week())
    assert render_files(issue, EDITION) == render_files(again, EDITION)
    assert email_parts(issue, EDITION) == email_parts(again, EDITION)


def test_a_snapshot_read_back_renders_the_same_bytes(issue: Issue) -> None:
    again = from_json(to_json(issue))
    assert again == issue
    assert render_files(again, EDITION) == render_files(issue, EDITION)


def test_page_letter_and_text_carry_the_same_items_and_sources(issue: Issue) -> None:
    _, letter, text = email_parts(issue, EDITION)
    web = render_files(issue, EDITION)["issue.html"].decode()
    for words in (words_of(web), words_of(letter), " ".join(text.split())):
        assert all(item.headline in words for item in issue.items)
        assert all(source.title in words and f"[{source.n}]" in words for source in issue.sources)
        assert all(sentence.text in words for item in issue.items for sentence in item.sentences)
        assert all(signal.label in words for signal in issue.signals)


def test_the_text_has_every_link_of_the_letter(issue: Issue) -> None:
    _, letter, text = email_parts(issue, EDITION)
    links = {a.get("href") for a in tree_of(letter).iter("a")}
    assert {link.removeprefix("mailto:") for link in links} <= set(text.split())
    assert len(links) == len(issue.sources) + 1


def test_the_page_is_semantic_korean_without_scripts(page: Any) -> None:
    assert page.get("lang") == "ko"
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//a[@class='skip']/@href") == ["#main"]
    assert not page.xpath("//script | //link | //img | //iframe | //*[@onclick]")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {ref[1:] for ref in page.xpath("//a[starts-with(@href, '#')]/@href")} <= set(ids)


def test_foreign_words_are_marked_as_such(page: Any) -> None:
    marked = {element.text_content() for element in page.xpath("//*[@lang='en']")}
    assert "Introducing Orbit-4: longer context at a third of the price" in marked


def test_bars_carry_their_numbers_in_words(page: Any) -> None:
    labels = page.xpath("//svg[@role='img']/@aria-label")
    assert "4주 전 4건, 3주 전 6건, 2주 전 5건, 지난주 7건, 이번 주 19건" in labels


def test_weeks_before_the_first_reading_are_blank_not_zero() -> None:
    trend = ItemTrend(trend="unknown", count=5, baseline=(None, None, None, 2.0), z=None)
    assert charts.each_week(trend).startswith("4주 전 수집 전")
    assert charts.bars(trend).count("stroke-dasharray") == 3
    assert charts.in_words(trend) == "이번 주 5건, 평소와 비교할 자료 부족"


def test_no_score_of_the_statisticians_reaches_a_reader(issue: Issue) -> None:
    text = render_files(issue, EDITION)["issue.txt"].decode()
    assert "이번 주 19건, 평소 6건" in text
    assert "3.4" not in text


def test_a_first_week_says_that_it_cannot_compare(issue: Issue) -> None:
    first = tuple((t, replace(w, trend="unknown", baseline=(None,) * 4, z=None)) for t, w in TOPICS)
    words = words_of(render_files(issue_of(full_week(), first), EDITION)["issue.html"].decode())
    assert "자료 부족: 앞선 주의 기사가" in words
    assert "떠오르는 신호" not in words


def test_a_quiet_week_says_so_and_repeats_nothing() -> None:
    text = render_files(issue_of(quiet_week(), ()), EDITION)["issue.txt"].decode()
    assert "이번 주는 조용했습니다" in text
    assert "핵심" not in text


def test_a_week_that_could_not_be_read_is_not_called_quiet() -> None:
    blind = issue_of((), (), coverage=replace(COVERAGE, failed=40))
    files = render_files(blind, EDITION)
    subject, letter, text = email_parts(blind, EDITION)
    assert subject == "[AI 신기술 동향] 제8호(2.16.~2.22.) 수집 상태 확인 필요"
    for words in (files["issue.html"].decode(), letter, text):
        assert "수집이 충분하지 않습니다" in words
        assert "조용했습니다" not in words


def test_coverage_names_the_failed_and_the_silent(issue: Issue) -> None:
    for words in (*(data.decode() for data in whole_files(issue).values()), *email_parts(issue, EDITION)[1:]):
        assert "새별일보 IT, Harbor AI Blog" in words
        assert "국가데이터원 소식" in words


def test_why_a_source_was_not_read_stands_behind_its_name(issue: Issue) -> None:
    known = replace(issue.coverage, causes=("cloudflare", ""))
    named = replace(issue, coverage=known)
    for words in (*(data.decode() for data in whole_files(named).values()), *email_parts(named, EDITION)[1:]):
        assert "새별일보 IT(Cloudflare가 막음), Harbor AI Blog" in words


@pytest.mark.parametrize(("links", "web", "expected"), [("none", "", set()), ("internal", "", set())])
def test_links_can_be_left_out(issue: Issue, links: str, web: str, expected: set[str]) -> None:
    edition = replace(EDITION, web=web)
    bare = replace(issue, links=links)  # type: ignore[arg-type] # a parameter is a plain str
    for words in (render_files(bare, edition)["issue.html"].decode(), *email_parts(bare, edition)[1:]):
        assert set(re.findall(r"https://[^\s\"<]+\.example/news", words)) == expected


def test_internal_links_lead_to_the_reading_room(issue: Issue) -> None:
    edition = replace(EDITION, web="https://ai.hanbit.example/")
    text = email_parts(replace(issue, links="internal"), edition)[2]
    assert "https://ai.hanbit.example/issues/2026-W08#source-1\n" in text


def test_the_letter_fits_and_declares_its_charset_early(issue: Issue) -> None:
    letter = email_parts(issue, EDITION)[1]
    assert len(letter.encode()) <= LETTER_LIMIT
    assert letter.encode().index(b"charset") < 1024
    assert not re.search(r"<(script|link|svg|form)\b|url\(|@import", letter)
    assert all(source.startswith("cid:") for source in tree_of(letter).xpath("//img/@src"))


def test_the_letter_reads_without_styles(issue: Issue) -> None:
    letter = email_parts(issue, EDITION)[1]
    bare = re.sub(r"<style.*?</style>|<!--.*?-->|\s(?:class|style)=\"[^\"]*\"", "", letter, flags=re.DOTALL)
    assert all(item.headline in words_of(bare) for item in issue.items)


def test_a_huge_issue_is_trimmed_but_loses_no_item() -> None:
    def lengthen(issue: Issue) -> Issue:
        items = tuple(replace(item, sentences=item.sentences * 6) for item in issue.items)
        sources = tuple(replace(source, url=source.url + "?q=" + "x" * 1500) for source in issue.sources)
        return replace(issue, items=items, sources=sources)

    huge = lengthen(issue_of(full_week()))
    letter = email_parts(huge, EDITION)[1]
    assert len(letter.encode()) <= LETTER_LIMIT
    assert all(item.headline in words_of(letter) for item in huge.items)
    assert all(f"[{source.n}]" in letter for source in huge.sources)


SCRAPS = [*"<>\"'&;:/\\{}%#=()", "가", "A", " ", "\n", "\x00", "\u202e", "javascript:", "<script>", "]]>", "{{", "{%"]
HOSTILE = st.lists(st.sampled_from(SCRAPS), max_size=40).map("".join)


@settings(max_examples=60, deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_nothing_from_outside_becomes_markup(title: str, outlet: str, url: str) -> None:
    given_story = story(1, "tech", [(f"가{outlet}", f"AI {title}", 1), ("나", f"인공지능 {title}", 2)])
    members = (replace(given_story.articles[0], url=url), given_story.articles[1])
    hostile = replace(issue_of([replace(given_story, articles=members)], ()), organisation=title)
    clean_page = tree_of(render_files(issue_of(quiet_week(), ()), EDITION)["issue.html"])
    known = {element.tag for element in clean_page.iter() if isinstance(element.tag, str)}
    for markup in (render_files(hostile, EDITION)["issue.html"].decode(), email_parts(hostile, EDITION)[1]):
        tree = tree_of(markup)
        found = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
        assert not tree.xpath("//script")
        assert found - known <= {"table", "tr", "td", "b", "br", "tbody", "o:officedocumentsettings", "svg", "div"}
        assert all(re.match(r"(https?://|#|mailto:ai-team@)", link) for link in tree.xpath("//@href"))
        assert not tree.xpath("//@onclick | //@onload | //@onerror")
