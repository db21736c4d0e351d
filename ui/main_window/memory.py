"""What this computer remembers: where the window stood, which books were open in it.

What somebody chose is in the settings.
"""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QWidget

_TITLE_PX: Final = 40
_BOOKS_MOST: Final = 4


class WindowMemory:
    """Kept in a small file beside the settings; what cannot be used is as if it were not there."""

    def __init__(self, path: Path) -> None:
        self._kept = QSettings(str(path), QSettings.Format.IniFormat)

    def keep(self, window: QWidget) -> None:
        """Keep where a window stands for the next start."""
        self._kept.setValue("geometry", window.saveGeometry())

    def note_books(self, place: str) -> None:
        """Remember books as those opened last."""
        others = [one for one in self._noted() if one != place]
        self._kept.setValue("books", [place, *others][:_BOOKS_MOST])

    @property
    def books(self) -> tuple[str, ...]:
        """Return the places of books opened lately, the last first; a file that is gone is not."""
        return tuple(one for one in self._noted() if "://" in one or Path(one).is_file())

    def _noted(self) -> list[str]:
        noted = self._kept.value("books")
        return [noted] if isinstance(noted, str) else list(noted or ())

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
