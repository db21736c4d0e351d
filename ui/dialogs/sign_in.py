"""Signing in: who is working, on which books. A password is checked by whoever opened it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from erpdesk.words import Sentence
from ui.dialogs.growing_wait import GrowingWait
from ui.dialogs.whole_dialog import WholeDialog
from ui.look import Tone, dress
from ui.widgets.button import Button
from ui.widgets.combo import Combo
from ui.widgets.finding_list import FindingList
from ui.widgets.flush import flush_left, flush_right
from ui.widgets.parts import STRETCH, ElidedLabel, Label, column, row, rule
from ui.widgets.password_field import PASSWORD, PasswordField
from ui.work.wording import Wording

TITLE = Sentence("登录", "Sign in")
WHO = Sentence("姓名", "Name")
NO_PASSWORD = Sentence("这个人没有设密码，直接登录。", "This person has no password: just sign in.")
ENTER = Sentence("登录", "Sign in")
OTHER = Sentence("打开别的账套…", "Open other books…")
FIND = Sentence("打登录名或拼音可找", "Type a login or pinyin to find a name")
LANGUAGE = Sentence("English", "中文")
EVIDENCE = Sentence(
    "本机账套文件：审批是留痕，不是屏障。能动这个文件的人绕得过去；要屏障请用数据库服务器。",
    "Books in a file: approvals are evidence, not a barrier. Whoever can touch this file can get"
    " around them; for a barrier use a database server.",
)
SERVER = Sentence("数据库服务器：用你的登录名。", "Database server: use your login.")
WAIT = Sentence("{why} 还要等 {seconds} 秒。", "{why} Wait {seconds} s.")
CHECKING = Sentence("正在核对…", "Checking…")
WIDTH_PX = 380


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who may sign in: login, name people see, and whether a password is asked.

    ``keys`` are further ways to type the name, such as its pinyin.
    """

    name: str
    display: str
    needs_password: bool
    keys: tuple[str, ...] = ()


