"""python -m donghyang: the command line."""

import sys

from donghyang.cli import main

if __name__ == "__main__":
    sys.exit(main())
