"""From a frozen issue to its page, its plain text and the parts of its letter; the same bytes for the same issue."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from archive.records.editing import Edition
from archive.records.issue import Coverage, Issue, IssueSource
from archive.records.words import Links
from digest import charts, dates, layout, phrases
from digest.cleaning import clean, is_korean, web_address

_TEMPLATES = Path(__file__).parent / "templates"
LETTER_LIMIT = 74 * 1024  # bytes of HTML; its base64 then stays below the 102 KB at which Gmail clips a letter
_LONGEST_LINK = 2000
# When a letter is too large it gives up sentences first, then the longest addresses; never an item or a source.
_MEASURES = ((4, _LONGEST_LINK), (2, _LONGEST_LINK), (1, 600), (1, 200), (1, 0))


@dataclass(frozen=True, slots=True)
class _Medium:
    """Where an edition is read: how long it may be and where its links lead."""

    links: Links
    page: str  # address of the issue's own page; "" = none
    sentences: int = 99
    longest_link: int = _LONGEST_LINK

    def source(self, source: IssueSource) -> str:
        """Where a source's title leads, "" for nowhere."""
        if self.links == "internal" and self.page:
            return f"{self.page}#source-{source.n}"
        address = web_address(source.url) if self.links == "original" else ""
        return address if len(address) <= self.longest_link else ""


def render_files(issue: Issue, edition: Edition) -> dict[str, bytes]:
    """``issue.html`` (the page) and ``issue.txt``, as UTF-8 bytes."""
    medium = _medium(issue, edition)
    return {
        "issue.html": _render("web.html", issue, edition, medium).encode(),
        "issue.txt": _render("email.txt", issue, edition, medium).encode(),
    }


def email_parts(issue: Issue, edition: Edition) -> tuple[str, str, str]:
    """The letter's subject, HTML (at most ``LETTER_LIMIT`` bytes) and plain text."""
    text = _render("email.txt", issue, edition, _medium(issue, edition))
    return subject(issue), _letter_html(issue, edition), text


def subject(issue: Issue) -> str:
    """``[AI 동향] 제8호(2.16.~2.22.) …`` with the first highlight."""
    quiet = phrases.SUBJECT_BLIND if layout.is_blind(issue) else phrases.SUBJECT_QUIET
    top = issue.highlights[0].text if issue.highlights else quiet
    line = phrases.SUBJECT.format(number=issue.number, period=dates.brief_period(issue.week), top=clean(top))
    return phrases.REVISED + line if issue.revision > 1 else line


def _medium(issue: Issue, edition: Edition) -> _Medium:
    base = web_address(edition.web).rstrip("/")
    return _Medium(issue.links, f"{base}/issues/{issue.week}" if base else "")


def _letter_html(issue: Issue, edition: Edition) -> str:
    plain, letter = _medium(issue, edition), ""
    for sentences, longest in _MEASURES:
        medium = _Medium(plain.links, plain.page, sentences, longest)
        letter = _inliner().inline(_render("email.html", issue, edition, medium))
        if len(letter.encode()) <= LETTER_LIMIT:
            break
    return letter


def _render(template: str, issue: Issue, edition: Edition, medium: _Medium) -> str:
    zone = ZoneInfo(edition.zone)
    return (
        _environment()
        .get_template(template)
        .render(
            issue=issue,
            edition=edition,
            medium=medium,
            sources={source.n: source for source in issue.sources},
            day=lambda moment: dates.weekday(dates.local(moment, zone)) if moment else "",
            made=dates.full(dates.local(issue.made, zone)),
        )
    )


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(
        keep_style_tags=False, keep_at_rules=False, minify_css=True, load_remote_stylesheets=False
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
        undefined=StrictUndefined,
        finalize=_fit,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(_words())
    environment.tests["korean"] = is_korean
    return environment


def _fit(value: object) -> object:
    """Whatever a template prints is cleaned first, unless this room made it as markup."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def unread(coverage: Coverage) -> list[str]:
    """The sources that could not be read, each with why, where that is known."""
    reasons = [phrases.CAUSES.get(cause, "") for cause in coverage.causes] or [""] * len(coverage.failing)
    return [f"{name}({reason})" if reason else name for name, reason in zip(coverage.failing, reasons, strict=False)]


def _words() -> dict[str, object]:
    return {
        "layout": layout,
        "charts": charts,
        "period": dates.period,
        "brief_period": dates.brief_period,
        "perspectives": phrases.PERSPECTIVES,
        "sections": phrases.SECTIONS,
        "trends": phrases.TRENDS,
        "unread": unread,
    }
