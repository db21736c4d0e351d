"""Garbage is collected on the window's thread alone, and never for long at a time.

Python collects where an allocation happens to ask for it. On a lane's thread that would destroy
widgets away from their own thread, which ends the program.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_LOOK_MS: Final = 200


class Tidying(QObject):
    """Collects what Python's own thresholds say is due; what exists at the start is left out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._has_kept = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tidy)

    def begin(self) -> None:
        """Take the collecting over from Python."""
        gc.disable()
        gc.freeze()
        self._timer.start(_LOOK_MS)

    def keep(self) -> None:
        """Leave out what exists now, the first time: what a start has loaded stays."""
        if not self._has_kept:
            self._has_kept = True
            gc.freeze()

    def tidy(self) -> None:
        """Collect the oldest generation that is due, if any is."""
        due = [
            generation
            for generation, (count, most) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if count > most > 0
        ]
        if due:
            gc.collect(max(due))

    def end(self) -> None:
        """Give the collecting back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
