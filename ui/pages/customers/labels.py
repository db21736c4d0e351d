"""How labels are printed: where the sheet begins, how far off the printer is."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from erpdesk.domain.labels import OFF_MOST, ON_SHEET, LabelsAsked
from erpdesk.words import Sentence
from ui.look import scaled
from ui.widgets.button import Button
from ui.widgets.combo import Combo
from ui.widgets.parts import STRETCH, Label, Panel, row
from ui.work.wording import Wording

S = Sentence
HEAD = S("给列出的客户印标签", "Labels for the customers listed")
FIRST, RIGHT, DOWN = S("从第几格", "First place"), S("右移", "Right"), S("下移", "Down")
TENTHS = S("0.1 毫米", "tenths of a mm")
FRAMED = S("印边框（试位置）", "With edges, to try")
SAVE, CLOSE = S("存 PDF…", "Save PDF…"), S("不印了", "Cancel")
FIELD_PX: Final = 56


class LabelsBand(Panel):
    """Is there while labels are asked for; ``asked`` says how they are to be printed."""

    asked = Signal(object)

    def __init__(self, words: Wording) -> None:
        self.first, self.framed = Combo(), QCheckBox()
        self.right, self.down = _tenths(), _tenths()
        self.save, self.close_it = Button("", "primary", height_px=30), Button("", height_px=30)
        head, unit = Label("", "label"), Label("", "small", "text2")
        fields: list[QWidget | str] = []
        for name, field in ((FIRST, self.first), (RIGHT, self.right), (DOWN, self.down)):
            label = Label("", "small", "text2")
            words.put(label, "setText", name)
            words.put(field, "setAccessibleName", name)
            fields += [label, field]
        for part, sentence in (
            (head, HEAD), (unit, TENTHS), (self.framed, FRAMED), (self.save, SAVE),
            (self.close_it, CLOSE),
        ):  # fmt: skip
            words.put(part, "setText", sentence)
        super().__init__(
            row(head, STRETCH, self.close_it, self.save),
            row(*fields, unit, STRETCH, self.framed),
            ground="surface", gap=6, margins=(14, 8, 14, 8),
        )  # fmt: skip
        self.first.addItems([str(n) for n in range(1, ON_SHEET + 1)])
        self.first.setMinimumHeight(30)
        self.save.clicked.connect(lambda: self.asked.emit(self.how))
        self.close_it.clicked.connect(self.hide)
        self.hide()

    @property
    def how(self) -> LabelsAsked:
        """Return how labels are to be printed."""
        return LabelsAsked(
            self.first.currentIndex() + 1, _number(self.right), _number(self.down),
            self.framed.isChecked(),
        )  # fmt: skip

    def begin(self) -> None:
        """Ask."""
        self.show()
        self.first.setFocus()

    def step_out(self) -> bool:
        """Ask no more; False when nobody did."""
        was_open = self.isVisible()
        self.hide()
        return was_open


def _tenths() -> QLineEdit:
    field = QLineEdit("0")
    field.setValidator(QIntValidator(-OFF_MOST, OFF_MOST, field))
    field.setFixedWidth(scaled(FIELD_PX))
    field.setMinimumHeight(30)
    return field


def _number(field: QLineEdit) -> int:
    return int(field.text()) if field.hasAcceptableInput() else 0
