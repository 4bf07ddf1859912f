"""python -m donghyang: the command line."""

import sys

from donghyang.cli import main

sys.exit(main())
