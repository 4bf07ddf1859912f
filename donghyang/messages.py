"""What the command line says to a person: the sentences of the message catalogue, ``data/messages.toml``."""

import errno
import tomllib
from collections.abc import Mapping
from importlib import resources


def _catalogue() -> Mapping[str, str]:
    return tomllib.loads((resources.files("donghyang") / "data" / "messages.toml").read_text(encoding="utf-8"))


MESSAGES = _catalogue()


def say(key: str, /, **details: object) -> str:
    """A message of the catalogue with its details filled in."""
    return MESSAGES[key].format(**details)


def why(error: Exception) -> str:
    """Why the system would not: in the catalogue's words where it has them, else in the system's own."""
    number = getattr(error, "errno", None)
    key = f"os.{errno.errorcode.get(number, '').lower()}" if number else ""
    return MESSAGES.get(key) or getattr(error, "strerror", None) or str(error)
