"""``python -m tests.bench [NAME ...] [--size N]``: one JSON line a figure."""

import argparse
import sys
from importlib import import_module

NAMES = {"scan": 10_000, "imports": 20_000}
"""Every benchmark, and the size it is run at when none is said."""


def main() -> None:
    """Run what is named, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--size", type=int)
    given = parser.parse_args()
    for name in given.names or NAMES:
        benchmark = import_module(f"tests.bench.{name}")
        for figure in benchmark.figures(given.size or NAMES[name]):
            sys.stdout.write(figure.line() + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
