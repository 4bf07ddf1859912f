"""Trouble as a page: what happened, and what the visitor can do; never a traceback."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from archive.troubles import ArchiveError
from donghyang.messages import say
from donghyang.troubles import Refused
from donghyang.web.problems import known_status, problem
from donghyang.web.room import room_of


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
    """Trouble as a page; as problem+json where a program asked the API."""
    if request.url.path.startswith(f"{request.scope.get('root_path', '')}/api/"):
        return problem(request, status, **({"detail": told} if told else {}))
    known = known_status(status)
    sentence = told or say(f"web.trouble.{known}")
    return room_of(request).page(
        request, "trouble.html", status, heading=say(f"web.heading.{known}"), sentence=sentence, code=status
    )
