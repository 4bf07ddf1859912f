"""The [http] table and the environment, as the collectors are told."""

from pathlib import Path

import pytest
import trustme

from donghyang.config import ConfigError
from donghyang.settings_tables import HttpTable
from donghyang.way_out import web_settings


def test_the_configured_proxy_wins_over_the_environments(tmp_path: Path) -> None:
    environment = {"https_proxy": "http://env.example:3128", "NO_PROXY": "city.example, .intra.example"}
    named = web_settings(HttpTable(proxy="http://proxy.example:8080", no_proxy=("a.example",)), tmp_path, environment)
    assert (named.proxy, named.no_proxy) == ("http://proxy.example:8080", ("a.example",))
    found = web_settings(HttpTable(), tmp_path, environment)
    assert (found.proxy, found.no_proxy) == ("http://env.example:3128", ("city.example", ".intra.example"))
    assert web_settings(HttpTable(), tmp_path, {}).proxy == ""


def test_an_authority_is_found_beside_the_configuration(tmp_path: Path) -> None:
    trustme.CA().cert_pem.write_to_path(tmp_path / "city.pem")
    assert web_settings(HttpTable(ca_file="city.pem"), tmp_path, {}).ca_file == str(tmp_path / "city.pem")


@pytest.mark.parametrize("content", [None, b"no certificate"])
def test_an_authority_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "city.pem").write_bytes(content)
    with pytest.raises(ConfigError, match=r"city\.pem"):
        web_settings(HttpTable(ca_file="city.pem"), tmp_path, {})
