"""How long the window's thread does not come back to its loop, and at what work."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt, QTimer

TICK_MS = 2


class Stalls(QObject):
    """Ticks in the window's loop; the longest gap between two ticks is kept for each work.

    A gap is what the thread itself worked in it: that others had the processor is no stall of ours.
    """

    def __init__(self) -> None:
        super().__init__()
        self.doing = "beginning"
        self.longest_ms: dict[str, float] = {}
        self._at = time.thread_time()
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        at = time.thread_time()
        gap_ms = (at - self._at) * 1000
        self.longest_ms[self.doing] = max(gap_ms, self.longest_ms.get(self.doing, 0.0))
        self._at = at

    @contextmanager
    def looking_away(self) -> Iterator[None]:
        """Do the test's own work, which is no stall of the window."""
        self._timer.stop()
        yield
        self._at = time.thread_time()
        self._timer.start()

    def stop(self) -> None:
        """Tick no more."""
        self._timer.stop()

    @property
    def worst_ms(self) -> float:
        """Return the longest of all."""
        return max(self.longest_ms.values(), default=0.0)

    def ranked(self) -> str:
        """Return the longest of each work in words, the worst first."""
        ranked = sorted(self.longest_ms.items(), key=lambda one: -one[1])
        return ", ".join(f"{doing} {ms:.0f} ms" for doing, ms in ranked)
