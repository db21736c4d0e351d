"""What stands at the head of the papers, filled in while the books are set up."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from erpdesk.errors import UserError
from erpdesk.words import Sentence
from ui.pages.settings.facts import FIRM, SettingsParts
from ui.pages.settings.forms import Form
from ui.widgets.button import Button
from ui.widgets.parts import STRETCH, column, row
from ui.work.runner import Runner
from ui.work.wording import Wording, refusal

S = Sentence
FILL, FILL_HEAD, DO_FILL = (
    S("填公司资料…", "The firm…"),
    S("公司资料", "The firm"),
    S("记下", "Keep"),
)
DONE = S("公司资料已记下", "What is said of the firm is kept")
OVER = S("第一张单据已过账，公司资料改不了", "The first document is posted: it cannot be changed")
SERVER = S("服务器上由管理员用命令 firm 填", "On a server its administrator says it: command firm")
TEXT_MAX, IN_A_ROW = 200, 4


class FirmForm(Form):
    """``wanted`` carries what is said, by key."""

    wanted = Signal(object)

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording, FILL_HEAD, DO_FILL)
        self.fields: Final = {key: QLineEdit() for key in FIRM}
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        for n, (key, field) in enumerate(self.fields.items()):
            field.setMaxLength(TEXT_MAX)
            grid.addWidget(self.named(FIRM[key], field), n // IN_A_ROW, n % IN_A_ROW)
        self.lay_out(grid)
        self.act.clicked.connect(self._give)

    def show_known(self, known: Mapping[str, str]) -> None:
        """Begin with what is known."""
        for key, field in self.fields.items():
            field.setText(known.get(key, ""))

    def _give(self) -> None:
        self.wanted.emit({key: field.text().strip() for key, field in self.fields.items()})


class FirmPane(QWidget):
    """``said`` carries a tone and a title for the bar of the page; ``stored``: look again."""

    said = Signal(str, object)
    stored = Signal()

    def __init__(self, parts: SettingsParts, runner: Runner, wording: Wording) -> None:
        super().__init__()
        self._parts, self._runner, self._wording = parts, runner, wording
        self._known: Mapping[str, str] = {}
        self._is_open = False
        self.begin, self.form = Button("", "quiet", icon="pencil", height_px=28), FirmForm(wording)
        wording.put(self.begin, "setText", FILL)
        self.setLayout(column(row(self.begin, STRETCH, margins=(8, 4, 14, 0)), self.form, gap=0))
        self.begin.clicked.connect(self._begin)
        self.form.left.connect(self.close_forms)
        self.form.wanted.connect(self._say)
        wording.when_switched(self._judge)
        self._judge()

    def show_firm(self, known: Mapping[str, str], *, in_set_up: bool) -> None:
        """Take what is known, and whether it may still be said."""
        self._known, self._is_open = known, in_set_up
        self._judge()

    def close_forms(self) -> bool:
        """Put the form away, and what was typed; False when it was not open."""
        was_open = self.form.isVisible()
        if was_open:
            self.begin.setFocus()
        self.form.hide()
        return was_open

    def _begin(self) -> None:
        self.form.show_known(self._known)
        self.form.show()
        self.form.fields["name"].setFocus()

    def _say(self, said: Mapping[str, str]) -> None:
        self._runner.change(
            self, lambda: self._parts.firm.say(said), done=self._kept, refused=self._refused
        )

    def _kept(self, _: object) -> None:
        self.close_forms()
        self.said.emit("ok", DONE)
        self.stored.emit()

    def _refused(self, error: UserError) -> None:
        self.said.emit("attention", refusal(error))

    def _judge(self) -> None:
        why = SERVER if self._parts.is_server else None if self._is_open else OVER
        self.begin.forbid(self._wording.say(why) if why else "")
