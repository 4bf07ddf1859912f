"""The shape of the house: who may import whom, how long things may be, and what must not be named."""

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from donghyang.messages import MESSAGES

ROOT = Path(__file__).parent.parent
ROOMS = ("donghyang", "collectors", "analysis", "digest", "archive")
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
LONGEST_FILE = 350
LONGEST_FUNCTION = 50


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Name and length of every function, its docstring not counted."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            yield f"{path.relative_to(ROOT)}:{node.name}", (node.end_lineno or 0) - first.lineno + 1


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in listed.splitlines() if (ROOT / name).is_file()]


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_holds_too_much(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def test_functions_are_short() -> None:
    lengths = dict(pair for path in FILES for pair in functions(path))
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}
    assert statistics.median(lengths.values()) <= 8
    assert statistics.quantiles(lengths.values(), n=10)[-1] <= 25


def test_packages_are_empty_but_for_the_one_that_finds_the_rooms() -> None:
    full = [path for path in FILES if path.name == "__init__.py" and path.read_text(encoding="utf-8").strip()]
    assert full == [ROOT / "donghyang" / "__init__.py"]


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in FILES
        if path.name != "__init__.py" and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_every_message_is_said_and_every_said_message_exists() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in FILES)
    said = set(re.findall(r'\bsay\(\s*"([a-z0-9_.]+)"', text)) | set(re.findall(r'"(table\.[a-z]+)"', text))
    families = (
        "page.",
        "step.",
        "outcome.",
        "trend.",
        "section.",
        "part.",
        "fate.",
        "bond.",
        "expected.",
        "table.",
        "mail.",
        "kind.",
        "state.",
        "letters.",
        "os.",
        "health.",
        "cause.",
        "doctor.",
        "trial.",
        "issue_state.",
        "edit.",
        "approval.",
        "letter.",
        "reader.",
        "returned.",
        "web.",
    )  # some keys are put together
    assert said - set(MESSAGES) == set()
    assert {key for key in MESSAGES if not key.startswith(families)} - said == set()


def test_no_lock_file_and_no_index_host_is_kept() -> None:
    names = {path.name for path in tracked()}
    assert not names & {"uv.lock", "pylock.toml", "poetry.lock", "package-lock.json", "Pipfile.lock"}
    constraints = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert not re.search(r"://|--index|--find-links", constraints)
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==\S+", line) for line in constraints.splitlines())


def test_try_feed_and_try_page_load_neither_the_tokenizer_nor_scikit_learn(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text("<rss><channel><item><title>a</title></item></channel></rss>")
    script = (
        "import sys; from donghyang.cli import main; "
        f"main(['try', 'feed', {str(tmp_path / 'feed.xml')!r}]); "
        f"main(['try', 'page', {str(tmp_path / 'feed.xml')!r}]); "
        "print([name for name in ('kiwipiepy', 'sklearn') if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stderr.splitlines()[-1] == "[]"
