"""What the window remembers on this computer: its theme, size of text, and place on the screen."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QWidget

from ui.look import TEXT_PERCENTS, THEMES, Theme, system_theme

_TITLE_PX: Final = 40


class WindowMemory:
    """Kept in a small file beside the settings; what cannot be used is as if it were not there."""

    def __init__(self, path: Path) -> None:
        self._kept = QSettings(str(path), QSettings.Format.IniFormat)

    def keep(self, name: str, value: object) -> None:
        """Keep a value for the next start."""
        self._kept.setValue(name, value)

    @property
    def theme(self) -> Theme:
        """Return the chosen theme; until one is chosen, what the system reports."""
        kept = self._kept.value("theme")
        return next((one for one in THEMES if one == kept), system_theme())

    @property
    def text_percent(self) -> int:
        """Return the chosen size of text in percent."""
        kept = str(self._kept.value("text_percent"))
        return next((one for one in TEXT_PERCENTS if str(one) == kept), 100)

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
