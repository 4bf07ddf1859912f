"""Where the recorded data lies: $DONGHYANG_DATA, else ../shared/data beside the checkout."""

import os
import sys
from pathlib import Path


def folder(*parts: str) -> Path:
    """A place in the data; leaves the benchmark with a clear line when it is not there."""
    root = Path(os.environ.get("DONGHYANG_DATA") or Path(__file__).parents[2] / "shared" / "data")
    place = root.joinpath(*parts)
    if not place.exists():
        print(f"skipped: {place} is not there; set DONGHYANG_DATA to the folder of recordings")
        sys.exit(0)
    return place
