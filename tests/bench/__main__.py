"""``python -m tests.bench [NAME ...] [--size N] [--cache FOLDER]``: one JSON line a figure."""

import argparse
import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import NAMES


def main() -> None:
    """Run what is named, or all; big companies are kept in the cache folder, when one is said."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--size", type=int)
    parser.add_argument("--cache", type=Path)
    given = parser.parse_args()
    with TemporaryDirectory(prefix="erpdesk-bench-") as folder:
        cache = given.cache or Path(folder)
        cache.mkdir(parents=True, exist_ok=True)
        for name in given.names or NAMES:
            run(name, given.size or NAMES[name], cache)


def run(name: str, size: int, cache: Path) -> None:
    """Run one benchmark and print its figures."""
    for figure in import_module(f"tests.bench.{name}").figures(size, cache):
        sys.stdout.write(figure.line() + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
