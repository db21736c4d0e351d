"""A filter table whose page arranges the rows: a list that is here whole, or the first of it."""

from collections.abc import Sequence
from typing import Final, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from typing_extensions import override

from erpdesk.words import Sentence
from ui.models.row_model import RowModel
from ui.widgets.filter_table import FilterTable
from ui.widgets.row_table import Density, as_tsv

R = TypeVar("R")
COPY_ALL = Sentence("复制全部", "Copy all")
COPIED = Sentence("已复制 {count} 行，可粘贴到表格", "{count} rows copied; paste them into a sheet")
FIRST = Sentence(
    "{rows} 行，列出前 {listed} 行，选中 {selected}",
    "{rows} rows, the first {listed} listed, {selected} selected",
)
_UNCOUNTED: Final = -1
LISTED_MOST: Final = 2000
"""So many rows the window lists in a moment; a search or a filter finds the others."""


class ArrangedTable(FilterTable[R], Generic[R]):
    """``arrange_asked`` comes with another search, filter or order of the rows.

    Of many rows the first are listed. The export puts all of them into the clipboard; ``copied``
    says so (Sentence). Where they are not here, ``every_wanted`` asks for :meth:`copy_rows`.
    """

    arrange_asked = Signal()
    every_wanted = Signal()
    copied = Signal(object)
    _every: Sequence[R] = ()
    _in_all = 0

    def __init__(
        self, model: RowModel[R], *, density: Density = "normal", has_totals: bool = True
    ) -> None:
        super().__init__(model, density=density, has_totals=has_totals)
        self.order: tuple[str, bool] = ("", False)
        self.search_changed.connect(lambda _: self.arrange_asked.emit())
        self.filter_chosen.connect(lambda _: self.arrange_asked.emit())
        self.cleared.connect(self.arrange_asked)
        self.table.sort_asked.connect(self._sort_by)
        self.export_asked.connect(self.copy_all)

    @property
    def filter_on(self) -> str:
        """Return the name of the filter that is on."""
        return self.chips.current or "all"

    @property
    def searched(self) -> str:
        """Return what is searched, in small letters."""
        return self.search.text().strip().lower()

    @override
    def show_rows(self, rows: Sequence[R]) -> None:
        self._every = rows
        self.show_first(rows[:LISTED_MOST], len(rows))

    def show_first(self, rows: Sequence[R], in_all: int) -> None:
        """Show the first of so many rows."""
        self._in_all = in_all
        super().show_rows(rows)

    def show_beginning(self, rows: Sequence[R]) -> None:
        """Show the first rows of a list that is not counted yet: nothing is said of all of it."""
        self._in_all = _UNCOUNTED if rows else 0
        super().show_rows(rows)
        self.show_totals("", {})

    @property
    @override
    def rows_in_all(self) -> int:
        return self._in_all

    def copy_all(self) -> None:
        """Put every row into the clipboard, listed or not (Ctrl+E)."""
        listed = self.table.rows_model.rows
        every = listed if len(listed) == self._in_all else self._every
        if len(every) == self._in_all:
            self.copy_rows(as_tsv(self.table.shown_columns(), every), self._in_all)
        else:
            self.every_wanted.emit()

    def copy_rows(self, text: str, count: int) -> None:
        """Put so many rows into the clipboard, and say so."""
        self.table.clearSelection()
        QGuiApplication.clipboard().setText(text)
        said = str(count)
        self.copied.emit(Sentence(COPIED.zh.format(count=said), COPIED.en.format(count=said)))

    def _sort_by(self, name: str, is_descending: bool) -> None:  # noqa: FBT001 - a signal's
        self.order = (name, is_descending)
        self.arrange_asked.emit()
