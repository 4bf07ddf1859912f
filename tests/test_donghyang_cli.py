"""The command line as a shell meets it: wrong usage is 2 and a sentence, never a traceback."""

import subprocess
import sys

import pytest

from donghyang.cli import main


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["nosuch"], "nosuch"),
        (["run", "--bogus"], "--bogus"),
        (["search"], "QUERY"),
        (["sources", "try"], "ID"),
        (["stories", "--format", "yaml"], "yaml"),
        (["--config"], "--config"),
    ],
)
def test_wrong_usage_is_two_and_names_what_is_wrong(
    arguments: list[str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert named.lower() in told.err.lower()
    assert not told.out


def test_help_is_zero_and_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "collect, extract, analyse" in capsys.readouterr().out


def test_nothing_typed_is_wrong_usage_and_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    told = capsys.readouterr()
    assert "init" in told.out + told.err


def test_a_shell_sees_the_same() -> None:
    done = subprocess.run([sys.executable, "-m", "donghyang", "nosuch"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
