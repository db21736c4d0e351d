"""A window with a field, a button and shortcuts, and a wedge whose time a test holds."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.work.key_run import DeviceProfile
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
        self.hold_time()

    def use(self, profile: DeviceProfile) -> None:
        self.wedge.use(profile)
        self.hold_time()

    def hold_time(self) -> None:
        """Leave time to the test: a busy computer must not look like a pause."""
        self.wedge._pause.setInterval(60_000)


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
    wedge = Wedge(app, DeviceProfile(), stamp_ms=lambda _: now[0].now_ms)
    desk = Desk(window, line, button, wedge)
    now.append(desk)
    desk.hold_time()
    button.clicked.connect(lambda: desk.clicks.append("button"))
    for keys in ("Ctrl+]", "Ctrl+K", "Alt+1", "Space", "Ctrl+Return"):
        QShortcut(QKeySequence(keys), window, lambda keys=keys: desk.clicks.append(keys))
    wedge.code_read.connect(desk.codes.append)
    wedge.refused.connect(desk.refused.append)
    return desk
