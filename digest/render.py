"""From a frozen issue to its page, its plain text, its letter and its report; the same bytes for the same issue."""

import base64
import bisect
from functools import cache

import css_inline

from archive.records.editing import Edition
from archive.records.issue import Issue
from digest import dates, layout, phrases, pictures
from digest.calendar import calendar
from digest.cleaning import clean
from digest.medium import Leaving, Medium, cuts, medium_of
from digest.report import foot, head, report_of, when
from digest.templating import fill

LETTER_LIMIT = 74 * 1024  # bytes of HTML; its base64 then stays below the 102 KB at which Gmail clips a letter
MESSAGE_LIMIT = (
    147 * 1024
)  # bytes of text, page and pictures on the wire; with its headers a letter stays below 150 KiB


def render_files(issue: Issue, edition: Edition) -> dict[str, bytes]:
    """``issue.html`` (the page), ``issue.txt``, ``issue.md`` and ``report.html`` (one A4 page), as UTF-8 bytes.

    ``calls.ics``, the deadlines as a calendar, is there when a call has one.
    """
    medium, deadlines = medium_of(issue, edition), calendar(issue)
    return {
        "issue.html": fill("web.html", issue, edition, medium).encode(),
        "issue.txt": fill("email.txt", issue, edition, medium).encode(),
        "issue.md": fill("issue.md", issue, edition, medium).encode(),
        "report.html": report_page(issue, edition).encode(),
        **({"calls.ics": deadlines} if deadlines else {}),
    }


def report_page(issue: Issue, edition: Edition) -> str:
    """The one-page report as an HTML page of its own."""
    told = {"head": head(issue), "when": when(issue), "parts": report_of(issue, edition), "foot": foot(issue, edition)}
    return fill("report.html", issue, edition, medium_of(issue, edition), report=told)


def email_parts(issue: Issue, edition: Edition, leaving: Leaving | None = None) -> tuple[str, str, str]:
    """The letter's subject, HTML (at most ``LETTER_LIMIT`` bytes) and plain text.

    Both bodies give up the same things, gentlest first, until the letter fits; ``leaving`` is how its reader ends them.
    """
    whole = medium_of(issue, edition, leaving=leaving, images=edition.images == "cid")
    bodies = _fitting(issue, edition, whole)
    return subject(issue), *bodies


def subject(issue: Issue) -> str:
    """``[AI 신기술 동향] 제8호(2.16.~2.22.) …`` with the first highlight."""
    quiet = phrases.SUBJECT_BLIND if layout.is_blind(issue) else phrases.SUBJECT_QUIET
    top = issue.highlights[0].text if issue.highlights else quiet
    line = phrases.SUBJECT.format(number=issue.number, period=dates.brief_period(issue.week), top=clean(top))
    return phrases.REVISED + line if issue.corrected else line


def _fitting(issue: Issue, edition: Edition, whole: Medium) -> tuple[str, str]:
    """The bodies with the gentlest cut that fits, found by halving: every further cut makes a letter smaller."""
    ladder = cuts(whole.items)
    made = cache(lambda step: _bodies(issue, edition, whole, step))
    if _fits(issue, made(0)):
        return made(0)
    fits = bisect.bisect_left(range(len(ladder) - 1), 1, key=lambda step: int(_fits(issue, made(step))))
    return made(fits)


def _bodies(issue: Issue, edition: Edition, whole: Medium, step: int) -> tuple[str, str]:
    medium = whole.with_cut(cuts(whole.items)[step])
    page = _inliner().inline(fill("email.html", issue, edition, medium))
    return page, fill("email.txt", issue, edition, medium)


def _fits(issue: Issue, bodies: tuple[str, str]) -> bool:
    page, text = (body.encode() for body in bodies)
    drawn = sum(len(base64.encodebytes(picture)) + 300 for picture in pictures.charted(issue).values())
    wire = len(base64.encodebytes(page)) + len(base64.encodebytes(text)) + drawn
    return len(page) <= LETTER_LIMIT and wire <= MESSAGE_LIMIT


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(
        keep_style_tags=False, keep_at_rules=False, minify_css=True, load_remote_stylesheets=False
    )
