"""The issue as a reader sees it: the page and the letter in real Chromium, wide, narrow, light, dark, on paper."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pytest

from archive.records.issue import Issue
from digest.render import email_parts, render_files, report_page
from tests.builders_digest import EDITION, TOPICS, full_week, issue_of, story
from tests.demo_issues import WEEKS, demo_issues, needs_demo
from tests.hard_issues import HARD

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium: apt-get install chromium fonts-nanum"),
]

# Text whose contrast with the nearest painted background is below WCAG AA (4.5; 3 for large type).
CONTRAST = """() => {
  const rgb = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = node => {
    for (let at = node; at; at = at.parentElement) {
      const paint = rgb(getComputedStyle(at).backgroundColor);
      if (paint.length === 3 || paint[3] === 1) return paint;
    }
    return matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
  };
  const weak = [];
  for (const node of document.querySelectorAll('body *')) {
    const style = getComputedStyle(node);
    const own = [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim());
    if (!own || style.display === 'none' || !node.offsetParent) continue;
    const [low, high] = [light(rgb(style.color)), light(ground(node))].sort((a, b) => a - b);
    const size = parseFloat(style.fontSize), large = size >= 24 || size >= 18.66 && style.fontWeight >= 700;
    if ((high + .05) / (low + .05) < (large ? 3 : 4.5)) weak.push(node.textContent.trim().slice(0, 40));
  }
  return weak;
}"""
# Korean words that are broken over two lines.
HALVES = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), broken = [];
  while (walk.nextNode()) {
    for (const word of walk.currentNode.data.matchAll(/(?<![가-힣])[가-힣]{2,12}(?![가-힣])/g)) {
      const range = document.createRange();
      range.setStart(walk.currentNode, word.index);
      range.setEnd(walk.currentNode, word.index + word[0].length);
      if (new Set([...range.getClientRects()].filter(box => box.width).map(box => Math.round(box.top))).size > 1)
        broken.push(word[0]);
    }
  }
  return broken;
}"""
Scheme = Literal["light", "dark"]


def long_words() -> Issue:
    """A week of unbroken and overlong titles."""
    ugly = [("AI" + "가" * 90, 1), ("A" * 300, 2), ("인공지능 " * 40, 3)]
    return issue_of([story(n, "tech", [(f"매체{n}", t, n), (f"신문{n}", t + " 소식", n + 1)]) for t, n in ugly], ())


ISSUES = {
    **HARD,
    "first": issue_of(full_week(), [(t, replace(w, trend="unknown", baseline=(None,) * 4)) for t, w in TOPICS]),
}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# A letter is shown inside a mail program, which has the landmarks; these rules are a page's.
OF_A_PAGE = {rule: {"enabled": False} for rule in ("landmark-one-main", "region", "page-has-heading-one")}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only here, where Chromium is known to exist

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def shown(chromium: Any, markup: str, width: int, scheme: Scheme) -> Any:
    """A page with nothing but the markup, that may not ask the network for anything."""
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.route("**/*", lambda route: route.abort())
    page.set_content(markup)
    return page


def markups(issue: Issue) -> tuple[str, str]:
    return render_files(issue, EDITION)["issue.html"].decode(), email_parts(issue, EDITION)[1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 700, 1100])
@pytest.mark.parametrize("name", ISSUES)
def test_page_and_letter_fit_read_well_and_break_no_word(chromium: Any, name: str, width: int, scheme: Scheme) -> None:
    for markup in markups(ISSUES[name]):
        page = shown(chromium, markup, width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(CONTRAST) == []
        assert page.evaluate(HALVES) == []
        page.close()


def violations(page: Any, *, of_a_page: bool) -> list[str]:
    """What axe holds against a page: WCAG 2.2 A and AA, and for a page of our own also good practice."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - see the fixture

    tags = [*WCAG, "best-practice"] if of_a_page else WCAG
    options = {"runOnly": {"type": "tag", "values": tags}, "rules": {} if of_a_page else OF_A_PAGE}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in found]


def judged(chromium: Any, issue: Issue, width: int, scheme: Scheme) -> list[str]:
    """What axe holds against an issue's page, letter and report; each may be no wider than it is shown."""
    web, letter = markups(issue)
    found = list[str]()
    for markup, of_a_page in ((web, True), (letter, False), (report_page(issue, EDITION), True)):
        page = shown(chromium, markup, width, scheme)
        found += violations(page, of_a_page=of_a_page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"wider than {width}: {markup[:60]}")
        page.close()
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1100])
@pytest.mark.parametrize("name", ISSUES)
def test_axe_finds_nothing(chromium: Any, name: str, width: int, scheme: Scheme) -> None:
    assert judged(chromium, ISSUES[name], width, scheme) == []


@needs_demo
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1100])
def test_axe_finds_nothing_in_the_demo(chromium: Any, width: int, scheme: Scheme) -> None:
    issues = demo_issues()
    assert len(issues) == WEEKS
    found = {week: judged(chromium, issue, width, scheme) for week, issue in issues.items()}
    assert {week: rules for week, rules in found.items() if rules} == {}


def test_axe_sees_a_bad_page(chromium: Any) -> None:
    page = shown(chromium, '<html><body><img src="a.png"><a href="#x"></a></body></html>', 700, "light")
    found = {line.partition(":")[0] for line in violations(page, of_a_page=False)}
    assert {"image-alt", "link-name", "html-has-lang", "document-title"} <= found
    page.close()


def test_the_contrast_check_sees_a_bad_page(chromium: Any) -> None:
    page = shown(chromium, '<p style="color:#999">흐린 글</p><p>뚜렷한 글</p>', 700, "light")
    assert page.evaluate(CONTRAST) == ["흐린 글"]
    page.close()


def test_overlong_words_do_not_widen_the_page(chromium: Any) -> None:
    for markup in markups(long_words()):
        page = shown(chromium, markup, 360, "light")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.close()


def test_the_skip_link_and_headings_lead_through_the_page(chromium: Any) -> None:
    page = shown(chromium, markups(ISSUES["full"])[0], 1100, "light")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "본문 바로가기"
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))
    page.close()


def test_on_paper_the_page_prints_the_addresses_and_no_navigation(chromium: Any) -> None:
    page = shown(chromium, markups(ISSUES["full"])[0], 760, "light")
    page.emulate_media(media="print")
    assert page.locator(".inside").is_hidden()
    assert page.locator(".sources .url").first.is_visible()
    page.emulate_media(media="screen")
    assert page.locator(".sources .url").first.is_hidden()
    page.close()
