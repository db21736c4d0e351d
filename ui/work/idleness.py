"""How long nobody has touched keys, mouse or scanner; nothing is said of what was touched."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QCursor

LOOK_MS: Final = 5_000
_MINUTE_US: Final = 60_000_000


class Idleness(QObject):
    """``passed`` comes once when nobody touched anything for the minutes that are allowed.

    ``was_touched`` says whether a key or button was pressed since it was asked last; ``now_us``
    is the time in µs, so that the hours a computer sleeps count.
    """

    passed = Signal()

    def __init__(
        self,
        was_touched: Callable[[], bool],
        now_us: Callable[[], int],
        *,
        pointer: Callable[[], QPoint] = QCursor.pos,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._was_touched, self._now_us, self._pointer = was_touched, now_us, pointer
        self._minutes, self._since_us, self._place = 0, now_us(), pointer()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def allow(self, minutes: int) -> None:
        """Allow so many minutes from now on; 0: any."""
        self._minutes = minutes
        self.touch()
        if minutes:
            self._timer.start()
        else:
            self._timer.stop()

    def touch(self) -> None:
        """Begin to wait anew: somebody is here."""
        self._since_us, self._place = self._now_us(), self._pointer()
        self._was_touched()

    def look(self) -> None:
        """See whether somebody touched something since the last look."""
        self._since_us = min(self._since_us, self._now_us())  # a clock put back adds no time
        if self._was_touched() or self._pointer() != self._place:
            self.touch()
        elif self._minutes and self._now_us() - self._since_us >= self._minutes * _MINUTE_US:
            self.touch()
            self.passed.emit()
