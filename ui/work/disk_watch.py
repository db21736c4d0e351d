"""Room on the disk of the books, asked for beside the window and told to whoever shows it."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from erpdesk.services.keeping.keeping_room import KeepingRoom
from ui.work.runner import Runner

LOOK_MS: Final = 60_000


class DiskWatch(QObject):
    """``free`` is how many bytes are left, None where nobody knows; ``changed``: it is another."""

    changed = Signal()

    def __init__(self, runner: Runner, keeping: KeepingRoom, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner, self._keeping = runner, keeping
        self.free: int | None = None
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.keep)

    def begin(self) -> None:
        """Look now, and again from time to time."""
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Look no longer."""
        self._timer.stop()

    def look(self) -> None:
        """Look how much is free."""
        self._runner.query(self, self._keeping.look, done=self._show)

    def keep(self) -> None:
        """Look, and see that some room is kept for when there is none; a start does without."""
        self._runner.query(self, self._keeping.keep, done=self._show)

    def _show(self, free: int | None) -> None:
        if free != self.free:
            self.free = free
            self.changed.emit()
