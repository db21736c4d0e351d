"""Locking months: up to which, and what that means, under the facts of the books."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erpdesk.domain.period_lock import MAY_LOCK
from erpdesk.errors import UserError
from erpdesk.words import Sentence
from ui.pages.settings.facts import SettingsParts
from ui.pages.settings.forms import Form
from ui.widgets.button import Button
from ui.widgets.combo import Combo
from ui.widgets.parts import STRETCH, Label, column, row
from ui.work.runner import Runner
from ui.work.wording import Wording, literal, refusal

S = Sentence
LOCK, LOCK_HEAD, DO_LOCK = S("结账…", "Lock months…"), S("结账", "Lock months"), S("结账", "Lock")
UP_TO = S("结到", "Up to")
LOCK_MEANS = S(
    "这个月和以前的都不能再过账，谁也打不开；外币应收先调汇。",
    "This month and all before it take no more postings, for good; revalue foreign items first.",
)
NOT_YOURS = S("结账要财务主管或负责人", "Supervisors and directors lock months")
NONE_OPEN = S("过完的月份都结账了", "Every month that is over is locked")
DONE = S("已结账到 {month}", "Locked up to {month}")


class LockForm(Form):
    """``wanted`` carries the last month to be locked."""

    wanted = Signal(str)

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording, LOCK_HEAD, DO_LOCK)
        self.month, note = Combo(), Label("", "small", "text2", wraps=True)
        wording.put(note, "setText", LOCK_MEANS)
        self.lay_out(row(self.named(UP_TO, self.month), (note, 1), gap=14))
        self.act.clicked.connect(lambda: self.wanted.emit(self.month.currentText()))

    def show_months(self, months: tuple[str, ...]) -> None:
        """Offer the months that are over, the latest first."""
        self.month.clear()
        self.month.addItems(months[::-1])


class LockPane(QWidget):
    """``said`` carries a tone and a title for the bar of the page; ``stored``: look again."""

    said = Signal(str, object)
    stored = Signal()

    def __init__(self, parts: SettingsParts, runner: Runner, wording: Wording) -> None:
        super().__init__()
        self._parts, self._runner, self._wording = parts, runner, wording
        self._months: tuple[str, ...] = ()
        self.begin, self.form = Button("", "quiet", icon="lock", height_px=28), LockForm(wording)
        wording.put(self.begin, "setText", LOCK)
        self.setLayout(column(row(self.begin, STRETCH, margins=(8, 4, 14, 4)), self.form, gap=0))
        self.begin.clicked.connect(self._begin)
        self.form.left.connect(self.close_forms)
        self.form.wanted.connect(self._lock)
        wording.when_switched(self._say_again)
        self._say_again()

    def show_months(self, months: tuple[str, ...]) -> None:
        """Say which months are over and open."""
        self._months = months
        self._say_again()

    def close_forms(self) -> bool:
        """Put the form away; False when it was not open."""
        was_open = self.form.isVisible()
        if was_open:
            self.begin.setFocus()
        self.form.hide()
        return was_open

    def _begin(self) -> None:
        self.form.show_months(self._months)
        self.form.show()
        self.form.month.setFocus()

    def _lock(self, month: str) -> None:
        self._runner.change(
            self, lambda: self._parts.locking.lock(month),
            done=self._locked, refused=self._refused,
        )  # fmt: skip

    def _locked(self, months: tuple[str, ...]) -> None:
        self.close_forms()
        said = (literal(DONE.said(language, {"month": months[-1]})) for language in ("zh", "en"))
        zh, en = said
        self.said.emit("ok", S(zh.zh, en.en))
        self.stored.emit()

    def _refused(self, error: UserError) -> None:
        self.said.emit("attention", refusal(error))

    @override
    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible)
        if not visible:
            self.close_forms()

    def _say_again(self) -> None:
        may = bool(self._parts.roles & MAY_LOCK)
        why = None if may and self._months else NONE_OPEN if may else NOT_YOURS
        self.begin.forbid(self._wording.say(why) if why else "")
