"""Files and folders are asked for here: each purpose begins in the folder of its last answer.

At first everything begins among the person's documents, never where the program happens to run.
"""

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

Purpose = Literal["evidence", "import", "export", "paper", "backup", "books"]


class Folders:
    """The folder of each purpose, known to this computer once ``keep_in`` has said where."""

    def __init__(self) -> None:
        self._kept: QSettings | None = None
        self._noted: dict[str, str] = {}

    def keep_in(self, path: Path) -> None:
        """Keep them in a small file, and begin with those that are there."""
        self._kept = QSettings(str(path), QSettings.Format.IniFormat)
        self._noted.clear()

    def of(self, purpose: Purpose, at_first: str = "") -> str:
        """Return the folder where somebody is asked for this purpose."""
        noted = self._noted.get(purpose)
        if noted is None and self._kept is not None:
            noted = str(self._kept.value(f"folders/{purpose}") or "")
        return noted or at_first or _documents()

    def note(self, purpose: Purpose, path: str) -> None:
        """Remember the folder of what was chosen, be it nothing."""
        if not path:
            return
        self._noted[purpose] = str(Path(path).parent)
        if self._kept is not None:
            self._kept.setValue(f"folders/{purpose}", self._noted[purpose])


folders = Folders()
"""Those of this computer: one place for every window."""


def files_to_read(asker: QWidget, title: str, purpose: Purpose) -> list[str]:
    """Ask for files; return their paths, none where nothing was chosen."""
    paths, _ = QFileDialog.getOpenFileNames(asker, title, folders.of(purpose))
    folders.note(purpose, paths[0] if paths else "")
    return paths


def file_to_read(
    asker: QWidget, title: str, purpose: Purpose, kinds: str = "", *, here: str = ""
) -> str:
    """Ask for one file, from ``here`` on where something is chosen already; return its path."""
    path, _ = QFileDialog.getOpenFileName(asker, title, here or folders.of(purpose), kinds)
    folders.note(purpose, path)
    return path


def place_to_write(asker: QWidget, title: str, purpose: Purpose, name: str, kinds: str = "") -> str:
    """Ask where a file of this name goes; a name with its folder begins there."""
    first = str(Path(folders.of(purpose)) / name)
    path, _ = QFileDialog.getSaveFileName(asker, title, first, kinds)
    folders.note(purpose, path)
    return path


def folder_to_use(asker: QWidget, title: str, here: str) -> str:
    """Ask for a folder, from the one of now on; return its path."""
    return QFileDialog.getExistingDirectory(asker, title, here or _documents())


def _documents() -> str:
    where = QStandardPaths.StandardLocation
    found = map(QStandardPaths.writableLocation, (where.DocumentsLocation, where.DesktopLocation))
    return next((one for one in found if one and Path(one).is_dir()), str(Path.home()))
