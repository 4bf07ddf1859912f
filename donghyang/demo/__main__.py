"""python -m donghyang.demo: eight weeks of an invented world through the real pipeline, in a folder of its own."""

import sys

if __name__ == "__main__":
    # Not above: pages are read by a process of its own, which imports this file again under another name.
    from donghyang.demo.demonstration import main

    sys.exit(main())
