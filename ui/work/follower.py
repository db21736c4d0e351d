"""What others do is shown here too, within a second: asked beside the window, twice a second."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from erpdesk.domain.changes import Changes
from erpdesk.errors import StorageError
from ui.work.runner import Runner

LOOK_MS: Final = 400
LOST_MS: Final = 3000
"""How long to wait after the file or server could not be read, before it is tried again."""


@dataclass(frozen=True, slots=True)
class _Lost:
    """The file or server could not be read just now."""


class Follower(QObject):
    """Tells the runner's ``changed`` of what others did; ``lost`` and ``back`` are the data's."""

    lost = Signal()
    back = Signal()

    def __init__(
        self, runner: Runner, look: Callable[[], Changes | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._runner, self._look = runner, look
        self._is_lost = False
        self._wait = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._wait.timeout.connect(self.ask)

    def start(self) -> None:
        """Begin to follow; what happened before is not told."""
        self.ask()

    def stop(self) -> None:
        """Follow no longer."""
        self._wait.stop()
        self._look = lambda: None

    def ask(self) -> None:
        """Look once, and again some time after the answer."""
        look = self._look

        def work() -> Changes | _Lost | None:
            try:
                return look()
            except StorageError:
                return _Lost()

        self._runner.query(self, work, done=self._answer, refused=lambda _: self._wait.start())

    def _answer(self, found: Changes | _Lost | None) -> None:
        is_lost = isinstance(found, _Lost)
        if is_lost != self._is_lost:
            self._is_lost = is_lost
            (self.lost if is_lost else self.back).emit()
        if isinstance(found, Changes):
            self._runner.changed.emit(found)
        self._wait.start(LOST_MS if is_lost else LOOK_MS)
