"""All editions of one snapshot tell the same items, with the same ranks, sources and links."""

import email
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from archive.records.issue import Issue
from archive.snapshots import from_json, to_json
from digest import papers
from digest.cleaning import clean
from digest.feeds import feed_files
from digest.mail import letter
from digest.pdf import pdf
from digest.render import email_parts, render_files
from tests.builders_digest import EDITION
from tests.hard_issues import HARD
from tests.programs import inflated


@dataclass(frozen=True)
class Told:
    """What an edition holds of an issue."""

    items: dict[int, str]  # rank → headline, without spaces
    links: frozenset[str]
    numbers: frozenset[int]  # of sources


def told_by(text: str, links: set[str], issue: Issue) -> Told:
    """Read an edition's words: each item stands there as its rank and headline."""
    flat = bare(text)
    items = {item.rank: bare(item.headline) for item in issue.items if re.search(at(item.rank, item.headline), flat)}
    return Told(items, frozenset(links), frozenset(map(int, re.findall(r"\\?\[(\d+)\\?\]", text))))


def at(rank: int, headline: str) -> str:
    return rf"(?<!\d){rank}\.?{re.escape(bare(headline))}"


def bare(text: str) -> str:
    return "".join(text.split())


def of_page(markup: str, issue: Issue) -> Told:
    tree: Any = html.document_fromstring(markup)
    links = {link for link in tree.xpath("//a/@href") if link.startswith("http")}
    return told_by(tree.text_content(), links, issue)


def of_text(text: str, issue: Issue) -> Told:
    return told_by(text, set(re.findall(r"(?m)^      (https?://\S+)$", text)), issue)


def of_markdown(text: str, issue: Issue) -> Told:
    plain = re.sub(r"\\([^\w\s])", r"\1", re.sub(r"\]\(#source-\d+\)", "]", text))
    return told_by(plain, set(re.findall(r"\(<(https?://[^>]+)>\)", text)), issue)


def of_feed(issue: Issue) -> Told:
    entry = json.loads(feed_files([issue], EDITION)["feed.json"])["items"][0]["content_html"]
    return of_page(f"<body>{entry}</body>", issue)


def of_letter(issue: Issue) -> Told:
    """The page of the letter as it is on the wire."""
    message = email.message_from_bytes(letter(issue, EDITION, None, "ai@hanbit.example", date=issue.made))
    page = next(part for part in message.walk() if part.get_content_type() == "text/html")
    return of_page(bytes(page.get_payload(decode=True)).decode(), issue)


EDITIONS: dict[str, Callable[[Issue], Told]] = {
    "page": lambda issue: of_page(render_files(issue, EDITION)["issue.html"].decode(), issue),
    "text": lambda issue: of_text(render_files(issue, EDITION)["issue.txt"].decode(), issue),
    "markdown": lambda issue: of_markdown(render_files(issue, EDITION)["issue.md"].decode(), issue),
    "letter": of_letter,
    "feed": of_feed,
}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", ["full", "quiet", "empty"])
def test_every_edition_tells_the_same(name: str, edition: str) -> None:
    issue = from_json(to_json(HARD[name]))
    found = EDITIONS[edition](issue)
    assert found.items == {item.rank: bare(item.headline) for item in issue.items}
    assert found.links == {source.url for source in issue.sources}
    assert found.numbers >= {source.n for source in issue.sources}
    assert max(found.numbers, default=0) <= len(issue.sources)


def test_the_json_edition_is_the_snapshot() -> None:
    issue = HARD["full"]
    kept = json.loads(to_json(issue))
    assert {item["rank"]: item["story"] for item in kept["items"]} == {item.rank: item.story for item in issue.items}
    assert [source["url"] for source in kept["sources"]] == [source.url for source in issue.sources]


@pytest.mark.parametrize("name", HARD)
def test_the_text_part_has_every_link_of_the_letter(name: str) -> None:
    _, page, text = email_parts(HARD[name], EDITION)
    tree: Any = html.document_fromstring(page)
    assert {link.removeprefix("mailto:") for link in tree.xpath("//a/@href")} <= set(text.split())


@pytest.mark.parametrize("name", HARD)
def test_a_letter_reads_when_a_filter_has_stripped_it(name: str) -> None:
    issue = HARD[name]
    page = email_parts(issue, EDITION)[1]
    stripped = re.sub(
        r"<style.*?</style>|<!--.*?-->|<img[^>]*>|\s(?:class|style|id|bgcolor)=\"[^\"]*\"", "", page, flags=re.DOTALL
    )
    tree: Any = html.document_fromstring(stripped)
    flat = bare(tree.text_content())
    assert all(re.search(at(item.rank, item.headline), flat) for item in issue.items)
    assert all(bare(signal.label) in flat for signal in issue.signals)
    assert all(bare(clean(call.name)) in flat for call in issue.calls)
    assert "style=" not in stripped


def test_the_report_cites_sources_and_stories_of_the_issue(tmp_path: Path) -> None:
    issue = HARD["full"]
    made = papers.paper_files(issue, EDITION)
    tree: Any = html.document_fromstring(render_files(issue, EDITION)["report.html"])
    page = tree.text_content()
    with zipfile.ZipFile(io.BytesIO(made["report.hwpx"])) as archive:
        section: Any = html.fromstring(archive.read("Contents/section0.xml"))
    hwpx = section.text_content()
    cited = {int(n) for n in re.findall(r"\[(\d+)\]", page)}
    assert cited <= {source.n for source in issue.sources}
    assert {int(n) for n in re.findall(r"\[(\d+)\]", hwpx)} == cited
    assert all(bare(point.text) in bare(page) for point in issue.highlights)
    assert all(bare(point.text) in bare(hwpx) for point in issue.highlights)
    if shutil.which("pdftotext"):
        for name in ("report.pdf", "issue.pdf"):
            (tmp_path / name).write_bytes(made[name])
            read = subprocess.run(["pdftotext", "-q", tmp_path / name, "-"], capture_output=True, check=True).stdout
            assert all(bare(point.text) in bare(read.decode()) for point in issue.highlights)


def test_the_links_of_the_pdf_are_those_of_the_page() -> None:
    issue = HARD["full"]
    written = pdf(render_files(issue, EDITION)["issue.html"].decode(), made=issue.made)
    links = set(re.findall(rb"/URI \((https?://[^)]*)\)", inflated(written)))
    assert links == {source.url.encode() for source in issue.sources}
