"""What every page of the reading room shares: the services, the time, and templates filled with them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final, cast
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from archive.weeks import Week
from digest import dates, phrases
from digest.cleaning import clean
from donghyang.services import Services
from donghyang.web.visitor import visitor_of

_HERE: Final = Path(__file__).parent


class Room:
    """The archive with its reading lamps: one for all requests, safe to use from several threads."""

    def __init__(self, services: Services, clock: Callable[[], datetime]) -> None:
        self.services = services
        self.zone = services.settings.zone
        self._clock = clock
        self._templates = self._environment()

    def now(self) -> datetime:
        """The server's time, in the city's zone."""
        return self._clock().astimezone(self.zone)

    def this_week(self) -> Week:
        """The week we are in."""
        return Week.containing(self.now(), self.zone)

    def page(self, request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse:
        """A template of ``web/templates`` filled for one visitor."""
        return HTMLResponse(self.fill(request, template, **values), status_code=status)

    def fill(self, request: Request, template: str, **values: object) -> str:
        """The same as text."""
        edition = self.services.settings.edition()
        return self._templates.get_template(template).render(
            request=request, visitor=visitor_of(request), edition=edition, now=self.now(), **values
        )

    def _environment(self) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_fit,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals.update(
            to=_to, sections=phrases.SECTIONS, perspectives=phrases.PERSPECTIVES, trends=phrases.TRENDS, css=_version()
        )
        environment.filters.update(day=self._day, moment=self._moment)
        return environment

    def _day(self, moment: datetime | None) -> str | Markup:
        """A day as a reader sees it, for machines as well; "" for none."""
        return self._told(moment, "%Y-%m-%d", dates.full(dates.local(moment, self.zone))) if moment else ""

    def _moment(self, moment: datetime | None) -> str | Markup:
        """A day with its time."""
        if moment is None:
            return ""
        local = moment.astimezone(self.zone)
        return self._told(moment, "%Y-%m-%dT%H:%M:%S%z", f"{dates.full(local.date())} {local:%H:%M}")

    def _told(self, moment: datetime, form: str, words: str) -> Markup:
        return Markup('<time datetime="{}">{}</time>').format(moment.astimezone(self.zone).strftime(form), words)


def room_of(request: Request) -> Room:
    """The room a request came into."""
    return cast("Room", request.app.state.room)


@pass_context
def _to(context: Context, path: str, query: Mapping[str, object] | None = None) -> str:
    """An address of ours, behind whatever prefix the city's own web server gives us; empty values are left out."""
    prefix = context["request"].scope.get("root_path", "")
    asked = urlencode([(name, value) for name, value in (query or {}).items() if value not in (None, "")], doseq=True)
    return f"{prefix}{path}" + (f"?{asked}" if asked else "")


def _fit(value: object) -> object:
    """Whatever a template prints is cleaned first, unless it was made as markup."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _version() -> str:
    """Of the style sheet, so that a browser may keep it for long."""
    return sha256((_HERE / "static" / "room.css").read_bytes()).hexdigest()[:8]