class SignIn(WholeDialog):
    """Asks for a name and a password: ``given`` (name, password or None), ``other_wanted``.

    It stays until whoever opened it closes it or calls :meth:`refuse`.
    """

    given = Signal(str, object)
    other_wanted = Signal()
    language_wanted = Signal()

    def __init__(
        self,
        wording: Wording,
        place: str,
        callers: Sequence[Caller],
        *,
        last: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setModal(parent is not None)
        self._wording, self._callers = wording, {one.name: one for one in callers}
        self._why = Sentence("", "")
        self._wait = GrowingWait(self)
        self._wait.ticked.connect(self._say_wait)
        self._wait.over.connect(self._try_again)
        self._make_parts()
        self._lay_out(place)
        self._fill(last)
        self._show_person()
        dress(self)
        self.fit()

    def _make_parts(self) -> None:
        say = self._wording
        say.put(self, "setWindowTitle", TITLE)
        self.title = Label("", "title")
        say.put(self.title, "setText", TITLE)
        self.people = Combo(FindingList(self._found))
        self.people.setMinimumHeight(32)
        self.people.setEditable(not self._callers)
        say.put(self.people, "setAccessibleName", WHO)
        self.field = PasswordField(say)
        self.password, self.reveal = self.field.line, self.field.reveal
        self.problem = Label("", "small", "error", wraps=True)
        self.problem.setMinimumHeight(18)
        self.enter = Button("", "primary", key="Enter", icon="log-in", height_px=34)
        self.enter.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        say.put(self.enter, "setText", ENTER)
        self.other = Button("", "quiet")
        say.put(self.other, "setText", OTHER)
        self.backup = ElidedLabel("", "small", "text2")
        self.language = Button("", "quiet", icon="languages")
        say.put(self.language, "setText", LANGUAGE)
        self.people.currentIndexChanged.connect(self._show_person)
        self.enter.clicked.connect(self._give)
        self.other.clicked.connect(self.other_wanted)
        self.language.clicked.connect(self.language_wanted)

    def _lay_out(self, place: str) -> None:
        say = self._wording
        who, password = Label("", "label", "text2"), Label("", "label", "text2")
        find = Label("", "small", "text3")
        say.put(who, "setText", WHO)
        say.put(find, "setText", FIND if self._callers else Sentence("", ""))
        say.put(password, "setText", PASSWORD)
        who.setBuddy(self.people)
        password.setBuddy(self.password)
        where = Label(place, "small", "text3", wraps=True)
        self.note = Label("", "small", "text2", wraps=True)
        say.put(self.note, "setText", EVIDENCE if self._callers else SERVER)
        self.setProperty("ground", "surface")
        self.setFixedWidth(WIDTH_PX + 40)
        self.setLayout(
            column(
                flush_right(self.title, STRETCH, self.language),
                where, 4, row(who, STRETCH, find), self.people, 4, password, self.field,
                self.problem, self.enter, 6, rule(), 2, self.note,
                row(flush_left(self.other), self.backup),
                gap=6, margins=(24, 20, 24, 16),
            )
        )  # fmt: skip

    def _fill(self, last: str) -> None:
        for one in self._callers.values():
            shown = one.display if one.display == one.name else f"{one.display}  {one.name}"
            self.people.addItem(shown, one.name)
        found = self.people.findData(last)
        self.people.setCurrentIndex(max(0, found))
        if not self._callers:
            self.people.setEditText(last)

    def know(self, callers: Sequence[Caller]) -> None:
        """Find the people by what is known of them now; who is asked for stays."""
        self._callers |= {one.name: one for one in callers if one.name in self._callers}

    def show_backup(self, tone: Tone, said: Sentence, at: str) -> None:
        """Say when the last good backup was made."""
        self.backup.set_ink("text2" if tone == "ok" else tone)
        self._wording.put(self.backup, "setText", said, at=at)

    @property
    def person(self) -> str:
        """Return the login of whoever is chosen or typed."""
        if self._callers:
            return str(self.people.currentData())
        return self.people.currentText().strip()

    def refuse(self, why: Sentence, *, is_wrong_password: bool = False) -> None:
        """Say at the field why it did not work; after a wrong password the wait doubles."""
        self._busy(is_busy=False)
        self._why = why
        if not is_wrong_password:
            self._wording.put(self.problem, "setText", why)
            return
        self.password.clear()
        self.enter.setEnabled(False)
        self._wait.begin()

    @property
    def wait_s(self) -> int:
        """Return how many seconds are still to wait before the next try."""
        return self._wait.left_s

    def _try_again(self) -> None:
        self.enter.setEnabled(True)
        self._wording.put(self.problem, "setText", self._why)
        self.password.setFocus()

    def _say_wait(self, seconds: int) -> None:
        self._wording.put(self.problem, "setText", WAIT, why=self._why, seconds=seconds)

    def _found(self, typed: str) -> int | None:
        """Return the place of the first person whose name, login or pinyin begins so."""
        wanted = typed.casefold()
        for place, one in enumerate(self._callers.values()):
            if any(key.casefold().startswith(wanted) for key in (one.name, one.display, *one.keys)):
                return place
        return None

    def _show_person(self) -> None:
        known = self._callers.get(self.person)
        asks = known is None or known.needs_password
        self.field.ask(is_asked=asks)
        self._wording.put(self.problem, "setText", Sentence("", "") if asks else NO_PASSWORD)
        self.problem.set_ink("error" if asks else "text2")
        if not self.people.hasFocus():
            (self.password if asks else self.enter).setFocus()

    def _give(self) -> None:
        if self.wait_s > 0 or not self.enter.isEnabled():
            return
        self._busy(is_busy=True)
        asks = self.password.isEnabled()
        self.given.emit(self.person, self.password.text() if asks else None)

    def _busy(self, *, is_busy: bool) -> None:
        self.enter.setEnabled(not is_busy)
        self.problem.set_ink("text2" if is_busy else "error")
        self._wording.put(self.problem, "setText", CHECKING if is_busy else Sentence("", ""))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._give()
        elif event.key() == Qt.Key.Key_Escape:
            self.other_wanted.emit()
        else:
            super().keyPressEvent(event)
