"""Answers with an ETag (RFC 9110, §8.8.3): a program that has the same answer already is told so and spared it."""

from collections.abc import Callable, Coroutine
from hashlib import sha256
from typing import Any, Final

from fastapi import Request
from fastapi.responses import Response
from fastapi.routing import APIRoute

_OK: Final = 200


class ConditionalRoute(APIRoute):
    """A route whose whole answers carry a strong ETag and heed If-None-Match."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's function, its answer tagged."""
        answer = super().get_route_handler()

        async def tagged(request: Request) -> Response:
            return _tagged(request, await answer(request))

        return tagged


def _tagged(request: Request, response: Response) -> Response:
    body = getattr(response, "body", None)
    if request.method != "GET" or response.status_code != _OK or body is None:
        return response
    tag = f'"{sha256(bytes(body)).hexdigest()[:32]}"'
    response.headers["ETag"] = tag
    response.headers.setdefault("Cache-Control", "private, no-cache")
    asked = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if tag in asked or "*" in asked:
        kept = {name: response.headers[name] for name in ("ETag", "Cache-Control")}
        return Response(status_code=304, headers=kept)
    return response
