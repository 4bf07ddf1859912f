"""Templates filled with an issue; whatever they print is cleaned first."""

from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from archive.records.editing import Edition
from archive.records.issue import Coverage, Issue
from digest import call_words, charts, dates, layout, phrases, pictures
from digest.cleaning import clean, is_korean
from digest.markdown import escaped
from digest.medium import Medium

_TEMPLATES = Path(__file__).parent / "templates"


def fill(template: str, issue: Issue, edition: Edition, medium: Medium, **more: object) -> str:
    """A template of ``digest/templates`` filled with an issue."""
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
            **more,
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(enabled_extensions=("html", "xml"), default=False),
        undefined=StrictUndefined,
        finalize=_fit,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(_words())
    environment.filters["markdown"] = escaped
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
        "calls": call_words,
        "charts": charts,
        "pictures": pictures,
        "period": dates.period,
        "brief_period": dates.brief_period,
        "perspectives": phrases.PERSPECTIVES,
        "sections": phrases.SECTIONS,
        "trends": phrases.TRENDS,
        "unread": unread,
    }
