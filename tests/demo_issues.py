"""The demo's issues, as `make demo` left them: none where it was not run."""

from pathlib import Path
from typing import Final

import pytest

from archive.records.issue import Issue
from archive.snapshots import from_json

_FOLDER: Final = Path(__file__).parent.parent / "demo-out/out"
WEEKS: Final = 8


def demo_issues() -> dict[str, Issue]:
    """The issues by their week."""
    kept = sorted(_FOLDER.glob("*/issue.json"))
    return {path.parent.name: from_json(path.read_text(encoding="utf-8")) for path in kept}


needs_demo = pytest.mark.skipif(not _FOLDER.is_dir(), reason="no demo-out: make demo")
