"""The backups of the books as the whole window knows them, told to whoever shows them."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from erpdesk.errors import StorageError
from erpdesk.services.listing_backups import Backups, ListingBackups
from ui.work.runner import Runner

LOOK_MS: Final = 600_000
"""A backup grows old while nobody looks, and one may be made outside the window."""


class BackupWatch(QObject):
    """Knows the backups in the folder of now; ``changed`` comes whenever they were looked at.

    ``stands`` is None until then.
    """

    changed = Signal()

    def __init__(
        self,
        runner: Runner,
        backups: ListingBackups,
        folder: Callable[[], Path],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner, self._backups, self._folder = runner, backups, folder
        self.stands: Backups | None = None
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def is_too_old(self) -> bool:
        """Say whether somebody has to see to a backup."""
        return self.stands is not None and self.stands.is_too_old(self._backups.clock.now_us())

    def begin(self) -> None:
        """Look now, and again from time to time."""
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Look no longer."""
        self._timer.stop()

    def look(self) -> None:
        """Look which backups there are; while the books cannot be read, what is known stays."""
        backups, folder = self._backups, self._folder()

        def work() -> Backups | None:
            try:
                return backups.look(folder)
            except StorageError:  # whoever follows the books says so
                return None

        self._runner.query(self, work, done=self._show)

    def _show(self, found: Backups | None) -> None:
        if found is not None:
            self.stands = found
            self.changed.emit()
