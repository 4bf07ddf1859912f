"""The wheel as strangers meet it: built once, installed bare by the pip this Python brings, and run from /.

Needs a package registry; without one the tests are skipped and say so.
"""

import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import small_world
from tests.loopback import Loopback

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

ROOT = Path(__file__).parent.parent
ROOMS = ("collectors", "analysis", "digest", "archive")
TROUBLED_PIP = "23.2.1"  # comes with Python 3.11.5 to 3.11.8; its resolver stumbles over extras spelt in two ways
FRIDAY, MONDAY = "2026-02-06T18:00:00+09:00", "2026-02-09T09:00:00+09:00"

PROBE = """
import donghyang, json
from digest import render
from archive import store
from collectors import feeds
from analysis import relevance
print(json.dumps([module.__file__ for module in (render, store, feeds, relevance)]))
"""

DEMO_DAY = """
import sys
from pathlib import Path
from donghyang import config, runs
from donghyang.demo import folder, season
from donghyang.demo.server import serving
from donghyang.demo.world import load_world
from donghyang.services import Services

if __name__ == "__main__":
    world, home = load_world(), Path(sys.argv[1])
    start, _ = next(iter(season.moments(world)))
    folder.fresh_folder(home)
    with serving(world, start, 0) as server:
        path = folder.write_config(home, world, server.site)
        with Services.open(config.load(path)) as services:
            runs.run(services, ["collect", "extract"], start, report=print)
"""


def clean() -> dict[str, str]:
    """The environment of somebody who has never seen a checkout."""
    drop = ("PYTHON", "DONGHYANG", "VIRTUAL_ENV", "COV_", "PYTEST")
    return {name: text for name, text in os.environ.items() if not name.startswith(drop)}


