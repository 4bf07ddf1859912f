"""The API under /api/v1: read-only JSON with ETags, cursors and problem+json; /api/v1/openapi.json describes it."""

from collections.abc import Sequence
from typing import Final

from fastapi import APIRouter, FastAPI

from donghyang.web import api_findings, problems
from donghyang.web.room import Room

VERSION: Final = "1"
_ROUTERS: Final[Sequence[APIRouter]] = (api_findings.router,)
_ABOUT: Final = (
    "Everything donghyang has read, found and issued, read-only. Lists go on with the `next` of an answer as `cursor`. "
    "Moments are ISO 8601 with an offset; null is not known, never 0. No text goes beyond its source's rights."
)


def create_api(room: Room) -> FastAPI:
    """The API over a room; to be mounted."""
    app = FastAPI(
        title="donghyang", version=VERSION, description=_ABOUT, docs_url=None, redoc_url=None, redirect_slashes=False
    )
    app.state.room = room
    problems.register(app)
    for router in _ROUTERS:
        app.include_router(router)
    return app
