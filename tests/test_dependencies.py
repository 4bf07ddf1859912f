"""What the rooms import is what pyproject.toml asks for: nothing is there only by somebody else's wish."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
ROOMS = ("donghyang", "collectors", "analysis", "digest", "archive")


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    return {canonicalize_name(Requirement(line).name) for line in (*project["dependencies"], *extras)}


def imported(room: str) -> Iterator[tuple[Path, str]]:
    """Each top-level name that a room imports, and where."""
    for path in sorted((ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.append(node.module)
            yield from ((path, name.partition(".")[0]) for name in names)


@pytest.mark.parametrize("room", ROOMS)
def test_every_import_is_the_standard_library_a_room_or_declared(room: str) -> None:
    providers, wanted = packages_distributions(), declared()
    own = {*sys.stdlib_module_names, *ROOMS, "_typeshed"}  # the last is the type checker's own
    stray = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path, name in imported(room)
        if name not in own and not wanted & {canonicalize_name(found) for found in providers.get(name, [])}
    }
    assert not stray, "import what pyproject.toml declares, or declare it"
