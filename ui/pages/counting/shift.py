"""The end of a shift: what was scanned, stored and is pending, to be signed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from erpdesk.services.stocktake.counting_looks import ShiftSum
from ui.pages.counting import words as w
from ui.pages.counting.card import Foot, button, moment
from ui.widgets.parts import STRETCH, Icon, Label, Panel, column, row, rule
from ui.work.wording import Wording

COLUMNS = 4


class ShiftCard(Panel):
    """``left`` when counting goes on."""

    left = Signal()

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._icon, self._title = Icon("flag", "accent", 26), Label("", "subject")
        self._since, self._equal = Label("", "body", "text2"), Label("", "section")
        wording.put(self._title, "setText", w.SHIFT)
        self.figures = {name: Label("", "figure") for name in w.SUMS}
        self.back = button(wording, w.BACK, "Esc")
        head = row(self._icon, (column(self._title, self._since, gap=4), 1), gap=14)
        body = column(
            head, rule(), self._grid(), self._equal, rule(), self._signatures(), STRETCH,
            gap=16, margins=(24, 24, 24, 16),
        )  # fmt: skip
        super().__init__(
            (body, 1), Foot(wording, w.NOTHING, self.back), gap=0, margins=(1, 1, 1, 1)
        )
        self.back.clicked.connect(self.left)

    def _grid(self) -> QWidget:
        part, grid = QWidget(), QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(12)
        for n, (name, word) in enumerate(w.SUMS.items()):
            label = Label("", "label", "text2")
            self._wording.put(label, "setText", word)
            self._wording.put(self.figures[name], "setAccessibleName", word)
            cell = column(label, self.figures[name], gap=2)
            grid.addLayout(cell, n // COLUMNS, n % COLUMNS)
            grid.setColumnStretch(n % COLUMNS, 1)
        part.setLayout(grid)
        return part

    def _signatures(self) -> QWidget:
        part, labels = QWidget(), []
        for sentence in (w.SIGNATURE, w.SIGNATURE_NEXT):
            label = Label("", "body")
            self._wording.put(label, "setText", sentence)
            labels.append(label)
        part.setLayout(row(*labels, STRETCH, gap=40))
        return part

    def show_sum(self, found: ShiftSum, *, pending: int, parked: int, name: str) -> None:
        """Show the sum; what is pending was scanned too."""
        figures = {
            "scans": found.scans + pending, "stored": found.scans, "pending": pending,
            "statements": found.statements, "unexpected": found.unexpected, "parked": parked,
            "taken_back": found.taken_back,
        }  # fmt: skip
        for key, number in figures.items():
            self.figures[key].setText(f"{number:,}")
        put = self._wording.put
        put(self._since, "setText", w.SHIFT_SINCE, name=name, time=moment(found.since))
        put(self._equal, "setText", w.SHIFT_PENDING if pending else w.SHIFT_EQUAL, **figures)
        self._equal.set_ink("attention" if pending else "ok")
