"""Write the pages that are made from the code: `python -m docs.generate`; with --check, say which are not up to date.

config.md     every table and key of config.toml, from donghyang/settings.py
commands.md   what --help says of every command, from donghyang/cli.py
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from docs.commands_page import commands_page
from docs.config_page import config_page

HOME = Path(__file__).parent


def pages() -> dict[Path, str]:
    """What each page should say."""
    return {HOME / "config.md": config_page(), HOME / "commands.md": commands_page()}


def stale() -> list[Path]:
    """The pages that say something else, or are not there."""
    return [path for path, text in pages().items() if not path.is_file() or path.read_text(encoding="utf-8") != text]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write, or check; 1 when a page is not up to date."""
    parser = argparse.ArgumentParser(prog="python -m docs.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    checking = parser.parse_args(arguments).check
    old = stale()
    for path in old:
        print(f"{path.name} is not up to date: make docs" if checking else f"{path.name} written", file=sys.stderr)
        if not checking:
            path.write_text(pages()[path], encoding="utf-8")
    return 1 if checking and old else 0


if __name__ == "__main__":
    sys.exit(main())
