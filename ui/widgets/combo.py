"""A drop-down list whose closed list is not there for a screen reader."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtWidgets import QComboBox, QListView
from typing_extensions import override

AnyIndex = QModelIndex | QPersistentModelIndex


class DropList(QListView):
    """What drops down; while nobody sees it, none of its items is anywhere."""

    is_opening = False

    @override
    def visualRect(self, index: AnyIndex) -> QRect:
        is_there = self.is_opening or self.isVisible()
        return super().visualRect(index) if is_there else QRect()


class Combo(QComboBox):
    """A drop-down list like any other, or with a list of its own."""

    def __init__(self, drop: DropList | None = None) -> None:
        super().__init__()
        self._list = drop or DropList()
        self.setView(self._list)

    @override
    def showPopup(self) -> None:
        self._list.is_opening = True
        try:
            super().showPopup()
        finally:
            self._list.is_opening = False
