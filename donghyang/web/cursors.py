"""Where a page of a list ended, as one opaque word in an address."""

import base64
import json
from datetime import UTC, datetime

from archive.listing import Place
from archive.records.words import ArticleId
from donghyang.messages import say
from donghyang.web.problems import Problem

_LONGEST = 200  # characters; ours have about eighty


def written(place: Place | None) -> str | None:
    """A place as a cursor; None at the end of the list."""
    if place is None:
        return None
    packed = json.dumps([place.moment.astimezone(UTC).isoformat(), place.id], separators=(",", ":"))
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def read(cursor: str) -> Place | None:
    """The place a cursor names; None for the beginning. Raises Problem for a word that is none of ours."""
    if not cursor:
        return None
    try:
        place = _unpacked(cursor)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise Problem(400, say("api.cursor"), "This cursor is not one of ours; begin without one.") from error
    return place


def _unpacked(cursor: str) -> Place:
    if len(cursor) > _LONGEST:
        raise ValueError(cursor)
    moment, id_ = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    if not isinstance(id_, str) or not id_.isalnum():
        raise ValueError(cursor)
    return Place(datetime.fromisoformat(moment).astimezone(UTC), ArticleId(id_))
