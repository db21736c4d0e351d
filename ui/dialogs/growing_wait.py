"""A wait that doubles with every wrong password: 1, 2, 4 … seconds, at most about a minute."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

DOUBLINGS_MAX: Final = 6


class GrowingWait(QObject):
    """``ticked`` carries the seconds left; ``over`` says that the next try may come."""

    ticked = Signal(int)
    over = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._refusals, self.left_s = 0, 0
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.tick)

    def begin(self) -> None:
        """Wait, twice as long as the last time."""
        self.left_s = 2 ** min(self._refusals, DOUBLINGS_MAX)
        self._refusals += 1
        self._timer.start()
        self.ticked.emit(self.left_s)

    def tick(self) -> None:
        """Let a second pass."""
        self.left_s -= 1
        if self.left_s > 0:
            self.ticked.emit(self.left_s)
            return
        self._timer.stop()
        self.over.emit()
