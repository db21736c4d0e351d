"""A scan, from the code to the painted card, beside painting the card and syncing 4 KiB."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.bench.counting import Counter, a_counter
from tests.bench.figures import Figure, part, times_ms

TRIES: Final = 500
MANY: Final = 100
"""So many times more customers may cost 1.3 times as much."""

MANY_STORED: Final = 10
P95_MS, P99_MS = 100.0, 200.0

Halves = tuple[float, float]


def figures(size: int, cache: Path) -> Iterator[Figure]:
    """Yield p50 and p99 among ``size`` customers, and how a hundred times as many compare.

    Last what one takes when ten times as many scans are stored, within set times.
    """
    tries = min(TRIES, size // 4)
    scans, limit, look = _measured(cache, size, tries)
    for n, (name, bar) in enumerate((("p50", 3.0), ("p99", 8.0))):
        yield Figure(f"scan {name}", scans[n], limit[n], "ms", bar, size=size)
    many, _, looked = _measured(cache, size * MANY, tries)
    yield Figure("scan p50, more customers", many[0], scans[0], "ms", 1.3, size=size * MANY)
    yield Figure("look after it p50, more customers", looked, look, "ms", 1.3, size=size * MANY)
    stored = size * MANY_STORED
    late = _late(cache, stored, tries)
    yield Figure("scan p95, many stored", part(late, 0.95), P95_MS, "ms", 1.0, size=stored)
    yield Figure("scan p99, many stored", part(late, 0.99), P99_MS, "ms", 1.0, size=stored)


def _late(cache: Path, stored: int, tries: int) -> list[float]:
    """Return how long a scan takes after so many others, sorted."""
    with (
        TemporaryDirectory() as folder,
        a_counter(cache, Path(folder), stored + stored // 10, scans=stored) as counter,
    ):
        counter.times_ms(min(tries, 20))
        return counter.times_ms(tries)


def _measured(cache: Path, size: int, tries: int) -> tuple[Halves, Halves, float]:
    with TemporaryDirectory() as folder, a_counter(cache, Path(folder), size) as counter:
        counter.times_ms(min(tries, 20))
        looks = sorted(counter.look_ms() for _ in range(min(tries, 20)))
        scans = halves(counter.times_ms(tries))
        return scans, halves(limit_ms(counter, Path(folder), tries)), part(looks, 0.5)


def halves(ordered: list[float]) -> Halves:
    """Return p50 and p99."""
    return part(ordered, 0.5), part(ordered, 0.99)


def limit_ms(counter: Counter, folder: Path, tries: int) -> list[float]:
    """Return what no scan can do without: painting the card, overwriting and syncing 4 KiB."""
    overwrite, card = Overwriting(folder / "limit"), counter.page.card

    def least() -> None:
        overwrite()
        card.repaint()

    return times_ms(least, tries)


class Overwriting:
    """Writes the same 4 KiB again and syncs."""

    def __init__(self, path: Path) -> None:
        self.file = os.open(path, os.O_RDWR | os.O_CREAT)
        self.block = bytes(4096)

    def __call__(self) -> None:
        os.pwrite(self.file, self.block, 0)
        os.fdatasync(self.file)
