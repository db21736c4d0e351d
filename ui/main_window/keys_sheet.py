"""The sheet of keys: what each key does on this page and everywhere."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget
from typing_extensions import override

from erpdesk.words import Sentence
from ui.main_window.menus import plain
from ui.widgets.button import Button
from ui.widgets.parts import STRETCH, Label, Panel, column, row, rule
from ui.work.wording import Wording

TITLE = Sentence("按键", "Keys")
HERE = Sentence("这一页", "On this page")
EVERYWHERE = Sentence("到处", "Everywhere")
SCANS = Sentence(
    "扫码随时可用：焦点在哪里都先存下。字母键从不单独起作用。",
    "Scan at any time: wherever the focus is, it is stored first. No letter acts alone.",
)
WIDTH_PX = 392


class KeysSheet(Panel):
    """A sheet at the right; Esc or its button closes it (``closed``)."""

    closed = Signal()

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        title = Label("", "section")
        wording.put(title, "setText", TITLE)
        self.close_button = Button("", "plain", icon="x", height_px=24)
        wording.put(self.close_button, "setAccessibleName", Sentence("关闭", "Close"))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scans = Label("", "small", "text2", wraps=True)
        wording.put(scans, "setText", SCANS)
        head = row(title, STRETCH, self.close_button, margins=(14, 8, 8, 8))
        foot = column(scans, margins=(14, 8, 14, 10))
        super().__init__(head, rule(), (self._area, 1), rule(), foot, gap=0, margins=(1, 1, 1, 1))
        self.setFixedWidth(WIDTH_PX)
        wording.put(self, "setAccessibleName", TITLE)
        self.close_button.clicked.connect(self._close)
        self.hide()

    def show_keys(self, here: Iterable[QAction], everywhere: Iterable[QAction]) -> None:
        """Show the keys of these actions."""
        grid = QGridLayout()
        grid.setContentsMargins(14, 8, 14, 8)
        grid.setVerticalSpacing(6)
        for head, actions in ((HERE, here), (EVERYWHERE, everywhere)):
            line = grid.rowCount()
            grid.addWidget(Label(self._wording.say(head), "label", "text2"), line, 0, 1, 2)
            for one in actions:
                if not one.shortcut().isEmpty():
                    self._add(grid, one)
        grid.setRowStretch(grid.rowCount(), 1)
        inside = QWidget()
        inside.setProperty("ground", "surface")
        inside.setLayout(grid)
        self._area.setWidget(inside)
        self.show()
        self.raise_()
        self.close_button.setFocus()

    @staticmethod
    def _add(grid: QGridLayout, action: QAction) -> None:
        line = grid.rowCount()
        grid.addWidget(Label(plain(action.text()), wraps=True), line, 0)
        key = Label(action.shortcut().toString(), "small", "text2")
        grid.addWidget(key, line, 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
            return
        super().keyPressEvent(event)
