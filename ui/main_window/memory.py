"""Where the window stood on this computer's screens; what somebody chose is in the settings."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QWidget

_TITLE_PX: Final = 40


class WindowMemory:
    """Kept in a small file beside the settings; what cannot be used is as if it were not there."""

    def __init__(self, path: Path) -> None:
        self._kept = QSettings(str(path), QSettings.Format.IniFormat)

    def keep(self, window: QWidget) -> None:
        """Keep where a window stands for the next start."""
        self._kept.setValue("geometry", window.saveGeometry())

    def show(self, window: QWidget) -> None:
        """Show a window where it was, on a screen that is there; at first as large as fits."""
        geometry = self._kept.value("geometry")
        if (isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)) or _has_room(
            window
        ):
            window.show()
        else:
            window.showMaximized()


def _has_room(window: QWidget) -> bool:
    """Say whether the whole window fits on the screen, its title bar with it."""
    room = window.screen().availableSize()
    return room.width() > window.width() and room.height() > window.height() + _TITLE_PX
