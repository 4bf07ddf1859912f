"""The way out of the letters (RFC 8058): looking at the page changes nothing, for link scanners look at every page."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from digest import subscriptions
from donghyang import subscribing
from donghyang.messages import say
from donghyang.web.room import Room, room_of

router = APIRouter()
Token = Annotated[str, Path(pattern="^[A-Za-z2-7]{26}$")]


@router.get("/unsubscribe/{token}")
def ask(request: Request, token: Token) -> HTMLResponse:
    """A page with one button."""
    room = room_of(request)
    _reader(room, token)
    return room.page(request, "unsubscribe.html", token=token, done=False)


@router.post("/unsubscribe/{token}")
def leave(request: Request, token: Token) -> HTMLResponse:
    """The button, or a mail program's one click: no more letters; a second time changes nothing."""
    room = room_of(request)
    email = _reader(room, token)
    already = [one for one in subscribing.standings(room.services, room.now()) if one.reader.email == email]
    if not any(one.state == "unsubscribed" for one in already):
        subscribing.note(room.services, email, "unsubscribe", room.now(), reason=say("web.unsubscribe.reason"))
    return room.page(request, "unsubscribe.html", token=token, done=True)


def _reader(room: Room, token: str) -> str:
    """Whose token it is; 404 for one that is nobody's."""
    readers = [reader.email for reader in room.services.settings.reader_records()]
    email = subscriptions.whose(token, subscribing.secret(room.services), readers)
    if email is None:
        raise HTTPException(status_code=404, detail=say("web.unsubscribe.nobody"))
    return email
