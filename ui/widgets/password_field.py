"""A field for a password: hidden until asked to be shown; it says when Caps Lock is on."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from erpdesk.words import Sentence
from ui.widgets.button import Button
from ui.widgets.parts import Label, column, row
from ui.work.wording import Wording

PASSWORD: Final = Sentence("密码", "Password")
SHOW, HIDE = Sentence("显示", "Show"), Sentence("隐藏", "Hide")
CAPS: Final = Sentence("大写锁定开着", "Caps Lock is on")
LENGTH_MAX: Final = 1024


class PasswordLine(QLineEdit):
    """``caps_seen`` carries whether the letter just typed shows that Caps Lock is on."""

    caps_seen = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(32)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(LENGTH_MAX)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self.caps_seen.emit(False)  # noqa: FBT003 - the next letter shows it
        elif letter.isalpha() and letter.upper() != letter.lower():
            is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_seen.emit(letter.isupper() != is_shifted)
        super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.caps_seen.emit(False)  # noqa: FBT003 - elsewhere it may be switched
        super().focusOutEvent(event)


class PasswordField(QWidget):
    """The line, its button to show it, and a hint under it that keeps its place."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self.line, self.reveal = PasswordLine(), Button("", "quiet", icon="eye")
        self.caps = Label("", "small", "attention")
        self.caps.setMinimumHeight(18)
        wording.put(self.line, "setAccessibleName", PASSWORD)
        wording.put(self.reveal, "setText", SHOW)
        self.setLayout(column(row((self.line, 1), self.reveal, gap=6), self.caps, gap=2))
        self.setFocusProxy(self.line)
        self.reveal.clicked.connect(self._reveal)
        self.line.caps_seen.connect(self._show_caps)

    def ask(self, *, is_asked: bool) -> None:
        """Ask for a password, or leave it out."""
        self.line.setEnabled(is_asked)
        self.reveal.setEnabled(is_asked)

    def _reveal(self) -> None:
        is_hidden = self.line.echoMode() is QLineEdit.EchoMode.Password
        mode = QLineEdit.EchoMode.Normal if is_hidden else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        self._wording.put(self.reveal, "setText", HIDE if is_hidden else SHOW)

    def _show_caps(self, is_on: bool) -> None:  # noqa: FBT001 - a signal brings it
        if is_on or self.caps.text():  # leaving the line at its very end says nothing
            self._wording.put(self.caps, "setText", CAPS if is_on else Sentence("", ""))
