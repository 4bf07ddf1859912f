"""The issue on paper: the PDF of the page, and the one-page report as PDF and HWPX."""

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hwpx import HwpxDocument, validate_editor_open_safety
from lxml import html
from weasyprint import HTML

from archive.records.issue import Issue
from digest import papers
from digest.pdf import kept_words
from digest.render import render_files, report_page
from digest.report import report_of, rows
from tests.builders_digest import EDITION, full_week, issue_of, quiet_week
from tests.programs import inflated


@pytest.fixture(scope="module")
def issue() -> Issue:
    return issue_of(full_week())


@pytest.fixture(scope="module")
def made(issue: Issue) -> dict[str, bytes]:
    return papers.paper_files(issue, EDITION)


def crowded(issue: Issue) -> Issue:
    """An issue with more to tell than a sheet holds."""
    long = tuple(
        replace(item, headline=item.headline * 3, duties=issue.items[0].duties)
        for item in (*issue.items, *issue.items, *issue.items)
    )
    return replace(issue, items=long, highlights=tuple(replace(h, text=h.text * 4) for h in issue.highlights))


def test_the_same_issue_gives_the_same_papers(issue: Issue, made: dict[str, bytes]) -> None:
    assert set(made) == {"issue.pdf", "report.pdf", "report.hwpx"}
    assert papers.paper_files(issue, EDITION) == made


def test_the_pdf_is_tagged_titled_and_dated_by_the_issue(made: dict[str, bytes]) -> None:
    for name in ("issue.pdf", "report.pdf"):
        assert made[name].startswith(b"%PDF-1.7")
        objects = inflated(made[name])
        assert b"/MarkInfo" in objects
        assert b"/Lang (ko)" in objects
        assert b"(D:20260222210000Z)" in objects


def test_every_word_of_the_page_is_still_one_word_in_the_pdf(
    issue: Issue, made: dict[str, bytes], tmp_path: Path
) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext: apt-get install poppler-utils")
    (tmp_path / "issue.pdf").write_bytes(made["issue.pdf"])
    read = subprocess.run(["pdftotext", "-q", tmp_path / "issue.pdf", "-"], capture_output=True, check=True)
    text = "".join(read.stdout.decode().split())
    assert all("".join(item.headline.split()) in text for item in issue.items)
    assert "\u2060" not in read.stdout.decode()


def test_words_are_kept_whole_and_nothing_else_changes(issue: Issue) -> None:
    page = render_files(issue, EDITION)["issue.html"].decode()
    before: Any = html.document_fromstring(page)
    after: Any = html.document_fromstring(kept_words(page))
    assert after.text_content().split() == before.text_content().split()
    kept = [span.text for span in after.xpath("//span[@class='keep']")]
    assert "시범" in kept
    assert all(len(word) <= 20 for word in kept)
    assert after.findtext(".//title") == before.findtext(".//title")


@pytest.mark.parametrize("kind", ["full", "quiet", "empty", "crowded"])
def test_the_report_is_one_sheet(issue: Issue, kind: str) -> None:
    week = {"full": issue, "quiet": issue_of(quiet_week(), ()), "empty": issue_of((), ()), "crowded": crowded(issue)}
    page = report_page(week[kind], EDITION)
    assert len(HTML(string=kept_words(page)).render().pages) == 1
    assert page.count("□ 시사점·조치계획") == 1


def test_the_report_tells_key_points_the_city_and_leaves_room(issue: Issue) -> None:
    parts = {part.name: part.lines for part in report_of(issue, EDITION)}
    assert list(parts) == ["이번 주 핵심 3가지", "우리 시 업무 관련", "시사점·조치계획"]
    signs = [line.sign for line in parts["이번 주 핵심 3가지"]]
    assert signs == ["○", "-", "※"] * 3
    assert parts["이번 주 핵심 3가지"][2].text == f"출처 [1] {issue.sources[0].outlet}, 2026. 2. 16.(월)"
    assert [line.text for line in parts["시사점·조치계획"]] == ["", ""]


def test_what_an_editor_holds_it_means_stands_in_the_last_part(issue: Issue) -> None:
    items = (replace(issue.items[0], implication="민원 상담 시범 검토"), *issue.items[1:])
    last = report_of(replace(issue, items=items), EDITION)[-1]
    assert [line.text for line in last.lines] == ["민원 상담 시범 검토", "", ""]


def test_a_crowded_report_gives_up_details_before_points(issue: Issue) -> None:
    parts = report_of(crowded(issue), EDITION)
    assert rows(parts) <= 37
    assert [line.sign for line in parts[0].lines].count("○") == 3


def test_the_hwpx_is_valid_and_reads_back_as_the_report(issue: Issue, made: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "report.hwpx"
    path.write_bytes(made["report.hwpx"])
    document = HwpxDocument.open(str(path))
    assert not document.validate().issues
    assert validate_editor_open_safety(made["report.hwpx"]).ok
    lines = document.text.plain().splitlines()
    for part in report_of(issue, EDITION):
        assert f"□ {part.name}" in lines
        assert all(f"{line.sign} {line.text}" in lines for line in part.lines if line.text)


def test_the_hwpx_carries_no_hour_but_the_issues_own(made: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(made["report.hwpx"])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 2, 22, 21, 0, 0)}
        assert archive.namelist()[0] == "mimetype"
        assert "주간 AI 신기술 동향 보고" in archive.read("Contents/content.hpf").decode()


def test_without_the_extras_the_papers_are_left_out(issue: Issue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.papers.find_spec", lambda _: None)
    assert papers.paper_files(issue, EDITION) == {}
    assert dict(papers.missing()) == {"pdf": "pip install 'donghyang[pdf]'", "hwpx": "pip install 'donghyang[hwpx]'"}
