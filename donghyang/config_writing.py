"""Put a new config.toml in place of the old one: only when it loads, all at once, under the same permissions."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from donghyang.config import ConfigError, read_settings
from donghyang.messages import say, why


def read_text(path: Path) -> str:
    """The page with its line ends as they are; ConfigError when it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8-sig")  # a byte order mark, which some editors write, is let go
    except OSError as error:
        raise ConfigError(say("config.unreadable", path=path, reason=why(error))) from error
    except UnicodeDecodeError as error:
        raise ConfigError(say("config.not_utf8", path=path)) from error


def replace_text(path: Path, before: str, after: str) -> None:
    """Write ``after`` where ``before`` was read.

    ConfigError, and nothing written, when ``after`` would not load, when the file has changed since it was read, or
    when its folder cannot be written to.
    """
    try:
        temporary = _beside(path, after)
    except OSError as error:
        raise ConfigError(say("config.unwritable", path=path, reason=why(error))) from error
    try:
        _check(temporary, path)
        if read_text(path) != before:
            raise ConfigError(say("config.changed", path=path))
        temporary.replace(path)
    except OSError as error:
        raise ConfigError(say("config.unwritable", path=path, reason=why(error))) from error
    finally:
        temporary.unlink(missing_ok=True)


def _check(temporary: Path, path: Path) -> None:
    """Load the new page; what is wrong with it is told under the name of the page."""
    try:
        read_settings(temporary)
    except ConfigError as error:
        raise ConfigError(str(error).replace(str(temporary), str(path))) from error


def _beside(path: Path, text: str) -> Path:
    """A file in the same folder that holds the text, safely on disk, with the owner and permissions of the page."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    with os.fdopen(handle, "wb") as out:
        out.write(text.encode("utf-8"))
        out.flush()
        os.fsync(out.fileno())
    shutil.copymode(path, name)
    with suppress(PermissionError):  # only root can give a file away
        os.chown(name, path.stat().st_uid, path.stat().st_gid)
    return Path(name)
