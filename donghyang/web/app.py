"""The reading room as one ASGI application: its pages, its desk and its API over one archive.

    request ─▶ guards (safety) ─▶ a router's function ─▶ read models (donghyang.reading) ─▶ template or JSON

Every page works without JavaScript and loads nothing from elsewhere.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles

from donghyang.services import Services
from donghyang.web import pages_unsubscribe, troubles
from donghyang.web.api import create_api
from donghyang.web.room import Room

_STATIC: Final = Path(__file__).parent / "static"
ROUTERS: Sequence[APIRouter] = (pages_unsubscribe.router,)


def create_app(services: Services, clock: Callable[[], datetime]) -> FastAPI:
    """The application over opened services; ``clock`` says what time it is."""
    app = FastAPI(title="donghyang", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.room = Room(services, clock)
    troubles.register(app)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    app.mount("/api/v1", create_api(app.state.room), name="api")
    for router in ROUTERS:
        app.include_router(router)
    return app
