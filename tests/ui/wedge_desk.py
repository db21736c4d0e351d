"""A window with a field, a button and shortcuts, and a wedge whose time a test holds."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.work.key_run import DeviceProfile, KeyRun
from ui.work.wedge import RefusedScan, Wedge

ENTER, TAB = "\r", "\t"
SCANNER_MS, FINGERS_MS = 8, 120
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier
NONE = Qt.KeyboardModifier.NoModifier


@dataclass
class Desk:
    """A window with a field, a button and shortcuts, and a wedge whose clock the test holds."""

    window: QWidget
    line: QLineEdit
    button: QPushButton
    wedge: Wedge
    clicks: list[str] = field(default_factory=list)
    codes: list[bytes] = field(default_factory=list)
    refused: list[RefusedScan] = field(default_factory=list)
    now_ms: int = 1000
    holds_time: bool = True
    """A busy computer must not look like a pause."""

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, *, after_ms: int) -> None:
        self.now_ms += after_ms
        QTest.keyClick(QApplication.focusWindow(), key, modifiers)

    def type(self, text: str, *, gap_ms: int) -> None:
        for char in text:
            self.now_ms += gap_ms
            handle = QApplication.focusWindow()
            if char in KEYS:
                QTest.keyClick(handle, KEYS[char])
            elif char < " ":
                QTest.keyClick(handle, Qt.Key(ord(char) + 0x40), CTRL)
            else:
                QTest.keyClick(handle, ord(char))

    def scan(self, text: str) -> None:
        self.now_ms += 1000
        self.type(text, gap_ms=SCANNER_MS)

    def pause(self, qtbot: QtBot) -> None:
        """Let the wedge notice that nothing comes any more."""
        self.now_ms += 1000
        if self.wedge._held:
            self.wedge._pause.start(0)
        qtbot.waitUntil(lambda: not self.wedge._held)

    def wait_ms(self, run: KeyRun) -> int:
        """Return how long a pause is, by the test's time or by the true one."""
        return 60_000 if self.holds_time else run.patience_ms


PRESS, RELEASE = QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease
KEYS = {ENTER: Qt.Key.Key_Return, TAB: Qt.Key.Key_Tab}


def a_desk(app: QApplication) -> Desk:
    """Return a desk that is not shown yet."""
    now: list[Desk] = []
    window = QWidget()
    layout = QVBoxLayout(window)
    line, button = QLineEdit(), QPushButton("delete")
    layout.addWidget(line)
    layout.addWidget(button)

    def wait_ms(run: KeyRun) -> int:
        return now[0].wait_ms(run)

    wedge = Wedge(
        app,
        DeviceProfile(),
        stamp_ms=lambda _: now[0].now_ms,
        wait_ms=wait_ms,
    )
    desk = Desk(window, line, button, wedge)
    now.append(desk)
    button.clicked.connect(lambda: desk.clicks.append("button"))
    for keys in ("Ctrl+]", "Ctrl+K", "Alt+1", "Space", "Ctrl+Return"):
        QShortcut(QKeySequence(keys), window, lambda keys=keys: desk.clicks.append(keys))
    wedge.code_read.connect(desk.codes.append)
    wedge.refused.connect(desk.refused.append)
    return desk
