"""Trouble as a page: what happened, and what the visitor can do; never a traceback."""

from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from archive.troubles import ArchiveError
from donghyang.messages import say
from donghyang.troubles import Refused
from donghyang.web.room import room_of

_KNOWN: Final = frozenset({400, 401, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503})


def register(app: FastAPI) -> None:
    """Let every trouble of an application end as a page."""
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(ArchiveError, _archive)
    app.add_exception_handler(Refused, _refused)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 -- registered for nothing else
    status = error.status_code
    told = "" if error.detail.isascii() else error.detail  # what Starlette itself says is English
    response = _page(request, status, told)
    response.headers.update(error.headers or {})
    return response


def _invalid(request: Request, _: Exception) -> Response:
    return _page(request, 422, "")


def _archive(request: Request, error: Exception) -> Response:
    return _page(request, 503, str(error))


def _refused(request: Request, error: Exception) -> Response:
    return _page(request, 409, str(error))


def _page(request: Request, status: int, told: str) -> Response:
    known = status if status in _KNOWN else 500 if status >= 500 else 400  # noqa: PLR2004 - HTTP's own numbers
    sentence = told or say(f"web.trouble.{known}")
    return room_of(request).page(
        request, "trouble.html", status, heading=say(f"web.heading.{known}"), sentence=sentence, code=status
    )
