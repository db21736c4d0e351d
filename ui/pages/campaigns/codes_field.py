"""A field for many codes: what is pasted by mistake, such as a whole file, stays out of it."""

from typing import Final

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

SIGNS_MAX: Final = 1_000_000
"""A hundred thousand codes; with more the window would stand still."""
CODE_MAX: Final = 1_000
"""Far beyond any code; a line without an end takes minutes to be laid out."""


class CodesField(QPlainTextEdit):
    """Takes codes; ``too_much`` says that what was pasted was not taken."""

    too_much = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        text = source.text()
        if len(text) > SIGNS_MAX or max(map(len, text.split()), default=0) > CODE_MAX:
            self.too_much.emit()
            return
        super().insertFromMimeData(source)
