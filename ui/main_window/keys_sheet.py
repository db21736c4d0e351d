"""The sheet of keys: what each key does on this page and everywhere."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QWidget

from erpdesk.words import Sentence
from ui.main_window.menus import key_said, plain
from ui.main_window.side_sheet import SideSheet
from ui.widgets.parts import Label, column
from ui.work.wording import Wording

TITLE = Sentence("按键", "Keys")
HERE = Sentence("这一页", "On this page")
EVERYWHERE = Sentence("到处", "Everywhere")
SCANS = Sentence(
    "扫码随时可用：焦点在哪里都先存下。字母键从不单独起作用。",
    "Scan at any time: wherever the focus is, it is stored first. No letter acts alone.",
)


class KeysSheet(SideSheet):
    """Every action that has a key."""

    def __init__(self, wording: Wording) -> None:
        scans = Label("", "small", "text2", wraps=True)
        wording.put(scans, "setText", SCANS)
        super().__init__(wording, TITLE, column(scans, margins=(14, 8, 14, 10)))

    def show_keys(self, here: Iterable[QAction], everywhere: Iterable[QAction]) -> None:
        """Show the keys of these actions."""
        grid = QGridLayout()
        grid.setContentsMargins(14, 8, 14, 8)
        for head, actions in ((HERE, here), (EVERYWHERE, everywhere)):
            grid.addWidget(
                Label(self.wording.say(head), "label", "text2"), grid.rowCount(), 0, 1, 2
            )
            add_keys(grid, actions)
        grid.setRowStretch(grid.rowCount(), 1)
        inside = QWidget()
        inside.setLayout(grid)
        self.show_inside(inside)


def add_keys(grid: QGridLayout, actions: Iterable[QAction]) -> None:
    """Add a line for every key and what it does, each once."""
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    for what, key in dict.fromkeys((plain(one.text()), key_said(one)) for one in actions):
        if key:
            line = grid.rowCount()
            grid.addWidget(Label(what, wraps=True), line, 0)
            grid.addWidget(Label(key, "small", "text2"), line, 1, Qt.AlignmentFlag.AlignRight)