def attempt(*words: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a program from /."""
    command = [str(word) for word in words]
    return subprocess.run(command, cwd="/", env=clean() | more, capture_output=True, text=True, check=False)


def call(*words: str | Path, **more: str) -> str:
    """Run a program from / that must succeed, and give its standard output."""
    done = attempt(*words, **more)
    assert done.returncode == 0, f"{words}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done.stdout


class Bare:
    """A virtual environment with nothing in it but pip."""

    def __init__(self, folder: Path) -> None:
        venv.create(folder, with_pip=True)
        self.folder = folder
        self.python = folder / "bin" / "python"
        self.donghyang = folder / "bin" / "donghyang"

    def pip(self, *words: str | Path) -> str:
        return call(self.python, "-m", "pip", "--disable-pip-version-check", *words)

    def homes(self) -> list[str]:
        """Where four rooms are found."""
        found = json.loads(call(self.python, "-c", PROBE))
        assert isinstance(found, list)
        return found


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Bare:
    """A bare environment; skipped when no registry answers."""
    made = Bare(tmp_path_factory.mktemp("bare") / "venv")
    if sys.version_info < (3, 13):
        answer = attempt(made.python, "-m", "pip", "install", "-q", "--retries", "0", f"pip=={TROUBLED_PIP}")
        if answer.returncode:
            pytest.skip(f"no package registry answers: {answer.stderr.strip().splitlines()[-1]}")
    return made


@pytest.fixture(scope="module")
def wheel(bare: Bare, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout; building needs the registry, for the build backend."""
    folder = tmp_path_factory.mktemp("wheel")
    built = attempt(bare.python, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, ROOT)
    if built.returncode and "hatchling" in built.stderr and "No matching distribution" in built.stderr:
        pytest.skip("no package registry answers: the build backend cannot be fetched")
    assert built.returncode == 0, built.stderr[-3000:]
    (made,) = folder.glob("donghyang-*.whl")
    return made


@pytest.fixture(scope="module")
def installed(bare: Bare, wheel: Path) -> Bare:
    bare.pip("install", "-q", wheel)
    return bare


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A distribution of somebody else's that ships packages with our rooms' names."""
    path = tmp_path_factory.mktemp("foreign") / "foreign-1.0-py3-none-any.whl"
    about = "foreign-1.0.dist-info"
    files = {f"{room}/__init__.py": f"WHOSE = 'foreign {room}'\n" for room in ROOMS}
    files |= {f"{room}/render.py": "raise ImportError('the wrong room')\n" for room in ROOMS}
    files[f"{about}/METADATA"] = "Metadata-Version: 2.1\nName: foreign\nVersion: 1.0\n"
    files[f"{about}/WHEEL"] = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    record = "".join(f"{name},,\n" for name in (*files, f"{about}/RECORD"))
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in {**files, f"{about}/RECORD": record}.items():
            archive.writestr(name, text)
    return path


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as running:
        small_world.serve(running)
        yield running


def shipped(room: str) -> set[str]:
    """What a room of the checkout holds, as paths in it."""
    files = (path for path in (ROOT / room).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {str(path.relative_to(ROOT)) for path in files}


def test_the_wheel_holds_every_file_of_every_room_under_one_roof(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    expected = {f"donghyang/rooms/{name}" for room in ROOMS for name in shipped(room)}
    assert names == expected | shipped("donghyang") | {"donghyang/config.toml"}


def test_the_troubled_pip_installs_it(installed: Bare) -> None:
    if sys.version_info < (3, 13):
        assert f"pip {TROUBLED_PIP}" in installed.pip("--version")
    assert "No broken requirements" in installed.pip("check")


def test_starter_page_and_trials_from_the_root(installed: Bare, server: Loopback, tmp_path: Path) -> None:
    """`init` writes the packaged page; a feed and a page are tried without any config."""
    call(installed.donghyang, "init", tmp_path / "config.toml")
    assert (tmp_path / "config.toml").read_bytes() == (ROOT / "config.toml").read_bytes()
    for outlet, lines in (("mirae", 3), ("bits", 1)):
        feed = tmp_path / f"{outlet}.xml"
        own = [line for line in small_world.LINES if line.outlet == outlet]
        feed.write_bytes(small_world.feed(server, outlet, own))
        assert len(json.loads(call(installed.donghyang, "try", "feed", feed))) == lines
    page = tmp_path / "page.html"
    page.write_bytes(small_world.page(small_world.LINES[0]))
    assert "민원 상담" in json.loads(call(installed.donghyang, "try", "page", page))["text"]
    assert "collect, extract, analyse" in call(installed.python, "-m", "donghyang", "--help")


def test_a_week_from_feeds_to_letters_from_the_root(installed: Bare, server: Loopback, tmp_path: Path) -> None:
    """Migrations, lexicon, tokenizer and templates are all found."""
    config = small_world.write_config(server, tmp_path)
    ours = (installed.donghyang, "--config", config, "--now")
    call(*ours, FRIDAY, "sources", "try", "mirae")
    call(*ours, FRIDAY, "run")
    call(*ours, MONDAY, "run")
    out = tmp_path / "out" / "2026-W06"
    assert {"issue.html", "issue.txt", "issue.eml", "issue.json"} <= {path.name for path in out.iterdir()}
    assert "민원 상담" in (out / "issue.html").read_text(encoding="utf-8")
    found = json.loads(call(*ours, MONDAY, "search", "민원", "--format", "json"))
    assert found["total"] == 2


def test_the_demo_travels_in_the_wheel(installed: Bare, tmp_path: Path) -> None:
    assert "--serve" in call(installed.python, "-m", "donghyang.demo", "--help")
    script = tmp_path / "day.py"
    script.write_text(DEMO_DAY, encoding="utf-8")
    call(installed.python, script, tmp_path / "demo")
    counts = call(installed.donghyang, "--config", tmp_path / "demo" / "config.toml", "status", "--format", "json")
    assert json.loads(counts)["counts"]["articles"] > 0


def test_foreign_rooms_do_no_harm(installed: Bare, wheel: Path, foreign: Path) -> None:
    """Installed after us, removed again, there before us, left when we go: each finds its own rooms."""
    own = installed.homes()
    assert all(home.startswith(str(installed.folder)) and "/donghyang/rooms/" in home for home in own)
    installed.pip("install", "-q", "--no-index", foreign)
    assert installed.homes() == own
    assert call(installed.python, "-c", "import digest; print(digest.WHOSE)") == "foreign digest\n"
    installed.pip("uninstall", "-q", "-y", "foreign")
    assert installed.homes() == own

    installed.pip("uninstall", "-q", "-y", "donghyang")
    installed.pip("install", "-q", "--no-index", foreign)
    installed.pip("install", "-q", "--no-index", "--no-deps", wheel)
    assert installed.homes() == own
    installed.pip("uninstall", "-q", "-y", "donghyang")
    assert call(installed.python, "-c", "import digest; print(digest.WHOSE)") == "foreign digest\n"

    installed.pip("uninstall", "-q", "-y", "foreign")
    installed.pip("install", "-q", "--no-index", "--no-deps", wheel)
    assert installed.homes() == own


@pytest.mark.parametrize("tool", ["uv", "pipx"])
def test_tools_for_programs_install_it(tool: str, wheel: Path, tmp_path: Path) -> None:
    tools = Bare(tmp_path / "tools")
    if attempt(tools.python, "-m", "pip", "install", "-q", "--retries", "0", tool).returncode:
        pytest.skip(f"{tool} cannot be had from the package registry")
    verb = ("tool", "install", "--python", sys.executable) if tool == "uv" else ("install",)
    folders = {name: str(tmp_path / name) for name in ("UV_TOOL_DIR", "UV_TOOL_BIN_DIR", "PIPX_HOME", "PIPX_BIN_DIR")}
    # uv brings authorities of its own; a registry behind the city's is known to the system's.
    call(tools.folder / "bin" / tool, *verb, wheel, **folders, UV_SYSTEM_CERTS="1", UV_NATIVE_TLS="1")
    program = tmp_path / ("UV_TOOL_BIN_DIR" if tool == "uv" else "PIPX_BIN_DIR") / "donghyang"
    call(program, "init", tmp_path / "config.toml")
    assert (tmp_path / "config.toml").is_file()
    shutil.rmtree(tools.folder)  # 400 MB of packages
    shutil.rmtree(folders["UV_TOOL_DIR" if tool == "uv" else "PIPX_HOME"])
