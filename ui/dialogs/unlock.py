"""Unlocking: whose session it is and their password; whoever opened it checks and closes it."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from erpdesk.words import Sentence
from ui.dialogs.growing_wait import GrowingWait
from ui.dialogs.whole_dialog import WholeDialog
from ui.widgets.button import Button
from ui.widgets.flush import flush_left
from ui.widgets.parts import STRETCH, Icon, Label, column, row, rule
from ui.widgets.password_field import PasswordField
from ui.work.wording import Wording

TITLE = Sentence("已锁定", "Locked")
WHOSE = Sentence("{person}，{firm}", "{person}, {firm}")
KEPT = Sentence(
    "没写完的都在。锁着的时候扫码不存。",
    "What is half typed stays. Scans are not stored while it is locked.",
)
NO_PASSWORD = Sentence("这个人没有设密码，直接解锁。", "This person has no password: just unlock.")
UNLOCK = Sentence("解锁", "Unlock")
OTHER = Sentence("换人登录…", "Sign in as somebody else…")
CHECKING = Sentence("正在核对…", "Checking…")
WAIT = Sentence("{why} 还要等 {seconds} 秒。", "{why} Wait {seconds} s.")
WIDTH_PX: Final = 420
_NOTHING = Sentence("", "")


class Unlock(WholeDialog):
    """``given`` carries the password, or None where there is none; ``other_wanted``.

    It cannot be closed by hand; :meth:`refuse` says why it stays.
    """

    given = Signal(object)
    other_wanted = Signal()

    def __init__(self, wording: Wording, person: str, firm: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._wording, self._why, self._asks = wording, _NOTHING, True
        self._wait = GrowingWait(self)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setProperty("ground", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._make_parts(person, firm)
        self._wait.ticked.connect(self._say_wait)
        self._wait.over.connect(self._try_again)
        self.password.setFocus()

    def _make_parts(self, person: str, firm: str) -> None:
        put = self._wording.put
        put(self, "setWindowTitle", TITLE)
        title, whose = Label("", "title"), Label("", "strong", wraps=True)
        kept = Label("", "small", "text2", wraps=True)
        put(title, "setText", TITLE)
        put(whose, "setText", WHOSE, person=person, firm=firm)
        put(kept, "setText", KEPT)
        self.password = PasswordField(self._wording)
        self.problem = Label("", "small", "error", wraps=True)
        self.problem.setMinimumHeight(18)
        self.enter = Button("", "primary", key="Enter", height_px=34)
        self.enter.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.other = Button("", "quiet")
        put(self.enter, "setText", UNLOCK)
        put(self.other, "setText", OTHER)
        self.enter.clicked.connect(self._give)
        self.other.clicked.connect(self.other_wanted)
        self.setFixedWidth(WIDTH_PX)
        self.setLayout(
            column(
                row(Icon("lock", "text2", 20), title, STRETCH), whose, 4, self.password,
                self.problem, self.enter, 4, rule(), 2, kept, flush_left(self.other),
                gap=6, margins=(24, 20, 24, 16),
            )
        )  # fmt: skip

    def ask(self, *, is_asked: bool) -> None:
        """Ask for a password, or leave it out where the person has none."""
        self._asks = is_asked
        self.password.ask(is_asked=is_asked)
        if not is_asked:
            self.problem.set_ink("text2")
            self._wording.put(self.problem, "setText", NO_PASSWORD)
            self.enter.setFocus()

    def refuse(self, why: Sentence, *, is_wrong_password: bool) -> None:
        """Say why it stays; after a wrong password the wait doubles."""
        self._why = why
        self.problem.set_ink("error")
        self.enter.setEnabled(True)
        self._wording.put(self.problem, "setText", why)
        if is_wrong_password:
            self.password.line.clear()
            self.enter.setEnabled(False)
            self._wait.begin()

    @property
    def wait_s(self) -> int:
        """Return how many seconds are still to wait before the next try."""
        return self._wait.left_s

    def _say_wait(self, seconds: int) -> None:
        self._wording.put(self.problem, "setText", WAIT, why=self._why, seconds=seconds)

    def _try_again(self) -> None:
        self.enter.setEnabled(True)
        self._wording.put(self.problem, "setText", self._why)
        self.password.setFocus()

    def _give(self) -> None:
        if self.wait_s > 0 or not self.enter.isEnabled():
            return
        self.enter.setEnabled(False)
        self.problem.set_ink("text2")
        self._wording.put(self.problem, "setText", CHECKING)
        self.given.emit(self.password.line.text() if self._asks else None)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._give()
        elif event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
