"""What a value of config.toml may be: spans, zones, addresses, rhythms; each refusal is a sentence of the catalogue."""

import re
from datetime import date, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, AllowInfNan, BeforeValidator

from collectors.list_links import BadSelectorError, compiled
from collectors.proxies import Route
from digest.inside import is_address
from donghyang.boards import boards
from donghyang.cadence import Cadence, parse_cadence
from donghyang.messages import say

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhdw])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_SOURCE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_HTTP = re.compile(r"https?://[^\s/]+", re.IGNORECASE)


def duration(value: object) -> timedelta:
    """Read ``"90s"``, ``"1h"``, ``"14d"``; ValueError for anything else."""
    if isinstance(value, timedelta):
        return value
    found = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        raise ValueError(say("expected.duration"))
    return timedelta(**{_UNITS[found[2]]: float(found[1])})


def _zone(name: str) -> str:
    """Accept the name of a time zone the machine knows."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(say("expected.zone")) from error
    return name


def _clock(name: str) -> str:
    return _zone(name) if name else name


def mail_address(text: str) -> str:
    """Accept an ASCII mail address: a Korean one would be undeliverable in disguise."""
    if not _ADDRESS.fullmatch(text):
        raise ValueError(say("expected.email"))
    return text


def _no_address(text: str) -> str:
    return mail_address(text) if text else text


def _pause(value: object) -> object:
    if isinstance(value, bool | date) and not isinstance(value, datetime):
        return value
    raise ValueError(say("expected.pause"))


def _http(url: str) -> str:
    if not _HTTP.match(url):
        raise ValueError(say("expected.http"))
    return url


def _proxy(text: str) -> str:
    try:
        Route.parse(text)
    except ValueError as error:
        raise ValueError(say("expected.proxy")) from error
    return text


def _mail_host(text: str) -> str:
    if text and not (_HOST.fullmatch(text) or is_address(text)):
        raise ValueError(say("expected.host"))
    return text


def _source_id(text: str) -> str:
    if not _SOURCE_ID.fullmatch(text):
        raise ValueError(say("expected.source_id"))
    return text


def _selector(text: str) -> str:
    try:
        compiled(text or "*")
    except BadSelectorError as error:
        raise ValueError(say("expected.selector")) from error
    return text


def _board(name: str) -> str:
    if name and name not in boards():
        raise ValueError(say("expected.choice", choices=", ".join(boards())))
    return name


def _paging(text: str) -> str:
    if text and "{page}" not in text:
        raise ValueError(say("expected.paging"))
    return text


def _cadence(value: object) -> Cadence:
    return value if isinstance(value, Cadence) else parse_cadence(str(value))


Span = Annotated[timedelta, BeforeValidator(duration)]
Zone = Annotated[str, AfterValidator(_zone)]
Address = Annotated[str, AfterValidator(mail_address)]
NoAddress = Annotated[str, AfterValidator(_no_address)]
Pause = Annotated[bool | date, BeforeValidator(_pause)]
Http = Annotated[str, AfterValidator(_http)]
Rhythm = Annotated[Cadence, BeforeValidator(_cadence)]
Clock = Annotated[str, AfterValidator(_clock)]
Proxy = Annotated[str, AfterValidator(_proxy)]
MailHost = Annotated[str, AfterValidator(_mail_host)]
Weight = Annotated[float, AllowInfNan(allow_inf_nan=False)]
Selector = Annotated[str, AfterValidator(_selector)]
BoardName = Annotated[str, AfterValidator(_board)]
Paging = Annotated[str, AfterValidator(_paging)]
SourceName = Annotated[str, AfterValidator(_source_id)]
