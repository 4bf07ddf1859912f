"""Where the rooms are: beside us in a checkout, under our own roof when installed."""

import sys
from pathlib import Path

_rooms = Path(__file__).parent / "rooms"
if _rooms.is_dir():
    sys.path.insert(0, str(_rooms))
