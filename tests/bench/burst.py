"""Many codes at once: all stored in order, and the window answers all the while."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PySide6.QtCore import QTimer

from tests.bench.counting import a_counter
from tests.bench.figures import Figure, seconds
from tests.bench.window import a_pulse, settle

ANSWERS_MS: Final = 50.0
SECONDS_FOR_1000: Final = 1.5
CUSTOMERS: Final = 10_000


def figures(size: int, cache: Path) -> Iterator[Figure]:
    """Yield how many codes are stored in order, the longest silence, and the time for all."""
    with (
        TemporaryDirectory() as folder,
        a_counter(cache, Path(folder), min(CUSTOMERS, size * 10)) as counter,
    ):
        codes = counter.codes(size)
        waiting = iter(codes)

        def feed() -> None:
            code = next(waiting, None)
            if code is not None:
                counter.scan(code)
                QTimer.singleShot(0, feed)

        def burst() -> None:
            feed()
            while len(counter.shown) < size:
                settle(counter.room)
            settle(counter.room)

        with a_pulse() as pulse:
            taken = seconds(burst)
        in_order = sum(a == b for a, b in zip(counter.stored(), codes, strict=True))
    yield Figure("burst, stored in order", in_order, size, "codes", 1.0, "more", size)
    yield Figure("burst, longest silence", pulse.longest_ms, ANSWERS_MS, "ms", 1.0, size=size)
    limit = SECONDS_FOR_1000 * size / 1000
    yield Figure("burst, all stored and shown", taken, limit, "s", 1.0, size=size)
