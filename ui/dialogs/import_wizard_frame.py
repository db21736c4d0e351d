"""The frame of the import wizard: its steps, its strips, its buttons; it decides nothing."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget
from typing_extensions import override

from erpdesk.services.importing.sorts import Sort
from ui.dialogs import import_wizard_words as w
from ui.dialogs.import_wizard_columns import ColumnsStep
from ui.dialogs.import_wizard_end import ProgressStrip, ResultStep, SaidStrip
from ui.dialogs.import_wizard_files import FileStep
from ui.dialogs.import_wizard_rows import DryRunStep
from ui.widgets.announcing import announce
from ui.widgets.button import Button
from ui.widgets.parts import STRETCH, Icon, Label, Panel, column, row, rule
from ui.widgets.steps import StepBar
from ui.work.wording import Wording

SIZE: Final = QSize(1060, 640)
FILE, COLUMNS, DRY_RUN, IMPORT, RESULT = range(5)
_BUTTONS: Final = (
    (w.TO_COLUMNS, "Alt+→"),
    (w.TO_DRY_RUN, "Alt+→"),
    (w.IMPORT, "Ctrl+Enter"),
    (w.IMPORT, ""),
    (w.CLOSE, ""),
)


class WizardFrame(QDialog):
    """Stands at one step at a time. Enter goes to the next field and never further."""

    def __init__(
        self, words: Wording, why_not: Mapping[Sort, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words, self.step = words, FILE
        put = words.put
        self.steps, self.said = StepBar(words), SaidStrip()
        self.file, self.columns = FileStep(words, why_not), ColumnsStep(words)
        self.rows, self.outcome = DryRunStep(words), ResultStep(words, why_not)
        self.progress = ProgressStrip(words)
        self.pages = QStackedWidget()
        for page in (self.file, self.columns, self.rows, self.outcome):
            self.pages.addWidget(page)
        self.problem = Label("", "small", "attention", wraps=True)
        self.cancel, self.back = Button("", key="Esc", height_px=32), Button("", height_px=32)
        self.back.set_key("Alt+←")
        self.primary = Button("", "primary", height_px=32)
        put(self.cancel, "setText", w.CANCEL)
        put(self.back, "setText", w.BACK)
        put(self, "setWindowTitle", w.TITLE)
        self.setAcceptDrops(True)
        self._lay_out()

    def stand_at(self, step: int) -> None:
        """Show a step with what belongs to it; what was said about the one before goes."""
        is_new, self.step = step != self.step, step
        names = [self._words.say(one) for one in w.STEPS]
        self.steps.show_step(step, names=names)
        said = self._words.say(w.STEP, n=step + 1, count=len(names), name=names[step])
        self.steps.setAccessibleName(said)
        if is_new:
            self.said.say("info", "")
            announce(self, said)
        pages = (self.file, self.columns, self.rows, self.rows, self.outcome)
        self.pages.setCurrentWidget(pages[step])
        self.cancel.setVisible(step < IMPORT)
        self.back.setVisible(step in {COLUMNS, DRY_RUN})

    def show_verb(self, why_not: str, *, is_busy: bool, **facts: object) -> None:
        """Name what the button of this step does, and what stands against it."""
        verb, key = _BUTTONS[self.step]
        self._words.put(self.primary, "setText", verb, **facts)
        self.primary.set_key(key)
        wait = self._words.say(w.WAIT) if is_busy else ""
        self.primary.forbid(wait or why_not)
        self.problem.setText("" if is_busy else why_not)
        for part in (self.back, self.outcome.another):
            part.forbid(wait)
        self.file.setEnabled(not is_busy)
        self.columns.setEnabled(not is_busy)

    def focus_step(self) -> None:
        """Put the focus where the work of this step goes on."""
        if self.step == COLUMNS:
            self.columns.begin()
            return
        parts = (self.file.path, self, self.rows.table.table, self.progress.stop, self.primary)
        parts[self.step].setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self.setProperty("ground", "surface")
        title = Label("", "title")
        self._words.put(title, "setText", w.TITLE)
        head = row(
            Icon("upload", "accent", 20), title, STRETCH, self.steps, gap=10,
            margins=(18, 12, 18, 12),
        )  # fmt: skip
        body = column(self.said, (self.pages, 1), self.progress, gap=10, margins=(18, 12, 18, 12))
        foot = Panel(
            row((self.problem, 1), self.cancel, self.back, self.primary),
            ground="surface", margins=(18, 10, 18, 14),
        )  # fmt: skip
        self.setLayout(column(head, rule(), (body, 1), rule(), foot, gap=0))
        self.resize(SIZE.boundedTo(self.screen().availableSize()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.focusNextChild()
            return
        super().keyPressEvent(event)
