"""A drop-down list whose closed list is not there for a screen reader, and which has a name."""

from functools import cache

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QResizeEvent
from PySide6.QtWidgets import QAccessibleWidget, QComboBox, QListView, QWidget
from typing_extensions import override

from ui.widgets.announcing import announce

AnyIndex = QModelIndex | QPersistentModelIndex


class DropList(QListView):
    """What drops down; while nobody sees it, none of its items is anywhere."""

    is_opening = False

    @override
    def visualRect(self, index: AnyIndex) -> QRect:
        is_there = self.is_opening or self.isVisible()
        return super().visualRect(index) if is_there else QRect()


class Combo(QComboBox):
    """A drop-down list like any other, or with a list of its own.

    For a screen reader it is called as its accessible name says, and what is chosen is a text in
    it; the toolkit alone would call it by what is chosen.
    """

    def __init__(self, drop: DropList | None = None) -> None:
        super().__init__()
        self._list = drop or DropList()
        self.setView(self._list)
        self.choice = Choice(self)
        self.currentTextChanged.connect(self._tell)

    def _tell(self, chosen: str) -> None:
        QAccessible.updateAccessibility(QAccessibleEvent(self.choice, _NAME_CHANGED))
        if self.hasFocus():
            announce(self, chosen)

    @override
    def resizeEvent(self, e: QResizeEvent) -> None:
        super().resizeEvent(e)
        self.choice.setGeometry(self.rect())

    @override
    def showPopup(self) -> None:
        self._list.is_opening = True
        try:
            super().showPopup()
        finally:
            self._list.is_opening = False


class Choice(QWidget):
    """Where what is chosen stands: the list paints it, this part is there to be read."""

    def __init__(self, combo: Combo) -> None:
        super().__init__(combo)
        self.combo = combo
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class _SpokenList(QAccessibleWidget):
    """A drop-down list as a screen reader sees it."""

    def __init__(self, combo: Combo) -> None:
        super().__init__(combo, QAccessible.Role.ComboBox)
        self._combo = combo

    @override
    def text(self, t: QAccessible.Text) -> str:
        return self._combo.currentText() if t == QAccessible.Text.Value else super().text(t)


class _SpokenChoice(QAccessibleWidget):
    """What is chosen as a screen reader sees it."""

    def __init__(self, choice: Choice) -> None:
        super().__init__(choice, QAccessible.Role.StaticText)
        self._combo = choice.combo

    @override
    def text(self, t: QAccessible.Text) -> str:
        return self._combo.currentText() if t == QAccessible.Text.Name else super().text(t)


_NAME_CHANGED = QAccessible.Event.NameChanged


def spoken(name: str, part: QObject) -> QAccessibleInterface | None:
    """Return what a screen reader sees of a drop-down list of this program, or of its choice."""
    if name == "Combo" and isinstance(part, Combo):
        return _SpokenList(part)
    return _SpokenChoice(part) if name == "Choice" and isinstance(part, Choice) else None


@cache
def name_drop_lists() -> None:
    """Let screen readers see every drop-down list by its name; the application is there before."""
    QAccessible.installFactory(spoken)
