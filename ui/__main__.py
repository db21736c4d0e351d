"""The program with its window: ``python -m ui [--company PLACE]``."""

import sys

from ui.app import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
