"""The demo's folder: the officer's page filled in for the invented world, and nothing that is not the demo's own.

A marker file says that the folder is the demo's. What the demo makes has known names; only those are ever removed.
"""

import shutil
from importlib.resources import files
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import AoT

from donghyang.config import starter
from donghyang.demo.server import HOST, feed_path
from donghyang.demo.world import Outlet, World

MARKER = ".donghyang-demo"
OURS = ("config.toml", "lexicon.toml", "demo.log", "donghyang.db*", "out")  # patterns of what the demo makes
READERS = (("김분과", "bungwa@hanbit.example"), ("이주무관", "jumugwan@hanbit.example"))


class FolderError(Exception):
    """The folder is not the demo's to use."""


def fresh_folder(folder: Path) -> None:
    """Make the folder, or empty it of an earlier demo; anything else in it is left alone.

    Raises :class:`FolderError` when it holds something and was not made by the demo.
    """
    if folder.exists() and not folder.is_dir():
        raise FolderError(f"{folder} is a file; choose another folder with --out")
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise FolderError(f"{folder} is not empty and was not made by the demo; choose another folder with --out")
    for pattern in OURS:
        for path in folder.glob(pattern):
            _remove(path)
    (folder / MARKER).write_text("Made by `python -m donghyang.demo`, which may remove: " + ", ".join(OURS) + "\n")


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def write_config(folder: Path, world: World, site: str) -> Path:
    """Write config.toml and lexicon.toml; the path of the former."""
    path = folder / "config.toml"
    path.write_text(config_text(world, site), encoding="utf-8")
    names = (files("donghyang.demo") / "lexicon.toml").read_text(encoding="utf-8")
    (folder / "lexicon.toml").write_text(names, encoding="utf-8")
    return path


def config_text(world: World, site: str) -> str:
    """The starter config with the invented city, its readers and the invented outlets in place of real ones."""
    before_sources = starter().partition("[[sources]]")[0].rpartition("\n\n")[0]
    page: Any = tomlkit.parse(before_sources + "\n\n")
    page["http"]["contact"] = "mailto:ai-team@hanbit.example"
    page["http"]["allow_hosts"] = [HOST]
    page["digest"]["organisation"] = "한빛시 AI 신기술동향 분과"
    page["readers"] = _tables({"name": name, "email": email} for name, email in READERS)
    page["sources"] = _tables(_source(outlet, site) for outlet in world.outlets)
    return tomlkit.dumps(page)


def _source(outlet: Outlet, site: str) -> dict[str, str]:
    """A source's table; the publisher is named because a loopback address names none."""
    return {
        "id": outlet.id,
        "name": outlet.name,
        "url": site + feed_path(outlet),
        "lang": outlet.lang,
        "publisher": outlet.name,
        "role": outlet.role,
        "rights": outlet.rights,
    }


def _tables(rows: Any) -> AoT:
    tables = tomlkit.aot()
    for row in rows:
        table = tomlkit.table()
        table.update(row)
        tables.append(table)
    return tables
