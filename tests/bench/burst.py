"""Many codes at once: all stored in order, and the window answers all the while.

How long all take is held against as many syncs and paintings of the card, as one scan is.
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PySide6.QtCore import QTimer

from tests.bench.counting import a_counter
from tests.bench.figures import Figure, seconds
from tests.bench.scan import limit_ms
from tests.bench.window import a_pulse, settle

ANSWERS_MS: Final = 50.0
BAR: Final = 3.0
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
        limit = sum(limit_ms(counter, Path(folder), size)) / 1000
        in_order = sum(a == b for a, b in zip(counter.stored(), codes, strict=True))
    yield Figure("burst, stored in order", in_order, size, "codes", 1.0, "more", size)
    yield Figure("burst, longest silence", pulse.longest_ms, ANSWERS_MS, "ms", 1.0, size=size)
    yield Figure("burst, all stored and shown", taken, limit, "s", BAR, size=size)
