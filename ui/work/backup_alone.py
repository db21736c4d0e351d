"""Once a day a backup is made by itself, when nobody has touched anything for a while."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

from ui.work.backup_watch import BackupWatch

QUIET_S: Final = 120.0
LOOK_MS: Final = 20_000


class BackupAlone(QObject):
    """Asks for a backup where one is due, wanted, and nobody is at work.

    ``quiet_s`` says how long nobody has touched anything, in seconds; ``is_wanted`` the setting.
    """

    def __init__(
        self,
        watch: BackupWatch,
        quiet_s: Callable[[], float],
        is_wanted: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._watch, self._quiet_s, self._is_wanted = watch, quiet_s, is_wanted
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Watch the backups from now on, and see from time to time whether one is to be made."""
        self._watch.begin()
        self._timer.start()

    def stop(self) -> None:
        """Make none any more, and stop the one that is being made."""
        self._timer.stop()
        self._watch.stop()

    def look(self) -> None:
        """See whether one is to be made now."""
        if self._is_wanted() and self._watch.is_due and self._quiet_s() >= QUIET_S:
            self._watch.back_up_alone()
