"""What it costs to write an issue: page, text, letter, PDF and report, in CPU seconds, beside plain Jinja2.

    python -m benchmarks.render

The issue is the invented full week the tests use, with calls; so is the huge one, of forty items and 116 sources. Each
is written once unmeasured, then the least of several turns counts. The peer is the letter's template alone.
Exit 1 when the full week's letter takes 50 ms or more, or its PDF 5 s.
"""

import sys
import time
from collections.abc import Callable

from archive.records.issue import Issue
from digest import papers
from digest.mail import letter
from digest.medium import medium_of
from digest.render import email_parts, render_files
from digest.templating import fill
from tests.builders_digest import EDITION
from tests.hard_issues import HARD

_TURNS = 5
_LETTER_LIMIT, _PDF_LIMIT = 0.050, 5.0  # CPU seconds


def main() -> None:
    """Print the figures."""
    seconds = {name: _costs(name, HARD[name]) for name in ("full", "huge")}
    full = seconds["full"]
    late = full["letter"] >= _LETTER_LIMIT or full.get("papers", 0) >= _PDF_LIMIT
    sys.exit(1 if late else 0)


def _costs(name: str, issue: Issue) -> dict[str, float]:
    medium = medium_of(issue, EDITION, images=True)
    steps: dict[str, Callable[[], object]] = {
        "template alone": lambda: fill("email.html", issue, EDITION, medium),
        "letter": lambda: email_parts(issue, EDITION),
        "letter as MIME": lambda: letter(issue, EDITION, None, "ai@hanbit.example", date=issue.made),
        "page, text, Markdown, report": lambda: render_files(issue, EDITION),
    }
    if not dict(papers.missing()):
        steps["papers"] = lambda: papers.paper_files(issue, EDITION)
    told = {step: _least(make, 1 if step == "papers" else _TURNS) for step, make in steps.items()}
    size = len(email_parts(issue, EDITION)[1].encode())
    print(
        f"{name}: letter {size / 1024:.1f} KiB · "
        + " · ".join(f"{step} {cost * 1000:.0f} ms" for step, cost in told.items())
    )
    return told


def _least(make: Callable[[], object], turns: int) -> float:
    make()
    return min(_seconds(make) for _ in range(turns))


def _seconds(make: Callable[[], object]) -> float:
    begin = time.process_time()
    make()
    return time.process_time() - begin


if __name__ == "__main__":
    main()
