"""Garbage is collected on the window's thread alone, and never while somebody would feel it.

Python collects where an allocation happens to ask for it. On a lane's thread that would destroy
widgets away from their own thread, which ends the program. A full collection looks at everything
there is, which takes a quarter of a second with every page open: it waits until nobody does
anything.
"""

import gc
import math
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

from ui.work.runner import Progress

QUIET_S: Final = 3.0
_LOOK_MS: Final = 200
_FULL: Final = 2
_OVERDUE: Final = 10
"""Where nobody ever rests, a full collection comes all the same when it is due so many times."""


class Tidying(QObject):
    """Collects what Python's own thresholds say is due; what a start has loaded is left out.

    ``quiet_s`` says how long nobody has touched anything, in seconds.
    """

    def __init__(
        self, parent: QObject | None = None, quiet_s: Callable[[], float] = lambda: math.inf
    ) -> None:
        super().__init__(parent)
        self._quiet_s, self._is_to_keep = quiet_s, False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tidy)

    def begin(self) -> None:
        """Take the collecting over from Python."""
        gc.disable()
        gc.freeze()
        self._timer.start(_LOOK_MS)

    def keep(self) -> None:
        """Leave out, from the next quiet moment on, what exists then: a window stays for hours."""
        self._is_to_keep = True

    def let_go(self) -> None:
        """Look at all of it again: the window was closed."""
        self._is_to_keep = False
        gc.unfreeze()

    def tidy(self) -> None:
        """Collect the oldest generation that is due and may be collected now, if any is."""
        generation = self._due()
        if generation is not None:
            gc.collect(generation)
        if generation == _FULL and self._is_to_keep:
            self._is_to_keep = False
            gc.freeze()

    def _due(self) -> int | None:
        young, middle, full = zip(gc.get_count(), gc.get_threshold(), strict=True)
        is_quiet = self._quiet_s() >= QUIET_S
        if is_quiet and (self._is_to_keep or _is_over(*full)):
            return _FULL
        if _is_over(*full, times=_OVERDUE):
            return _FULL
        return 1 if _is_over(*middle) else 0 if _is_over(*young) else None

    def end(self) -> None:
        """Give the collecting back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()


def kept(tell: Progress | None) -> Progress:
    """Return what tells how many rows were read, which are kept, and leaves them out as they come.

    Looking through them in every collection would stop the window each time.
    """

    def told(done: int, total: int | None) -> None:
        gc.freeze()
        if tell is not None:
            tell(done, total)

    return told


def _is_over(count: int, most: int, *, times: int = 1) -> bool:
    return count > most * times > 0
