"""Every quick benchmark, one after the other, held to the floors.

    python -m benchmarks [--pin]      --pin lifts floors to what was measured; none is ever lowered

`benchmarks.cost`, `benchmarks.render`, `benchmarks.replay` (a recorded month) and `benchmarks.issue_choice` are run by
themselves.
"""

import subprocess
import sys

from benchmarks import floors

QUICK = (
    "stories",
    "duplicates",
    "relevance",
    "duties",
    "trends",
    "topics",
    "links",
    "extraction",
    "first_stories",
    "summaries",
    "calls",
)


def main() -> None:
    """Run them; exit 1 when a figure fell below its floor."""
    printed = {name: run(name) for name in QUICK}
    kept = floors.read()
    if "--pin" in sys.argv[1:]:
        floors.write(floors.raised(kept, printed))
    fallen = floors.broken(kept, printed)
    print("\n".join(fallen) or "every figure is at or above its floor")
    sys.exit(1 if fallen else 0)


def run(name: str) -> str:
    """What a benchmark prints, shown as it comes."""
    print(f"=== {name}", flush=True)
    lines = []
    with subprocess.Popen([sys.executable, "-m", f"benchmarks.{name}"], stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            lines.append(line)
    if process.returncode:
        sys.exit(f"benchmarks.{name} failed")
    return "".join(lines)


if __name__ == "__main__":
    main()
