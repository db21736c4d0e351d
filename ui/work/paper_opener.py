"""A paper that was just made is shown by the computer's own program, which prints it too."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from erpdesk.services.handing_out import hand_out
from ui.own_folder import own_folder


class PaperOpener:
    """Keeps papers in a folder that goes with the window."""

    def __init__(self) -> None:
        self._folder = own_folder()

    def keep(self, name: str, pdf: bytes) -> Path:
        """Write a PDF, beside the window; return where it is.

        Raises:
            FileNotWrittenError: the disk is full.
        """
        return hand_out(Path(self._folder.filePath(name)), pdf)

    def show(self, path: Path) -> Path | None:
        """Show a PDF; return where it is when the computer has no program for it."""
        is_shown = QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        return None if is_shown else path
