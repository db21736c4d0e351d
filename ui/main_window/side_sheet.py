"""A sheet at the right of the window: a title, what it shows, a foot; Esc puts it away."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from erpdesk.words import Sentence
from ui.widgets.button import Button
from ui.widgets.parts import STRETCH, Item, Label, Panel, row, rule
from ui.work.wording import Wording

WIDTH_PX = 392
CLOSE = Sentence("关闭", "Close")


class SideSheet(Panel):
    """``closed`` comes when somebody put it away."""

    closed = Signal()

    def __init__(self, wording: Wording, title: Sentence, foot: Item = None) -> None:
        self.wording = wording
        self.title = Label("", "section")
        wording.put(self.title, "setText", title)
        self.close_button = Button("", "plain", icon="x", height_px=24)
        wording.put(self.close_button, "setAccessibleName", CLOSE)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = row(self.title, STRETCH, self.close_button, margins=(14, 8, 8, 8))
        below: tuple[Item, ...] = () if foot is None else (rule(), foot)
        super().__init__(head, rule(), (self._area, 1), *below, gap=0, margins=(1, 1, 1, 1))
        self.setFixedWidth(WIDTH_PX)
        wording.put(self, "setAccessibleName", title)
        self.close_button.clicked.connect(self.put_away)
        self.hide()

    def show_inside(self, inside: QWidget) -> None:
        """Show the sheet with this in it."""
        inside.setProperty("ground", "surface")
        self._area.setWidget(inside)
        self.show()
        self.raise_()
        self.close_button.setFocus()

    def put_away(self) -> None:
        """Close the sheet."""
        self.hide()
        self.closed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
            return
        super().keyPressEvent(event)
