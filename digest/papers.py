"""The editions that need an extra, and are left out without it: issue and report as PDF, report as HWPX."""

from collections.abc import Iterator
from importlib.util import find_spec

from archive.records.editing import Edition
from archive.records.issue import Issue
from digest.hwpx import hwpx
from digest.pdf import pdf
from digest.render import render_files
from digest.report import foot, head, report_of, when

NAMES = ("issue.pdf", "report.pdf", "report.hwpx")
_EXTRAS = {"pdf": "weasyprint", "hwpx": "hwpx"}  # extra → what it brings


def missing() -> Iterator[tuple[str, str]]:
    """The extras that are not there, each with the command that brings it."""
    for extra, module in _EXTRAS.items():
        if find_spec(module) is None:
            yield extra, f"pip install 'donghyang[{extra}]'"


def paper_files(issue: Issue, edition: Edition) -> dict[str, bytes]:
    """``issue.pdf``, ``report.pdf`` and ``report.hwpx``, as far as their extras are there."""
    lacking, files = dict(missing()), dict[str, bytes]()
    if "pdf" not in lacking:
        pages = render_files(issue, edition)
        files |= {f"{name}.pdf": pdf(pages[f"{name}.html"].decode(), made=issue.made) for name in ("issue", "report")}
    if "hwpx" not in lacking:
        parts = report_of(issue, edition)
        files["report.hwpx"] = hwpx(head(issue), when(issue), parts, foot(issue, edition), made=issue.made)
    return files
