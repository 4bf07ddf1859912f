"""The configuration's limits for going out into the network; needs no archive and no tokenizer."""

import os
import ssl
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from archive.records.sites import RobotsFile
from collectors.http import Web, WebSettings
from donghyang.config import Config, ConfigError
from donghyang.messages import say, why
from donghyang.settings_tables import HttpTable


def way_out(
    config: Config,
    now: datetime,
    robots: Mapping[str, RobotsFile] = MappingProxyType({}),
    keep: Callable[[Sequence[RobotsFile]], None] | None = None,
) -> Web:
    """The web, as this configuration may see it; ConfigError for a ca_file that cannot be used."""
    return Web(web_settings(config.settings.http, config.folder), now=now, robots=robots, keep=keep)


def web_settings(http: HttpTable, folder: Path, environment: Mapping[str, str] = os.environ) -> WebSettings:
    """The [http] table; a proxy it does not name is taken from HTTPS_PROXY and NO_PROXY, as other programs do."""
    exempt = http.no_proxy or tuple(filter(None, _variable(environment, "NO_PROXY").replace(" ", "").split(",")))
    return WebSettings(
        contact=http.contact,
        spacing=http.spacing,
        allow_hosts=http.allow_hosts,
        proxy=http.proxy or _variable(environment, "HTTPS_PROXY") or _variable(environment, "HTTP_PROXY"),
        no_proxy=exempt,
        ca_file=_authority(folder / http.ca_file) if http.ca_file else "",
    )


def _variable(environment: Mapping[str, str], name: str) -> str:
    return environment.get(name) or environment.get(name.lower()) or ""


def _authority(path: Path) -> str:
    """The path of a PEM file that holds a certificate; ConfigError for any other."""
    try:
        ssl.create_default_context(cafile=str(path))
    except OSError as error:  # ssl.SSLError is one
        raise ConfigError(say("config.ca_file", path=path, reason=why(error))) from error
    return str(path)
