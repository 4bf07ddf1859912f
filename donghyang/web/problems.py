"""Trouble of the API as problem+json (RFC 9457), in Korean and English."""

from http import HTTPStatus
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from archive.troubles import ArchiveError
from donghyang.messages import say
from donghyang.troubles import Refused

MEDIA_TYPE: Final = "application/problem+json"
_KNOWN: Final = frozenset({400, 401, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503})


class Problem(Exception):  # noqa: N818 - RFC 9457's own word
    """What a request asked cannot be answered; ``detail`` is Korean, ``detail_en`` English."""

    def __init__(self, status: int, detail: str, detail_en: str, **more: object) -> None:
        super().__init__(detail)
        self.status, self.detail, self.detail_en, self.more = status, detail, detail_en, more


def register(app: FastAPI) -> None:
    """Let every trouble of an application end as problem+json."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(ArchiveError, _archive)
    app.add_exception_handler(Refused, _refused)


def problem(request: Request, status: int, **more: object) -> JSONResponse:
    """A problem with what the catalogue says of its status; ``more`` are further members."""
    known = known_status(status)
    body: dict[str, object] = {
        "type": "about:blank",
        "title": say(f"web.heading.{known}"),
        "title_en": HTTPStatus(status).phrase,
        "status": status,
        "detail": say(f"web.trouble.{known}"),
        "instance": request.url.path,
        **more,
    }
    return JSONResponse(body, status_code=status, media_type=MEDIA_TYPE)


def known_status(status: int) -> int:
    """The status itself when the catalogue has words for it, else the one that stands for its hundred."""
    return status if status in _KNOWN else 500 if status >= 500 else 400  # noqa: PLR2004 - HTTP's own numbers


def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101 -- registered for nothing else
    return problem(request, error.status, detail=error.detail, detail_en=error.detail_en, **error.more)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 -- registered for nothing else
    told = {} if error.detail.isascii() else {"detail": error.detail}  # what Starlette itself says is English
    response = problem(request, error.status_code, **told)
    response.headers.update(error.headers or {})
    return response


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 -- registered for nothing else
    errors = [{"parameter": str(one["loc"][-1]), "reason_en": str(one["msg"])} for one in error.errors()]
    return problem(request, 422, detail_en="A parameter is missing or has a value it cannot have.", errors=errors)


def _archive(request: Request, error: Exception) -> Response:
    return problem(request, 503, detail=str(error), detail_en="The archive cannot be read now.")


def _refused(request: Request, error: Exception) -> Response:
    return problem(request, 404, detail=str(error), detail_en="There is no such thing here.")
