"""What stands in the place of a file that is not shown here: why, and how to look at it."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from erpdesk.services.looking import File
from erpdesk.words import Sentence
from ui.own_folder import own_folder
from ui.widgets.button import Button
from ui.widgets.parts import STRETCH, Icon, Label, column, row
from ui.work.asking_files import place_to_write
from ui.work.wording import Wording

S = Sentence
ELSEWHERE = S(
    "这类文件不在这里显示，用本机程序打开来看。", "This kind of file is opened in its own program."
)
UNSAFE = S(
    "这类文件不从这里打开：先存一份，查过再看。",
    "A file of this kind is not opened here: save a copy, check it, then look.",
)
NOTHING = S("", "")
SAVE = S("另存一份…", "Save a copy…")
OPEN = S("用本机程序打开", "Open in its program")

SAFE_OUTSIDE: Final = {
    "application/pdf": ".pdf",
    "image/tiff": ".tif",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "application/ofd": ".ofd",
    "text/csv": ".csv",
}
"""What may be opened in the computer's own program: nothing that could run."""


class FileCard(QWidget):
    """``handed_out`` carries a file (File) that somebody opened in its program, or saved.

    ``copy_wanted`` (File, Path) asks whoever may wait for the disk to write it there.
    """

    copy_wanted = Signal(object, object)
    handed_out = Signal(object)

    def __init__(self, words: Wording) -> None:
        super().__init__()
        self._words = words
        self._file: File | None = None
        self._folder = own_folder()
        self.said = Label("", "body", "text2", wraps=True, align=Qt.AlignmentFlag.AlignHCenter)
        self.open, self.save = Button("", icon="eye"), Button("", icon="download")
        for button, verb, act in (
            (self.open, OPEN, self.open_outside), (self.save, SAVE, self._ask_where),
        ):  # fmt: skip
            words.put(button, "setText", verb)
            button.clicked.connect(act)
        self.setLayout(
            column(
                STRETCH, row(STRETCH, Icon("file-text", "text3", 40), STRETCH), self.said,
                row(STRETCH, self.open, self.save, STRETCH), STRETCH,
                gap=6, margins=(20, 4, 20, 4),
            )
        )  # fmt: skip
        self.say(NOTHING)

    def say(self, sentence: Sentence) -> None:
        """Say something, and offer nothing."""
        self._file = None
        self._words.put(self.said, "setText", sentence)
        self._offer()

    def offer(self, file: File) -> None:
        """Offer a file to its own program, or to be saved where it could run."""
        self._file = file
        safe = file.media_type in SAFE_OUTSIDE
        self._words.put(self.said, "setText", ELSEWHERE if safe else UNSAFE)
        self._offer()

    def refuse(self, sentence: str, file: File | None = None) -> None:
        """Say why a file cannot be shown; one that is here may be looked at elsewhere."""
        self._file = file
        self._words.forget(self.said, "setText")
        self.said.setText(sentence)
        self._offer()

    def _offer(self) -> None:
        safe = self._file is not None and self._file.media_type in SAFE_OUTSIDE
        self.open.setVisible(safe)
        self.save.setVisible(self._file is not None and not safe)

    def open_outside(self) -> None:
        """Open the file in the computer's own program, from a copy that is dropped later."""
        if self._file is None:
            return
        file = self._file
        path = Path(self._folder.filePath(file.hash[:16] + SAFE_OUTSIDE[file.media_type]))
        self.copy_wanted.emit(file, path)

    def save_copy(self, path: str) -> None:
        """Write the file to where somebody chose."""
        if self._file is not None:
            self.copy_wanted.emit(self._file, Path(path))

    def take_copy(self, file: File, path: Path) -> None:
        """Count a file as handed out that was written; in our own folder it is for its program."""
        if path.is_relative_to(self._folder.path()):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        self.handed_out.emit(file)

    def _ask_where(self) -> None:
        name = self._file.name if self._file else ""
        path = place_to_write(self, self._words.say(SAVE), "evidence", name)
        if path:
            self.save_copy(path)
