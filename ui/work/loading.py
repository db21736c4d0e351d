"""Loading what is needed next while somebody looks at a window that is there."""

from collections.abc import Sequence
from importlib import import_module

from PySide6.QtCore import QObject, QTimer


class Loading(QObject):
    """Loads modules one at a time, between two things that the person does.

    Windows are loaded here and never in a lane: the toolkit makes each of its types when it is
    first named, and ends the program where two threads name them at once.
    """

    def __init__(self, names: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = list(names)
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._load_next)

    def begin(self) -> None:
        """Begin to load, unless all is there."""
        if self._names:
            self._timer.start()

    def _load_next(self) -> None:
        import_module(self._names.pop(0))
        if not self._names:
            self._timer.stop()
