"""Filters as a row of buttons: each with what it would show, one of them chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from ui.widgets.button import Button
from ui.widgets.parts import STRETCH, row, walk_after


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: its name, word, count (None: not counted yet) and icon."""

    name: str
    word: str
    count: int | None = None
    icon: str = ""


class ChipRow(QWidget):
    """``chosen`` carries the name of the filter somebody chose."""

    chosen = Signal(str)

    def __init__(self, filters: Sequence[Filter] = ()) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Button] = {}
        self._row = row(STRETCH, gap=6)
        self.setLayout(self._row)
        self.show_filters(filters)

    @property
    def current(self) -> str:
        """Return the name of the filter that is chosen; empty when there are none."""
        return next((name for name, one in self._buttons.items() if one.isChecked()), "")

    @property
    def first(self) -> str:
        """Return the name of the filter that shows everything."""
        return next(iter(self._buttons), "")

    def show_filters(self, filters: Sequence[Filter]) -> None:
        """Show filters with their counts; the chosen one stays chosen."""
        if [one.name for one in filters] != list(self._buttons):
            self._rebuild(filters)
        for one in filters:
            button = self._buttons[one.name]
            button.setText(one.word)
            button.set_key("" if one.count is None else f"{one.count:,}")
            count = "" if one.count is None else f" {one.count}"
            button.setAccessibleName(f"{one.word}{count}")

    def choose(self, name: str) -> None:
        """Choose a filter without telling."""
        if name in self._buttons:
            with QSignalBlocker(self._group):
                self._buttons[name].setChecked(True)

    def _rebuild(self, filters: Sequence[Filter]) -> None:
        before = self.current
        for button in self._buttons.values():
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = {one.name: self._made(one) for one in filters}
        for place, button in enumerate(self._buttons.values()):
            self._row.insertWidget(place, button)
        walk_after(self, self._buttons.values())
        self.choose(before if before in self._buttons else next(iter(self._buttons), ""))

    def _made(self, one: Filter) -> Button:
        button = Button(one.word, icon=one.icon, height_px=28)
        button.setCheckable(True)
        button.yields = True
        button.clicked.connect(lambda: self.chosen.emit(one.name))
        self._group.addButton(button)
        return button
